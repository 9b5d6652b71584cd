"""Closed forms: their values are those of the written terms, in every way that they are written."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import count
from types import CodeType
from typing import Any

import pytest
import sympy
from sympy import symbols

from symcount.algebra import (
    AtLeast,
    ClosedForm,
    Conversion,
    Divisible,
    Expr,
    FloorDiv,
    Region,
    Residue,
    Same,
    closed_expression,
    closed_form,
    collected,
    conditions,
    equal,
    evaluate,
    factor,
    given_that,
    to_polynomial,
    to_python,
    to_term,
)
from symcount.arithmetic import (
    Named,
    Power,
    Product,
    Ratio,
    Size,
    Sum,
    Symbol,
    by_name,
    ceil_div,
    minimum,
)
from symcount.arithmetic.notation import LATEX, PYTHON, TEXT, TYPST
from symcount.errors import ArchitectureError
from symcount.render.exact import exact
from tests.seeds import chosen_seed

ROUNDS = 800
NAMES = ("c", "f_2", "n", "s")
c, d, f, f_2, f_10, g, k, n, p, s, w, N = symbols("c d f f_2 f_10 g k n p s w N")


def rule(draw: random.Random, depth: int) -> Size:
    """A random written term whose denominators are positive."""
    if depth == 0:
        leaves: list[Size] = [Symbol(draw.choice(NAMES)), draw.randint(-5, 9)]
        size = draw.choice(leaves)
        return Named("x", size) if draw.random() < 0.3 else size
    left, right = rule(draw, depth - 1), rule(draw, draw.randrange(depth))
    divisors: list[Size] = [2, 3, 4, Symbol("s"), Named("k", 3)]
    below = draw.choice(divisors)
    match draw.choice("+-*^/cm%"):
        case "+":
            size = left + right
        case "-":
            size = left - right
        case "*":
            size = left * right
        case "^":
            size = left**2
        case "/":
            size = left // below
        case "c":
            size = ceil_div(left, below)
        case "%":
            size = left % below
        case _:
            size = minimum(left, right)
    return Named("n_1", size) if draw.random() < 0.3 else size


def value(size: Size, values: dict[str, int]) -> int:
    """The value of a written term by Python's own arithmetic of its text."""
    if isinstance(size, int):
        return size
    return int(eval(_compiled(size), dict(values)))


@lru_cache(maxsize=100)
def _compiled(size: Size) -> CodeType:
    return compile(by_name(_without_names(size), PYTHON), "rule", "eval")


def _without_names(size: Any) -> Any:
    """The term with every name replaced by what it stands for."""
    if isinstance(size, Named):
        return _without_names(size.value)
    if isinstance(size, (int, Symbol)):
        return size
    if isinstance(size, (Sum, Product)) or hasattr(size, "terms"):
        parts = size.factors if isinstance(size, Product) else size.terms
        return type(size)(tuple(_without_names(part) for part in parts))
    return type(size)(*(_without_names(getattr(size, slot)) for slot in size.__slots__))


def test_every_writing_of_a_closed_form_has_the_value_of_the_rule() -> None:
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(ROUNDS):
        size = rule(draw, 4)
        form = closed_form([size])
        named, definitions = form.named()
        again = closed_expression(form.to_term())
        writings = [form.to_python(), to_python(form.expr)]
        for _ in range(3):
            values = {name: draw.randint(1, 30) for name in NAMES}
            expected = value(size, values)
            assert expected == evaluate(form.expr, values), by_name(_without_names(size))
            assert expected == evaluate(form.expanded, values)
            assert [eval(writing, dict(values)) for writing in writings] == [expected] * 2, writings
            letters = {letter.name: value(letter.value, values) for letter in definitions}
            assert expected == eval(str(exact(named)), values | letters)
            assert expected == evaluate(again, values)


def test_writing_a_closed_form_and_closing_it_again_is_the_identity() -> None:
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(ROUNDS // 3):
        form = closed_form([rule(draw, 4)])
        assert Conversion().expand(form.to_term()) == form.polynomial.expand()


def convolution(size: Size, name: str, kernel: Size, stride: Size = 1, padding: Size = 0) -> Size:
    return Named(name, (size + 2 * padding - kernel) // stride + 1)


def lenet(size: Size) -> list[Size]:
    """The axes after C5-P2-C3-P2."""
    axes = [convolution(size, "n_1", 5)]
    axes.append(convolution(axes[-1], "n_2", 2, 2))
    axes.append(convolution(axes[-1], "n_3", 3))
    axes.append(convolution(axes[-1], "n_4", 2, 2))
    return axes


def test_a_total_keeps_its_sizes_whole() -> None:
    last = lenet(Named("n", Symbol("n")))[-1]
    form = closed_form([Symbol("c") * 800 + 12362, 8192 * last * last])
    assert form.expr == 800 * c + 8192 * (FloorDiv(n, 4) - 2) ** 2 + 12362
    size, (letter,) = form.named()
    assert by_name(size) == "8192*m^2 + 800*c + 12362"
    assert (letter.name, by_name(letter.value)) == ("m", "⌊n/4⌋ - 2")
    assert form.to_python() == "8192*((n//4) - 2)**2 + 800*c + 12362"
    assert list(form.symbols) == ["c", "n"]


def test_a_fresh_letter_does_not_clash() -> None:
    size, (letter,) = closed_form([Symbol("m") * (Symbol("n") // 2)]).named()
    assert letter.name == "q"
    assert by_name(size) == "m*q"


def test_fresh_letters_do_not_clash_with_their_base() -> None:
    size, letters = closed_form([Symbol("m") * (Symbol("n") // 2) + Symbol("n") // 3]).named()
    assert [letter.name for letter in letters] == ["q_1", "q_2"]
    assert by_name(size) == "m*q_1 + q_2"


def test_groups_and_half_paddings_are_exact_under_their_assumptions() -> None:
    kernel, channels, groups = Symbol("k"), Symbol("c"), Symbol("g")
    axis = convolution(Symbol("n"), "n_1", kernel, 3, Named("p", Ratio(kernel - 1, 2)))
    form = closed_form([Ratio(kernel * kernel * channels, groups) * axis, Ratio(channels, groups) + 1])
    assert form.expr == c * k**2 * (FloorDiv(n - 1, 3) + 1) / g + c / g + 1
    assert {assumption.text() for assumption in form.assumptions} == {
        "2 divides k - 1",
        "g divides c*k^2",
        "g divides c",
    }
    values = {"n": 17, "k": 5, "c": 12, "g": 4}
    assert all(assumption.holds(values) for assumption in form.assumptions)
    expected = 25 * 12 // 4 * ((17 + 4 - 5) // 3 + 1) + 3 + 1
    assert evaluate(form.expr, values) == eval(form.to_python(), dict(values)) == expected


def test_floor_free_axes_stay_whole_where_they_are_named_as_axes() -> None:
    axis = convolution(Symbol("n"), "n_1", 7)
    assert by_name(closed_form([10 * axis * axis], [axis]).to_term()) == "10*(n - 6)^2"
    assert by_name(closed_form([10 * axis * axis]).to_term()) == "10*n^2 - 120*n + 360"


def test_a_chain_of_pools_is_one_floor() -> None:
    size: Size = Named("n", Symbol("n"))
    for i in range(5):
        size = convolution(convolution(size, f"a_{i}", 3, 1, 1), f"b_{i}", 2, 2)
    assert closed_expression(size) == FloorDiv(n, 32)


def test_a_chain_of_names_may_be_thousands_deep() -> None:
    size: Size = Named("n", Symbol("n"))
    for i in range(4000):
        size = convolution(size, f"n_{i}", 3)
    assert closed_expression(size) == n - 8000


@pytest.mark.parametrize(
    ("above", "below", "stated"),
    [
        (Symbol("k") - 1, 2, ["2 divides k - 1"]),
        (Symbol("w") * 3, 4, ["4 divides w"]),
        (Symbol("w") * 5 + 8, 4, ["4 divides w"]),
        (Symbol("c"), Symbol("g"), ["g divides c"]),
        (Symbol("c") * Symbol("g"), Symbol("g"), []),
        (Symbol("c") * Symbol("g") + Symbol("h"), Symbol("g"), ["g divides h"]),
        (Symbol("c") * 2, 2, []),
        (Symbol("n") * (Symbol("n") + 1), 2, []),
        (Symbol("d") ** 2 - 1, Symbol("d") - 1, []),
        (Symbol("d"), Symbol("h") + 1, ["h + 1 divides d"]),
    ],
)
def test_an_exact_division_is_stated_unless_it_is_evident(above: Size, below: Size, stated: list[str]) -> None:
    form = closed_form([Named("p", Ratio(above, below)) * 3])
    assert [assumption.text() for assumption in form.assumptions] == stated


def test_an_assumption_can_be_impossible() -> None:
    (assumption,) = closed_form([Ratio(2 * Symbol("n") + 1, 2)]).assumptions
    assert assumption.is_impossible
    assert Divisible(sympy.Integer(2), n).holds({"n": 4})
    assert not Divisible(sympy.Integer(2), n).holds({"n": 5})


@pytest.mark.parametrize("kind", [Divisible, AtLeast, Same])
def test_nothing_holds_of_sizes_that_divide_by_zero(kind: type[Divisible | AtLeast | Same]) -> None:
    stated = kind(FloorDiv(12, n), FloorDiv(12, n))
    assert stated.holds({"n": 4})
    assert not stated.holds({"n": 0})


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (f_10 + f_2, "f_2 + f_10"),
        (n - k + 2 * p, "n - k + 2*p"),
        (6 - n, "6 - n"),
        (-n - 1, "-n - 1"),
        (N**2 * d / 2 - 3 * N * d / 2 + 1, "N^2*d/2 - 3*N*d/2 + 1"),
        (c * k**2 / g, "c*k^2/g"),
        (c / (2 * g), "c/(2*g)"),
        (c / (g + 1), "c/(g + 1)"),
        (FloorDiv(n + 31, 32), "⌈n/32⌉"),
        (FloorDiv(n + s - 1, s), "⌈n/s⌉"),
        (FloorDiv(n - k, s) + 1, "⌊(n - k)/s⌋ + 1"),
        (2 * FloorDiv(n, 2) ** 2 * c, "2*c*⌊n/2⌋^2"),
        (2 ** (N + 1) * d, "2^(N + 1)*d"),
        (f * (9 * c + 1), "f*(9*c + 1)"),
        (sympy.Integer(0), "0"),
        (sympy.Rational(-1, 2) * n, "-n/2"),
    ],
)
def test_text(form: Any, text: str) -> None:
    assert by_name(to_term(form)) == text


def test_notations_of_one_form() -> None:
    size = to_term(8192 * (FloorDiv(n, 4) - 2) ** 2 + N**2 * d / 2)
    assert by_name(size, TEXT) == "N^2*d/2 + 8192*(⌊n/4⌋ - 2)^2"
    assert (
        by_name(size, LATEX) == r"\frac{N^{2} d}{2} + 8192 \left(\left\lfloor \frac{n}{4} \right\rfloor - 2\right)^{2}"
    )
    assert by_name(size, TYPST) == "frac(N^(2) d, 2) + 8192 (floor(frac(n, 4)) - 2)^(2)"


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ((N**2 * d + 3 * N * d) / 2, "(N**2*d + 3*N*d)//2"),
        (c * f / g + f * s / g + 1, "1 + ((c*f + f*s)//g)"),
        (n / sympy.Integer(32), "n//32"),
        (d * (N / 2 + d / 2), "(N*d + d**2)//2"),
        (FloorDiv(-n + k, s), "(k - n)//s"),
    ],
)
def test_python_is_exact_where_only_the_sum_is_whole(form: Any, source: str) -> None:
    assert to_python(form) == source


def test_forms_of_a_formula() -> None:
    form = ClosedForm(to_polynomial(9 * c * f + 2 * f))
    assert by_name(to_term(factor(form))) == "f*(9*c + 2)"
    assert by_name(collected(form.polynomial, ["c"])) == "9*c*f + 2*f"
    assert by_name(collected(to_polynomial(9 * c * f + 2 * f + c), ["f"])) == "(9*c + 2)*f + c"
    last = lenet(Named("n", Symbol("n")))[-1]
    flat = closed_form([32 * last * last * Symbol("h") + Symbol("h")])
    assert by_name(to_term(factor(flat))) == "h*(32*(⌊n/4⌋ - 2)^2 + 1)"


def test_a_residue_takes_the_floor_away() -> None:
    def known(size: Expr, modulus: int, remainder: int = 0) -> Expr:
        return given_that(size, Region({"n": 1, "c": 1}, [Residue("n", modulus, remainder).division]))

    assert known(FloorDiv(n, 32), 32) == n / 32
    assert equal(known(FloorDiv(n, 32) * c, 64, 33), (n - 1) * c / 32)
    assert equal(known(FloorDiv(n + 1, 2), 2, 1), (n + 1) / 2)
    assert known(FloorDiv(n, 3), 2) == FloorDiv(n, 3)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (FloorDiv(n, 2) + FloorDiv(n + 1, 2), n, True),
        (FloorDiv(n, 2) + FloorDiv(n, 3), FloorDiv(5 * n, 6), False),
        ((n + 1) ** 2, n**2 + 2 * n + 1, True),
        (n, n + 1, False),
        (FloorDiv(n, s) + FloorDiv(n + 1, s), n, None),
        (FloorDiv(3 * n, 2), n + FloorDiv(n, 2), True),
    ],
)
def test_equality(left: Any, right: Any, verdict: bool | None) -> None:
    assert equal(left, right) is verdict


def smallest(sizes: list[Size]) -> int:
    """The smallest n at which every size is at least 1, by walking ints."""
    return next(i for i in count(1) if all(value(size, {"n": i}) >= 1 for size in sizes))


def test_the_condition_of_a_chain_is_its_smallest_input() -> None:
    axes = lenet(Named("n", Symbol("n")))
    (bound,) = conditions([closed_expression(axis) for axis in axes])
    assert bound.text() == f"n ≥ {smallest(axes)}" == "n ≥ 12"


def test_conditions_agree_with_ints_for_random_chains() -> None:
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(300):
        axes: list[Size] = [Named("n", Symbol("n"))]
        for i in range(draw.randint(1, 6)):
            kernel = draw.randint(1, 5)
            match draw.choice("cccut"):
                case "c":
                    padding = draw.randint(0, (kernel - 1) // 2)
                    axes.append(convolution(axes[-1], f"n_{i}", kernel, draw.randint(1, 3), padding))
                case "u":
                    axes.append(Named(f"n_{i}", axes[-1] * 2))
                case _:
                    axes.append(Named(f"n_{i}", (axes[-1] - 1) * 2 + kernel))
        bounds = conditions([closed_expression(axis) for axis in axes])
        for i in range(1, 60):
            valid = all(value(axis, {"n": i}) >= 1 for axis in axes)
            assert valid == all(bound.holds({"n": i}) for bound in bounds), (i, [b.text() for b in bounds])


def test_a_symbolic_condition_is_solved_for_the_input() -> None:
    sizes = [n - k + 1, FloorDiv(n - k + 1 - p, p) + 1]
    assert [bound.text() for bound in conditions(sizes, ["n"])] == ["n ≥ k + p - 1"]
    assert conditions([n, n * c]) == []
    assert [bound.text() for bound in conditions([10 - FloorDiv(n, 3)])] == ["n ≤ 29"]
    assert [bound.text() for bound in conditions([n - k * (n - 1)])] == ["k + n ≥ k*n + 1"]


def test_a_long_chain_has_one_condition() -> None:
    conversion = Conversion()
    size: Size = Named("n", Symbol("n"))
    axes = [size := convolution(size, f"n_{i}", 3) for i in range(1000)]
    (bound,) = conditions([conversion.expand(axis) for axis in axes])
    assert bound.text() == "n ≥ 2001"


def test_nested_minima_that_double_in_length_are_refused() -> None:
    size: Size = Symbol("n")
    for _ in range(60):
        size = Named("n", minimum((size - Symbol("k")) // 2, size // Symbol("s")))
    with pytest.raises(ArchitectureError) as caught:
        closed_expression(size)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("depth", [49, 5000])
def test_floors_that_do_not_merge_are_written_or_refused(depth: int) -> None:
    size: Size = Symbol("n")
    for _ in range(depth):
        size = Named("n", (size * 3 + 1) // 2)
    if depth < 50:
        assert evaluate(closed_expression(size), {"n": 1}) == eval(closed_form([size]).to_python(), {"n": 1})
        return
    with pytest.raises(ArchitectureError, match="too large"):
        closed_expression(size)


@pytest.mark.parametrize(
    "size",
    [
        (Symbol("n") + 1) ** 10**9,
        Named("k", 2) ** 10**9,
        Product(tuple(Sum((Symbol(f"a_{i}"), Symbol(f"b_{i}"))) for i in range(40))),
        Product((Sum(tuple(Symbol(f"a_{i}") for i in range(400))),) * 2),
    ],
)
def test_what_would_explode_is_refused(size: Size) -> None:
    with pytest.raises(ArchitectureError) as caught:
        closed_expression(size)
    assert caught.value.code == "too-large"


def test_evaluation_names_what_is_missing_and_what_is_no_integer() -> None:
    with pytest.raises(ArchitectureError, match="the symbol n has no value"):
        evaluate(n + 1, {"k": 1})
    with pytest.raises(ArchitectureError, match="is 1/2, not an integer"):
        evaluate(n / 2, {"n": 1})
    with pytest.raises(ArchitectureError, match="too large"):
        evaluate(n ** (10**12), {"n": 3})


def test_a_power_of_any_degree_is_known_to_be_no_less_than_zero() -> None:
    (bound,) = [*conditions([Conversion().expand(Power(Symbol("n"), 99_999_999) - 5)])]
    assert bound.text() == "n^99999999 ≥ 6"
    assert not conditions([Conversion().expand(Power(Symbol("n"), 99_999_999) + 1)])

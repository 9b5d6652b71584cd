"""Sums over an index, and sizes after a number of passes: their values are those of a plain loop."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

import pytest
import sympy

from symcount.algebra import (
    ClosedForm,
    Conversion,
    FloorDiv,
    closed_expression,
    closed_form,
    conditions,
    evaluate,
    iterate,
)
from symcount.algebra.sums.power_sums import HIGHEST_DEGREE
from symcount.arithmetic import (
    Bracket,
    Difference,
    IndexedSum,
    Named,
    Power,
    Ratio,
    Size,
    Symbol,
    by_name,
    ceil_div,
    maximum,
    minimum,
)
from symcount.arithmetic.notation import LATEX, PYTHON, TEXT, TYPST
from symcount.errors import ArchitectureError
from tests.seeds import chosen_seed

ROUNDS = 500
c, d, i, j, k, m, n, r, s, t, x, N, M = (Symbol(name) for name in "c d i j k m n r s t x N M".split())
OPEN = ("c", "d", "r")


def seeded() -> random.Random:
    seed = chosen_seed()
    print("seed", seed)
    return random.Random(seed)


def python_of(size: Size) -> str:
    """Python's text of a term, every name replaced by its value."""
    return by_name(_without_names(size), PYTHON)


def _without_names(size: Any) -> Any:
    if isinstance(size, Named):
        return _without_names(size.value)
    if isinstance(size, tuple):
        return tuple(map(_without_names, size))
    if isinstance(size, (int, Symbol)):
        return size
    return type(size)(*(_without_names(getattr(size, slot)) for slot in size.__slots__))


def value(size: Size, values: dict[str, int]) -> int:
    return int(eval(_compiled(size), dict(values)))


@lru_cache(maxsize=100)
def _compiled(size: Size) -> CodeType:
    return compile(python_of(size), "size", "eval")


def factor(draw: random.Random, indices: list[Symbol], falling: bool) -> Size:
    """A factor that depends on an index in a way that sums close over."""
    index = draw.choice(indices)
    slopes: list[Size] = [2, d]
    choices: list[Size] = [
        draw.randint(-3, 9),
        Symbol(draw.choice(OPEN)),
        index,
        index + draw.randint(0, 3),
        index**2,
        Named("c_t", c + index * draw.choice(slopes)),
        Power(draw.choice([2, 3, 4]), index * draw.randint(1, 2) + draw.randint(0, 2)),
        Power(2, 2 * N + 1 - i) if falling else Power(r, i + draw.randint(0, 1)),
    ]
    return draw.choice(choices)


def summand(draw: random.Random, indices: list[Symbol]) -> Size:
    size: Size = 0
    falling = draw.random() < 0.5
    for _ in range(draw.randint(1, 3)):
        product: Size = 1
        for _ in range(draw.randint(1, 3)):
            product = product * factor(draw, indices, falling)
        size = size + product if draw.random() < 0.8 else Difference(size, product)
    return Named("f", size) if draw.random() < 0.3 else size


def random_sum(draw: random.Random) -> IndexedSum:
    first = draw.choice([0, 1, 2])
    bounds: list[Size] = [N, N + first - 1, N * 2 + 1]
    last = draw.choice(bounds)
    if draw.random() < 0.7:
        return IndexedSum(i, first, last, summand(draw, [i]))
    ends: list[Size] = [i, i + 1, N, M]
    inner = IndexedSum(j, draw.choice([0, 1]), draw.choice(ends), summand(draw, [i, j]))
    outside: list[Size] = [1, i, 2, c]
    beside: list[Size] = [0, i, d]
    return IndexedSum(i, first, last, inner * draw.choice(outside) + draw.choice(beside))


def check_sums(rounds: int, spoiled: Callable[[ClosedForm], ClosedForm] = lambda form: form) -> None:
    draw = seeded()
    for _ in range(rounds):
        size = random_sum(draw)
        form = spoiled(closed_form([size]))
        source = compile(form.to_python(), "sum", "eval")
        for passes in range(9):
            values = {"N": passes, "M": draw.randint(0, 4), "c": draw.randint(1, 9), "d": draw.randint(1, 9)}
            values["r"] = draw.randint(2, 5)
            if isinstance(size.last, int) or value(size.last, values) < value(size.first, values) - 1:
                continue
            expected = value(size, values)
            assert evaluate(form.expr, values) == expected, (python_of(size), values)
            assert eval(source, dict(values)) == expected, (form.to_python(), values)
            assert all(assumption.holds(values) for assumption in form.assumptions)


def test_a_closed_sum_has_the_value_of_the_loop() -> None:
    check_sums(ROUNDS)


def test_a_wrong_sum_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        check_sums(
            20, lambda form: ClosedForm(form.polynomial + Conversion().to_polynomial(N * (N - 1)), form.assumptions)
        )


def test_sums_between_numbers() -> None:
    draw = seeded()
    for _ in range(ROUNDS // 3):
        first = draw.randint(0, 4)
        size = IndexedSum(i, first, first + draw.randint(-1, 70), summand(draw, [i]))
        values = {"N": 80, "c": draw.randint(1, 9), "d": 3, "r": 2}
        assert evaluate(closed_expression(size), values) == value(size, values), python_of(size)


def loop(step: Size, start: int, times: int, values: dict[str, int]) -> int:
    """The state after so many passes, one by one."""
    source, state = _compiled(step), start
    for passed in range(times):
        state = eval(source, values | {"x": state, "i": passed})
    return state


def random_step(draw: random.Random) -> Size:
    sizes: list[Size] = [0, 1, 2, 5, c, d * 2, c - d]
    slopes: list[Size] = [1, d]
    added = draw.choice(sizes)
    number = draw.randint(2, 5)
    strides: list[Size] = [number, number, s, Named("s", number)]
    stride = draw.choice(strides)
    steps: list[Size] = [
        added + 1,
        added + i * draw.choice(slopes),
        x + added,
        x + i * d + added,
        number * x + added,
        3 * x + added * i,
        r * x + added,
        c * d * x + added,
        x - x + added + 2 * x,
        (x + added) // stride,
        (x + added) // stride + draw.randint(0, 2),
        ceil_div(x + added, stride),
        (x + 2 * Named("p", 1) - 3) // stride + 1,
        (2 * x + added) // 4,
        x // 2 + i * d,
        (x + i * added - d) // s,
    ]
    return draw.choice(steps)


def check_iterations(rounds: int, spoiled: Callable[[Size], Size] = lambda size: size) -> None:
    draw = seeded()
    for _ in range(rounds):
        step = random_step(draw)
        after = iterate(step, x, i, n, N)
        assert after is not None, python_of(step)
        after = spoiled(after)
        form = closed_form([after])
        writing = compile(form.to_python(), "size", "eval")
        for times in range(1, 9):
            values = {
                "c": draw.randint(1, 9),
                "d": draw.randint(2, 9),
                "r": draw.randint(2, 4),
                "s": draw.randint(2, 4),
            }
            values |= {"n": draw.randint(1, 300), "N": times}
            expected = loop(step, values["n"], times, values)
            assert value(after, values) == expected, (python_of(step), values)
            assert evaluate(form.expr, values) == expected, (python_of(step), values)
            assert eval(writing, dict(values)) == expected, (form.to_python(), values)
            assert all(assumption.holds(values) for assumption in form.assumptions)


def test_an_iterated_step_has_the_value_of_the_loop() -> None:
    check_iterations(ROUNDS)


def test_a_wrong_iteration_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        check_iterations(5, lambda size: size + 1)


@pytest.mark.parametrize("times", [0, 1, 3, 10**12])
def test_numbers_of_passes(times: int) -> None:
    after = iterate(x + i * d, x, i, n, times)
    assert after is not None
    assert evaluate(closed_expression(after), {"n": 5, "d": 2}) == 5 + times * (times - 1)


@pytest.mark.parametrize(
    ("step", "text", "stated"),
    [
        ((x - 1) // 2 + 1, "⌈n/2^N⌉", []),
        (ceil_div(x, 3), "⌈n/3^N⌉", []),
        (x // 2, "⌊n/2^N⌋", []),
        ((x - 5) // 3 + 1, "⌊(n + 1)/3^N⌋ - 1", []),
        ((x + c) // 3, "⌊(3^N*c - c + 2*n)/(2*3^N)⌋", []),
        (x // s, "⌊n/s^N⌋", []),
        (Ratio(x, 2), "n/2^N", ["2^N divides n"]),
        (Ratio(x, 2) - d, "2*d/2^N - 2*d + n/2^N", ["2^N divides 2*d + n"]),
        (r * x + d, "d*(Σ(i=0..N - 1) r^i) + n*r^N", []),
        (2 * x, "2^N*n", []),
        (x + 4, "4*N + n", []),
    ],
)
def test_closed_forms_of_iterated_steps(step: Size, text: str, stated: list[str]) -> None:
    after = iterate(step, x, i, n, N)
    assert after is not None
    form = closed_form([after])
    assert by_name(form.to_term()) == text
    assert [assumption.text() for assumption in form.assumptions] == stated


@pytest.mark.parametrize("step", [x * x, x // i + i, x // 2 + x, (3 * x) // 2, x // i, i * x])
def test_what_does_not_iterate(step: Size) -> None:
    assert iterate(step, x, i, n, N) is None


@pytest.mark.parametrize(
    ("size", "text", "stated"),
    [
        (IndexedSum(i, 1, N, i * d + 1), "N^2*d/2 + N*d/2 + N", []),
        (IndexedSum(i, 1, N, 12 * d**2 + 13 * d), "12*N*d^2 + 13*N*d", []),
        (IndexedSum(i, 0, N - 1, 2**i * d), "2^N*d - d", []),
        (IndexedSum(i, 0, N - 1, d * r**i), "d*(Σ(i=0..N - 1) r^i)", []),
        (IndexedSum(i, 0, N - 1, (r - 1) * r**i), "r^N - 1", []),
        (IndexedSum(i, 1, N, (c + 1) ** i * c), "c*(c + 1)^N - c + (c + 1)^N - 1", []),
        (IndexedSum(i, 0, N, 2 ** (i * k)), "2^(N*k) + Σ(i=0..N - 1) (2^k)^i", []),
        (IndexedSum(i, 1, 10**12, i), "500000000000500000000000", []),
        (IndexedSum(i, 1, 10**12, r**i), "r*(Σ(i=0..999999999999) r^i)", []),
        (IndexedSum(i, 1, 3, r**i), "r^3 + r^2 + r", []),
        (IndexedSum(i, 1, 0, n // i), "0", []),
        (IndexedSum(i, 0, 2, n // 2**i), "n + ⌊n/2⌋ + ⌊n/4⌋", []),
        (IndexedSum(i, 0, N, (2**N * m) // 2**i), "2*2^N*m - m", []),
        (IndexedSum(i, 1, N, (2**N * m) // 2**i), "2^N*m - m", []),
        (IndexedSum(i, 0, N - 1, ceil_div(2**N * m, 2 ** (i + 1))), "2^N*m - m", []),
        (IndexedSum(i, 0, N, Ratio(c, 2**i)), "2*c - c/2^N", ["2^N divides c"]),
        (
            IndexedSum(i, 0, N, Ratio(c + t * i, 2)),
            "N^2*t/4 + N*c/2 + N*t/4 + c/2",
            ["2 divides c", "2 divides t if N ≥ 1"],
        ),
        (IndexedSum(i, 0, N, Ratio(i * i + i, 2)), "N^3/6 + N^2/2 + N/3", []),
        (IndexedSum(i, 0, N, Ratio(3**i - 1, 2)), "3*3^N/4 - N/2 - 3/4", []),
    ],
)
def test_closed_forms_of_sums(size: Size, text: str, stated: list[str]) -> None:
    form = closed_form([size])
    assert by_name(form.to_term()) == text
    assert [assumption.text() for assumption in form.assumptions] == stated


def test_sums_keep_sizes_whole_that_do_not_depend_on_the_index() -> None:
    axis = Named("n_1", n // 4 - 2)
    assert (
        by_name(closed_form([IndexedSum(i, 1, N, axis * axis * i * 2)]).to_term())
        == "N^2*(⌊n/4⌋ - 2)^2 + N*(⌊n/4⌋ - 2)^2"
    )


@pytest.mark.parametrize(
    "term",
    [
        (c + i) // 2,
        ceil_div(5 * i + c, 6) * i,
        (2 * i + 1) % 5 * 3**i,
        maximum(i, c, 3) * i,
        minimum(2**i, 9) + minimum(c + 7 - i, 2 * i),
        Bracket(3 * i, ">", 2 * c) * i + Bracket(4 * i + 1, "<=", c) * i * i,
        Bracket(2**i, ">=", 20) * (i // 2),
        Bracket(2**i, "<=", 8) * i + Bracket(2**i, ">=", 16),
        2 ** minimum(i, c) * maximum(5 - i, 0),
    ],
)
def test_a_sum_in_pieces_is_that_of_its_terms(term: Size) -> None:
    form = closed_expression(IndexedSum(i, 1, N, term))
    for values in ({"c": first, "N": last} for first in range(8) for last in range(9)):
        one_by_one = (evaluate(closed_expression(term), {**values, "i": each}) for each in range(1, values["N"] + 1))
        assert evaluate(form, values) == sum(one_by_one), values


@pytest.mark.parametrize(
    ("term", "factor", "hint"),
    [
        (n // 2**i, "⌊n/2^i⌋", "say n = 2^N*m: then every pass divides exactly"),
        (ceil_div(n, 2 ** (i + 1)), "⌊(n - 1)/(2*2^i)⌋", "say n = 2*2^N*m: then every pass divides exactly"),
        (n // s**i, "⌊n/s^i⌋", "say n = m*s^N: then every pass divides exactly"),
        (n // (2**i + 1), "⌊n/(2^i + 1)⌋", None),
        ((r // 2**i) * (n // 2**i) * (c // 2**i), "⌊c/2^i⌋", "say c = 2^N*m: then every pass divides exactly"),
        (i**N, "i^N", None),
        (2 ** (i * i), "2^(i^2)", None),
        (Ratio(c, i + 1), "1/(i + 1)", None),
        (IndexedSum(j, 0, N, r ** (i * j)), "Σ(j=0..N - 1) (r^i)^j", None),
        (Ratio(Power(r, i), Power(s, i)), "r^i/s^i", None),
    ],
)
def test_what_has_no_closed_form(term: Size, factor: str, hint: str | None) -> None:
    with pytest.raises(ArchitectureError) as caught:
        closed_expression(IndexedSum(i, 0, N, term))
    assert caught.value.code == "no-closed-form"
    assert caught.value.message == f"the sum over i from 0 to N has no closed form: i occurs in {factor}"
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "size",
    [
        IndexedSum(i, 0, N, i ** (HIGHEST_DEGREE + 1)),
        IndexedSum(i, 0, 10**12, 2**i),
        IndexedSum(i, 10**12, 10**12 + 1, n // 2**i),
        IndexedSum(i, 0, 10**12, n // 2**i),
    ],
)
def test_what_would_explode_is_refused(size: Size) -> None:
    with pytest.raises(ArchitectureError):
        closed_expression(size)


def test_the_highest_degree() -> None:
    assert evaluate(closed_expression(IndexedSum(i, 1, N, i**HIGHEST_DEGREE)), {"N": 9}) == sum(
        p**HIGHEST_DEGREE for p in range(10)
    )


def test_sums_in_every_notation() -> None:
    size = 2 * IndexedSum(i, 0, N - 1, IndexedSum(j, 1, i, j * d + 1))
    assert by_name(size, TEXT) == "2*(Σ(i=0..N - 1) Σ(j=1..i) (j*d + 1))"
    assert by_name(size, LATEX) == r"2 \left(\sum_{i=0}^{N - 1} \sum_{j=1}^{i} (j d + 1)\right)"
    assert by_name(size, TYPST) == "2 (sum_(i=0)^(N - 1) sum_(j=1)^(i) (j d + 1))"
    assert by_name(size, PYTHON) == "2*sum(sum(j*d + 1 for j in range(1, i + 1)) for i in range(0, (N - 1) + 1))"


def test_floors_over_symbolic_powers_stay_exact() -> None:
    form = closed_form([n // 2**N])
    assert by_name(form.to_term(), LATEX) == r"\left\lfloor \frac{n}{2^{N}} \right\rfloor"
    assert by_name(form.to_term(), TYPST) == "floor(frac(n, 2^(N)))"
    assert form.to_python() == "n//2**N"
    big = 3**200
    assert evaluate(form.expr, {"n": big, "N": 100}) == eval(form.to_python(), {"n": big, "N": 100}) == big // 2**100
    assert [bound.text() for bound in conditions([form.expr])] == ["n ≥ 2^N"]
    (bound,) = conditions([closed_expression((n - 1) // 2**N + 1 - 4)])
    assert all(bound.holds({"n": size, "N": 3}) == ((size - 1) // 8 - 3 >= 1) for size in range(1, 60))
    assert closed_expression((n // 2**N) // 2) == FloorDiv(sympy.Symbol("n"), 2 ** (sympy.Symbol("N") + 1))
    assert closed_expression((2**N * n + 1) // 2**N) == sympy.Symbol("n") + FloorDiv(1, 2 ** sympy.Symbol("N"))


@pytest.mark.parametrize(
    ("above", "below", "stated"),
    [
        (r**N - 1, r - 1, []),
        (d * r ** (N + 1) - d * r, r - 1, []),
        (r ** (2 * N) - 1, r**2 - 1, []),
        (r**N - 1, r**2 - 1, ["r^2 - 1 divides r^N - 1"]),
        (2 ** (N * k) - 1, 2**k - 1, []),
        (c * s**N, r - 1, ["r - 1 divides c*s^N"]),
        (d * Power(100, N) - d, 99, []),
        (d * Power(3, N) - d, 4, ["4 divides 3^N*d - d"]),
    ],
)
def test_a_quotient_of_powers_is_exact_where_that_is_evident(above: Size, below: Size, stated: list[str]) -> None:
    assert [assumption.text() for assumption in closed_form([Ratio(above, below)]).assumptions] == stated


def test_the_assumption_that_a_refusal_names_closes_the_sum() -> None:
    size = IndexedSum(i, 0, N, (m * s**N) // s**i)
    form = closed_form([size])
    assert [assumption.text() for assumption in form.assumptions] == ["s ≥ 2"]
    for passes in range(6):
        values = {"m": 5, "s": 3, "N": passes}
        assert evaluate(form.expr, values) == eval(form.to_python(), dict(values)) == value(size, values)


def test_a_power_of_a_power_is_one_power() -> None:
    assert closed_expression(Power(Power(r, k), N)) == closed_expression(Power(r, k * N))


@pytest.mark.parametrize(
    ("size", "stated"),
    [
        # each exponent starts and ends at 0 or above, and is below 0 in between
        (IndexedSum(i, 0, 2, Ratio(n * 2 ** (i * i), 4**i)), ["2 divides n"]),
        (IndexedSum(i, 0, 3, Ratio(n * 2 ** (3 * (i // 3)), 2**i)), ["2 divides n", "4 divides n"]),
        (IndexedSum(i, 0, 4, Ratio(n * 2 ** (2**i), 8**i)), ["2 divides n", "4 divides n"]),
        # these are linear, and at least 0 at both ends
        (IndexedSum(i, 0, 3, Ratio(n * 2 ** (2 * i), 2**i)), []),
        (
            IndexedSum(i, 0, 3, Ratio(n * 2 ** (i * k), 2**i)),
            ["2 divides 2^k*n", "4 divides 2^(2*k)*n", "8 divides 2^(3*k)*n"],
        ),
        (IndexedSum(i, 1, 3, Ratio(n * 8, 2**i)), []),
        (IndexedSum(i, 1, 4, Ratio(n * 8, 2**i)), ["2 divides n"]),
        (IndexedSum(i, 1, N, Ratio(n * 2**N, 2**i)), []),
        (IndexedSum(i, 1, N + 1, Ratio(n * 2**N, 2**i)), ["2 divides n"]),
    ],
)
def test_a_division_is_evident_where_it_is_exact_for_every_value(size: Size, stated: list[str]) -> None:
    form = closed_form([size])
    assert [assumption.text() for assumption in form.assumptions] == stated

"""The normal form of floors: its values are those of Python's ints, and it is reached once."""

from __future__ import annotations

import pickle
import random
from typing import Any

import pytest
import sympy
from sympy import symbols

from symcount.algebra import FloorDiv, Maximum, Minimum, ceil_div, evaluate, remainder
from symcount.errors import ArchitectureError
from tests.seeds import chosen_seed

ROUNDS = 2000
NAMES = ("a", "b", "n", "s", "t")
a, b, c, g, m, n, p, k, s, t, x = symbols("a b c g m n p k s t x")

Pair = tuple[Any, str]
"""A sympy expression, and the same as Python source."""


def sized(draw: random.Random, depth: int) -> Pair:
    """A random integer expression whose denominators are positive."""
    if depth == 0 or draw.random() < 0.15:
        name, number = draw.choice(NAMES), draw.randint(-7, 7)
        return draw.choice([(sympy.Symbol(name), name), (sympy.Integer(number), f"({number})")])
    (left, left_source), (right, right_source) = (
        sized(draw, depth - 1),
        sized(draw, depth - 2 if depth > 1 else 0),
    )
    match draw.choice("+-*//////%m"):
        case "+":
            return left + right, f"({left_source} + {right_source})"
        case "-":
            return left - right, f"({left_source} - {right_source})"
        case "*":
            return left * right, f"({left_source} * {right_source})"
        case "m":
            return Minimum(left, right), f"min({left_source}, {right_source})"
        case sign:
            below, source = draw.choice(
                [(sympy.Integer(i), str(i)) for i in (2, 3, 4, 6)]
                + [(sympy.Symbol("s"), "s"), (2 * s * t, "(2*s*t)"), (s + t, "(s + t)")]
            )
            if sign == "%":
                return remainder(left, below), f"({left_source} % {source})"
            if draw.random() < 0.3:
                return ceil_div(left, below), f"(-(-{left_source} // {source}))"
            return FloorDiv(left, below), f"({left_source} // {source})"


def positive(draw: random.Random) -> dict[str, int]:
    return {name: draw.randint(1, 40) for name in NAMES}


def test_normal_form_has_the_values_of_python_ints() -> None:
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    floors = 0
    for _ in range(ROUNDS):
        expression, source = sized(draw, 4)
        floors += "//" in str(expression)
        plain = compile(source, "expression", "eval")
        for values in (positive(draw), positive(draw), positive(draw)):
            assert evaluate(expression, values) == eval(plain, dict(values)), (source, expression, values)
    assert floors > ROUNDS // 4


def test_normal_form_is_idempotent() -> None:
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(ROUNDS // 4):
        expression, _ = sized(draw, 4)
        for floor in expression.atoms(FloorDiv):
            assert FloorDiv(*floor.args) == floor
            assert floor.func(*floor.args).args == floor.args


@pytest.mark.parametrize(
    ("nested", "flat"),
    [
        (FloorDiv(FloorDiv(x, a) + b, c), FloorDiv(x + a * b, a * c)),
        (ceil_div(ceil_div(x, a) + b, c), ceil_div(x + a * b, a * c)),
        (ceil_div(x, m), FloorDiv(x + m - 1, m)),
        (FloorDiv(6 * x + 5, 4), FloorDiv(3 * x + 2, 2)),
        (FloorDiv(g * x, g * m), FloorDiv(x, m)),
        (FloorDiv(x / 2, 3), FloorDiv(x, 6)),
        (FloorDiv(x / g, 3), FloorDiv(x, 3 * g)),
        (FloorDiv(n * s + s, s), n + 1),
        (FloorDiv(n * (s + 1) + s + 1, s + 1), n + 1),
        (FloorDiv(FloorDiv(n - k, s) + 1 - a, t), FloorDiv(n - k + s - a * s, s * t)),
        (-FloorDiv(-n, 32), FloorDiv(n + 31, 32)),
        (FloorDiv(-3 * n, 2), -n - FloorDiv(n + 1, 2)),
        (FloorDiv(-FloorDiv(x, 2), 3), -FloorDiv(x + 4, 6) + 0),
        (FloorDiv(n, -2), -FloorDiv(n + 1, 2)),
        (FloorDiv(-1, s), sympy.Integer(-1)),
        (FloorDiv(-7, 2), sympy.Integer(-4)),
    ],
)
def test_identities(nested: Any, flat: Any) -> None:
    assert nested == flat


def test_five_halvings_are_one_floor() -> None:
    size = n
    for _ in range(5):
        size = FloorDiv(size - 2, 2) + 1
    assert size == FloorDiv(n, 32)


def test_a_chain_of_symbolic_strides_and_paddings_has_one_floor() -> None:
    size = n
    for i in range(1, 5):
        stride, padding, kernel = symbols(f"s_{i} p_{i} k_{i}")
        size = FloorDiv(size + 2 * padding - kernel, stride) + 1
    assert len(size.atoms(FloorDiv)) == 1


@pytest.mark.parametrize("value", range(1, 40))
def test_floors_that_sympy_loses(value: int) -> None:
    even = sympy.Symbol("c", even=True)
    assert evaluate(FloorDiv(even, 6), {"c": 2 * value}) == 2 * value // 6
    assert evaluate(FloorDiv(2**n, 6), {"n": value}) == 2**value // 6
    assert evaluate(FloorDiv(m * (2 * n + 4), 6), {"m": value, "n": 7}) == value * 18 // 6
    assert evaluate(FloorDiv(m * (2 * n + 4), 6), {"m": 7, "n": value}) == 7 * (2 * value + 4) // 6
    assert evaluate(FloorDiv(n - 5, 3), {"n": value}) == (value - 5) // 3


def test_lambdify_of_a_floor_is_exact() -> None:
    compiled = sympy.lambdify(n, FloorDiv(n - 5, 3))
    assert all(compiled(value) == (value - 5) // 3 for value in range(1, 600))


def test_substitution_by_name_and_by_symbol() -> None:
    size = FloorDiv(n - 5, 3) ** 2
    assert size.subs({"n": 28}) == size.subs(n, 28) == size.xreplace({n: sympy.Integer(28)}) == 49


def test_numerical_evaluation_leaves_a_floor() -> None:
    assert FloorDiv(n, 2).evalf() == FloorDiv(n, 2)


def test_pickle_hash_and_text() -> None:
    size = FloorDiv(n + 3, 4)
    assert pickle.loads(pickle.dumps(size)) == size
    assert hash(size) == hash(FloorDiv(n - 1, 4) + 1)
    assert str(size) == "((n + 3)//4)"
    assert str(FloorDiv(n, s * t)) == "(n//(s*t))"
    assert sympy.latex(size) == r"\left\lceil \frac{n}{4} \right\rceil"
    assert sympy.latex(FloorDiv(n, 4) ** 2) == r"\left\lfloor \frac{n}{4} \right\rfloor^{2}"


@pytest.mark.parametrize("foreign", [sympy.floor(n), sympy.pi, sympy.sqrt(n), sympy.Float(2.5)])
def test_what_is_no_exact_size_is_refused(foreign: Any) -> None:
    with pytest.raises(ArchitectureError, match=r"not exact arithmetic|an exponent is a whole number"):
        FloorDiv(foreign, 2)


def test_division_by_zero_is_an_error() -> None:
    with pytest.raises(ArchitectureError, match="divided by zero"):
        FloorDiv(n, 0)


def pool(size: Any, kernel: Any, stride: Any, padding: Any) -> Any:
    """PyTorch's rounding up: the last window must start inside the input or its left padding."""
    return Minimum(ceil_div(size + 2 * padding - kernel, stride) + 1, FloorDiv(size + padding - 1, stride) + 1)


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "decided"),
    [
        (2, 2, 0, FloorDiv(n + 1, 2)),
        (3, 2, 0, FloorDiv(n, 2)),
        (3, 2, 1, FloorDiv(n, 2) + 1),
        (2, 2, 1, FloorDiv(n, 2) + 1),
    ],
)
def test_minimum_is_decided_by_integer_coefficients(kernel: int, stride: int, padding: int, decided: Any) -> None:
    assert pool(n, kernel, stride, padding) == decided


def test_minimum_that_is_not_decided_is_kept() -> None:
    kept = pool(n, k, s, p)
    assert kept.subs({"n": 5, "k": 2, "s": 2, "p": 1}) == 3
    assert kept.subs({"n": 7, "k": 2, "s": 2, "p": 1}) == 4
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert Maximum(n, 3).subs(n, 5) == 5
    assert str(Minimum(n, 5)) == "min(5, n)"


def test_whole_multiples_of_a_denominator_with_symbols_are_pulled_out() -> None:
    n, s = sympy.symbols("n s")
    assert FloorDiv(n + 3 * s - 1, 2 * s) == FloorDiv(n + s - 1, 2 * s) + 1
    assert FloorDiv(n - s, 2 * s) == FloorDiv(n + s, 2 * s) - 1


def test_floors_that_say_one_another_end_in_one_form() -> None:
    one = FloorDiv(12 - n, n + 4)
    assert FloorDiv(n + 20, n + 4) == 5 - FloorDiv(5 * n + 3, n + 4) == one + 2
    for value in range(1, 40):
        assert evaluate(one, {"n": value}) == (12 - value) // (value + 4)

"""The limits of the algebra: what is at one is done, what is one past it is left or refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy
from sympy import symbols

from symcount.algebra import (
    ClosedForm,
    FloorDiv,
    Polynomial,
    closed_expression,
    closed_form,
    equal,
    evaluate,
    factor,
    is_never_negative,
    quotient,
    to_polynomial,
)
from symcount.algebra.closed.transform import MOST_FACTORED, MOST_LETTERS
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.equality import MOST_COMBINATIONS, as_division
from symcount.algebra.domain.inequalities import MOST_COMPARED, strongest
from symcount.algebra.domain.signs import HIGHEST_SHIFTED
from symcount.algebra.functions.residues import MOST_RESIDUES
from symcount.algebra.functions.series import MOST_POWERS
from symcount.algebra.functions.size_function import MOST_NESTED, MOST_NODES, check_length
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.coefficient import MOST_BITS
from symcount.algebra.poly.division import MOST_STEPS
from symcount.algebra.poly.polynomial import MOST_TERMS
from symcount.algebra.sums.index_range import MOST_VALUES
from symcount.algebra.sums.power_sums import HIGHEST_DEGREE
from symcount.arithmetic import IndexedSum, Symbol
from symcount.errors import ArchitectureError

a, c, d, n, x, y = symbols("a c d n x y")
i, r, N = Symbol("i"), Symbol("r"), Symbol("N")


def test_the_limits_are_those_that_were_measured() -> None:
    assert (HIGHEST_SHIFTED, MOST_COMPARED, MOST_LETTERS, MOST_FACTORED) == (10, 8, 16, 200)
    assert (MOST_RESIDUES, MOST_COMBINATIONS, MOST_STEPS) == (1000, 4096, 1000)
    assert (MOST_VALUES, MOST_POWERS, HIGHEST_DEGREE) == (64, 8, 50)
    assert (MOST_NESTED, MOST_NODES, MOST_TERMS, MOST_BITS) == (150, 10_000, 50_000, 14_000)


def test_how_high_a_bound_may_be() -> None:
    assert is_never_negative(to_polynomial(a**HIGHEST_SHIFTED - a))
    assert not is_never_negative(to_polynomial(a ** (HIGHEST_SHIFTED + 1) - a))


def _bounds(between: int) -> list[Polynomial]:
    """A bound, some that say nothing of it, and one that it implies."""
    several = symbols(f"y:{between}")
    return [to_polynomial(form) for form in (x - 5, *(each - a for each in several), x + c - 5)]


def test_with_how_many_bounds_one_is_compared() -> None:
    assert len(strongest(_bounds(MOST_COMPARED - 1))) == MOST_COMPARED
    assert len(strongest(_bounds(MOST_COMPARED))) == MOST_COMPARED + 2
    assert len(strongest(_bounds(MOST_COMPARED - 1)[::-1])) == MOST_COMPARED
    assert len(strongest(_bounds(MOST_COMPARED)[::-1])) == MOST_COMPARED + 2


def _letters(number: int) -> ClosedForm:
    first, *rest = symbols(f"a:{number}")
    return ClosedForm(to_polynomial((first + 1) * sum(rest)))


def test_a_sum_of_how_many_symbols_is_factored() -> None:
    assert len(factor(_letters(MOST_LETTERS)).args[1].args) == MOST_LETTERS - 1
    assert factor(_letters(MOST_LETTERS + 1)).args[0] == 1


def test_a_sum_of_how_many_terms_is_factored() -> None:
    assert factor(ClosedForm(to_polynomial((y + 1) ** (MOST_FACTORED - 1)))) == (y + 1) ** (MOST_FACTORED - 1)
    whole = factor(ClosedForm(to_polynomial(6 * x * (y + 1) ** MOST_FACTORED)))
    assert whole.args[0] == 6 * x
    assert len(whole.args[1].args) == MOST_FACTORED + 1


def test_at_how_many_residues_a_division_is_tried() -> None:
    def stated(several: int) -> bool:
        product = sympy.prod(symbols(f"x:{several}"))
        return divisibility(to_polynomial(2), to_polynomial(product * n * (n + 1))) is not None

    assert 2**9 <= MOST_RESIDUES < 2**10
    assert not stated(8)
    assert stated(9)


def test_how_many_combinations_of_residues_are_tried() -> None:
    def sides(modulus: int) -> tuple[sympy.Expr, sympy.Expr]:
        return sum(FloorDiv(n + k, modulus) for k in range(modulus)), n

    first, second = 64, MOST_COMBINATIONS // 64
    assert equal(FloorDiv(n, first) + FloorDiv(x, second), n + x) is False
    assert equal(FloorDiv(n, first) + FloorDiv(x, second + 1), n + x) is None
    for modulus, is_tried in ((MOST_COMBINATIONS, True), (MOST_COMBINATIONS + 1, False)):
        assert (as_division([modulus * FloorDiv(n + 1, modulus) - n]) is not None) == is_tried
    assert equal(*sides(7)) is True


def test_how_many_steps_an_exact_division_takes() -> None:
    for steps in (MOST_STEPS - 1, MOST_STEPS):
        share = quotient(to_polynomial(x**steps - 1), to_polynomial(x - 1))
        assert len(share) == (steps if steps < MOST_STEPS else 2)


def test_how_many_values_of_an_index_are_taken_one_by_one() -> None:
    def total(count: int) -> IndexedSum:
        return IndexedSum(i, 0, count - 1, (Symbol("n") + i) // 13)

    assert evaluate(closed_expression(total(MOST_VALUES)), {"n": 7}) == sum((7 + k) // 13 for k in range(MOST_VALUES))
    with pytest.raises(ArchitectureError, match="no closed form"):
        closed_expression(total(MOST_VALUES + 1))


def test_how_many_powers_of_a_symbol_are_written_out() -> None:
    at, past = (closed_form([IndexedSum(i, 1, count, r**i)]) for count in (MOST_POWERS, MOST_POWERS + 1))
    assert (len(at.polynomial), at.assumptions) == (MOST_POWERS, ())
    assert (past.to_term(), past.assumptions) == (r * IndexedSum(Symbol("i'"), 0, MOST_POWERS, r ** Symbol("i'")), ())


def _nested(depth: int) -> sympy.Expr:
    size = n
    for _ in range(depth):
        size = FloorDiv(3 * size, 2)
    return size


def _deep(expression: sympy.Expr) -> int:
    return 1 + max(map(_deep, expression.args), default=0)


def test_how_deep_floors_nest() -> None:
    deepest = next(depth for depth in range(1, 200) if _is_too_large(lambda: _nested(depth))) - 1  # noqa: B023
    assert MOST_NESTED - 2 <= _deep(_nested(deepest)) <= MOST_NESTED


def test_how_long_a_power_is_that_a_value_makes() -> None:
    assert substitute(2**n, {n: sympy.Integer(MOST_BITS)}) == 2**MOST_BITS
    assert _is_too_large(lambda: substitute(2**n, {n: sympy.Integer(MOST_BITS + 1)}))


def test_how_long_a_floor_is() -> None:
    longest = sympy.Add(*symbols(f"x:{MOST_NODES - 1}"))
    assert check_length(longest) == longest
    assert _is_too_large(lambda: check_length(longest + n))


def test_how_large_a_product_of_sums_is() -> None:
    left, right = (Polynomial.total(map(to_polynomial, symbols(f"{name}:250"))) for name in "ab")
    assert len(left) * 200 == MOST_TERMS
    at = Polynomial.total(map(to_polynomial, symbols("c:200")))
    assert len(left * at) == MOST_TERMS
    assert _is_too_large(lambda: left * right)


def test_how_long_a_coefficient_is() -> None:
    two = Polynomial.constant(2)
    largest = two ** (MOST_BITS - 1)
    assert _is_too_large(lambda: largest * two)
    assert _is_too_large(lambda: two ** (MOST_BITS + 1))
    assert _is_too_large(lambda: Polynomial.constant(3) ** 10**9)
    assert Polynomial.constant(-1) ** 10**9 == Polynomial.constant(1)


def _is_too_large(make: Callable[[], object]) -> bool:
    try:
        make()
    except ArchitectureError as error:
        assert error.code == "too-large"
        return True
    return False


def test_a_floor_of_a_floor_is_decided_by_the_product_of_their_divisors() -> None:
    inner = FloorDiv(n, 2)
    outer = FloorDiv(3 * inner, 2)
    assert equal(outer, n) is False
    assert equal(outer + FloorDiv(3 * inner + 1, 2), 3 * inner) is True

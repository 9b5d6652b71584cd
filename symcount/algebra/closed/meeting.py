"""Under which division two sizes are equal in every pass, as those of a decoder and its encoder are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import sympy

from symcount.algebra.closed.conversion import Conversion
from symcount.algebra.functions.expressions import has_floor, power, symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Size, Symbol

_Division = tuple[Polynomial, Polynomial]


def division_where_equal(left: Size, right: Size, index: Symbol, first: Size, last: Size) -> tuple[Size, Size] | None:
    """Return a divisor and a dividend: where it divides, two sizes are equal in every pass, and only there.

    None where they are equal under something else, or where this cannot tell.

    >>> from symcount.arithmetic import by_name
    >>> n, D, i = Symbol("n"), Symbol("D"), Symbol("i")
    >>> [by_name(each) for each in division_where_equal(2**i * (n // 2**D), n // 2 ** (D - i), i, 0, D)]
    ['2^D', 'n']
    >>> [by_name(each) for each in division_where_equal(2 * (n // 2 ** (i + 1)), n // 2**i, i, 0, D - 1)]
    ['2^D', 'n']
    """
    indices = IndexRange.over(index.name, Conversion().expand(first), Conversion().expand(last))
    difference = Conversion().expand(left) - Conversion().expand(right)
    found = next(chain(_at_an_end(indices, difference), _in_turn(indices, difference)), None)
    return None if found is None else (to_term(found[0]), to_term(found[1]))


def _at_an_end(indices: IndexRange, difference: Polynomial) -> Iterator[_Division]:
    """The division that the first pass or the last asks for, where it is enough for all.

    A difference that is ``b*floor(a/b) - a`` there is 0 just where b divides a.
    """
    for end in (indices.last, indices.first):
        there = indices.at(difference, end)
        floors = _floors(there)
        if len(floors) == 1:
            above, below = (to_polynomial(part) for part in floors[0].args)
            rest = below * Polynomial.generator(floors[0]) - above
            if _are_multiples(there, rest) and _suffices(indices, difference, below, above):
                yield below, above


def _in_turn(indices: IndexRange, difference: Polynomial) -> Iterator[_Division]:
    """The division that all passes ask for together, each for one factor more.

    A difference ``floor(a/b) - k*floor(a/(k*b))`` is 0 just where k divides the first floor. Where b is 1 in the
    last pass, or the first, and k times as large from pass to pass, ``k^t`` divides a after t passes.
    """
    floors = _floors(difference)
    if len(floors) != 2:
        return
    for inner, outer in (floors, floors[::-1]):
        factor = _quotient(difference, outer, inner)
        if factor is None or FloorDiv(inner, to_expression(factor)) != outer:
            continue
        above, below = (to_polynomial(part) for part in inner.args)
        ratio = above * below.inverse() if len(below) == 1 else Polynomial({})
        following = indices.at(ratio, Polynomial.generator(indices.index) + ONE)
        grows, falls = following == ratio * factor, ratio == following * factor
        whole = indices.at(Polynomial.generator(inner), indices.last if grows else indices.first)
        if ratio and (grows or falls) and not has_floor(whole):
            yield power(factor, indices.last - indices.first + ONE), whole


def _floors(form: Polynomial) -> list[FloorDiv]:
    return [each for each in dict.fromkeys(form.generators) if isinstance(each, FloorDiv)]


def _quotient(difference: Polynomial, outer: FloorDiv, inner: FloorDiv) -> Polynomial | None:
    """The number k of a difference that is ``inner - k*outer``, or a multiple of that by a number."""
    once, several = (difference.terms.get(frozenset(((floor, 1),))) for floor in (inner, outer))
    if len(difference) != 2 or once is None or several is None:
        return None
    factor = Polynomial.constant(several).over(-once)
    return factor if factor.is_integral else None


def _are_multiples(one: Polynomial, other: Polynomial) -> bool:
    """Whether one polynomial is a number times another."""
    monomial = next(iter(other.terms))
    number = one.terms.get(monomial)
    return number is not None and other.times(number) == one.times(other.terms[monomial])


def _suffices(indices: IndexRange, difference: Polynomial, divisor: Polynomial, dividend: Polynomial) -> bool:
    """Whether a difference is 0 in every pass where the dividend is a multiple of the divisor."""
    for symbol in (each for each in dividend.generators if isinstance(each, sympy.Symbol)):
        times = dividend.terms.get(frozenset(((symbol, 1),)), 0)
        rest = dividend - Polynomial.generator(symbol).times(times)
        if not times or any(symbol in symbols_of(each) for form in (rest, divisor) for each in form.generators):
            continue
        multiple = to_expression((divisor * Polynomial.generator(sympy.Dummy()) - rest).over(times))
        return not indices.expand(to_polynomial(substitute(to_expression(difference), {symbol: multiple})))
    return False

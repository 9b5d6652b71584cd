"""Sums over an index whose terms are made of pieces: comparisons of the index, extremes, and floors over numbers.

The range of the index is split where a comparison changes, and by the remainders on which a floor depends; of each
part the sum is one without them. A part may be empty, and starts at most one after the last value.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, lcm

import sympy

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.brackets import Bracket, bracket
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv, ceil_quotient, floor_quotient
from symcount.algebra.functions.minmax import Maximum, Minimum, difference_sign
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.coefficient import MOST_BITS
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.records import record

MOST_REMAINDERS = 12
"""The most remainders of an index by which a sum is split."""

MOST_BEFORE = 12
"""The most values of an index that are taken one by one before a floor is 0."""

MOST_CHOICES = 8
"""The most comparisons and extremes of the index in what is summed: each may double the parts."""

Part = tuple[IndexRange, Polynomial]
"""A range of the index, and the term that is summed over it."""


def pieces(indices: IndexRange, term: Polynomial) -> list[Part] | None:
    """Return the parts of a sum that has pieces, None where it has none that can be told apart.

    >>> import sympy
    >>> i, n = sympy.symbols("i n")
    >>> for part, term in pieces(IndexRange(i, ONE, to_polynomial(n)), to_polynomial(i * Bracket(i - 3))) or []:
    ...     print(to_expression(part.first), to_expression(part.last), to_expression(term))
    1 min(3, n + 1) - 1 0
    min(3, n + 1) n i
    """
    if len(_choices(indices, term)) > MOST_CHOICES:
        return None
    choice = _choice(indices, term)
    start = None if choice is None else _start(indices, choice.size)
    if choice is not None and start is not None:
        return [*_split(indices, term, choice, *start)]
    parts = around_vanishing(indices, term)
    if parts is not None:
        return [(part, size * reached) for part, size, reached in parts]
    period = _period(indices, term)
    return [*_by_remainder(indices, term, period)] if 1 < period <= MOST_REMAINDERS else None


@record
class _Choice:
    """A part of a term that is one size where another is at least 0, else a third."""

    part: Expr
    size: Polynomial
    yes: Expr
    no: Expr


def _choice(indices: IndexRange, term: Polynomial) -> _Choice | None:
    """The first comparison or extreme with the index, and no other in it; also inside of powers and floors."""
    choices = _choices(indices, term)
    if not choices:
        return None
    part = min(choices, key=lambda each: (each.count_ops(), str(each)))
    if isinstance(part, Bracket):
        return _Choice(part, to_polynomial(part.args[0]), sympy.Integer(1), sympy.Integer(0))
    first, second, *others = sorted(part.args, key=lambda each: indices.index not in each.free_symbols)
    larger, smaller = (part.func(each, *others) for each in (first, second))
    if isinstance(part, Minimum):
        larger, smaller = smaller, larger
    return _Choice(part, to_polynomial(first - second), larger, smaller)


def _choices(indices: IndexRange, term: Polynomial) -> set[Expr]:
    """All comparisons and extremes that depend on the index."""
    generators = (generator_expression(generator) for generator in dict.fromkeys(term.generators))
    found = {each for generator in generators for each in generator.atoms(Bracket, Minimum, Maximum)}
    return {each for each in found if indices.index in each.free_symbols}


def _start(indices: IndexRange, size: Polynomial) -> tuple[Polynomial, bool] | None:
    """The value of the index at which a size turns, and whether it is at least 0 from there on or before."""
    index = Polynomial.generator(indices.index)
    slope = (indices.at(size, index + ONE) - size).number
    if isinstance(slope, int) and slope:
        rest = size - index.times(slope)
        if slope > 0:
            return ceil_quotient(-rest, Polynomial.constant(slope)), True
        return floor_quotient(rest, Polynomial.constant(-slope)) + ONE, False
    return _start_of_powers(indices, size)


def _start_of_powers(indices: IndexRange, size: Polynomial) -> tuple[Polynomial, bool] | None:
    """The same of powers of numbers to the index, which grow all the way."""
    signs = {number > 0 for monomial, number in size.terms.items() if monomial}
    if len(signs) != 1 or not all(map(indices.is_progression, size.generators)):
        return None
    rises = signs.pop()
    for i in range(MOST_BITS):
        value = indices.at(size, Polynomial.constant(i)).number
        if value is None:
            return None
        if (value >= 0) == rises:
            return (Polynomial.constant(i), rises) if i or indices.first.number == 0 else None
    return None


def _split(
    indices: IndexRange, term: Polynomial, choice: _Choice, start: Polynomial, from_there: bool
) -> Iterator[Part]:
    """The range up to where a choice turns, and from there on."""
    turn = _turn(indices, start)
    before, after = (choice.no, choice.yes) if from_there else (choice.yes, choice.no)
    expression = to_expression(term)
    for part, size in (
        (IndexRange(indices.index, indices.first, turn - ONE), before),
        (IndexRange(indices.index, turn, indices.last), after),
    ):
        yield part, to_polynomial(substitute(expression, {choice.part: size}))


def _turn(indices: IndexRange, start: Polynomial) -> Polynomial:
    """The value in a range from which on a choice has turned, one after the last where none is.

    A part of a range begins at ``min(s, last + 1)``: where s is no less than the start, it has turned all the way.
    """
    end = indices.last + ONE
    begins: Expr = Maximum(to_expression(indices.first), to_expression(start))
    first = indices.first.only_generator
    if isinstance(first, Minimum) and to_expression(end) in first.args:
        signs = [difference_sign(to_polynomial(each), start) for each in first.args if each != to_expression(end)]
        if all(sign is not None and sign >= 0 for sign in signs):
            return indices.first
        if any(sign is not None and sign <= 0 for sign in signs):
            begins = to_expression(start)
    return to_polynomial(Minimum(to_expression(end), begins))


def around_vanishing(indices: IndexRange, term: Polynomial) -> list[tuple[IndexRange, Polynomial, Polynomial]] | None:
    """Return a range in parts: each value before a floor is 0, as its divisor outgrows a number, and all from there on.

    With each part goes the term in it, and 1 where the range reaches it, else 0. None where there is no such floor.

    >>> i, n, v = sympy.symbols("i n v")
    >>> term = to_polynomial(FloorDiv(2, i + v))
    >>> for part, size, reached in around_vanishing(IndexRange(i, Polynomial({}), to_polynomial(n)), term) or []:
    ...     print(*map(to_expression, (part.first, part.last, size, reached)))
    0 0 (2//v) [n >= 0]
    1 1 (2//(v + 1)) [n - 1 >= 0]
    2 n 0 [n - 2 >= 0]
    """
    vanishing = _vanishing(indices, term)
    if vanishing is None:
        return None
    floor, turn = vanishing
    rest = to_polynomial(substitute(to_expression(term), {floor: sympy.Integer(0)}))
    *before, there = map(Polynomial.constant, range(int(indices.first.number or 0), turn + 1))
    parts = [(IndexRange(indices.index, at, at), indices.at(term, at)) for at in before]
    parts.append((IndexRange(indices.index, there, indices.last), rest))
    return [(part, size, bracket(indices.last - part.first)) for part, size in parts]


def outgrown(indices: IndexRange, term: Polynomial) -> Polynomial:
    """Return what must not be negative for such a floor to be 0 from there on, as it is for symbols from 1 on."""
    vanishing = _vanishing(indices, term)
    if vanishing is None:
        return ONE
    floor, turn = vanishing
    above, below = map(to_polynomial, floor.args)
    return indices.at(below, Polynomial.constant(turn)) - above - ONE


def _vanishing(indices: IndexRange, term: Polynomial) -> tuple[FloorDiv, int] | None:
    """A floor whose divisor outgrows a number, and the value of the index from which on it is 0."""
    first = indices.first.number
    generators = (generator_expression(generator) for generator in dict.fromkeys(term.generators))
    floors = {each for generator in generators for each in generator.atoms(FloorDiv) if each.args[0].is_Integer}
    for floor in sorted(floors, key=str) if isinstance(first, int) else ():
        below = to_polynomial(floor.args[1])
        if not indices.occurs_in(below) or not indices.is_never_negative(indices.step(below)):
            continue
        for i in range(int(first or 0), int(first or 0) + MOST_BEFORE + 1):
            if is_never_negative(indices.at(below, Polynomial.constant(i)) - to_polynomial(floor.args[0]) - ONE):
                return floor, i
    return None


def _period(indices: IndexRange, term: Polynomial) -> int:
    """The number of remainders of the index on which the floors over numbers depend; 1 where there are none."""
    periods = [1]
    index = Polynomial.generator(indices.index)
    generators = (generator_expression(generator) for generator in dict.fromkeys(term.generators))
    for floor in {each for generator in generators for each in generator.atoms(FloorDiv)}:
        if floor.args[1].is_Integer:
            above = to_polynomial(floor.args[0])
            slope = (indices.at(above, index + ONE) - above).number
            if isinstance(slope, int):
                periods.append(int(floor.args[1]) // gcd(slope, int(floor.args[1])))
    return lcm(*periods)


def _by_remainder(indices: IndexRange, term: Polynomial, period: int) -> Iterator[Part]:
    """The passes by the remainder of their index, ``period*i + r`` in the place of each."""
    divisor, index = Polynomial.constant(period), Polynomial.generator(indices.index)
    for r in range(period):
        rest = Polynomial.constant(r)
        first = ceil_quotient(indices.first - rest, divisor)
        last = floor_quotient(indices.last - rest, divisor)
        yield IndexRange(indices.index, first, last), indices.at(term, index.times(period) + rest)

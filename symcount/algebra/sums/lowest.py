"""What a size must be for it to be at least 1 in every pass: at the ends of the index, or in pieces."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sympy

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.pieces import around_vanishing, pieces


def lowest(indices: IndexRange, size: Polynomial, zeros: Collection[Expr] = ()) -> list[Polynomial]:
    """Return what must be at least 1 for a size to be so at every value of an index; none where that is known.

    ``zeros`` are symbols that may be 0; all others are at least 1.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> i, n = sympy.symbols("i n")
    >>> lowest(IndexRange(i, ONE, to_polynomial(n)), to_polynomial(i - 2*FloorDiv(i, 2) + 1))
    []
    >>> lowest(IndexRange(i, ONE - ONE, to_polynomial(n)), to_polynomial(i + n)), [
    ...     to_expression(end) for end in lowest(IndexRange(i, ONE - ONE, to_polynomial(n)), to_polynomial(i + n), [n])]
    ([], [n])
    """
    if not indices.occurs_in(size):
        return [size]
    from_zero = [symbol for symbol in zeros if _may_be_zero(indices, size, symbol)]
    if from_zero:
        # each is written as one less than a symbol from 1 on
        less, more = ({symbol: symbol + step for symbol in from_zero} for step in (-1, 1))
        shifted = IndexRange(indices.index, _put(indices.first, less), _put(indices.last, less))
        return [_put(end, more) for end in lowest(shifted, _put(size, less))]
    in_pieces = pieces(indices, indices.expand(size.expand()))
    if in_pieces is not None and all(_is_positive(*piece) for piece in in_pieces):
        return []
    if indices.is_never_negative(size - ONE):
        return []
    return _lowest_in_parts(indices, size) or indices.ends(size)


def _lowest_in_parts(indices: IndexRange, size: Polynomial) -> list[Polynomial]:
    """What `lowest` returns, of each part around where a floor vanishes; one that is not reached needs nothing."""
    parts = around_vanishing(indices, size) or []
    return [end * reached + ONE - reached for part, there, reached in parts for end in lowest(part, there)]


def _may_be_zero(indices: IndexRange, size: Polynomial, symbol: Expr) -> bool:
    """Whether a symbol occurs in a size or in the range, and there may be values of the index where it is 0."""
    generators = (g for form in (size, indices.first, indices.last) for g in form.generators)
    if symbol == indices.index or not any(symbol in symbols_of(generator) for generator in generators):
        return False
    more = _put(indices.last - indices.first, {symbol: sympy.Integer(0)}).number
    return more is None or more >= 0


def _put(form: Polynomial, values: Mapping[Expr, Expr]) -> Polynomial:
    return to_polynomial(substitute(to_expression(form), dict(values)))


def _is_positive(indices: IndexRange, size: Polynomial) -> bool:
    """Whether a size is known to be at least 1 for every value of an index."""
    in_pieces = pieces(indices, size)
    if in_pieces is not None:
        return all(_is_positive(*piece) for piece in in_pieces)
    bound = size - ONE
    return indices.is_never_negative(bound) if indices.occurs_in(size) else is_never_negative(bound)

"""What a size must be for it to be at least 1 in every pass: at the ends of the index, or in pieces."""

from __future__ import annotations

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.pieces import pieces, until_gone


def lowest(indices: IndexRange, size: Polynomial) -> list[Polynomial]:
    """Return what must be at least 1 for a size to be so at every value of an index; none where that is known.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> i, n = sympy.symbols("i n")
    >>> lowest(IndexRange(i, ONE, to_polynomial(n)), to_polynomial(i - 2*FloorDiv(i, 2) + 1))
    []
    """
    if not indices.occurs_in(size):
        return [size]
    in_pieces = pieces(indices, indices.expand(size.expand()))
    if in_pieces is not None and all(_is_positive(*piece) for piece in in_pieces):
        return []
    if indices.is_never_negative(size - ONE):
        return []
    return _by_value(indices, size) or indices.ends(size)


def _by_value(indices: IndexRange, size: Polynomial) -> list[Polynomial]:
    """The same of a size with a floor that is 0 from a value on: each before it where it is reached, and the rest."""
    parts = until_gone(indices, size) or []
    return [end * reached + ONE - reached for part, there, reached in parts for end in lowest(part, there)]


def _is_positive(indices: IndexRange, size: Polynomial) -> bool:
    """Whether a size is known to be at least 1 for every value of an index."""
    in_pieces = pieces(indices, size)
    if in_pieces is not None:
        return all(_is_positive(*piece) for piece in in_pieces)
    bound = size - ONE
    return indices.is_never_negative(bound) if indices.occurs_in(size) else is_never_negative(bound)

"""What is known of how often a repeat happens, and of the sizes that it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import Bracket, Size, Symbol, Term
from symcount.trace.shape_equality import agree, plain


def is_zero_or_one(count: Size) -> bool:
    """Return whether a count is 0 or 1 whatever its symbols are, as a comparison is: it is its own square."""
    return not isinstance(count, int | Symbol) and agree(count * count, count) is True


def at_least_one(count: Size) -> Size:
    """Return 1 where a count is at least 1, else 0."""
    return plain(Bracket(count, ">=", 1))


def may_divide_by_zero(sizes: Sequence[Size]) -> bool:
    """Return whether a size holds a floor whose divisor is not known to be at least 1."""
    from symcount.algebra import ONE, Conversion, divisors_of_floors, is_never_negative

    forms = (Conversion().expand(size) for size in sizes if isinstance(size, Term))
    return not all(is_never_negative(divisor - ONE) for form in forms for divisor in divisors_of_floors(form))


def is_simple(count: Size) -> bool:
    """Return whether a reader sees where a count is at least 1: it holds no floor, no comparison and no extreme.

    A fraction is simple too: that it is whole must hold even where it is 0.
    """
    from symcount.algebra import Conversion, has_floor

    form = Conversion().expand(count)
    return not form.is_integral or not has_floor(form)


def is_at_least_zero(size: Size) -> bool:
    """Return whether a size is known to be at least 0."""
    if isinstance(size, int):
        return size >= 0
    from symcount.algebra import Conversion, at_least_zero

    return at_least_zero(Conversion().expand(size))

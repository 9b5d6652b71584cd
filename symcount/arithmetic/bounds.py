"""Bounds of written arithmetic over symbols that are not negative: how small it gets, how large any part of it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import prod

from symcount.arithmetic.terms import (
    Bracket,
    CeilDiv,
    Difference,
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Named,
    Power,
    Product,
    Ratio,
    Remainder,
    Size,
    Sum,
    Symbol,
)
from symcount.arithmetic.traversal import all_parts, rebuilt

MOST_RAISED = 4_096
"""The largest exponent that is worked out for a bound: a power of more is beyond every type of number."""


def lowest(size: Size, least: Mapping[str, int]) -> int | None:
    """Return what a size is never below, given the least values of its symbols; None where this cannot tell.

    >>> n = Symbol("n")
    >>> lowest((n - 12) // 4, {"n": 12}), lowest(n - 13, {"n": 12}), lowest(3 - n, {"n": 1})
    (0, -1, None)
    """
    match size:
        case int():
            return size
        case Symbol(name):
            return least.get(name)
        case Named(_, value):
            return lowest(value, least)
        case Sum(terms):
            return _together(sum, terms, least)
        case Min(terms):
            return _together(min, terms, least)
        case Difference(left, int() as right):
            found = lowest(left, least)
            return None if found is None else found - right
        case Product(factors):
            return _together(prod, factors, least, signed=False)
        case Max(factors):
            return _together(max, factors, least, signed=False)
        case Power(base, exponent):
            return _together(lambda both: min(both[0], 1), (base, exponent), least, signed=False)
        case FloorDiv(above, below) | CeilDiv(above, below) | Ratio(above, below):
            lows = lowest(above, least), lowest(below, least)
            is_known = lows[0] is not None and lows[0] >= 0 and lows[1] is not None and lows[1] >= 1
            return (lows[0] // below if isinstance(below, int) else 0) if is_known else None  # type: ignore[operator]
        case Remainder() | Bracket():
            return 0
        case _:
            return None


def _together(
    join: Callable[[list[int]], int], sizes: Iterable[Size], least: Mapping[str, int], *, signed: bool = True
) -> int | None:
    found = [lowest(each, least) for each in sizes]
    known = [each for each in found if each is not None and (signed or each >= 0)]
    return join(known) if len(known) == len(found) else None


def divisors(size: Size) -> Iterator[Size]:
    """Yield every size that something in a size is divided by."""
    for part in all_parts(size):
        match part:
            case FloorDiv(_, below) | CeilDiv(_, below) | Ratio(_, below) | Remainder(_, below):
                yield below
            case _:
                pass


def dividing(size: Size, least: Mapping[str, int]) -> Size:
    """Return a size that divides by 1 wherever a divisor in it would be 0, and is the same wherever none is.

    >>> from symcount.arithmetic.writer import by_name
    >>> n, i = Symbol("n"), Symbol("i")
    >>> by_name(dividing((8 // (n // i)) * (n // 2), {"n": 1, "i": 1}))
    '⌊8/max(1, ⌊n/i⌋)⌋*⌊n/2⌋'
    """

    def told(part: Size) -> Size:
        match part:
            case FloorDiv(above, below) | CeilDiv(above, below) | Ratio(above, below) | Remainder(above, below):
                return type(part)(above, never_zero(below, least))
            case _:
                return part

    return rebuilt(size, told)


def never_zero(size: Size, least: Mapping[str, int]) -> Size:
    """Return a size that is 1 where a divisor would be 0, and the same wherever not.

    >>> from symcount.arithmetic.writer import by_name
    >>> n = Symbol("n")
    >>> [by_name(never_zero(size, {"n": 0})) for size in (n + 1, n, n - 1)]
    ['n + 1', 'max(1, n)', 'n - 1 + [n - 1 = 0]']
    """
    low = lowest(size, least)
    if low is None or low < 0:
        return Sum((size, Bracket(size, "==", 0)))
    return size if low else Max((1, size))


def magnitude(size: Size, of: Callable[[str], Size]) -> Size:
    """Return what neither a size nor anything on the way to it exceeds, for numbers or terms of at least 1.

    Numbers on the way are those of every calculation as it is written, whatever their order.

    >>> n = Symbol("n")
    >>> magnitude((n - 4) ** 2 * 3 - n // 2, {"n": 10}.get)
    600
    """
    match size:
        case int():
            return max(1, abs(size))
        case Symbol(name):
            return of(name)
        case Named(_, value):
            return magnitude(value, of)
        case Product(factors):
            return prod((magnitude(each, of) for each in factors), start=1)
        case Power(base, exponent):
            return _raised(magnitude(base, of), magnitude(exponent, of))
        case Bracket(left, _, right):
            return _raised(magnitude(left, of) + magnitude(right, of) + 1, 2)
        case IndexedSum(index, first, last, term):
            most = magnitude(first, of) + magnitude(last, of)
            return (most + 1) * magnitude(term, lambda name: most if name == index.name else of(name))
        case Sum(several) | Min(several) | Max(several):
            return _added(several, of)
        case Difference(one, other):
            return _added((one, other), of)
        case FloorDiv(one, other) | CeilDiv(one, other) | Ratio(one, other) | Remainder(one, other):
            return _added((one, other), of)
        case _:
            raise TypeError(f"{size!r} is not written arithmetic")


def _added(sizes: Iterable[Size], of: Callable[[str], Size]) -> Size:
    return sum((magnitude(each, of) for each in sizes), start=0)


def _raised(base: Size, exponent: Size) -> Size:
    """A power, of numbers no further than is worth it."""
    if isinstance(base, int) and isinstance(exponent, int) and base > 1:
        most: int = base ** min(exponent, MOST_RAISED)
        return most
    return base**exponent

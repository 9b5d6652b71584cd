"""The letters inside a written term, and the same term with others in their place."""

from __future__ import annotations

from collections.abc import Callable

from symcount.arithmetic.terms import (
    CeilDiv,
    Difference,
    FloorDiv,
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


def parts(size: Size) -> tuple[Size, ...]:
    """Return the sizes that a calculation is made of; a letter or a number has none."""
    match size:
        case Sum(several) | Product(several) | Min(several) | Max(several):
            return several
        case Difference(left, right) | Power(left, right):
            return left, right
        case FloorDiv(above, below) | CeilDiv(above, below) | Ratio(above, below) | Remainder(above, below):
            return above, below
        case _:
            return ()


def names(size: Size) -> list[Named]:
    """Return the names in a size, those inside their values excluded.

    >>> n, k = Named("n", 28), Named("k", Named("r", Symbol("w") // 4))
    >>> [named.name for named in names(n - k * k + 1)]
    ['n', 'k', 'k']
    """
    found: list[Named] = []
    waiting: list[Size] = [size]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Named):
            found.append(part)
        waiting += reversed(parts(part))
    return found


def substituted(size: Size, letter: Callable[[Symbol | Named], Size]) -> Size:
    """Return the same calculation with something else for each of its letters; nothing is worked out.

    >>> from symcount.arithmetic.writer import by_value
    >>> by_value(substituted(Symbol("n") // 4 - 2, lambda letter: Named(letter.name, 28)))
    '⌊28/4⌋ - 2'
    """
    if isinstance(size, Symbol | Named):
        return letter(size)
    inner = tuple(substituted(part, letter) for part in parts(size))
    match size:
        case Sum() | Product() | Min() | Max():
            return type(size)(inner)
        case Difference() | Power() | FloorDiv() | CeilDiv() | Ratio() | Remainder():
            return type(size)(*inner)
        case _:
            return size

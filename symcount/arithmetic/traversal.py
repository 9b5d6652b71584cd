"""Finds the letters inside a written term, and puts other sizes in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

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

Letter = Callable[[Symbol | Named], Size]
"""Gives the size that replaces a letter."""


def parts(size: Size) -> tuple[Size, ...]:
    """Return the sizes that a calculation is made of; a letter or a number has none."""
    match size:
        case Sum(several) | Product(several) | Min(several) | Max(several):
            return several
        case Difference(left, right) | Power(left, right) | Bracket(left, _, right):
            return left, right
        case FloorDiv(above, below) | CeilDiv(above, below) | Ratio(above, below) | Remainder(above, below):
            return above, below
        case IndexedSum(_, first, last, term):
            return first, last, term
        case _:
            return ()


def names(size: Size) -> list[Named]:
    """Return the named sizes in a size, but not those inside their values.

    >>> n, k = Named("n", 28), Named("k", Named("r", Symbol("w") // 4))
    >>> [named.name for named in names(n - k * k + 1)]
    ['n', 'k', 'k']
    """
    return [part for part in all_parts(size) if isinstance(part, Named)]


def symbol_names(sizes: Iterable[Size]) -> frozenset[str]:
    """Return the names of the symbols in some sizes.

    >>> sorted(symbol_names([Symbol("w") // 4, Named("n", Symbol("c"))]))
    ['w']
    """
    return frozenset(part.name for size in sizes for part in all_parts(size) if isinstance(part, Symbol))


def names_of_values(sizes: Iterable[Size]) -> Iterator[Named]:
    """Yield the names that stand in the values of the names in these sizes: those that are seen in print by value.

    >>> n = Named("n", Named("n_1", Symbol("w") // 4))
    >>> [named.name for named in names_of_values([n * n])]
    ['n_1', 'n_1']
    """
    for size in sizes:
        for named in names(size):
            yield from names(named.value)


def all_parts(size: Size) -> Iterator[Size]:
    """Yield a size and every size in it, in order; the values of names excluded."""
    waiting: list[Size] = [size]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(parts(part))


def substitute(size: Size, letter: Letter) -> Size:
    """Return the same calculation with something else for each of its letters; nothing is worked out.

    >>> from symcount.arithmetic.writer import by_value
    >>> by_value(substitute(Symbol("n") // 4 - 2, lambda letter: Named(letter.name, 28)))
    '⌊28/4⌋ - 2'
    """
    if isinstance(size, Symbol | Named):
        return letter(size)
    if isinstance(size, IndexedSum):
        return IndexedSum(size.index, *(substitute(part, _but(size.index, letter)) for part in parts(size)))
    inner = tuple(substitute(part, letter) for part in parts(size))
    match size:
        case Sum() | Product() | Min() | Max():
            return type(size)(inner)
        case Difference() | Power() | FloorDiv() | CeilDiv() | Ratio() | Remainder():
            return type(size)(*inner)
        case Bracket(_, sign, _):
            return Bracket(inner[0], sign, inner[1])
        case _:
            return size


def rebuilt(size: Size, told: Callable[[Size], Size]) -> Size:
    """Return a size in which each part, its own parts first, is replaced by what is told of it.

    >>> from symcount.arithmetic.writer import by_name
    >>> by_name(rebuilt(Symbol("n") // 4 - 2, lambda part: 8 if part == 4 else part))
    '⌊n/8⌋ - 2'
    """
    inner = tuple(rebuilt(part, told) for part in parts(size))
    match size:
        case Sum() | Product() | Min() | Max():
            return told(type(size)(inner))
        case Difference() | Power() | FloorDiv() | CeilDiv() | Ratio() | Remainder():
            return told(type(size)(*inner))
        case Bracket(_, sign, _):
            return told(Bracket(inner[0], sign, inner[1]))
        case IndexedSum(index):
            return told(IndexedSum(index, *inner))
        case _:
            return told(size)


def _but(index: Symbol, letter: Letter) -> Letter:
    """The same replacement, except that the index of a sum is left as it is."""
    return lambda found: found if found == index else letter(found)

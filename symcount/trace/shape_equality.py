"""Decides whether two sizes are the same: at sight, by algebra, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from symcount.arithmetic import Size, Symbol
from symcount.layers import Shape


def agree(left: Size, right: Size) -> bool | None:
    """Return whether two sizes are the same, or None where no algebra here can tell, or some inputs make them so.

    >>> agree(3, 4)
    False
    """
    if left == right:
        return True
    if isinstance(left, int) and isinstance(right, int):
        return False
    from symcount.algebra import closed_expression, equal, sometimes_equal

    sides = closed_expression(left), closed_expression(right)
    decided = equal(*sides)
    return None if decided is False and sometimes_equal(*sides) else decided


def all_agree(left: Iterable[Size], right: Iterable[Size]) -> bool | None:
    """Return whether sizes are the same one by one, or None where no algebra here can tell.

    >>> all_agree((2, 3), (3, 2))
    False
    """
    decided = [agree(*pair) for pair in zip(left, right, strict=True)]
    return False if False in decided else None if None in decided else True


def same_shape(left: Shape, right: Shape) -> bool:
    """Return whether two shapes are known to be the same."""
    return left.rank == right.rank and all(map(agree, left.sizes, right.sizes))


def plain(size: Size) -> Size:
    """Return a size in its closed form: an int where that is what it comes to."""
    if isinstance(size, int):
        return size
    from symcount.algebra import Conversion, to_term

    return to_term(Conversion().expand(size))


def in_closed_form(shape: Shape) -> Shape:
    """Return a shape by its values: a reader does not know the names that the walk gives to sizes."""
    return Shape(plain(shape.channels), tuple(map(plain, shape.axes)))


def depends(size: Size, symbol: Symbol) -> bool:
    """Return whether a size, in its closed form, holds a symbol.

    >>> i, n = Symbol("i"), Symbol("n")
    >>> depends(i - i, i), depends(5, i), depends(n, i), depends(n * i, i)
    (False, False, False, True)
    """
    from symcount.algebra import closed_expression

    return any(each.name == symbol.name for each in closed_expression(size).free_symbols)

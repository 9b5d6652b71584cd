"""Decides whether two sizes are the same: at sight, by algebra, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from symcount.arithmetic import Size, Symbol
from symcount.errors import ArchitectureError
from symcount.layers import Shape

if TYPE_CHECKING:
    from symcount.algebra import Conversion, Expr

_R = TypeVar("_R")


class Closings:
    """The closed forms of the sizes that one walk compares: each name is worked out once, however often it is met."""

    def __init__(self) -> None:
        self._conversion: Conversion | None = None

    def expression(self, size: Size) -> Expr:
        """Return the closed form of a size."""
        from symcount.algebra import to_expression

        return self._asked(lambda conversion: to_expression(conversion.to_polynomial(size)))

    def term(self, size: Size) -> Size:
        """Return the closed form of a size, multiplied out, as written arithmetic."""
        from symcount.algebra import to_term

        return self._asked(lambda conversion: to_term(conversion.expand(size)))

    def _asked(self, question: Callable[[Conversion], _R]) -> _R:
        """An answer; where all sizes together are too many to keep, that of a conversion with nothing but its own."""
        from symcount.algebra import Conversion

        is_fresh = self._conversion is None
        conversion = self._conversion = self._conversion or Conversion()
        try:
            return question(conversion)
        except ArchitectureError:
            self._conversion = None
            if is_fresh:
                raise
            return self._asked(question)


def agree(left: Size, right: Size, closings: Closings | None = None) -> bool | None:
    """Return whether two sizes are the same, or None where no algebra here can tell, or some inputs make them so.

    >>> agree(3, 4)
    False
    """
    closings = closings or Closings()
    decided = _always_agree(left, right, closings)
    if decided is not False or (isinstance(left, int) and isinstance(right, int)):
        return decided
    from symcount.algebra import sometimes_equal

    return None if sometimes_equal(closings.expression(left), closings.expression(right)) else False


def _always_agree(left: Size, right: Size, closings: Closings) -> bool | None:
    """Whether two sizes are the same for all inputs, or None where no algebra here can tell."""
    if left == right:
        return True
    if isinstance(left, int) and isinstance(right, int):
        return False
    from symcount.algebra import equal

    return equal(closings.expression(left), closings.expression(right))


def all_agree(left: Iterable[Size], right: Iterable[Size]) -> bool | None:
    """Return whether sizes are the same one by one, or None where no algebra here can tell.

    >>> all_agree((2, 3), (3, 2))
    False
    """
    decided = [agree(*pair) for pair in zip(left, right, strict=True)]
    return False if False in decided else None if None in decided else True


def same_shape(left: Shape, right: Shape, closings: Closings | None = None) -> bool:
    """Return whether two shapes are known to be the same for all inputs."""
    closings = closings or Closings()
    pairs = zip(left.sizes, right.sizes, strict=True) if left.rank == right.rank else ()
    return left.rank == right.rank and all(_always_agree(*pair, closings) for pair in pairs)


def plain(size: Size, closings: Closings | None = None) -> Size:
    """Return a size in its closed form: an int where that is what it comes to."""
    return size if isinstance(size, int) else (closings or Closings()).term(size)


def in_closed_form(shape: Shape) -> Shape:
    """Return a shape by its values: a reader does not know the names that the walk gives to sizes."""
    return Shape(plain(shape.channels), tuple(map(plain, shape.axes)))


def depends(size: Size, symbol: Symbol) -> bool:
    """Return whether a size, in its closed form, holds a symbol.

    >>> i, n = Symbol("i"), Symbol("n")
    >>> depends(i - i, i), depends(5, i), depends(n, i), depends(n * i, i)
    (False, False, False, True)
    """
    return any(each.name == symbol.name for each in Closings().expression(size).free_symbols)

"""The shape of one sample: channels over zero or more axes. The batch is never written."""

from __future__ import annotations

from symcount.arithmetic import Difference, Size, Sum, by_name, product
from symcount.records import record


@record
class Shape:
    """Channels over axes: an image is ``c`` over ``(h, w)``, a sequence ``d`` over ``(t,)``, a vector has no axes.

    >>> Shape(3, (32, 32)).size
    3072
    """

    channels: Size
    axes: tuple[Size, ...] = ()

    def __str__(self) -> str:
        return "×".join(
            f"({by_name(each)})" if isinstance(each, Sum | Difference) else by_name(each) for each in self.sizes
        )

    @property
    def rank(self) -> int:
        """The number of axes; 0 for a vector."""
        return len(self.axes)

    @property
    def sizes(self) -> tuple[Size, ...]:
        """Every size, channels first."""
        return (self.channels, *self.axes)

    @property
    def size(self) -> Size:
        """The number of values: channels times every axis."""
        return product(self.sizes)

"""The proportions of boxes: as high as the maps are, as wide as there are channels; vectors stand upright."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from symcount.layers import Shape
from symcount.records import record

HIGHEST, WIDEST = 84.0, 40.0
"""The height of the largest map, and the width of the most channels, in pixels."""

_LOWEST, _THINNEST = 4.0, 3.0
_UPRIGHT = 7.0
"""The width of a vector."""

_OUTLIER = 20
"""A size that is so many times the middle one is cut, so that it does not make all others look alike."""

Amount = Callable[[Shape], tuple[int, ...] | None]
"""The sizes of a shape as numbers; None where they are not known."""


@record
class Extent:
    """How large a box is; ``cut`` says that it would be larger if it were drawn whole."""

    width: float
    height: float
    cut: bool = False


@record
class Scale:
    """Pixels for a channel, for a step along an axis, and for a unit of a vector."""

    amount: Amount
    channel: float
    step: float
    unit: float

    def extent(self, shape: Shape) -> Extent:
        """Return how large the box of a tensor is."""
        sizes = self.amount(shape)
        if sizes is None:
            return Extent(_UPRIGHT, HIGHEST / 2) if not shape.axes else Extent(WIDEST / 4, HIGHEST / 2)
        if len(sizes) == 1:
            height = sizes[0] * self.unit
            return Extent(_UPRIGHT, max(_LOWEST, min(height, HIGHEST)), height > HIGHEST + 1)
        width, height = sizes[0] * self.channel, sizes[-1 if len(sizes) == 2 else -2] * self.step
        whole = width <= WIDEST + 1 and height <= HIGHEST + 1
        return Extent(max(_THINNEST, min(width, WIDEST)), max(_LOWEST, min(height, HIGHEST)), not whole)


def scale(shapes: Iterable[Shape], amount: Amount) -> Scale:
    """Return the scale on which these tensors fit."""
    known = [sizes for sizes in map(amount, shapes) if sizes is not None]
    maps = [sizes for sizes in known if len(sizes) > 1]
    channels = _pixels([sizes[0] for sizes in maps], WIDEST)
    steps = _pixels([sizes[-1 if len(sizes) == 2 else -2] for sizes in maps], HIGHEST)
    return Scale(amount, channels, steps, _pixels([sizes[0] for sizes in known if len(sizes) == 1], HIGHEST))


def _pixels(sizes: Sequence[int], most: float) -> float:
    """How many pixels one of a size has, so that the largest that is no outlier has the most."""
    if not sizes:
        return 1.0
    middle = sorted(sizes)[len(sizes) // 2]
    return most / max(size for size in sizes if size <= max(1, middle) * _OUTLIER)

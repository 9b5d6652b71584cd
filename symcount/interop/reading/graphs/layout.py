"""Where the values of a tensor stand while its axes are cut, moved and merged: each axis as parts of others."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.records import record

Part = tuple[tuple[int, ...], int]
"""A part of an axis: the axis and which part of it, the outer first; and its size."""

Axes = tuple[tuple[Part, ...], ...]
"""Each axis of a tensor, by the parts that it runs through, the outer first. One of length 1 has none."""


@record
class Layout:
    """The axes of a tensor, its batch first, by those of another: that one's shape, and where its channels stand."""

    axes: Axes
    shape: tuple[int, ...]
    at: str

    @property
    def channels(self) -> int:
        """The axis of the other tensor on which its channels stand."""
        return 1 if self.at == "first" else len(self.shape) - 1

    @property
    def places(self) -> tuple[int, ...]:
        """The sizes of the other tensor's axes but for its batch and its channels."""
        return tuple(size for axis, size in enumerate(self.shape) if axis not in (0, self.channels))

    @property
    def is_channels_last(self) -> bool:
        """Whether the last axis is that of the channels, and all of it."""
        return self.axes[-1] == whole(self.shape)[self.channels]

    def with_channels(self, channels: int) -> Layout:
        """Return the layout, whose channels stand last, with so many of them."""
        shape = (*self.shape[: self.channels], channels, *self.shape[self.channels + 1 :])
        return Layout((*self.axes[:-1], whole(shape)[self.channels]), shape, self.at)


def whole(shape: Sequence[int]) -> Axes:
    """Return the axes of a tensor as they are."""
    return tuple((((axis,), size),) if size > 1 else () for axis, size in enumerate(shape))


def regrouped(axes: Axes, shape: Sequence[int]) -> Axes | None:
    """Return the axes of the same values in another shape; None where a new axis is no product of parts of old ones.

    >>> regrouped(whole((1, 6, 4)), (1, 2, 3, 4))
    ((), (((1, 0), 2),), (((1, 1), 3),), (((2,), 4),))
    """
    pending = [part for axis in axes for part in axis][::-1]
    found = []
    for size in shape:
        axis: list[Part] = []
        while size > 1:
            if not pending:
                return None
            name, length = pending.pop()
            if size % length and length % size:
                return None
            if length > size:
                pending.append(((*name, 1), length // size))
                name, length = (*name, 0), size
            axis.append((name, length))
            size //= length
        found.append(tuple(axis))
    return None if pending else tuple(found)


def joined_parts(axis: Sequence[Part]) -> tuple[Part, ...]:
    """Return an axis with the parts as one that stand as they were cut.

    >>> joined_parts((((1, 0), 2), ((1, 1, 0), 3), ((1, 1, 1), 5)))
    (((1,), 30),)
    """
    found = list(axis)
    place = len(found) - 2
    while place >= 0 and place + 1 < len(found):
        (one, size), (other, length) = found[place : place + 2]
        if one[:-1] == other[:-1] and (one[-1], other[-1]) == (0, 1) and len(one) > 1:
            found[place : place + 2] = [(one[:-1], size * length)]
            place = min(place, len(found) - 2)
        else:
            place -= 1
    return tuple(found)

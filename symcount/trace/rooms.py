"""What a chain of windows needs of an axis, as one window does: so many of them, so often, and of branches the most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from symcount.arithmetic import Size, geometric_sum, is_number, maximum
from symcount.layers import Window
from symcount.records import record
from symcount.trace.blocks import Branches, JoinedBranches, Optional, Picked, Repeat, Tap
from symcount.trace.shape_equality import depends
from symcount.trace.steps import Part, Step


@record
class Room:
    """An axis of ``stride·(m - 1) + room`` has room for m windows, and must have a place; ``is_sure`` of itself."""

    stride: Size = 1
    room: Size = 1
    is_sure: bool = True

    def __iter__(self) -> Iterator[Size]:
        return iter((self.stride, self.room))

    def least(self, needed: Size) -> Size:
        """Return the least axis that leaves at least what is needed."""
        found = self.stride * (needed - 1) + self.room
        return found if self.is_sure else maximum(1, found)

    def before(self, other: Room) -> Room | None:
        """Return what both need, this one first; None where what is between them could come to nothing."""
        if other == Room():
            return self
        if self == Room():
            return other
        if not (self.is_sure and other.is_sure):
            return None
        return Room(self.stride * other.stride, self.stride * (other.room - 1) + self.room)

    def again(self, times: Size) -> Room:
        """Return what it needs so many times, one after another.

        Once an axis that is needed falls to 1 it stays there, so that it is enough to be sure of the last.
        """
        if is_number(self.stride, 1):
            return Room(1, times * (self.room - 1) + 1, self.is_sure)
        more = geometric_sum(self.room - 1, self.stride, times)
        return Room(self.stride**times, more + 1, self.is_sure)


Rooms = tuple[Room, ...]
"""What is needed along each axis."""


def room_of(window: Window) -> Room:
    """Return what one window needs: without padding it is sure to have room for itself."""
    is_sure = window.room == window.extent or (isinstance(window.room, int) and window.room >= 1)
    return Room(window.stride, window.room, is_sure)


def rooms_of(parts: Iterable[Part], rank: int) -> Rooms | None:
    """Return what a chain of parts needs along each of so many axes, as one window; None where it is none."""
    found: Rooms | None = (Room(),) * rank
    for part in parts:
        rooms = _of_part(part)
        if found is None or rooms is None or len(rooms) != len(found):
            return None
        found = _all(one.before(other) for one, other in zip(found, rooms, strict=True))
    return found


def rooms_again(part: Repeat | Optional) -> Rooms | None:
    """Return what iterations need, so many times; None where that differs from pass to pass."""
    over = part.over if isinstance(part, Repeat) else None
    rooms = rooms_of(part.parts, part.input.rank)
    if rooms is None or (over is not None and any(depends(size, over.index) for each in rooms for size in each)):
        return None
    return tuple(each.again(part.times) for each in rooms)


def _of_part(part: Part) -> Rooms | None:
    match part:
        case Step():
            return _of_step(part)
        case Tap() | JoinedBranches() | Picked(parts=(_, _, *_)):
            return None
        case Repeat() | Optional():
            return rooms_again(part)
        case Branches(parts=branches):
            return reduce(_most, (rooms_of(branch.parts, part.input.rank) for branch in branches))
        case _:
            return rooms_of(part.parts, part.input.rank)


def _of_step(step: Step) -> Rooms | None:
    along = step.layer.rooms(step.input)
    if along is None:
        return (Room(),) * step.input.rank if step.output.rank == step.input.rank else None
    windows = [each for each in along if isinstance(each, Window)]
    return tuple(map(room_of, windows)) if len(windows) == len(along) else None


def _most(one: Rooms | None, other: Rooms | None) -> Rooms | None:
    """What branches need together: along each axis the most, where they stride alike."""
    if one is None or other is None or [each.stride for each in one] != [each.stride for each in other]:
        return None
    pairs = zip(one, other, strict=True)
    return tuple(Room(a.stride, maximum(a.room, b.room), a.is_sure or b.is_sure) for a, b in pairs)


def _all(rooms: Iterable[Room | None]) -> Rooms | None:
    every = [*rooms]
    known = tuple(each for each in every if each is not None)
    return known if len(known) == len(every) else None

"""The smallest input with which every size on the way is at least 1, found backwards from the output.

Of each layer the least axes are asked that leave at least what the layers behind it need: of a window of stride s and
room r, so that m of them fit, ``s·(m - 1) + r``. No axis that leaves shrinks where one that arrives grows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcount.arithmetic import Size, Symbol, ceil_div, is_number, maximum
from symcount.errors import ArchitectureError
from symcount.layers import Along, Chosen, Painted, Shape, Window
from symcount.records import record
from symcount.trace.blocks import Branches, JoinedBranches, Optional, Picked, Repeat, Shared, Tap
from symcount.trace.record import Trace
from symcount.trace.rooms import room_of, rooms_again
from symcount.trace.shape_equality import all_agree
from symcount.trace.steps import Block, Part, Step

Axes = tuple[Size, ...]
"""The least size of each axis."""

_DOUBLINGS = 32
"""How many times an input is doubled in search of one that is large enough."""


def smallest_axes(given: Shape, walked: Callable[[Shape], Trace | None]) -> Axes | None:
    """Return the smallest axes of an input; ``walked`` gives the trace of one, None of one that is too small."""
    sides = [axis for axis in given.axes if isinstance(axis, int)]
    if not sides or len(sides) < given.rank:
        return None
    larger = (Shape(given.channels, (max(sides) << doubled,) * given.rank) for doubled in range(1, _DOUBLINGS))
    trace = next((found for found in map(walked, larger) if found is not None), None)
    if trace is None:
        return None
    least = least_axes(trace).arriving[id(trace.parts[0])]
    return least if walked(Shape(given.channels, least)) is not None else None


@record
class Needs:
    """The least axes that must arrive at each part, and that must leave it, by the part's identity."""

    arriving: dict[int, Axes]
    leaving: dict[int, Axes]


def least_axes(trace: Trace) -> Needs:
    """Return the least axes that every part needs; what arrives at an input is what it must be."""
    backwards = _Backwards()
    backwards.chain(trace.parts, (1,) * trace.output.rank)
    return Needs(backwards.arriving, backwards.leaving)


class _Backwards:
    """The axes that each tensor needs, found from the output back; ``labelled`` holds those of labelled tensors."""

    def __init__(self) -> None:
        self.labelled: dict[int, Axes] = {}
        self.arriving: dict[int, Axes] = {}
        self.leaving: dict[int, Axes] = {}

    def chain(self, parts: Sequence[Part], needed: Axes) -> Axes:
        """Return the axes that must arrive at the first of the parts."""
        for part in reversed(parts):
            wanted = needed or (1,) * part.output.rank
            self.leaving[id(part)] = wanted = _more(wanted, self.labelled.pop(id(part.output), ()))
            self.arriving[id(part)] = needed = self.part(part, wanted)
        return needed

    def part(self, part: Part, needed: Axes) -> Axes:
        """Return the axes that must arrive at a part for what leaves to have at least those needed.

        Of what arrives at a label nothing is needed: it goes on from another tensor.
        """
        match part:
            case Step():
                return needed if part.is_input else _least(part, needed)
            case Tap(source=source) if source is not None:
                self.label(source, needed)
                return ()
            case Picked(parts=(_, _, *_)):
                message = "the smallest input depends on which branch is picked"
                raise ArchitectureError("no-closed-form", message, hint="give the number that is picked")
            case JoinedBranches(parts=branches, axis=axis):
                alone = tuple(1 if place == axis - 1 else size for place, size in enumerate(needed))
                return self.branches(part, branches, alone)
            case Branches(parts=branches):
                return self.branches(part, branches, needed)
            case Repeat(parts=parts, over=None, times=int() as times):
                return self.again(parts, needed, times) if times > 1 else self.chain(parts, needed)
            case Repeat() | Optional(there=Symbol()):
                return self.without_number(part, needed)
            case Shared(parts=parts):
                return self.chain(parts, needed)
            case _:
                return self.chain(part.parts, needed)

    def branches(self, part: Branches, branches: Sequence[Part], needed: Axes) -> Axes:
        """Return the axes that must arrive for every branch to leave those needed."""
        least: Axes = (1,) * part.input.rank
        for branch in reversed(branches):
            assert isinstance(branch, Block)
            wanted = needed if branch.output.rank else ()
            least = _more(least, self.chain(branch.parts, wanted))
        return least

    def again(self, parts: Sequence[Part], needed: Axes, times: int) -> Axes:
        """Return the axes that must arrive at the first of equal iterations; after some they no longer change."""
        for _ in range(times):
            before = self.chain(parts, needed)
            if before == needed:
                break
            needed = before
        return needed

    def without_number(self, part: Repeat | Optional, needed: Axes) -> Axes:
        """Return the axes that must arrive at iterations whose number is open."""
        before = self.chain(part.parts, needed)
        if all_agree(before, needed):
            return needed
        rooms = rooms_again(part)
        if rooms is None:
            message = "the smallest input of a repeat has no closed form in the number of its passes"
            raise ArchitectureError("no-closed-form", message, hint="give the count a number")
        return tuple(each.least(size) for each, size in zip(rooms, needed, strict=True))

    def label(self, part: Part, needed: Axes) -> None:
        """Note what is needed of a labelled tensor, which left an item before."""
        self.labelled[id(part.output)] = _more(needed, self.labelled.get(id(part.output), ()))


def _more(one: Axes, other: Axes) -> Axes:
    return tuple(map(_larger, one, other)) if len(one) == len(other) else one or other


def _larger(one: Size, other: Size) -> Size:
    """The larger of two needs, each of which is at least 1."""
    if is_number(one, 1):
        return other
    return one if is_number(other, 1) else maximum(one, other)


def _least(step: Step, needed: Axes) -> Axes:
    """The least axes with which a layer leaves at least those needed."""
    rooms = step.layer.rooms(step.input)
    if rooms is None and len(needed) == step.input.rank:
        return needed
    if rooms is None or len(rooms) != step.input.rank or len(rooms) != len(needed):
        return (1,) * step.input.rank
    return tuple(map(room_for, rooms, needed))


def room_for(along: Along, needed: Size) -> Size:
    """Return the least axis that leaves at least what is needed."""
    match along:
        case Chosen():
            return 1
        case Painted(stride=stride, more=more):
            return maximum(1, ceil_div(needed - more, stride))
        case Window(stride=1, room=1):
            return needed
        case Window():
            return room_of(along).least(needed)

"""Makes pieces of the parts of a network, whatever holds them together."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import chain

from symcount.arithmetic import Size
from symcount.drawing.strip.fold import Again, Omitted, folded
from symcount.drawing.strip.frames import dots, framed, named, tagged
from symcount.drawing.strip.lanes import ADDED, ALONG, BARS, MULTIPLIED, PICKED, SIDE, STACKED, lanes, taken
from symcount.drawing.strip.naming import Naming
from symcount.drawing.strip.opened import opened, passes_of
from symcount.drawing.strip.pieces import Piece, Port, series
from symcount.drawing.strip.scale import Scale
from symcount.drawing.strip.slabs import is_stripe, slab
from symcount.records import replace
from symcount.trace import (
    AddedBranches,
    Alternative,
    Bidirectional,
    Block,
    Branch,
    Branches,
    Copy,
    Experts,
    Frozen,
    JoinedBranches,
    MacroBlock,
    Mixture,
    MultipliedBranches,
    Optional,
    Part,
    Picked,
    Repeat,
    Shared,
    Step,
    Tap,
)

_IDENTITY = "_"
_MOST_LANES = 12
"""The most branches of which none is left out."""


class Drawing:
    """Draws the parts of one network on one scale.

    The parts of ``marked`` bear their labels; with ``tags`` so does a place where a tensor is taken up again, which a
    line joins to it otherwise.
    """

    def __init__(self, naming: Naming, scale: Scale, marked: Container[int], *, tags: bool, gap: float) -> None:
        self.naming = naming
        self.scale = scale
        self.marked = marked
        self.tags = tags
        self.gap = gap

    def whole(self, parts: Sequence[Part], room: float) -> Piece:
        """Return a chain of the network, whose ends are loose."""
        return series([*self._pieces(self._folded(parts), room)], room, self.gap, whole=True)

    def chain(self, parts: Sequence[Part], room: float) -> Piece:
        """Return parts one behind another."""
        return series([*self._pieces(self._folded(parts), room)], room, self.gap)

    def _folded(self, parts: Sequence[Part]) -> list[Part | Again[Part] | Omitted]:
        return folded(list(chain.from_iterable(map(opened, parts))), self.naming.key)

    def _pieces(self, parts: Sequence[Part | Again[Part] | Omitted], room: float) -> Iterator[Piece]:
        """The pieces of a chain: layers that keep the shape of the one before them are stripes on its box."""
        pending: list[Step] = []
        for part in parts:
            if isinstance(part, Step):
                if part.kind == _IDENTITY:
                    continue
                if pending and is_stripe(part):
                    pending.append(part)
                    continue
                yield from self._slab(pending)
                pending = [part]
                continue
            yield from self._slab(pending)
            pending = []
            yield self._piece(part, room)
        yield from self._slab(pending)

    def _slab(self, steps: Sequence[Step]) -> Iterator[Piece]:
        if steps:
            piece = slab(steps, self.scale.extent(steps[0].output), self.naming)
            lent = " ".join(f"@{part.label}" for part in steps[0].taken.values() if part.label)
            yield self._labelled(tagged(piece, lent) if lent else piece, steps)

    def _piece(self, part: Part | Again[Part] | Omitted, room: float) -> Piece:
        match part:
            case Again(parts=parts, times=times):
                return framed(self.chain(parts, room - 12), f"× {times:,}", f"{times:,} times, one behind another")
            case Omitted(number=number):
                return dots(f"{number:,} more")
            case Tap(source=source):
                return taken(id(source), f"@{source.label}" if self.tags and source is not None else "")
            case Branches() | Mixture() | Picked(parts=(_, _, *_)):
                return self._branches(part, room)
            case Repeat():
                return self._repeat(part, room)
            case Block():
                return self._block(part, room)
        raise AssertionError(part)

    def _branches(self, part: Branches | Mixture | Picked, room: float) -> Piece:
        inner = room - 2 * SIDE - 10
        # experts go straight on, and what leaves them is multiplied by what the router says
        branches = part.parts[::-1] if isinstance(part, Mixture) else part.parts
        inside = [self._lane(each, inner) for each in folded(branches, self.naming.key, _MOST_LANES)]
        joint = _joint(part)
        shape = self.naming.shape(part.output)
        piece = lanes(inside, joint, shape if joint in BARS else "", f"{_JOINED[joint]}: output {shape}")
        return self._labelled(piece, (part,))

    def _lane(self, part: Part | Again[Part] | Omitted, room: float) -> Piece:
        match part:
            case Copy(parts=parts, count=count) if count != 1:
                often = self.naming.times(count)
                return framed(self.chain(parts, room - 12), f"{often} copies", f"{often} side by side, each of its own")
            case Branch():
                return self.chain(part.parts, room)
            case Again(parts=parts, times=times):
                return framed(self.chain(parts, room - 12), f"{times:,} such", f"{times:,} such branches")
            case Omitted():
                return self._piece(part, room)
            case _:
                return self.chain((part,), room)

    def _repeat(self, part: Repeat, room: float) -> Piece:
        passes = passes_of(part)
        if len(passes) == 1:
            return self._pass(*passes[0], room)
        (first, *left_out, last) = passes
        inner = room - 12
        shown = [self._pass(*first, inner - 20), self._pass(*last, inner - 20)]
        if left_out:
            shown.insert(1, dots(f"{len(left_out)} more, in which only sizes differ"))
        total = sum(times for _, times in passes if isinstance(times, int))
        hint = f"{total} times, one behind another; the first and the last are drawn"
        return framed(series(shown, inner, self.gap), f"× {total}", hint)

    def _pass(self, parts: Sequence[Part], times: Size, room: float) -> Piece:
        """Passes that are equal: one, and how often it happens."""
        often = self.naming.times(times)
        if often == "1":
            return self.chain(parts, room)
        return framed(self.chain(parts, room - 12), f"× {often}", f"{often} times, one behind another")

    def _block(self, part: Block, room: float) -> Piece:
        piece = self.chain(part.parts, room - 12)
        match part:
            case MacroBlock(macro=name):
                return self._labelled(named(piece, name), (part,))
            case Alternative(number=number):
                return framed(piece, f"if {number[-1]}", f"where the number {number[-1]} is picked")
            case Optional():
                return framed(piece, f"if {self.naming.times(part.times)}")
            case Bidirectional():
                return framed(piece, "both ways")
            case Frozen():
                return framed(piece, "frozen")
            case Shared():
                return framed(piece, f"&{part.item.label.name}")  # type: ignore[union-attr]
            case Experts(copies=copies, active=active):
                return framed(piece, f"{self.naming.times(active)} of {self.naming.times(copies)}")
        return piece

    def _labelled(self, piece: Piece, parts: Sequence[Part]) -> Piece:
        """A piece with a port for each of these parts, and with the labels of those that are taken up again."""
        ports = (Port(id(part), (piece.width, piece.out)) for part in parts)
        found = replace(piece, ports=(*piece.ports, *ports))
        labels = " ".join(f"@{part.label}" for part in parts if part.label and id(part) in self.marked)
        return tagged(found, labels) if labels else found


_JOINED = {
    ADDED: "added",
    MULTIPLIED: "multiplied",
    STACKED: "concatenated over the channels",
    ALONG: "one after another",
    PICKED: "one of these is picked",
}
"""What happens where branches meet."""


def _joint(part: Branches | Mixture | Picked) -> str:
    match part:
        case AddedBranches():
            return ADDED
        case MultipliedBranches() | Mixture():
            return MULTIPLIED
        case JoinedBranches():
            return ALONG
        case Picked():
            return PICKED
        case _:
            return STACKED

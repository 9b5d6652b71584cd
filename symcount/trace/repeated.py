"""What a repeat repeats: one iteration of it, and the block that its iterations make."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import Size
from symcount.layers import Shape, Value
from symcount.program import Bidirectional, BodyCall, Frozen, LayerCall, MacroCall, Mixture, Repeat
from symcount.records import replace
from symcount.trace.blocks import Group, Iteration
from symcount.trace.blocks import Repeat as RepeatBlock
from symcount.trace.context import Frame, Here
from symcount.trace.required import Iterations
from symcount.trace.steps import Part
from symcount.trace.walk import Walk

_CALLS = (LayerCall, MacroCall, BodyCall, Frozen, Bidirectional, Mixture)
"""The items that are numbered inside an iteration; a group is not, but the layers in it are."""


class Repeated:
    """What a repeat repeats, at its place in a walk."""

    def __init__(self, walk: Walk, item: Repeat, here: Here) -> None:
        self.walk = walk
        self.item = item
        self.here = here

    def once(self, shape: Shape, values: dict[str, Value], over: Iterations | None = None) -> Iteration:
        """Walk it once from a shape that arrives, with these values of the index."""
        return self.within(shape, self.here.frame.iteration(values, over))

    def within(self, shape: Shape, frame: Frame) -> Iteration:
        """Walk it once within a frame; the layers of a group stand directly inside the iteration."""
        here, item = self.here, self.item.item
        number = (*here.number, 1) if isinstance(item, _CALLS) else here.number
        part = self.walk.item(item, replace(here, shape=shape, frame=frame, number=number, is_end=False))
        parts = part.parts if isinstance(part, Group) else (part,)
        return Iteration(here.number, item, parts, shape, part.output)

    def block(self, parts: Sequence[Part], arriving: Shape, output: Shape, count: Size = 1) -> RepeatBlock:
        """Return the block of iterations that are walked apart from each other."""
        return RepeatBlock(self.here.number, self.item, tuple(parts), arriving, output, count=count)

    def alike(self, each: Iteration) -> RepeatBlock:
        """Return the block of iterations that are all like one; its layers stand directly inside the block."""
        return RepeatBlock(
            each.number,
            self.item,
            each.parts,
            each.input,
            each.output,
            notes=each.notes,
            count=each.count,
            over=each.over,
        )

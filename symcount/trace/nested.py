"""What leaves a repeat for what arrives, found once for each form of what arrives.

A trial pass of a repeat meets the repeats inside it, each of which needs trial passes of its own: every
level of nesting would multiply the work. So in a trial an inner repeat is walked with an unknown in the
place of each calculated size, and what leaves it is then written in the sizes that in truth arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from symcount.arithmetic import Size, Symbol, Term, all_parts
from symcount.errors import ArchitectureError
from symcount.layers import Shape, Value
from symcount.program import InnerScope, Item, Repeat, Scope, program_of
from symcount.records import replace
from symcount.trace.blocks import Repeat as RepeatBlock
from symcount.trace.context import Frame, Here, Labelled
from symcount.trace.shape_equality import plain
from symcount.trace.transfer import Passes, Transfer
from symcount.trace.walk import Walk

WalkPasses = Callable[[Here, Passes], RepeatBlock]
"""Walks the passes of a repeat at a place, in closed form."""


def transferred(walk: Walk, item: Repeat, here: Here, passes: Passes, walked: WalkPasses) -> RepeatBlock:
    """Return a repeat that a trial meets: of it only what leaves is relied on."""
    form = _Form(lambda ordinal: Symbol(f"x'{ordinal}"))
    labelled = tuple(_labelled(here.frame, item))
    place = form.place(here, item)
    key = (id(item), place.shape, _settings(place.frame), form.passes(passes), tuple(map(id, labelled)))
    if key not in walk.transfers:
        walk.transfers[key] = _learned(walk, item, here, passes, walked, labelled)
    transfer = walk.transfers[key]
    if isinstance(passes.count, Term):
        walk.counts.append(passes.count)
    if transfer is None:
        return walked(here, passes)
    sizes, counts = transfer.at(tuple(form.stands_for))
    if any(isinstance(plain(count), int) for count in counts):
        # a known number of passes needs no closed form, and one from the second pass on would not hold for 0
        return walked(here, passes)
    walk.counts += counts
    return replace(transfer.block, input=here.shape, output=Shape(sizes[0], sizes[1:]))


def _learned(
    walk: Walk, item: Repeat, here: Here, passes: Passes, walked: WalkPasses, labelled: tuple[Labelled, ...]
) -> Transfer | None:
    """Walk a repeat with unknowns; None where that fails, though with what in truth arrives it may not."""
    form = _Form(lambda _: walk.unknown("n"))
    before, walk.counts = walk.counts, []
    try:
        block = walked(form.place(here, item), form.passes(passes))
        unknowns = tuple(form.stands_for.values())
        sizes = tuple(map(plain, block.output.sizes))
        counts = (plain(count) for count in dict.fromkeys(walk.counts))
        open_counts = tuple(count for count in counts if any(each in unknowns for each in all_parts(count)))
        return Transfer(block, unknowns, sizes, open_counts, labelled)
    except ArchitectureError:
        return None
    finally:
        walk.counts = before


class _Form:
    """The form of a place: an unknown for each size in it that is no plain int, the same for the same size."""

    def __init__(self, unknown: Callable[[int], Symbol]) -> None:
        self.stands_for: dict[Term, Symbol] = {}
        self._unknown = unknown

    def size(self, size: Size) -> Size:
        """Return what stands for a size."""
        if isinstance(size, int):
            return size
        if size not in self.stands_for:
            self.stands_for[size] = self._unknown(len(self.stands_for))
        return self.stands_for[size]

    def value(self, value: Value) -> Value:
        """Return what stands for a value in scope."""
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        return self.size(value) if isinstance(value, Term) else value

    def shape(self, shape: Shape) -> Shape:
        """Return the form of a shape."""
        return Shape(self.size(shape.channels), tuple(map(self.size, shape.axes)))

    def passes(self, passes: Passes) -> Passes:
        """Return the form of the passes."""
        return Passes(self.size(passes.count), passes.name, self.size(passes.first))

    def place(self, here: Here, item: Item) -> Here:
        """Return the form of a place, as far as an item looks at it."""
        shape = None if here.shape is None else self.shape(here.shape)
        return replace(here, shape=shape, frame=self.frame(here.frame, item))

    def frame(self, frame: Frame, item: Item) -> Frame:
        """Return the form of a frame: the values that the item names, and those that the block of its macro names."""
        written = _written(item)
        values = {name: self.value(value) for name, value in _values(frame.scope).items() if name in written}
        body = None if frame.body is None else (frame.body[0], self.frame(frame.body[1], frame.body[0]))
        return replace(frame, scope=InnerScope(program_of(frame.scope), values), body=body)


def _values(scope: Scope) -> dict[str, Value]:
    """What is in scope besides what the program itself says."""
    found: dict[str, Value] = {}
    while isinstance(scope, InnerScope):
        found = {**scope.values, **found}
        scope = scope.around
    return found


def _settings(frame: Frame) -> Hashable:
    """What tells a frame from others, apart from its labels."""
    values = tuple(_values(frame.scope).items())
    body = None if frame.body is None else (id(frame.body[0]), _settings(frame.body[1]))
    return values, frame.calls, frame.depth, frame.frozen, frame.shared, body


def _labelled(frame: Frame, item: Item) -> Iterator[Labelled]:
    """The labelled parts that an item, or the block of its macro, may name: their labels are in the text."""
    written = _written(item)
    for labels in frame.labels.every:
        named = (*labels.own.items(), *labels.open.items())
        yield from (labelled for label, labelled in named if label.partition("[")[0] in written)
    if frame.body is not None:
        yield from _labelled(frame.body[1], frame.body[0])


def _written(item: Item) -> str:
    return item.source[item.span.start : item.span.end]

"""`Reaches`: what a unit behind every part of a network sees of the input, carried along the chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce

from symcount.arithmetic import IndexedSum, Size, Symbol, is_number
from symcount.layers import Shape
from symcount.quantities.lines import LEVEL, START, Line, Stair, beyond, power, to_the
from symcount.quantities.spans import All, Phases, Spans, Unknown, as_steps, behind, joined
from symcount.records import record, replace
from symcount.trace import (
    Branches,
    Copies,
    Iterations,
    JoinedBranches,
    Mixture,
    Optional,
    Part,
    Picked,
    Repeat,
    Step,
    Tap,
    Trace,
)
from symcount.trace.shape_equality import depends
from symcount.trace.smallest import Needs, least_axes


@record
class Seen:
    """What a unit sees: the axes of the input, the spans along each, and the numbers of the inputs that it sees."""

    axes: tuple[Size, ...]
    spans: tuple[Spans, ...]
    inputs: frozenset[int] = frozenset()


class Reaches:
    """What a unit sees behind every part of one walk; worked out when it is asked for the first time."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._before: dict[int, Seen] = {}
        self._after: dict[int, Seen] = {}
        self._inputs = 0

    def behind(self, part: Part) -> Seen:
        """Return what a unit sees of what leaves a part."""
        self._walk()
        return self._after[id(part)]

    def before(self, part: Part) -> Seen:
        """Return what a unit sees of what arrives at a part."""
        self._walk()
        return self._before[id(part)]

    @cached_property
    def least(self) -> Needs:
        """The least axes that every part needs."""
        return least_axes(self.trace)

    @property
    def out(self) -> Seen:
        """What a unit of the network's output sees."""
        self._walk()
        labelled = (part for part in self.trace.every if part.label == "out")
        return self._after[id(next(labelled, self.trace.parts[-1]))]

    def _walk(self) -> None:
        if not self._after:
            self._chain(self.trace.parts, Seen((), ()))

    def _chain(self, parts: Iterable[Part], seen: Seen) -> Seen:
        for part in parts:
            seen = self._part(part, seen)
        return seen

    def _part(self, part: Part, seen: Seen) -> Seen:
        self._before[id(part)] = seen
        self._after[id(part)] = found = self._found(part, seen)
        return found

    def _found(self, part: Part, seen: Seen) -> Seen:
        match part:
            case Step():
                return self._started(part.output) if part.is_input else _behind(part, seen)
            case Tap(source=source) if source is not None:
                found = self._after[id(source)]
                return replace_spans(found, _SKIPPED) if _INSIDE in found.spans else found
            case JoinedBranches():
                joined = reduce(_joined, [self._part(each, seen) for each in part.parts])
                return replace_spans(joined, Unknown("what stands one after another sees different places"))
            case Picked(parts=(_, _, *_)):
                ends = [self._part(each, seen) for each in part.parts]
                return replace_spans(ends[0], Unknown("which branch is picked is open"))
            case Copies(parts=()):
                return seen
            case Branches() | Mixture():
                return reduce(_joined, [self._part(each, seen) for each in part.parts])
            case Repeat(over=None, times=int() as times):
                return self._counted(part.parts, times, seen)
            case Repeat() | Optional(there=Symbol()):
                return self._powered(part, seen)
            case _:
                return self._chain(part.parts, seen)

    def _counted(self, parts: Sequence[Part], times: int, seen: Seen) -> Seen:
        """Behind equal iterations, one after another; where one changes nothing, none after it does."""
        for _ in range(times):
            before, seen = seen, self._chain(parts, seen)
            if seen == before:
                break
        return seen

    def _powered(self, part: Repeat | Optional, seen: Seen) -> Seen:
        """Behind iterations without number: what one does to evenly spaced units, so many times."""
        over = part.over if isinstance(part, Repeat) else None
        one = self._chain(part.parts, replace_spans(seen, START))
        if any(isinstance(each, Phases) for each in one.spans):
            one = self._chain(part.parts, replace_spans(seen, LEVEL))
        # what is said of the layers inside is said of the last iteration
        last = _power(one, seen, part.times - 1, over)
        self._chain(part.parts, replace_spans(seen, _INSIDE) if over else last)
        return _power(one, seen, part.times, over)

    def _started(self, shape: Shape) -> Seen:
        """An input sees itself; a vector is taken as one axis, which an embedding makes of it."""
        axes = shape.axes or (shape.channels,)
        self._inputs += 1
        return Seen(axes, (START,) * len(axes), frozenset((self._inputs,)))


_INSIDE = Unknown("what a layer inside sees depends on the pass")
_SKIPPED = Unknown("what a pass leaves is taken up by another, and how many there are is open: give that a number")


def replace_spans(seen: Seen, spans: Spans) -> Seen:
    """Return the same axes with these spans along each."""
    return replace(seen, spans=(spans,) * len(seen.axes))


def _behind(step: Step, seen: Seen) -> Seen:
    reach = step.layer.reach(step.input)
    if reach is None:
        return replace_spans(seen, All())
    if len(reach) == len(seen.axes):
        sizes = step.input.axes or seen.axes
        return replace(seen, spans=tuple(map(behind, seen.spans, reach, sizes)))
    moves = all(behind(START, along, size) == START for along, size in zip(reach, step.input.axes, strict=False))
    if moves:
        return seen
    moved = Unknown("a window slides over places that were set in another order")
    return replace(seen, spans=tuple(each if isinstance(each, All) else moved for each in seen.spans))


def _joined(one: Seen, other: Seen) -> Seen:
    inputs = one.inputs | other.inputs
    if one.axes != other.axes:
        return replace(one, inputs=inputs)
    return Seen(one.axes, tuple(map(joined, one.spans, other.spans)), inputs)


def _power(one: Seen, seen: Seen, times: Size, over: Iterations | None) -> Seen:
    pairs = zip(one.spans, seen.spans, strict=True)
    return replace(seen, spans=tuple(_repeated(each, before, times, over) for each, before in pairs))


def _repeated(one: Spans, before: Spans, times: Size, over: Iterations | None) -> Spans:
    """What is seen behind so many iterations, each of which sees ``one`` of evenly spaced units."""
    if one == START or isinstance(before, All | Unknown):
        return before
    if isinstance(one, All | Unknown):
        return one
    ends = (one.low, one.high, one.jump) if isinstance(one, Line) else ()
    if over is None or not any(depends(each, over.index) for each in ends):
        every, steps = power(one, times) if isinstance(one, Line | Stair) else None, as_steps(before)
        return (every and steps and beyond(steps, every)) or _IN_TURN
    if not (isinstance(one, Line) and isinstance(before, Line)):
        return _IN_TURN
    if depends(one.jump, over.index):
        return Unknown("the stride of an iteration depends on the pass")
    low, high = (_summed(size, one.jump, over) * before.jump for size in (one.low, one.high))
    return Line(before.low + low, before.high + high, before.jump * to_the(one.jump, times))


_IN_TURN = Unknown("the number of iterations is open, and units see spans that differ in turn")


def _summed(size: Size, stride: Size, over: Iterations) -> Size:
    """What all iterations add to one end of a span: the step of each is the product of the strides before it."""
    term = size if is_number(stride, 1) else size * stride ** (over.index - over.first)
    return IndexedSum(over.index, over.first, over.last, term)

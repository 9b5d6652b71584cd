"""`Reached`: a quantity of what a unit sees: the field, its stride, and how far before the input it begins."""

from __future__ import annotations

from collections.abc import Callable

from symcount.arithmetic import Quotient, Size, maximum
from symcount.errors import ArchitectureError
from symcount.quantities.folds import PerAxis, Value
from symcount.quantities.lines import Line, Stair
from symcount.quantities.quantity import Quantity
from symcount.quantities.reaches import Reaches, Seen
from symcount.quantities.setting import Setting
from symcount.quantities.spans import Each, Phases, Spans, Unknown
from symcount.records import record
from symcount.trace import Part, Step, Trace

Measure = Callable[[Spans, Size], Size]
"""A size of what is seen along one axis, given that axis."""


@record
class Reached(Quantity):
    """A quantity that ``measure`` takes of what a unit sees, along each axis."""

    measure: Measure = lambda spans, axis: 0

    def of(self, part: Part, setting: Setting, reaches: Reaches) -> Value:
        return self.seen(reaches.behind(part), reaches.trace)

    def total(self, reaches: Reaches, setting: Setting) -> tuple[Value, ...]:
        return (self.seen(reaches.out, reaches.trace),)

    def seen(self, seen: Seen, trace: Trace) -> Value:
        """Return the quantity of what a unit sees: one size where all axes have the same."""
        if not trace.input.axes and not any(map(_makes_an_axis, trace.steps)):
            message = f"the input is a vector, which has no axes along which a unit could have a {self.name}"
            raise ArchitectureError("no-quantity", message, hint="an image is I(1,28x28), a sequence I(300,T)")
        if len(seen.inputs) > 1:
            raise ArchitectureError("no-quantity", f"a unit here sees several inputs, and has no one {self.name}")
        sizes = tuple(self._measured(spans, axis) for spans, axis in zip(seen.spans, seen.axes, strict=True))
        return sizes[0] if all(size == sizes[0] for size in sizes) else PerAxis(sizes)

    def _measured(self, spans: Spans, axis: Size) -> Size:
        if isinstance(spans, Unknown):
            raise ArchitectureError("no-quantity", f"no {self.name} can be said: {spans.reason}")
        return self.measure(spans, axis)


def _makes_an_axis(step: Step) -> bool:
    """Whether a layer makes an axis of a vector, as an embedding does."""
    reach = step.layer.reach(step.input)
    return reach is not None and len(reach) > step.input.rank


def field(spans: Spans, axis: Size) -> Size:
    """Return how many places there are from the first that a unit sees to the last; the largest, where they differ."""
    match spans:
        case Line(low, high, _):
            return high - low + 1
        case Stair():
            return spans.extent
        case Phases(each) | Each(each):
            seen = [span[1] - span[0] + 1 for span in each if span is not None]
            return maximum(*seen) if seen else 0
        case _:
            return axis


def stride(spans: Spans, axis: Size) -> Size:
    """Return how far apart neighbouring units see: a fraction behind an upsampling, the axis where all is seen."""
    match spans:
        case Line(_, _, jump):
            return jump
        case Stair(jump=jump, turn=turn):
            return 1 if jump == turn else Quotient(jump, turn)
        case Phases(each, jump):
            turn = len(each)
            return jump // turn if isinstance(jump, int) and jump % turn == 0 else Quotient(jump, turn)
        case Each():
            raise ArchitectureError("no-quantity", "windows of uneven size have no stride")
        case _:
            return axis


def padding(spans: Spans, axis: Size) -> Size:
    """Return how far before the first value the first unit begins to see."""
    match spans:
        case Line(low):
            return 0 - low
        case Stair(low=low, jump=jump, first=first, turn=turn):
            return 0 - low - jump * (first // turn)
        case Phases(each) | Each(each):
            found = next((span for span in each if span is not None), (0, 0))
            return 0 - found[0]
        case _:
            return 0

"""What a unit sees along one axis of the input: how spans come about, layer by layer, and how they are joined.

Units are evenly spaced on a `Line`. Behind an upsampling they see spans that differ in turn (`Phases`; a `Stair` where
sizes are open), behind windows of uneven size each its own (`Each`). `All` sees the whole axis; `Unknown` says
why nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, lcm

from symcount.arithmetic import Size, is_number, maximum, minimum
from symcount.layers import Along, Chosen, Painted, Window
from symcount.quantities.lines import Line, Stair, beyond, line, stair
from symcount.records import record

MOST_PHASES = 4096
"""The most spans that are followed one by one."""

Span = tuple[Size, Size]
"""The first and the last place that is seen."""


@record
class Phases:
    """Unit ``u`` sees the span of ``u`` modulo their number, moved by ``jump`` a turn; None sees nothing."""

    spans: tuple[Span | None, ...]
    jump: Size


@record
class Each:
    """Unit ``u`` sees the span at its place, and there are no further units."""

    spans: tuple[Span | None, ...]


@record
class All:
    """Every unit sees the whole axis."""


@record
class Unknown:
    """Why it cannot be said what a unit sees."""

    reason: str


Spans = Line | Stair | Phases | Each | All | Unknown
"""What the units of a layer see along one axis of the input."""


def behind(spans: Spans, along: Along, n: Size) -> Spans:
    """Return what a unit sees behind a layer that sees units of these spans, along an axis of ``n``."""
    if isinstance(spans, All | Unknown):
        return spans
    match along:
        case Window():
            return _slid(spans, along)
        case Painted():
            return _painted(spans, along)
        case Chosen():
            return _chosen(spans, along, n)


def _slid(spans: Spans, window: Window) -> Spans:
    if window == Window():
        return spans
    if isinstance(spans, Line | Stair):
        return beyond(spans, line(window)) or _STRIDED
    sizes = _numbers(window.extent, window.stride, window.before, window.step)
    if sizes is None:
        stairs = as_steps(spans)
        return (stairs and beyond(stairs, line(window))) or _OPEN
    extent, stride, before, step = sizes

    def seen(unit: int) -> Span | None:
        first = unit * stride - before
        return _union(_at(spans, place) for place in range(first, first + extent, step))

    if isinstance(spans, Each):
        return Each(tuple(seen(unit) for unit in range((len(spans.spans) + 2 * before - extent) // stride + 1)))
    assert isinstance(spans, Phases)
    period = len(spans.spans)
    turn = period // gcd(period, stride)
    return Phases(tuple(map(seen, range(turn))), spans.jump * (turn * stride // period))


def _painted(spans: Spans, painted: Painted) -> Spans:
    if is_number(painted.stride, 1):
        extent = (painted.taps - 1) * painted.dilation + 1
        return _slid(spans, Window(extent, 1, extent - 1 - painted.before, painted.dilation))
    sizes = _numbers(painted.taps, painted.stride, painted.before, painted.dilation)
    if sizes is None or isinstance(spans, Stair):
        steps = stair(painted)
        found = beyond(spans, steps) if steps and isinstance(spans, Line | Stair) else None
        return found or _SPREAD
    if not isinstance(spans, Line | Phases):
        return _SPREAD
    taps, stride, before, dilation = sizes

    def seen(unit: int) -> Span | None:
        steps = (unit + before - tap * dilation for tap in range(taps))
        return _union(_at(spans, each // stride) for each in steps if each % stride == 0)

    period = 1 if isinstance(spans, Line) else len(spans.spans)
    if period * stride > MOST_PHASES:
        return Unknown(f"more than {MOST_PHASES:,} units in turn see spans that differ")
    return Phases(tuple(map(seen, range(period * stride))), spans.jump)


_SPREAD = Unknown("how units are spread behind an upsampling has no closed form: give its sizes numbers")
_OPEN = Unknown("units see spans that differ in turn, and a window behind them has an open size")
_STRIDED = Unknown("a stride behind an upsampling has no closed form: give their sizes numbers")


def _numbers(*sizes: Size) -> tuple[int, ...] | None:
    """Sizes that are all numbers, or None."""
    found = tuple(size for size in sizes if isinstance(size, int))
    return found if len(found) == len(sizes) else None


def _chosen(spans: Spans, chosen: Chosen, n: Size) -> Spans:
    number = chosen.number
    if is_number(number, 1):
        return All()
    if not isinstance(number, int) or not isinstance(n, int):
        return Unknown("the windows of an adaptive pooling depend on sizes that are open")
    if n % number == 0:
        return _slid(spans, Window(n // number, n // number))
    ends = ((unit * n // number, -(-(unit + 1) * n // number)) for unit in range(number))
    return Each(tuple(_union(_at(spans, place) for place in range(*each)) for each in ends))


def _at(spans: Spans, unit: int) -> Span | None:
    """The span of one unit."""
    match spans:
        case Line(low, high, jump):
            return low + jump * unit, high + jump * unit
        case Phases(each, jump):
            turn, phase = divmod(unit, len(each))
            found = each[phase]
            return None if found is None else (found[0] + jump * turn, found[1] + jump * turn)
        case Each(each):
            return each[unit] if 0 <= unit < len(each) else None
        case _:
            return None


def as_steps(spans: Spans) -> Line | Stair | None:
    """Return spans that a formula says, or the same spans as a stair; None where no formula says them."""
    if isinstance(spans, Line | Stair):
        return spans
    return _as_stair(spans) if isinstance(spans, Phases) else None


def _as_stair(phases: Phases) -> Stair | None:
    """Return the same spans as a stair, where both ends rise once in a turn, by the jump."""
    seen = [span for span in phases.spans if span is not None]
    turn, jump = len(phases.spans), phases.jump
    steps = [_step([span[end] for span in seen], jump) for end in (0, 1)]
    if len(seen) < turn or None in steps:
        return None
    first, last = (step for step in steps if step is not None)
    low, high = seen[0]
    return (
        Stair(low, high, jump, first, last, turn)
        if last >= first
        else Stair(low, high - jump, jump, first, last + turn, turn)
    )


def _step(ends: list[Size], jump: Size) -> int | None:
    """How many of the last ends are a jump further than the first, where all others are as far as it."""
    further = [end for end in ends if end != ends[0]]
    is_stair = all(end == ends[0] + jump for end in further) and further == ends[len(ends) - len(further) :]
    return len(further) if is_stair else None


def _union(spans: Iterable[Span | None]) -> Span | None:
    """The whole span that is seen; places between that nobody sees are in it."""
    found = [span for span in spans if span is not None]
    if len(found) < 2:
        return found[0] if found else None
    return minimum(*(low for low, _ in found)), maximum(*(high for _, high in found))


def joined(one: Spans, other: Spans) -> Spans:
    """Return what a unit sees where branches meet: the span of both, where their units stand in step."""
    if one == other:
        return one
    if isinstance(one, Unknown):
        return one
    if isinstance(other, Unknown):
        return other
    if isinstance(one, All) or isinstance(other, All):
        return All()
    if isinstance(one, Each) and isinstance(other, Each) and len(one.spans) == len(other.spans):
        return Each(tuple(map(_union, zip(one.spans, other.spans, strict=True))))
    if isinstance(one, Line | Phases) and isinstance(other, Line | Phases):
        return _in_step(one, other)
    return _OUT_OF_STEP


_OUT_OF_STEP = Unknown("branches meet here whose units do not stand in step")


def _in_step(one: Line | Phases, other: Line | Phases) -> Spans:
    if isinstance(one, Line) and isinstance(other, Line):
        if one.jump != other.jump:
            return _OUT_OF_STEP
        return Line(minimum(one.low, other.low), maximum(one.high, other.high), one.jump)
    turns = [1 if isinstance(each, Line) else len(each.spans) for each in (one, other)]
    turn = lcm(*turns)
    if one.jump * (turn // turns[0]) != other.jump * (turn // turns[1]):
        return _OUT_OF_STEP
    spans = tuple(_union((_at(one, unit), _at(other, unit))) for unit in range(turn))
    return Phases(spans, one.jump * (turn // turns[0]))

"""What a unit sees along one axis of the input: how spans come about, layer by layer, and how they are joined.

Units are evenly spaced on a `Line`. Behind an upsampling they see spans that differ in turn (`Phases`), behind windows
of uneven size each its own (`Each`). `All` sees the whole axis; `Unknown` says why nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, lcm

from symcount.arithmetic import Size, maximum, minimum
from symcount.layers import Along, Chosen, Painted, Window
from symcount.records import record

MOST_PHASES = 4096
"""The most spans that are followed one by one."""

Span = tuple[Size, Size]
"""The first and the last place that is seen."""


@record
class Line:
    """Unit ``u`` sees from ``low + u·jump`` to ``high + u·jump``."""

    low: Size = 0
    high: Size = 0
    jump: Size = 1


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


Spans = Line | Phases | Each | All | Unknown
"""What the units of a layer see along one axis of the input."""

START = Line()
"""An input sees itself."""


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
    if isinstance(spans, Line):
        low = spans.low - window.before * spans.jump
        high = spans.high + (window.extent - 1 - window.before) * spans.jump
        return Line(low, high, spans.jump * window.stride)
    sizes = _numbers(window.extent, window.stride, window.before, window.step)
    if sizes is None:
        return Unknown("units see spans that differ in turn, and a window behind them has an open size")
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
    if isinstance(painted.stride, int) and painted.stride == 1:
        extent = (painted.taps - 1) * painted.dilation + 1
        return _slid(spans, Window(extent, 1, extent - 1 - painted.before, painted.dilation))
    sizes = _numbers(painted.taps, painted.stride, painted.before, painted.dilation)
    if sizes is None or not isinstance(spans, Line | Phases):
        return Unknown("how units are spread behind an upsampling has no closed form: give its sizes numbers")
    taps, stride, before, dilation = sizes

    def seen(unit: int) -> Span | None:
        steps = (unit + before - tap * dilation for tap in range(taps))
        return _union(_at(spans, each // stride) for each in steps if each % stride == 0)

    period = 1 if isinstance(spans, Line) else len(spans.spans)
    if period * stride > MOST_PHASES:
        return Unknown(f"more than {MOST_PHASES:,} units in turn see spans that differ")
    return Phases(tuple(map(seen, range(period * stride))), spans.jump)


def _numbers(*sizes: Size) -> tuple[int, ...] | None:
    """Sizes that are all numbers, or None."""
    found = tuple(size for size in sizes if isinstance(size, int))
    return found if len(found) == len(sizes) else None


def _chosen(spans: Spans, chosen: Chosen, n: Size) -> Spans:
    number = chosen.number
    if isinstance(number, int) and number == 1:
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
    if isinstance(one, Each) or isinstance(other, Each):
        return _OUT_OF_STEP
    return _in_step(one, other)


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

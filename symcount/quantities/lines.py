"""Spans that a formula says: units evenly spaced on a `Line`, or in steps on a `Stair`, and one behind another."""

from __future__ import annotations

from symcount.arithmetic import Size, ceil_div, geometric_sum, is_number
from symcount.layers import Painted, Window
from symcount.records import record


@record
class Line:
    """Unit ``u`` sees from ``low + u·jump`` to ``high + u·jump``."""

    low: Size = 0
    high: Size = 0
    jump: Size = 1


@record
class Stair:
    """Unit ``u`` sees from ``low + jump·⌊(u + first)/turn⌋`` to ``high + jump·⌊(u + last)/turn⌋``.

    ``last`` is not less than ``first``.
    """

    low: Size
    high: Size
    jump: Size
    first: Size
    last: Size
    turn: Size

    @property
    def extent(self) -> Size:
        """How many places the unit that sees most sees."""
        return self.high - self.low + 1 + self.jump * ceil_div(self.last - self.first, self.turn)


START = Line()
"""An input sees itself."""

LEVEL = Stair(0, 0, 1, 0, 0, 1)
"""The same as a stair, for units behind which there are steps."""


def line(window: Window) -> Line:
    """Return what units behind a window see of those before it."""
    return Line(-window.before, window.extent - 1 - window.before, window.stride)


def stair(painted: Painted) -> Stair | None:
    """Return what units see of those that painted them; None where a unit may lie between two windows.

    Unit ``u`` is painted by ``j`` where ``0 <= u + before - j·s < k``.
    """
    taps, stride = painted.taps, painted.stride
    if taps != stride and not (isinstance(taps, int) and isinstance(stride, int) and taps > stride):
        return None
    if not is_number(painted.dilation, 1):
        return None
    return Stair(0, 0, 1, painted.before - (taps - stride), painted.before, stride)


def beyond(before: Line | Stair, one: Line | Stair) -> Line | Stair | None:
    """Return what units see behind a layer, of which each sees ``one`` of units that see ``before``.

    >>> beyond(Line(-1, 1, 2), Line(-1, 1, 1))
    Line(low=-3, high=3, jump=2)
    """
    if isinstance(before, Line):
        low, high = before.low + before.jump * one.low, before.high + before.jump * one.high
        jump = before.jump * one.jump
        return Line(low, high, jump) if isinstance(one, Line) else Stair(low, high, jump, one.first, one.last, one.turn)
    if not is_number(one.jump, 1):
        return None
    first, last, turn = _in_units(one)
    return Stair(
        before.low, before.high, before.jump, first + turn * before.first, last + turn * before.last, turn * before.turn
    )


def power(one: Line | Stair, times: Size) -> Line | Stair | None:
    """Return what units see behind so many layers, each of which sees ``one`` of units before it."""
    if isinstance(one, Line):
        low, high = (geometric_sum(size, one.jump, times) for size in (one.low, one.high))
        return Line(low, high, to_the(one.jump, times))
    if not is_number(one.jump, 1):
        return None
    first, last, turn = _in_units(one)
    first, last = (geometric_sum(size, turn, times) for size in (first, last))
    return Stair(0, 0, 1, first, last, to_the(turn, times))


def to_the(stride: Size, times: Size) -> Size:
    """Return the product of so many equal strides."""
    return 1 if is_number(stride, 1) else stride**times


def _in_units(one: Line | Stair) -> tuple[Size, Size, Size]:
    """``first``, ``last`` and ``turn`` of spans whose jump is 1, so that ``low`` and ``high`` are steps of a turn."""
    if isinstance(one, Line):
        return one.low, one.high, 1
    return one.first + one.turn * one.low, one.last + one.turn * one.high, one.turn

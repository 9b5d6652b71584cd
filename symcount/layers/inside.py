"""How often the taps of a sliding window meet a value of the input, and not a zero of its padding."""

from __future__ import annotations

from math import gcd

from symcount.arithmetic import IndexedSum, Named, Size, Symbol, ceil_div, is_number, maximum, minimum
from symcount.layers.arguments import CAUSAL, SAME, Padding, Word
from symcount.records import record

_TAP = Symbol("tap'")
"""The index of a sum over taps, of a name that nobody can write: a size may be called tap."""


def margins(n: Size, m: Size, reach: Size, stride: Size, pad: Padding) -> tuple[Size, Size]:
    """Return the zeros before and after an axis: those that are given, or those of ``same`` and ``causal``.

    ``reach`` is how far a window reaches. What ``same`` adds is parted as Keras does it, the odd one behind.
    """
    if not isinstance(pad, Word):
        return pad, pad
    if pad == CAUSAL:
        return reach - 1, 0
    both = reach - 1 if is_number(stride, 1) else maximum(0, (m - 1) * stride + reach - n)
    return both // 2, both - both // 2


def taps_inside(
    n: Size, m: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size, *, cut: bool = False
) -> Size:
    """Return for how many pairs of a place of the window and one of its taps the tap meets one of ``n`` values.

    Tap ``i`` of place ``j`` stands at ``j·s + i·d - p``. Each tap meets a run of places: from the first that is not
    left of the axis to the last that is not right of it. ``cut`` says that windows may reach over the end of the
    axis though there is no padding.

    >>> taps_inside(5, 5, 3, 1, 1, 1), taps_inside(28, 24, 5, 1, 0, 1)
    (13, 120)
    """
    n, m, kernel, stride, dilation = map(_known, (n, m, kernel, stride, dilation))
    pad = pad if isinstance(pad, Word) else _known(pad)
    if isinstance(pad, int) and pad == 0 and not cut:
        return m * kernel
    reach = (kernel - 1) * dilation + 1
    before, after = margins(n, m, reach, stride, pad)
    # where the windows are those of floor rounding, the margins say which taps are cut off
    exact = not cut and not (isinstance(pad, Word) and not is_number(stride, 1) and pad != CAUSAL)
    if not isinstance(kernel, int):
        window = _Window(kernel, stride, dilation, bounded=isinstance(pad, Word))
        if pad == SAME and is_number(stride, 1) and is_number(dilation, 1):
            return kernel * n - kernel**2 // 4 + maximum(1, kernel - 2 * n) ** 2 // 4
        # how far the last window reaches over the end, and how far it would if it were the one before the first
        over, under = (m - 1) * stride + reach - before - n, reach - stride - before - n
        last = (after, after - m) if exact and is_number(stride, 1) else (maximum(0, over), under)
        return kernel * m - window.cut_off(before, before - m * stride) - window.cut_off(*last)
    axis = _Axis(n, m, stride, before, reach - 1 - after if exact else None)
    return sum((axis.run(tap * dilation) for tap in range(kernel)), start=0)


def lettered_taps(taps: Size, kernel: Size) -> Size:
    """Return a number of taps under its letter where the kernel is under one."""
    return Named("t", taps) if isinstance(kernel, Named) and isinstance(taps, int) else taps


@record
class _Window:
    """A window of open size; ``bounded`` says that no padding is as long as it is."""

    kernel: Size
    stride: Size
    dilation: Size
    bounded: bool

    def cut_off(self, over: Size, under: Size) -> Size:
        """Return at how many pairs of a place and a tap the tap stands on the zeros of one end.

        The outermost place reaches ``over`` them; tap ``i`` is ``i·d`` further in, and each next place ``s`` further:
        ``⌈(over - i·d)/s⌉`` places, for each of the ``k`` taps, but no more than there are. ``under`` is how far over
        them one place more than there are would reach.
        """
        found = self._staircase(over)
        if not _at_most(over, self.stride):
            found -= self._staircase(maximum(0, under))
        if not (self.bounded or _at_most(over, self.dilation)):
            found -= self._staircase(maximum(0, over - self.kernel * self.dilation))
        return found

    def _staircase(self, over: Size) -> Size:
        """The sum of ``⌈(over - i·d)/s⌉`` over every ``i`` from 0 on for which it is positive."""
        stride, dilation = self.stride, self.dilation
        if isinstance(stride, int) and isinstance(dilation, int):
            shared = gcd(stride, dilation)
            over, stride, dilation = ceil_div(over, shared), stride // shared, dilation // shared
        if is_number(stride, 1):
            whole = over // dilation
            return (whole + 1) * over - dilation * _triangle(whole)
        if is_number(dilation, 1):
            whole = over // stride
            return stride * _triangle(whole) + (over - stride * whole) * (whole + 1)
        return IndexedSum(_TAP, 0, over // dilation, ceil_div(over - _TAP * dilation, stride))


def _triangle(number: Size) -> Size:
    """The sum of the numbers from 1 to this one."""
    return IndexedSum(_TAP, 1, number, _TAP)


class _Axis:
    """The places of a window along one axis; a tap at most ``whole`` from its window's begin stays on the axis."""

    def __init__(self, n: Size, m: Size, stride: Size, before: Size, whole: Size | None) -> None:
        self.n, self.m, self.stride, self.before, self.whole = n, m, stride, before, whole

    def run(self, at: Size) -> Size:
        """At how many places a tap that stands so far behind the begin of its window meets a value."""
        left = self.before - at
        first = maximum(0, ceil_div(left, self.stride))
        fits = (self.n - 1 + left) // self.stride + 1
        if isinstance(at, int) and isinstance(self.whole, int) and at <= self.whole:
            number = self.m - first
            # a window has a place at least
            return number if isinstance(first, int) and first <= 1 else maximum(0, number)
        if isinstance(at, int) and isinstance(self.whole, int):
            number = fits - first
            short = isinstance(left, int) and isinstance(self.stride, int) and left + self.stride >= 0
            return number if is_number(first, 0) and short else maximum(0, number)
        return maximum(0, minimum(self.m, fits) - first)


def _known(size: Size) -> Size:
    """A size as a number, where it is one under its letter."""
    return size.value if isinstance(size, Named) and isinstance(size.value, int) else size


def _at_most(size: Size, other: Size) -> bool:
    """Whether it is certain that a size is at most another, which is 1 at least."""
    return isinstance(size, int) and (size <= 1 or (isinstance(other, int) and size <= other))

"""How often the taps of a sliding window meet a value of the input, and not a zero of its padding."""

from __future__ import annotations

from symcount.arithmetic import IndexedSum, Named, Size, Symbol, ceil_div, maximum, minimum
from symcount.layers.arguments import CAUSAL, Padding, Word

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
    both = reach - 1 if _is(stride, 1) else maximum(0, (m - 1) * stride + reach - n)
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
    exact = not cut and not (isinstance(pad, Word) and not _is(stride, 1) and pad != CAUSAL)
    axis = _Axis(n, m, stride, before, reach - 1 - after if exact else None)
    if isinstance(kernel, int):
        return sum((axis.run(tap * dilation) for tap in range(kernel)), start=0)
    return IndexedSum(_TAP, 0, kernel - 1, axis.run(_TAP * dilation))


def lettered_taps(taps: Size, kernel: Size) -> Size:
    """Return a number of taps under its letter where the kernel is under one."""
    return Named("t", taps) if isinstance(kernel, Named) and isinstance(taps, int) else taps


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
            return number if _is(first, 0) and short else maximum(0, number)
        return maximum(0, minimum(self.m, fits) - first)


def _known(size: Size) -> Size:
    """A size as a number, where it is one under its letter."""
    return size.value if isinstance(size, Named) and isinstance(size.value, int) else size


def _is(size: Size, number: int) -> bool:
    return isinstance(size, int) and size == number

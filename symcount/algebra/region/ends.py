"""Where a monotone form of one symbol changes its sign, found by bisection in whole numbers."""

from __future__ import annotations

from collections.abc import Callable

from symcount.algebra.region.farthest import Farthest

Value = Callable[[int], int]
"""The value of a form after so many steps."""


def first_where(holds: Callable[[int], bool], steps: int | None, farthest: Farthest) -> int | None:
    """Return the first step at which something holds that from then on always does; None where it does not hold.

    >>> so_far = Farthest("n", 1 << 64)
    >>> first_where(lambda step: step * step >= 50, None, so_far), first_where(lambda step: step > 9, 5, so_far)
    (8, None)
    """
    if holds(0):
        return 0
    below, above = 0, 1
    limit = farthest.limit(steps)
    while above < limit and not holds(above):
        below, above = above, 2 * above
    above = min(above, limit)
    if above == below or not holds(above):
        farthest.check_all_seen(steps)
        return None
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (below, middle) if holds(middle) else (middle, above)
    return above


def interval(value: Value, sign: str, way: int, steps: int | None, farthest: Farthest) -> tuple[int, int | None] | None:
    """Return the first and the last step at which a value is 0 (``==``) or at least 0; None where there is none.

    ``way`` is 1 where the value never falls, -1 where it never rises; a last step of None is that there is no end.

    >>> so_far = Farthest("n", 1 << 64)
    >>> interval(lambda step: step - 3, ">=", 1, None, so_far), interval(lambda step: 7 - step, ">=", -1, None, so_far)
    ((3, None), (0, 7))
    >>> interval(lambda step: step // 4 - 2, "==", 1, None, so_far)
    (8, 11)
    """
    if way < 0:
        found = _falling(value, steps, farthest)
        return found if sign == ">=" or found is None else _equal(lambda step: -value(step), steps, farthest)
    if sign == "==":
        return _equal(value, steps, farthest)
    first = first_where(lambda step: value(step) >= 0, steps, farthest)
    return None if first is None else (first, steps)


def _falling(value: Value, steps: int | None, farthest: Farthest) -> tuple[int, int | None] | None:
    if value(0) < 0:
        return None
    end = first_where(lambda step: value(step) < 0, steps, farthest)
    return 0, steps if end is None else end - 1


def _equal(value: Value, steps: int | None, farthest: Farthest) -> tuple[int, int | None] | None:
    first = first_where(lambda step: value(step) >= 0, steps, farthest)
    if first is None or value(first) != 0:
        return None
    end = first_where(lambda step: value(step) > 0, steps, farthest)
    return first, steps if end is None else end - 1

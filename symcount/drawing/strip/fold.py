"""What a strip leaves out: equal parts in a row are drawn once, and of very many only the first and the last."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from symcount.records import record

_Item = TypeVar("_Item")

MOST = 48
"""The most parts in a row of which none is left out."""

_LONGEST_PERIOD = 16


@record
class Again(Generic[_Item]):
    """Parts that stand so many times one behind another."""

    parts: tuple[_Item, ...]
    times: int


@record
class Omitted:
    """So many parts that are not drawn."""

    number: int


def folded(
    parts: Sequence[_Item], key: Callable[[_Item], Hashable], most: int = MOST
) -> list[_Item | Again[_Item] | Omitted]:
    """Return parts with equal ones together, and the middle of more than the ``most`` left out.

    >>> folded("ab" * 30 + "c", str)
    [Again(parts=('a', 'b'), times=30), 'c']
    """
    if len(parts) <= most:
        return list(parts)
    found: list[_Item | Again[_Item] | Omitted] = list(_runs(parts, [key(part) for part in parts]))
    if len(found) <= most:
        return found
    kept = most * 2 // 5
    left_out = sum(len(each.parts) * each.times if isinstance(each, Again) else 1 for each in found[kept:-kept])
    return [*found[:kept], Omitted(left_out), *found[-kept:]]


def _runs(parts: Sequence[_Item], keys: Sequence[Hashable]) -> Iterator[_Item | Again[_Item]]:
    at = 0
    while at < len(parts):
        period, times = max(((p, _times(keys, at, p)) for p in range(1, _LONGEST_PERIOD + 1)), key=_covered)
        if times > 1 and period * times > 2:
            yield Again(tuple(parts[at : at + period]), times)
            at += period * times
        else:
            yield parts[at]
            at += 1


def _covered(run: tuple[int, int]) -> tuple[int, int]:
    """How much a run covers, the shortest period first among those that cover as much."""
    period, times = run
    return (period * times if times > 1 else 0), -period


def _times(keys: Sequence[Hashable], at: int, period: int) -> int:
    """How many times the next so many parts stand one behind another."""
    first = keys[at : at + period]
    times = 1
    while len(first) == period and keys[at + times * period : at + (times + 1) * period] == first:
        times += 1
    return times

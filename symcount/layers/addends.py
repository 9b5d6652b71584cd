"""The parameters of a layer in parts: a page works each out on a line of its own, and their sum is the rule."""

from __future__ import annotations

from collections.abc import Iterable

from symcount.arithmetic import Size, Sum
from symcount.records import record


@record
class Addend:
    """One part of the parameters of a layer, under the words for it."""

    what: str
    size: Size


def added(addends: Iterable[Addend]) -> Size:
    """Return the sum of addends, term by term."""
    total: Size = 0
    for addend in addends:
        for term in addend.size.terms if isinstance(addend.size, Sum) else (addend.size,):
            total = total + term
    return total

"""Works a combined quantity out: not layer by layer, but by what it is made of, as memory is of values."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named
from symcount.counts import Count
from symcount.derivation.steps import Close
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT
from symcount.quantities import Combined


def ingredients(count: Count, quantity: Combined, at: str | int | None, close: Close) -> Iterator[Worked]:
    """Yield a step for each ingredient: the bytes of one value, times how many there are."""
    for place, (name, one, each) in enumerate(quantity.chosen(count.setting), 1):
        sizes = count.sizes(one, at)
        rule = each * Named(name, close(sizes, ()))
        amount = Equation(quantity.words, rule, close(tuple(each * size for size in sizes), ()))
        yield Worked(place, name, None, name, one.summary, "", (), (), (), amount, SILENT, {})

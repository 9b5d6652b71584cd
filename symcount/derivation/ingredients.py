"""Works a combined quantity out: not layer by layer, but by what it is made of, as memory is of values."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named
from symcount.counts import Count, Row
from symcount.derivation.steps import Working
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT
from symcount.quantities import Combined


def ingredients(
    count: Count, quantity: Combined, at: str | int | None, chosen: tuple[Row, ...], working: Working
) -> Iterator[Worked]:
    """Yield a step for each ingredient: the bytes of one value, times how many there are."""
    close = working.close
    for place, (one, each) in enumerate(quantity.chosen(count.setting), 1):
        sizes = count.sizes(one.quantity, at)
        inner = Working(count, one.quantity)
        inside = tuple(map(inner.worked, chosen)) if one.in_layers else ()
        working.own_letters |= inner.own_letters
        rule = each * Named(one.name, close(sizes, ()))
        amount = Equation(quantity.words, rule, close(tuple(each * size for size in sizes), ()))
        summary = one.quantity.summary
        yield Worked(place, one.name, None, one.name, summary, "", (), (), (), amount, SILENT, {}, inside)

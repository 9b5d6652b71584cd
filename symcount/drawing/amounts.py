"""Amounts of a quantity as lengths: whole numbers alone, and their shares in tenths of a percent."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.counts import Count, Row
from symcount.drawing.strip.opened import passes_of
from symcount.drawing.strip.slabs import is_stripe, look_of_step
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.program import Group, MacroCall, Repeat, canonical_text
from symcount.quantities import PerAxis, Quantity, quantity_named
from symcount.trace import Repeat as Repeated
from symcount.trace import Step

BLOCK = "block"
"""The look of what holds layers together."""


def quantities_of(names: Sequence[str], usual: Sequence[str]) -> list[Quantity]:
    """Return the quantities that are asked for, or the usual ones."""
    return [quantity_named(name) for name in names or usual]


def total_of(count: Count, quantity: Quantity) -> int:
    """Return the total of a quantity, which must be one known number."""
    check_is_number(count, quantity)
    total = count.numbers.number(*count.sizes(quantity))
    if isinstance(total, int):
        return total
    symbols = ", ".join(count.trace.symbols)
    message = f"{quantity.name} has open symbols, and a length is of a number: {symbols}"
    raise ArchitectureError("open-total", message, hint="give each a value, as in n=28")


def check_is_number(count: Count, quantity: Quantity) -> None:
    """Refuse a quantity that is a shape, or one number for each axis."""
    if any(isinstance(each, Shape | PerAxis) for each in count.parts(quantity)):
        message = f"{quantity.name} is not one number that a picture could show"
        raise ArchitectureError("bad-form", message, hint="params, macs and activations are numbers")


def amount_of(row: Row, quantity: Quantity) -> int:
    """Return a quantity of one layer or block of a network whose sizes are known."""
    amount = row.numbers.number(row.size(quantity))
    assert isinstance(amount, int)
    return amount


def share(amount: int, total: int) -> str:
    """Return a share as a percentage with one decimal, rounded half up; what is not nothing is never 0.0.

    >>> share(1, 3), share(1, 10_000_000), share(0, 5)
    ('33.3 %', '< 0.1 %', '0 %')
    """
    if not amount or not total:
        return "0 %"
    tenths = (2000 * amount + total) // (2 * total)
    return f"{tenths // 10}.{tenths % 10} %" if tenths else "< 0.1 %"


def main_step(row: Row) -> Step | None:
    """Return the one layer of a row that is no stripe on another: of a layer itself, or of such a block."""
    if isinstance(row.part, Step):
        return row.part
    steps = [each for each in row.part.parts if isinstance(each, Step)]
    boxes = [each for each in steps if not is_stripe(each)]
    return boxes[0] if len(boxes) == 1 and len(steps) == len(row.part.parts) and row.times == 1 else None


def look_of_row(row: Row) -> str:
    """Return how a layer or block looks."""
    step = main_step(row)
    return BLOCK if step is None else look_of_step(step)


def called(row: Row) -> str:
    """Return what a layer or block is called: its name or what is written, its label, and how often it happens."""
    label = f" @{row.label}" if row.label else ""
    item = row.part.item
    if isinstance(item, Repeat) and isinstance(row.part, Repeated):
        times = row.numbers.number(*(times for _, times in passes_of(row.part)))
        often = "" if times == 1 else f" × {times}"
        return f"{_cut(canonical_text(item.item))}{often}{label}"
    return f"{_cut(row.text) if isinstance(item, MacroCall | Group) else row.name}{label}"


_LONGEST = 24


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

"""The totals of a network alone: as data, and as lines of text or of a table with commas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.arithmetic import Size
from symcount.counts import Count, Number, Sizes
from symcount.quantities import Quantity
from symcount.render.count_json import number
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.naming import medium_for
from symcount.render.table import Column, Table


def totals_json(quantities: Sequence[Quantity], values: Sequence[Number | Sizes]) -> dict[str, Any]:
    """Return totals as data: numbers are ints, symbolic values strings in Python's syntax, shapes lists."""
    return {
        quantity.key: [*map(number, value)] if isinstance(value, tuple) else number(value)
        for quantity, value in zip(quantities, values, strict=True)
    }


def totals(
    count: Count, quantities: Sequence[Quantity], at: str | None, medium: str, digits: str | None = None
) -> str | dict[str, Any]:
    """Return totals of a network or of one layer: as data for json, a line for each in text, a table elsewhere."""
    if medium == "json":
        return totals_json(quantities, [count.of(quantity.name, at) for quantity in quantities])
    kind = medium_for(count, medium_named(medium).parted(digits))
    cells = [_cell(count.of(quantity.name, at), kind) for quantity in quantities]
    if medium == "text":
        return "\n".join(f"{quantity.name} {cell}" for quantity, cell in zip(quantities, cells, strict=True))
    return kind.table(Table(tuple(Column(quantity.name, numeric=True) for quantity in quantities), (tuple(cells),)))


def _cell(value: Number | Sizes, kind: Medium) -> str:
    sizes = value if isinstance(value, tuple) else (value,)
    return kind.notation.by.join(kind.size(_written(size)) for size in sizes)


def _written(size: Number) -> Size:
    """A number as written arithmetic, in the network's own symbols."""
    if isinstance(size, int):
        return size
    from symcount.algebra import to_term

    return to_term(size)

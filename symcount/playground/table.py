"""The table that the page shows: cells as HTML, the total, what stands below, and a value for each symbol."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from symcount.counts import Count, Row
from symcount.playground.network import Asked
from symcount.quantities import quantity_named
from symcount.records import record
from symcount.render.count import count_lines, count_table
from symcount.render.view import View

_MOST_ROWS = 300
"""The most rows that a table has on the page; of longer ones the first are shown."""

_MOST_UNFOLDED = 60
"""The most rows that blocks unfold to where nobody says how deep."""

_DEPTHS = (8, 4, 3, 2, 1, 0)


@record
class _Beginning(View):
    """A view of the first rows alone."""

    def rows(self, count: Count) -> Iterator[tuple[Row, int]]:
        """Yield the rows that are shown, each with its depth."""
        return islice(View.rows(self, count), _MOST_ROWS)


def table(asked: Asked) -> dict[str, Any]:
    """Return the table of a network at its values, which are returned too."""
    count = asked.given
    view = _Beginning(asked.names, depth=depth_shown(asked, count))
    shown = count_table(count, view, "html")
    return {
        "canonical": count.text,
        "values": {name: str(value) for name, value in count.bindings.items()},
        "own": [*count.own],
        "answer": _total(count.of(asked.main)),
        "of": quantity_named(asked.main).words,
        "columns": [
            {"heading": each.heading, "numeric": each.numeric, "leaves": each.leaves} for each in shown.columns
        ],
        "rows": shown.rows,
        "total": shown.total,
        "left_out": _left_out(count, View(depth=view.depth)),
        "depth": view.depth,
        "lines": [*count_lines(count, view, "html")],
    }


def _total(found: Any) -> str:
    """A number with its digits grouped, or one for each axis."""
    return " × ".join(map(_total, found)) if isinstance(found, tuple) else f"{found:,}"


def depth_shown(asked: Asked, count: Count) -> int:
    """Return how many levels of blocks are shown: those asked for, or as many as fit."""
    if asked.depth is not None:
        return asked.depth
    return next((depth for depth in _DEPTHS if _fits(count, View(depth=depth))), 0)


def _fits(count: Count, view: View) -> bool:
    return next(islice(view.rows(count), _MOST_UNFOLDED, None), None) is None


def _left_out(count: Count, view: View) -> int:
    return sum(1 for _ in islice(view.rows(count), _MOST_ROWS, None))

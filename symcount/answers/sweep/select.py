"""Chooses among the rows of a sweep: in an order, the first of an order, or those that none other beats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from symcount.errors import ArchitectureError, near
from symcount.records import record

MOST_SORTED = 5_000_000
"""The most rows that are put into an order: they are all in memory."""

Columns = dict[str, Any]


@record
class Selection:
    """How rows are chosen: ``order`` names columns, each with a minus before it for the largest first."""

    order: tuple[str, ...] = ()
    top: int | None = None
    pareto: tuple[str, ...] = ()

    @property
    def streams(self) -> bool:
        """Whether rows can be given as they come."""
        return not (self.order or self.pareto)

    def check(self, names: Sequence[str]) -> None:
        """Refuse names that are no columns, and fronts of other than two of them."""
        if self.top is not None and not self.order:
            raise ArchitectureError("usage", "--top needs an order", hint="write --order-by params, or -params")
        if self.pareto and len(self.pareto) != 2:
            message = f"a front is of two columns, found {len(self.pareto)}"
            raise ArchitectureError("usage", message, hint="write --pareto params,macs")
        for each in (*self.order, *self.pareto):
            if each.removeprefix("-") not in names:
                close = near(each, names)
                hint = f"did you mean {close}?" if close else f"there are: {', '.join(names)}"
                raise ArchitectureError("bad-condition", f"no column is called {each.removeprefix('-')!r}", hint=hint)

    def chosen(self, blocks: Iterable[Columns]) -> Iterator[Columns]:
        """Yield the rows that are chosen, in blocks of columns."""
        if self.streams:
            yield from blocks
            return
        reduced = pareto(*self.pareto) if self.pareto else best(self.order, self.top)
        held: Columns | None = None
        for block in blocks:
            held = block if held is None else _joined(held, block)
            if self.pareto or self.top is not None:
                held = reduced(held)
            elif _length(held) > MOST_SORTED:
                message = f"more than {MOST_SORTED:,} rows would have to be held to put them in order"
                raise ArchitectureError("limit", message, hint="ask for --top 100, or for less with --where")
        if held is not None:
            held = reduced(held)
            yield best(self.order, self.top)(held) if self.order else held


def best(order: Sequence[str], top: int | None) -> Callable[[Columns], Columns]:
    """Return what puts rows into an order, and keeps the first so many; equal ones stay as they are."""

    def chosen(columns: Columns) -> Columns:
        import numpy as np

        places = np.arange(_length(columns))
        for each in reversed(order):
            column = columns[each.removeprefix("-")][places]
            places = places[np.argsort(-column if each.startswith("-") else column, kind="stable")]
        return {name: column[places[:top]] for name, column in columns.items()}

    return chosen


def pareto(one: str, other: str) -> Callable[[Columns], Columns]:
    """Return what keeps the rows than which none is as good in both columns and better in one; less is better.

    A minus before a name says that more is better.
    """

    def chosen(columns: Columns) -> Columns:
        import numpy as np

        if not _length(columns):
            return columns
        x, y = ((-1 if each.startswith("-") else 1) * columns[each.removeprefix("-")] for each in (one, other))
        places = np.argsort(y, kind="stable")
        places = places[np.argsort(x[places], kind="stable")]
        x, y = x[places], y[places]
        lowest = np.minimum.accumulate(y)
        first = np.concatenate(([True], x[1:] != x[:-1]))
        group = np.maximum.accumulate(np.where(first, np.arange(len(x)), 0))
        beaten = np.zeros(len(x), dtype=bool)
        later = group > 0
        beaten[later] = y[later] >= lowest[group[later] - 1]
        kept = np.sort(places[~beaten & (y == y[group])])
        return {name: column[kept] for name, column in columns.items()}

    return chosen


def _joined(held: Columns, block: Columns) -> Columns:
    import numpy as np

    return {name: np.concatenate((column, block[name])) for name, column in held.items()}


def _length(columns: Columns) -> int:
    return len(next(iter(columns.values())))

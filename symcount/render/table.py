"""A table, before any medium sets it out: columns, rows and a total."""

from __future__ import annotations

from symcount.records import record


@record
class Column:
    """A column: its heading, and whether it holds numbers, set to the right."""

    heading: str
    numeric: bool = False


@record
class Table:
    """Rows of cells that are already written in the medium; ``total`` is the last row, where there is one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows, and the total."""
        return self.rows if self.total is None else (*self.rows, self.total)

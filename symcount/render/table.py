"""A table, before any medium sets it out: columns, rows and a total, and how they share the room that there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcount.records import record, replace

Width = Callable[[str], int]
"""How wide a cell is, in characters."""

GAP = 2
"""The room between two columns, in characters."""


@record
class Column:
    """A column: its heading, and whether it holds numbers, set to the right.

    ``leaves`` says in which order columns are left out where there is no room, the highest first; one
    of 0 stays. ``code`` says that it holds pieces of the language, which may be broken or cut.
    """

    heading: str
    numeric: bool = False
    leaves: int = 0
    code: bool = False


@record
class Table:
    """Rows of cells that are already written in the medium; ``total`` is the last row, where there is one.

    ``room`` is how many characters wide it may be; a medium has a room of its own where it is not said.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    room: int | None = None

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows, and the total."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def widths(self, width: Width) -> list[int]:
        """Return how wide each column is, its heading included."""
        headings = tuple(column.heading for column in self.columns)
        return [max(map(width, cells)) for cells in zip(headings, *self.all_rows, strict=True)]

    def narrowed(self, room: int, width: Width) -> Table:
        """Return the table without the columns that are left out until the others have room."""
        table = self
        while True:
            last = max(table.columns, key=lambda column: column.leaves)
            if not last.leaves or in_a_row(table.widths(width)) <= room:
                return table
            table = table.without(table.columns.index(last))

    def without(self, place: int) -> Table:
        """Return the table without the column at a place."""

        def kept(cells: tuple[str, ...]) -> tuple[str, ...]:
            return cells[:place] + cells[place + 1 :]

        columns = self.columns[:place] + self.columns[place + 1 :]
        total = None if self.total is None else kept(self.total)
        return replace(self, columns=columns, rows=tuple(map(kept, self.rows)), total=total)


def in_a_row(widths: Sequence[int]) -> int:
    """Return how wide columns are side by side."""
    return sum(widths) + GAP * (len(widths) - 1)


def shares(widths: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Return the widths that columns get in this room, none below its least; None where that is too much.

    The widest gives way first.

    >>> shares([4, 40, 20], [4, 8, 20], 50), shares([4, 40, 20], [4, 30, 20], 50)
    ([4, 22, 20], None)
    """
    given = list(widths)
    for _ in range(in_a_row(widths) - room):
        places = [place for place, width in enumerate(given) if width > least[place]]
        if not places:
            return None
        given[max(places, key=lambda place: given[place])] -= 1
    return given


def fitted(table: Table, room: int, width: Width, piece: Width) -> tuple[Table, list[int | None]]:
    """Return a table for paper, and for each column how wide it is where its cells go on to further lines.

    ``width`` measures a cell, ``piece`` the longest part of it that cannot be broken.
    """
    table = table.narrowed(room, width)
    natural, least = table.widths(width), table.widths(piece)
    given = shares(natural, least, room) or least
    return table, [one if one < whole else None for one, whole in zip(given, natural, strict=True)]

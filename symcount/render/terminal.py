"""A table on a terminal, with rules and colour; the only importer of rich.

What does not fit is left out, column by column; then the text of a layer is cut. A number never is: where nothing more
gives way, the table is wider than the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from symcount.render.table import GAP, Column, Table, in_a_row, shares

_SHORTEST = 8
"""The fewest characters that are left of a layer's text."""


def show(table: Table, lines: Iterable[str] = ()) -> None:
    """Print a table and lines under it on the terminal, in colour unless NO_COLOR forbids it."""
    console = Console(highlight=False)
    room = console.width - GAP
    table = table.narrowed(room, cell_len)
    natural, least = table.widths(cell_len), table.widths(_longest_word)
    least = [
        min(width, _SHORTEST) if column.code else least[place]
        for place, (column, width) in enumerate(zip(table.columns, natural, strict=True))
    ]
    widths = shares(natural, least, room) or least
    wide = Console(highlight=False, width=max(console.width, in_a_row(widths) + GAP))
    wide.print(_laid_out(table, widths))
    for line in lines:
        console.print(Text(line))


def _longest_word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=0)


def _laid_out(table: Table, widths: list[int]) -> RichTable:
    shown = RichTable(
        pad_edge=False,
        collapse_padding=True,
        box=box.SIMPLE_HEAD,
        show_footer=table.total is not None,
        header_style="bold",
        footer_style="bold",
    )
    totals = table.total or ("",) * len(table.columns)
    for column, total, width in zip(table.columns, totals, widths, strict=True):
        _add(shown, column, total, width)
    for row in table.rows:
        shown.add_row(*map(Text, row))
    return shown


def _add(shown: RichTable, column: Column, total: str, width: int) -> None:
    justify: Literal["left", "right"] = "right" if column.numeric else "left"
    style = "cyan" if column.code else ""
    overflow: Literal["ellipsis", "fold"] = "ellipsis" if column.code else "fold"
    shown.add_column(
        column.heading, Text(total), justify=justify, style=style, overflow=overflow, no_wrap=column.code, width=width
    )

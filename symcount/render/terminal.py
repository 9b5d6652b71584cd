"""A table on a terminal, with rules and colour; the only importer of rich."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from symcount.render.table import Table


def show(table: Table, lines: Iterable[str]) -> None:
    """Print a table and lines under it on the terminal, in colour unless NO_COLOR forbids it."""
    shown = RichTable(
        pad_edge=False,
        collapse_padding=True,
        box=box.SIMPLE_HEAD,
        show_footer=table.total is not None,
        header_style="bold",
        footer_style="bold",
    )
    totals = table.total or ("",) * len(table.columns)
    for column, total in zip(table.columns, totals, strict=True):
        justify: Literal["left", "right"] = "right" if column.numeric else "left"
        style = "cyan" if column.heading == "layer" else ""
        shown.add_column(column.heading, Text(total), justify=justify, style=style, overflow="fold")
    for row in table.rows:
        shown.add_row(*map(Text, row))
    console = Console(highlight=False)
    console.print(shown)
    for line in lines:
        console.print(Text(line))

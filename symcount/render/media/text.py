"""Plain text, set out with spaces: tables as a person would type them, pages in Unicode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill, indent
from unicodedata import east_asian_width

from symcount.arithmetic.notation import TEXT, UNICODE
from symcount.render.medium import Medium
from symcount.render.page import Page, Row
from symcount.render.table import Column, Table


def _table(table: Table) -> str:
    """Columns set out with spaces, for any terminal or pipe."""
    lines = [tuple(column.heading for column in table.columns), *table.all_rows]
    widths = [_column_width(cells) for cells in zip(*lines, strict=True)]
    return "\n".join(_aligned(cells, table.columns, widths) for cells in lines)


def _aligned(cells: Sequence[str], columns: Sequence[Column], widths: list[int]) -> str:
    padded = (
        " " * (width - _width(cell)) + cell if column.numeric else cell + " " * (width - _width(cell))
        for cell, column, width in zip(cells, columns, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


_WIDEST_CELL = 200
"""A cell that is wider stands out of its column: every other line would be as long."""


def _column_width(cells: Iterable[str]) -> int:
    return max(width for width in (0, *map(_width, cells)) if width <= _WIDEST_CELL)


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


MEDIUM = Medium(TEXT, "{}", str, _table, grouped=True)

_INDENT = "    "
_WIDTH = 100


def _title(words: str, source: str) -> str:
    return f"{words}\n{source}"


def _paragraph(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return f"{name}  {noun} {source}: {shapes}"


def _working(rows: Sequence[Row]) -> str:
    width = max(len(row.label) for row in rows)
    return "\n".join(line for row in rows for line in _row(row, width))


def _row(row: Row, width: int) -> list[str]:
    *before, last = [line.strip() for line in row.lines]
    how = f"({row.how})" if row.how else ""
    fits = len(last) + len(how) <= _WIDTH - 20
    shown = [*before, f"{last}   {how}"] if fits else [*before, last, how]
    lines = (f"{_INDENT}{row.label if not i else '':{width}}  {line}" for i, line in enumerate(shown))
    return [line.rstrip() for line in lines if line.strip()]


def _display(lines: Sequence[str]) -> str:
    first, *rest = [line.strip() for line in lines]
    under = max(first.find(" = ") + 1, 2)
    return "\n".join([_INDENT + first, *(_INDENT + " " * under + line for line in rest)])


PAGE = Page(
    medium=Medium(UNICODE, "{}", str),
    widest=88,
    title=_title,
    heading=str,
    layer=_layer,
    paragraph=_paragraph,
    kept=_paragraph,
    working=_working,
    display=_display,
    table=_table,
    reason=lambda text: indent(_paragraph(text), _INDENT),
)

"""Pages as plain text in Unicode, set out with spaces."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.render.medium import MEDIA
from symcount.render.page import Page, Row
from symcount.render.table import plain

_INDENT = "    "


def _title(words: str, source: str) -> str:
    return f"{words}\n{source}"


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return f"{name}  {noun} {source}: {shapes}"


def _working(rows: Sequence[Row]) -> str:
    width = max(len(row.label) for row in rows)
    return "\n".join(line for row in rows for line in _row(row, width))


def _row(row: Row, width: int) -> list[str]:
    *before, last = [line.strip() for line in row.lines]
    shown = [*before, f"{last}   ({row.how})" if row.how else last]
    return [f"{_INDENT}{row.label if not i else '':{width}}  {line}" for i, line in enumerate(shown)]


def _display(lines: Sequence[str]) -> str:
    first, *rest = [line.strip() for line in lines]
    under = max(first.find(" = ") + 1, 2)
    return "\n".join([_INDENT + first, *(_INDENT + " " * under + line for line in rest)])


PAGE = Page(
    medium=MEDIA["unicode"],
    widest=88,
    title=_title,
    heading=str,
    layer=_layer,
    paragraph=lambda text: text,
    working=_working,
    display=_display,
    table=plain,
    reason=lambda text: f"{_INDENT}{text}",
)

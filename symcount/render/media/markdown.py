"""Markdown with mathematics between dollars, as notebooks, wikis and forges show it."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic.notation import LATEX
from symcount.arithmetic.notation.latex import latex_text
from symcount.render.media import notebook
from symcount.render.medium import Medium, escaping
from symcount.render.page import Page, Row
from symcount.render.table import Table


def _table(table: Table) -> str:
    """A pipe table."""
    rules = tuple("--:" if column.numeric else "---" for column in table.columns)
    lines = [tuple(MEDIUM.escape(column.heading) for column in table.columns), rules, *table.all_rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


MEDIUM = Medium(
    LATEX,
    "${}$",
    escaping("\\`*_{}[]<>#|$~"),
    _table,
    between="\n\n",
    indent="&ensp;",
    code="`{}`",
)


def _code(source: str) -> str:
    """Source in a code span, fenced by more backticks than it holds."""
    fence = "`"
    while fence in source:
        fence += "`"
    inner = " ".join(source.split("\n"))
    return f"{fence} {inner} {fence}" if "`" in inner else f"{fence}{inner}{fence}"


def _title(words: str, source: str) -> str:
    return f"## {MEDIUM.escape(words)}\n\n{_code(source)}"


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return f"**{MEDIUM.escape(name)}** {noun} {_code(source)}: {shapes}"


def _working(rows: Sequence[Row]) -> str:
    lines = [line for row in rows for line in _row(row)]
    return notebook.aligned(lines)


def _row(row: Row) -> list[str]:
    first, *rest = row.lines
    label = latex_text(f"{row.label}: ")
    shown = [f"{label} & {first}", *(f" & {line}" for line in rest)]
    if row.how:
        shown[-1] += rf" \quad \text{{(}}{row.how}\text{{)}}"
    return shown


def _display(lines: Sequence[str]) -> str:
    return notebook.aligned([f"& {line}" if not i else f"& \\quad {line}" for i, line in enumerate(lines)])


PAGE = Page(
    medium=MEDIUM,
    widest=80,
    title=_title,
    heading=lambda words: f"### {MEDIUM.escape(words)}",
    layer=_layer,
    paragraph=lambda text: text,
    reason=lambda text: text,
    working=_working,
    display=_display,
    table=_table,
    together="\n\n",
    remarks=notebook.MEDIUM,
)

"""Markdown as forges show it: mathematics stands in code spans and fenced blocks, so that no sign of it is Markdown's.

Between plain dollars a forge reads Markdown first: a backslash before a sign is lost, and an underscore is emphasis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcount.arithmetic.notation import LATEX
from symcount.arithmetic.notation.latex import latex_text
from symcount.render.media import html, notebook
from symcount.render.medium import Medium, escaping
from symcount.render.page import Environment, Page, Row
from symcount.render.table import Table


def _table(table: Table) -> str:
    """A pipe table."""
    rules = tuple("--:" if column.numeric else "---" for column in table.columns)
    lines = [tuple(column.heading for column in table.columns), rules, *table.all_rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


MEDIUM = Medium(
    LATEX,
    "$`{}`$",
    escaping("\\`*_{}[]<>#|$~"),
    _table,
    between="\n\n",
    indent="&ensp;",
    code="`{}`",
    grouped=True,
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


def fenced(lines: Sequence[str]) -> str:
    """Return lines of a display, each with one sign of alignment, as a block of mathematics."""
    return "\n".join(["```math", notebook.aligned_lines(lines), "```"])


def page(medium: Medium, display: Callable[[Sequence[str]], str]) -> Page:
    """Return a page of Markdown, with mathematics in its lines as the medium has it, and its displays as given."""
    return Page(
        medium=medium,
        widest=80,
        title=_title,
        heading=lambda words: f"### {MEDIUM.escape(words)}",
        layer=_layer,
        paragraph=lambda text: text,
        reason=lambda text: text,
        kept=lambda text: text,
        apart="\n\n---\n\n",
        blank=medium.escape(12 * "_"),
        working=lambda rows: display([line for row in rows for line in _row(row)]),
        display=lambda lines: display([f"& \\quad {line}" if i else f"& {line}" for i, line in enumerate(lines)]),
        table=_table,
        together="\n\n",
        remarks=notebook.MEDIUM,
        equation=_equation,
        sentence=lambda sentence, environment: f"\n{sentence}",
        comment=html.PAGE.comment,
        title_within=lambda words, source: f"#### {MEDIUM.escape(words)}\n\n{_code(source)}",
        heading_within=lambda words: f"#### {MEDIUM.escape(words)}",
    )


def _equation(left: str, right: Sequence[str], end: str, environment: Environment) -> str:
    if len(right) == 1:
        return fenced([f"& {left} = {right[0]}{end}"])
    *before, last = f"{left} ={{}}& {right[0]}", *(f"&{{}}{line}" for line in right[1:])
    return fenced([*before, last + end])


def _row(row: Row) -> list[str]:
    first, *rest = row.lines
    label = latex_text(f"{row.label}: ")
    shown = [f"{label} & {first}", *(f" & {line}" for line in rest)]
    if row.how:
        shown[-1] += rf" \quad \text{{(}}{row.how}\text{{)}}"
    return shown


PAGE = page(MEDIUM, fenced)

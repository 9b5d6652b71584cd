"""Pages as Markdown with mathematics between dollars, as notebooks, wikis and forges show it."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic.notation.latex import latex_text
from symcount.render.medium import MEDIA
from symcount.render.page import Page, Row
from symcount.render.table import markdown

_MEDIUM = MEDIA["markdown"]


def _code(source: str) -> str:
    """Source in a code span, fenced by more backticks than it holds."""
    fence = "`"
    while fence in source:
        fence += "`"
    inner = " ".join(source.split("\n"))
    return f"{fence} {inner} {fence}" if "`" in inner else f"{fence}{inner}{fence}"


def _title(words: str, source: str) -> str:
    return f"## {_MEDIUM.escape(words)}\n\n{_code(source)}"


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return f"**{_MEDIUM.escape(name)}** {noun} {_code(source)}: {shapes}"


def _working(rows: Sequence[Row]) -> str:
    lines = [line for row in rows for line in _row(row)]
    return aligned(lines)


def _row(row: Row) -> list[str]:
    first, *rest = row.lines
    label = latex_text(f"{row.label}: ")
    shown = [f"{label} & {first}", *(f" & {line}" for line in rest)]
    if row.how:
        shown[-1] += rf" \quad \text{{(}}{row.how}\text{{)}}"
    return shown


def _display(lines: Sequence[str]) -> str:
    return aligned([f"& {line}" if not i else f"& \\quad {line}" for i, line in enumerate(lines)])


def aligned(lines: Sequence[str]) -> str:
    """Return lines of a display, each with one sign of alignment."""
    return "\n".join(["$$", r"\begin{aligned}", " \\\\\n".join(lines), r"\end{aligned}", "$$"])


PAGE = Page(
    medium=_MEDIUM,
    widest=80,
    title=_title,
    heading=lambda words: f"### {_MEDIUM.escape(words)}",
    layer=_layer,
    paragraph=lambda text: text,
    reason=lambda text: text,
    working=_working,
    display=_display,
    table=markdown,
    together="\n\n",
    remarks=MEDIA["notebook"],
)

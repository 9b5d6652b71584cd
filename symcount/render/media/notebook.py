"""Displays of mathematics alone: what a notebook typesets, and exports to LaTeX as it is."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic.notation import LATEX
from symcount.arithmetic.notation.latex import latex_text
from symcount.render.medium import Medium
from symcount.render.page import Page, Row
from symcount.render.table import Table

MEDIUM = Medium(LATEX, "{}", latex_text, indent="\\quad ")

_NEXT = " \\\\\n"


def _title(words: str, source: str) -> str:
    return "& " + latex_text(f"{words}: {' '.join(source.split())}")


def _layer(name: str, noun: str, source: str, shapes: str) -> str:
    return "& " + latex_text(f"{name}, {noun} {source}: ") + shapes


def _working(rows: Sequence[Row]) -> str:
    return _NEXT.join(line for row in rows for line in _row(row))


def _row(row: Row) -> list[str]:
    first, *rest = row.lines
    shown = [rf"& \quad {latex_text(row.label + ': ')} {first}", *(rf"& \quad\quad {line}" for line in rest)]
    if row.how:
        shown[-1] += rf" \quad \text{{(}}{row.how}\text{{)}}"
    return shown


def _display(lines: Sequence[str]) -> str:
    first, *rest = lines
    return _NEXT.join([rf"& \quad {first}", *(rf"& \quad\quad {line}" for line in rest)])


def _table(table: Table) -> str:
    places = "".join("r" if column.numeric else "l" for column in table.columns)
    heading = " & ".join(latex_text(column.heading) for column in table.columns)
    body = _NEXT.join([heading + r" \\ \hline", *(" & ".join(cells) for cells in table.all_rows)]).replace(
        r"\hline \\", r"\hline"
    )
    return "\n".join([rf"& \begin{{array}}{{{places}}}", body, r"\end{array}"])


def aligned(lines: Sequence[str]) -> str:
    """Return lines of a display, each with one sign of alignment, between the dollars of a notebook."""
    return "\n".join(["$$", aligned_lines(lines), "$$"])


def aligned_lines(lines: Sequence[str]) -> str:
    """Return lines, each with one sign of alignment, as one piece of mathematics; a single line needs no alignment."""
    if len(lines) == 1 and lines[0].startswith("& ") and "\n" not in lines[0]:
        return lines[0].removeprefix("& ")
    return "\n".join([r"\begin{aligned}", " \\\\\n".join(lines), r"\end{aligned}"])


PAGE = Page(
    medium=MEDIUM,
    widest=80,
    title=_title,
    heading=lambda words: rf"& \textbf{{{words}}}",
    layer=_layer,
    paragraph=lambda text: f"& {text}",
    reason=lambda text: "",
    kept=lambda text: f"& {text}",
    working=_working,
    display=_display,
    table=_table,
    together=_NEXT,
    block=lambda text: aligned([text]),
)

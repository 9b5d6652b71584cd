"""What the page shows beside the table: formulas, the picture, the derivation, other networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from symcount.answers.compare import compared
from symcount.architecture import Architecture
from symcount.arithmetic import by_name
from symcount.arithmetic.notation import LATEX
from symcount.playground.network import Asked
from symcount.playground.table import depth_shown
from symcount.quantities import quantity_named
from symcount.render.compare import compare_table
from symcount.render.naming import notation_for
from symcount.render.table import Column
from symcount.solution import Solution

if TYPE_CHECKING:
    from symcount.formula import Formula


def formulas(asked: Asked) -> dict[str, Any]:
    """Return the closed form of each quantity that is asked for, in pieces of LaTeX; none where no symbol is open."""
    if not asked.open.is_open:
        return {"symbols": [], "formulas": []}
    net = Architecture.of_count(asked.open)
    return {"symbols": [*net.counted.trace.symbols], "formulas": [_formula(net.formula(name)) for name in asked.names]}


def _formula(formula: Formula) -> dict[str, Any]:
    from symcount.render.expression import expression_text

    answer = formula.answer
    letters = answer.written.letters
    notation = notation_for(answer.count, LATEX, (each.name for each in letters))
    return {
        "of": formula.of,
        "left": notation.word(answer.question.words),
        "right": expression_text(answer.written, answer, LATEX),
        "where": [notation.equals.format(notation.name(each.name), by_name(each.value, notation)) for each in letters],
        "conditions": [each.text(notation) for each in answer.domain.conditions],
        "assumptions": [each.text(notation) for each in answer.domain.assumptions],
    }


def picture(asked: Asked) -> dict[str, Any]:
    """Return the layers as a strip: SVG, and what it shows in words."""
    drawn = Architecture.of_count(asked.given).draw()
    return {"svg": drawn.to("svg")}


def derivation(asked: Asked) -> dict[str, Any]:
    """Return the worked solution of the main quantity as a piece of HTML."""
    return {"html": solution(asked).to("html", fragment=True)}


def solution(asked: Asked) -> Solution:
    """Return the worked solution of the main quantity, at the values of the page."""
    count = asked.given
    return Architecture.of_count(count).derive(asked.main, depth=depth_shown(asked, count))


def comparison(asked: Asked, others: list[str]) -> dict[str, Any]:
    """Return networks beside the first, each at the values of the page: a table as cells of HTML."""
    counts = [(asked.given.text, asked.given), *((text, asked.beside(text)) for text in others)]
    quantity = quantity_named(asked.main)
    shown = compare_table(compared(counts, quantity), "html")
    return {"columns": _columns(shown.columns), "rows": shown.rows}


def _columns(columns: Sequence[Column]) -> list[dict[str, Any]]:
    return [{"heading": each.heading, "numeric": each.numeric} for each in columns]

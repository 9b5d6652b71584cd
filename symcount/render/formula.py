"""The answer of `formula` in a medium: the closed form, its named floors, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symcount.algebra import Divisible, Floorless, Residue
from symcount.answers.code import code
from symcount.answers.forms import Answer
from symcount.arithmetic import by_name
from symcount.arithmetic.notation import LATEX, PYTHON
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.records import replace
from symcount.render.code import DIALECTS, LANGUAGES, code_text
from symcount.render.display import Display, display_text
from symcount.render.exact import exact
from symcount.render.expression import elsewhere_data, elsewhere_text, elsewhere_where, expression_text, python_text
from symcount.render.length import within_length
from symcount.render.media import check_medium, media_for, medium_named
from symcount.render.medium import Medium
from symcount.render.naming import medium_for
from symcount.render.stated import rests_on, rests_on_json

_PLAIN = Display()


def formula_text(answer: Answer, medium: str = "text", display: Display = _PLAIN, dialect: str = DIALECTS[0]) -> str:
    """Return the formula, a letter for each of its floors, and the inputs for which it holds.

    In plain text these stand line by line; media that typeset mathematics display it; languages compute it.
    """
    if medium in media_for("page") and medium != "text":
        return display_text(answer, medium, display)
    if display not in (_PLAIN, Display(command=display.command)):
        message = f"{medium} displays no formula: it has no environment, label, width, digits or document"
        raise ArchitectureError("bad-medium", message, hint="these are for latex, markdown, html and typst")
    if medium in LANGUAGES:
        return code_text(code(answer), medium, dialect)
    check_medium(medium, (*media_for("formula"), *LANGUAGES))
    kind = _on_page(answer, medium_named(medium))
    return "\n".join(within_length(_mathematics(answer, kind) if kind.for_programs else _lines(answer, kind)))


def _mathematics(answer: Answer, kind: Medium) -> Iterator[str]:
    """The formula and what its letters stand for, each by itself and with no words around it."""
    notation = kind.notation
    yield kind.maths(
        notation.equals.format(
            notation.word(answer.question.quantity.name), expression_text(answer.written, answer, notation)
        )
    )
    for letter in answer.written.letters:
        yield kind.maths(notation.equals.format(notation.name(letter.name), by_name(letter.value, notation)))


def _on_page(answer: Answer, kind: Medium) -> Medium:
    return medium_for(answer.count, kind, (letter.name for letter in answer.written.letters))


def formula_json(answer: Answer) -> dict[str, Any]:
    """Return the formula as data: ``python`` holds no letters but the network's own, ``latex`` those of ``where``."""
    count, question = answer.count, answer.question
    without = answer.floorless
    plain = Answer(count, replace(question, form="closed", collect=None)).written
    return {
        "architecture": count.text,
        "symbols": list(answer.symbols),
        "of": question.quantity.name,
        "python": python_text(answer),
        "latex": expression_text(plain, answer, LATEX),
        "where": {letter.name: exact(letter.value) for letter in plain.letters},
        **rests_on_json(answer.domain, count.assumed),
        **elsewhere_data(answer),
        "without_floors": None if without is None else _without_floors(without),
        "convention": count.setting.convention.name,
        "notes": list(count.notes),
        **_choices(count),
    }


def _choices(count: Count) -> dict[str, Any]:
    """The values that the choices of a text are among, where it has any."""
    among = {name: list(values) for name, values in count.program.options.items() if name in count.trace.symbols}
    return {"choices": among} if among else {}


def _without_floors(without: Floorless) -> dict[str, Any]:
    return {"assuming": [each.text(PYTHON) for each in without.assumed], "python": without.form.to_python()}


def _listed(assumed: Sequence[Residue | Divisible], kind: Medium) -> str:
    """What is assumed, in a few words: ``n divisible by 32``."""
    return ", ".join(_said(each, kind) for each in assumed)


def _said(assumed: Residue | Divisible, kind: Medium) -> str:
    notation = kind.notation
    if isinstance(assumed, Divisible):
        dividend, divisor = (kind.maths(by_name(size, notation)) for size in reversed(assumed.sizes()))
        return f"{dividend} divisible by {divisor}"
    if assumed.remainder:
        return kind.maths(assumed.text(notation))
    return f"{kind.maths(notation.name(assumed.symbol))} divisible by {kind.maths(notation.integer(assumed.modulus))}"


def _lines(answer: Answer, kind: Medium) -> Iterator[str]:
    count, question, notation = answer.count, answer.question, kind.notation
    name = question.quantity.name if question.at is None else f"{question.quantity.name} of {question.at}"
    yield f"{kind.escape(name)} = {kind.maths(expression_text(answer.written, answer, notation))}"
    for letter in answer.written.letters:
        value = by_name(letter.value, notation)
        yield "where " + kind.maths(notation.equals.format(notation.name(letter.name), value))
    yield from rests_on(answer.domain, count.assumed, kind)
    for each in answer.elsewhere:
        yield "with " + elsewhere_where(each, answer, kind) + ": " + elsewhere_text(each, kind)
    without = answer.floorless if question.form != "layers" and question.collect is None else None
    if without is not None:
        written = by_name(answer.in_form(without.form.polynomial), notation)
        yield "with " + _listed(without.assumed, kind) + ": " + kind.maths(written)
    yield kind.escape(f"convention: {count.setting.convention.name}")
    for note in count.notes:
        yield kind.escape(f"note: {note}")

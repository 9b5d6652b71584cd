"""The answer of `formula` in a medium: the closed form, its named floors, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symcount.algebra import ClosedForm, collected, factored, python, under, written
from symcount.architecture import Architecture
from symcount.arithmetic import Named, by_name, by_value
from symcount.arithmetic.notation import LATEX, PYTHON, Notation
from symcount.errors import ArchitectureError
from symcount.quantities import quantity_named
from symcount.records import replace
from symcount.render.count import named_values, rests_on
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.question import FORMS, Question

_SHAPE = "output"
"""The one quantity that is no number."""


def formula_text(net: Architecture, question: Question, medium: str = "text") -> str:
    """Return the formula, a letter for each of its floors, and the inputs for which it holds."""
    kind = medium_named(medium)
    if kind.for_programs:
        return _python(net, question)
    return "\n".join(_lines(net, question, kind))


def formula_json(net: Architecture, question: Question) -> dict[str, Any]:
    """Return the formula as data: ``python`` holds no letters but the network's own, ``latex`` those of ``where``."""
    text, letters = _written(net, replace(question, form=FORMS[0], collect=None), LATEX)
    return {
        "architecture": net.text,
        "symbols": list(net.trace.symbols if question.quantity == _SHAPE else _closed(net, question).symbols),
        "of": question.quantity,
        "python": _python(net, question),
        "latex": text,
        "where": {letter.name: by_name(letter.value, PYTHON) for letter in letters},
        "conditions": [each.text(PYTHON) for each in net.formulas.conditions],
        "assumptions": [each.text(PYTHON) for each in (*question.residues, *net.formulas.assumptions)],
        "convention": net.convention.name,
        "notes": list(net.notes),
    }


def _python(net: Architecture, question: Question) -> str:
    """The formula in Python's syntax, self-contained; a shape as a tuple."""
    if question.quantity != _SHAPE:
        return python(_closed(net, question).polynomial)
    sizes = [python(each) for each in (net if question.at is None else net.layer(question.at)).output]
    return f"({', '.join(sizes)}{',' * (len(sizes) == 1)})"


def _lines(net: Architecture, question: Question, kind: Medium) -> Iterator[str]:
    notation = kind.notation
    name = question.quantity if question.at is None else f"{question.quantity} of {question.at}"
    text, letters = _written(net, question, notation)
    yield f"{kind.escape(name)} = {kind.maths(text)}"
    for letter in letters:
        value = by_name(letter.value, notation)
        yield "where " + kind.maths(notation.equals.format(notation.name(letter.name), value))
    yield from rests_on(net, kind)
    for residue in question.residues:
        yield "assuming " + kind.maths(residue.text(notation))
    yield kind.escape(f"convention: {net.convention.name}")
    for note in net.notes:
        yield kind.escape(f"note: {note}")


def _closed(net: Architecture, question: Question) -> ClosedForm:
    for residue in question.residues:
        if residue.symbol not in net.trace.symbols:
            known = ", ".join(net.trace.symbols)
            message = f"the network has no open symbol {residue.symbol!r} of which to assume anything"
            raise ArchitectureError("unknown-symbol", message, hint=f"its symbols are: {known}" if known else None)
    return under(net.formula(question.quantity, question.at).form, question.residues)


def _written(net: Architecture, question: Question, notation: Notation) -> tuple[str, Sequence[Named]]:
    """The formula in the form that is asked for, and the letters that it uses."""
    if question.quantity == _SHAPE:
        return _output(net, question, notation)
    if question.form == "layers":
        return _by_layers(net, question, notation)
    closed = _closed(net, question)
    if question.collect is not None:
        _check_symbol(question.collect, closed)
        return by_name(written(collected(closed, question.collect)), notation), ()
    match question.form:
        case "factored":
            return by_name(written(factored(closed)), notation), ()
        case "expanded":
            size, letters = ClosedForm(closed.polynomial.unfolded()).named()
        case _:
            size, letters = closed.named()
    return by_name(size, notation), letters


def _output(net: Architecture, question: Question, notation: Notation) -> tuple[str, Sequence[Named]]:
    """The shape that leaves, and the sizes that it names."""
    shape = net.shown(net.trace.output if question.at is None else net.layer(question.at).part.output)
    named = dict.fromkeys(size for size in shape.sizes if isinstance(size, Named))
    letters = [Named(size.name, net.formulas.closed(size)) for size in named]
    return notation.by.join(by_name(size, notation) for size in shape.sizes), letters


def _by_layers(net: Architecture, question: Question, notation: Notation) -> tuple[str, Sequence[Named]]:
    """One term for each layer that has any, as its rule is written, and the sizes that these name."""
    quantity = quantity_named(question.quantity)
    rows = net.layers if question.at is None else (net.layer(question.at),)
    added = rows if quantity.adds_up else rows[-1:]
    rules = [rule for row in added if (rule := quantity.written(row.part, net.convention)) != 0]
    terms = [by_value(rule, notation) for rule in rules]
    sizes = dict.fromkeys(named_values(rules))
    letters = [Named(size.name, written(net.formulas.expression((size,)))) for size in sizes]
    return notation.plus.join(terms) or "0", letters


def _check_symbol(name: str, closed: ClosedForm) -> None:
    if name not in closed.symbols:
        known = ", ".join(closed.symbols) or "none"
        raise ArchitectureError(
            "unknown-symbol", f"the formula has no symbol {name!r}", hint=f"its symbols are: {known}"
        )

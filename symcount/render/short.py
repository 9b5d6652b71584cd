"""The short form of a derivation: one line for each layer, as people answer a question."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import by_name, by_value
from symcount.arithmetic.notation import UNICODE, Notation
from symcount.derivation import Derivation, Equation, Worked
from symcount.render.equations import joined
from symcount.render.medium import Medium
from symcount.render.naming import notation_for
from symcount.render.table import Column, Table
from symcount.render.words import Words

_WIDEST = 34
"""A calculation of a size that is wider is left to the full form."""

_LAYER, _AMOUNT = 1, 5
"""The places of the column of layers, and of that of numbers."""


def short_table(derivation: Derivation, kind: Medium, words: Words) -> Table:
    """Return the table of a derivation: layer, size, output, calculation, amount.

    Where axes differ the second size has a line of its own. A column that would be empty is left out.
    """
    amount = () if derivation.quantity is None else (words.calculation, words.noun)
    headings = ("", words.layer, _sizes(derivation, words), words.output, *amount)
    plain = notation_for(derivation.general, UNICODE)
    rows = [row for layer in derivation.every for row in _rows(layer, kind, plain, len(amount))]
    if derivation.whole:
        # an input that has something of the quantity is a layer already
        inputs = () if any(layer.index == 0 for layer in derivation.layers) else derivation.general.inputs
        rows[:0] = (("I", kind.escape(text), "", kind.shape(x.sizes), *("",) * len(amount)) for text, x in inputs)
    used = [place for place, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    columns = tuple(Column(headings[at], at == _AMOUNT, code=at == _LAYER) for at in used)
    total = _total(derivation, kind, len(headings), words.sum)
    shown = tuple(tuple(row[place] for place in used) for row in rows)
    return Table(columns, shown, None if total is None else tuple(total[place] for place in used))


def _sizes(derivation: Derivation, words: Words) -> str:
    """What is worked out beside the amount: sizes, or the jump on the way to a field."""
    return words.jump if any(step.what == "jump" for each in derivation.every for step in each.sizes) else words.size


def _total(derivation: Derivation, kind: Medium, columns: int, word: str) -> tuple[str, ...] | None:
    if derivation.total is None or not derivation.whole:
        return None
    amount = kind.maths(by_name(derivation.total, kind.notation))
    return ("", kind.escape(word), *("",) * (columns - 3), amount)


def _rows(layer: Worked, kind: Medium, plain: Notation, columns: int) -> Iterator[tuple[str, ...]]:
    steps = (step for step in layer.sizes if step.what != "flattening" or step.name is not None)
    size, *more = [kind.maths(_brief(step, kind.notation, plain)) for step in steps] or [""]
    amount = ("",) * columns if layer.amount is None else _amount(layer.amount, kind, plain)
    depth = str(layer.index).count(".")
    yield (
        kind.indent * depth + kind.escape(layer.name),
        kind.escape(layer.noun if layer.inside else layer.text),
        size,
        kind.shape(layer.output),
        *amount,
    )
    for another in more:
        yield ("", "", another, "", *("",) * len(amount))


def _amount(step: Equation, kind: Medium, plain: Notation) -> tuple[str, str]:
    """The rule by value and what it comes to; what stays open is shown once, in the shorter way."""
    result = by_name(step.result, kind.notation)
    fits = len(by_value(step.rule, plain)) <= 2 * _WIDEST
    shown = by_value(step.rule, kind.notation) if fits else ""
    if not isinstance(step.result, int):
        return "", kind.maths(shown or result)
    return kind.maths("" if shown == result else shown), kind.maths(result)


def _brief(step: Equation, signs: Notation, plain: Notation) -> str:
    """The rule by value and what it comes to; where that has a name, what is shorter."""
    rule, result = by_value(step.rule, signs), by_name(step.result, signs)
    wide = len(by_value(step.rule, plain)) > _WIDEST
    if step.name is None:
        return "" if wide else joined(dict.fromkeys((rule, result)), signs)
    brief = min((rule, result), key=len)
    return joined((signs.name(step.name.name), brief), signs)

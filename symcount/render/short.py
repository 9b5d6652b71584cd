"""The short form of a derivation: one line for each layer, as people answer a question."""

from __future__ import annotations

from symcount.arithmetic import by_name, by_value
from symcount.arithmetic.notation import Notation
from symcount.derivation import Derivation, Equation, Worked
from symcount.render.equations import joined
from symcount.render.medium import Medium
from symcount.render.table import Column, Table


def short_table(derivation: Derivation, kind: Medium) -> Table:
    """Return the table of a derivation: layer, size, calculation, amount; the total last."""
    amount = () if derivation.quantity is None else ("calculation", derivation.quantity.words)
    headings = ("", "layer", "size", "output", *amount)
    first = derivation.general.trace.input.sizes
    rows = tuple(_row(layer, kind) for layer in derivation.layers)
    if derivation.whole:
        text = derivation.general.input_text
        rows = (("I", kind.escape(text), "", kind.shape(first), *("",) * len(amount)), *rows)
    used = [place for place, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    columns = tuple(Column(headings[place], numeric=place == _AMOUNT) for place in used)
    return Table(columns, tuple(tuple(row[place] for place in used) for row in rows))


_AMOUNT = 5
"""The place of the column of numbers."""


def _row(layer: Worked, kind: Medium) -> tuple[str, ...]:
    signs = kind.notation
    sizes = dict.fromkeys(kind.maths(_brief(each, signs)) for each in layer.sizes if each.what != "flattening")
    cells = (kind.escape(layer.name), kind.escape(layer.text), kind.escape(", ").join(sizes), kind.shape(layer.output))
    if layer.amount is None:
        return cells
    shown = kind.maths(by_value(layer.amount.rule, signs))
    if not isinstance(layer.amount.result, int):
        return (*cells, "", shown)
    result = kind.maths(by_name(layer.amount.result, signs))
    return (*cells, "" if shown == result else shown, result)


def _brief(step: Equation, signs: Notation) -> str:
    """The rule by value and what it comes to; where that has a name, what is shorter."""
    rule, result = by_value(step.rule, signs), by_name(step.result, signs)
    if step.name is None:
        return joined(dict.fromkeys((rule, result)), signs)
    brief = min((rule, result), key=len)
    return joined((signs.name(step.name.name), brief), signs)

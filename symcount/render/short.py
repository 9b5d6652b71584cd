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
    columns = tuple(
        Column(each, numeric=place == 5) for place, each in enumerate(("", "layer", "size", "output", *amount))
    )
    first = derivation.general.trace.input.sizes
    rows = tuple(_row(layer, kind) for layer in derivation.layers)
    if derivation.whole:
        text = derivation.general.input_text
        rows = (("I", kind.escape(text), "", kind.shape(first), *("",) * len(amount)), *rows)
    return Table(columns, rows)


def _row(layer: Worked, kind: Medium) -> tuple[str, ...]:
    signs = kind.notation
    sizes = dict.fromkeys(kind.maths(_brief(each, signs)) for each in layer.sizes if each.what != "flattening")
    cells = (kind.escape(layer.name), kind.escape(layer.text), kind.escape(", ").join(sizes), kind.shape(layer.output))
    if layer.amount is None:
        return cells
    result, shown = by_name(layer.amount.result, signs), by_value(layer.amount.rule, signs)
    return (*cells, "" if shown == result else kind.maths(shown), kind.maths(result))


def _brief(step: Equation, signs: Notation) -> str:
    """The rule by value and what it comes to; the name of the result first, where it has one."""
    chain = [by_value(step.rule, signs), by_name(step.result, signs)]
    if step.name is not None:
        chain.insert(0, signs.name(step.name.name))
    return joined(dict.fromkeys(chain), signs)

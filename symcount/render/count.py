"""The answer of `count` in a medium: a row for each layer, its rule, and the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from symcount.architecture import Architecture, CountedLayer, Sizes
from symcount.arithmetic import Named, Size, by_name, names
from symcount.arithmetic.notation import PYTHON
from symcount.layers import Shape
from symcount.records import record
from symcount.render.medium import MEDIA, Medium, written
from symcount.render.table import Column, Table

_TOTALS = ("params", "trainable", "frozen", "statistics", "non-trainable")


@record
class View:
    """What of a network is shown: further quantities, letters renamed, channels last, one layer alone."""

    quantities: Sequence[str] = ()
    letters: Mapping[str, str] = MappingProxyType({})
    channels_last: bool = False
    at: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The quantities that are a column of numbers: params first."""
        return tuple(dict.fromkeys(("params", *(name for name in self.quantities if name != "output"))))

    def layers(self, net: Architecture) -> tuple[CountedLayer, ...]:
        """The layers that are shown."""
        return net.layers if self.at is None else (net.layer(self.at),)

    def sizes(self, shape: Shape) -> tuple[Size, ...]:
        """The sizes of a shape in the order that is asked for."""
        return (*shape.axes, shape.channels) if self.channels_last else shape.sizes


def count_table(net: Architecture, view: View, medium: str = "text") -> Table:
    """Return the table of a network: the input, every layer, and what they add up to."""
    kind = MEDIA[medium]
    columns = (
        *(
            Column("#", numeric=True),
            Column("name"),
            Column("layer"),
            Column("output"),
            Column("rule"),
            Column("values"),
        ),
        *(Column(name, numeric=True) for name in view.numbers),
    )
    rows = tuple(_row(layer, view, kind) for layer in view.layers(net))
    if view.at is not None:
        return Table(columns, rows)
    blank = ("",) * len(view.numbers)
    first = ("0", "I", kind.escape(net.input_text), kind.shape(view.sizes(net.trace.input)), "", "", *blank)
    totals = (kind.number(net.of(name)) for name in view.numbers)
    total = ("", "", "total", kind.shape(view.sizes(net.trace.output)), "", "", *totals)
    return Table(columns, (first, *rows), total)


def _row(layer: CountedLayer, view: View, kind: Medium) -> tuple[str, ...]:
    counted = layer.params != 0
    return (
        str(layer.index),
        layer.name if layer.label is None else f"{layer.name} @{kind.escape(layer.label)}",
        kind.escape(layer.text),
        kind.shape(view.sizes(layer.step.output)),
        kind.maths(layer.written_rule(view.letters, kind.notation)) if counted else "",
        kind.maths(layer.written_values(kind.notation)) if counted else "",
        *(kind.number(layer.of(name)) for name in view.numbers),
    )


def count_lines(net: Architecture, view: View, medium: str = "text") -> Iterator[str]:
    """Yield what stands under the table: what is trainable, sizes by name, conditions, convention, notes."""
    kind = MEDIA[medium]
    yield ""
    if view.at is None:
        yield ", ".join(f"{name} {kind.number(net.of(name))}" for name in ("trainable", "frozen", "statistics"))
    if net.trace.symbols:
        yield from _open_lines(net, kind)
    yield kind.escape(f"convention: {net.convention.name} ({net.convention.summary})")
    for note in (net if view.at is None else net.layer(view.at)).notes:
        yield kind.escape(f"note: {note}")


def _open_lines(net: Architecture, kind: Medium) -> Iterator[str]:
    """What open symbols bring with them: the sizes that the table names, and for which inputs it holds."""
    outputs = (size for step in net.trace.steps for size in step.output.sizes if isinstance(size, Named))
    inside = named_values(layer.rule_of("params") for layer in net.layers)
    for named in dict.fromkeys((*outputs, *inside)):
        value = by_name(written(net.formulas.expression((named,))), kind.notation)
        yield kind.maths(kind.notation.equals.format(kind.notation.name(named.name), value))
    yield from rests_on(net, kind)


def named_values(rules: Iterable[Size]) -> Iterator[Named]:
    """Yield the sizes that rules, written with their values, show under a name."""
    for rule in rules:
        for letter in names(rule):
            yield from names(letter.value)


def rests_on(net: Architecture, kind: Medium) -> Iterator[str]:
    """Yield for which inputs a network exists, and what is assumed of its symbols."""
    notation = kind.notation
    conditions = [kind.maths(each.text(notation)) for each in net.formulas.conditions]
    if conditions:
        yield "for " + ", ".join(conditions)
    for assumption in net.formulas.assumptions:
        yield "assuming " + kind.maths(assumption.text(notation))


def count_json(net: Architecture, view: View) -> dict[str, Any]:
    """Return the answer as data: numbers are ints, and symbolic values strings in Python's syntax."""
    asked = (*_TOTALS, *view.numbers) if view.at is None else ("params", "trainable", *view.numbers)
    of_all = net if view.at is None else net.layer(view.at)
    answer: dict[str, Any] = {
        "architecture": net.text,
        "bindings": {name: _plain(value) for name, value in net.bindings.items()},
        "symbols": list(net.trace.symbols),
        "convention": net.convention.name,
        "input": _numbers(net.shape(net.trace.input), view),
        "layers": [_layer_json(layer, view) for layer in view.layers(net)],
        "total": {name.replace("-", "_"): number(of_all.of(name)) for name in asked},
        "output": _numbers(of_all.output, view),
        "notes": list(of_all.notes),
    }
    if net.trace.symbols:
        answer["conditions"] = [each.text(PYTHON) for each in net.formulas.conditions]
        answer["assumptions"] = [each.text(PYTHON) for each in net.formulas.assumptions]
    return answer


def _layer_json(layer: CountedLayer, view: View) -> dict[str, Any]:
    names = dict.fromkeys(("params", "trainable", *view.numbers))
    return {
        "index": layer.index,
        "name": layer.name,
        "kind": layer.kind,
        "text": layer.text,
        "output": _numbers(layer.output, view),
        **{name.replace("-", "_"): number(layer.of(name)) for name in names},
        "rule": layer.written_rule(view.letters),
        **({"label": layer.label} if layer.label else {}),
    }


def number(value: Any) -> int | str:
    """Return an int as it is, and a sympy expression in Python's syntax."""
    if isinstance(value, int):
        return value
    from symcount.algebra import python

    return python(value)


def _numbers(sizes: Sizes, view: View) -> list[int | str]:
    channels, *axes = sizes
    return [number(size) for size in ((*axes, channels) if view.channels_last else sizes)]


def _plain(value: int | str) -> int | str:
    return int(value) if isinstance(value, int) or value.isdecimal() else value

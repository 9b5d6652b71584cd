"""The answer of `count` in a medium: a row for each layer, its rule, and the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from symcount.architecture import Architecture, LayerRow, Row, Sizes
from symcount.arithmetic import Named, Size, by_name, names
from symcount.arithmetic.notation import PYTHON
from symcount.layers import Shape
from symcount.quantities import quantity_named
from symcount.records import record
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table

_TOTALS = ("params", "trainable", "frozen", "statistics", "non-trainable")


@record
class View:
    """What of a network is shown: further quantities, letters renamed, channels last, one layer alone, how deep."""

    quantities: Sequence[str] = ()
    letters: Mapping[str, str] = MappingProxyType({})
    channels_last: bool = False
    at: str | None = None
    depth: int | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The quantities that are a column of numbers: params first."""
        return tuple(dict.fromkeys(("params", *(name for name in self.quantities if name != "output"))))

    def rows(self, net: Architecture) -> Iterator[tuple[Row, int]]:
        """The rows that are shown, each with its depth."""
        layers = net.layers if self.at is None else (net.layer(self.at),)
        pending = [(row, 0) for row in reversed(layers)]
        while pending:
            row, depth = pending.pop()
            yield row, depth
            if self.depth is None or depth < self.depth:
                pending.extend((inner, depth + 1) for inner in reversed(row.layers))

    def sizes(self, shape: Shape) -> tuple[Size, ...]:
        """The sizes of a shape in the order that is asked for."""
        return (*shape.axes, shape.channels) if self.channels_last else shape.sizes


def count_table(net: Architecture, view: View, medium: str = "text") -> Table:
    """Return the table of a network: the input, every layer, and what they add up to."""
    kind = medium_named(medium)
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
    rows = tuple(_row(row, depth, view, kind) for row, depth in view.rows(net))
    if view.at is not None:
        return Table(columns, rows)
    blank = ("",) * len(view.numbers)
    entries = (
        ("0", "I", kind.escape(text_of), kind.shape(view.sizes(shape)), "", "", *blank) for text_of, shape in net.inputs
    )
    totals = (_total(net, name, kind) for name in view.numbers)
    total = ("", "", "total", kind.shape(view.sizes(net.shown(net.trace.output))), "", "", *totals)
    return Table(columns, (*entries, *rows), total)


def _total(net: Architecture, quantity: str, kind: Medium) -> str:
    return kind.size(net.written(net.total(quantity_named(quantity))))


def count_text(net: Architecture, medium: str, view: View | None = None) -> str:
    """Return the table and what stands under it; for programs the table alone."""
    view = view or View()
    kind = medium_named(medium)
    table = kind.table(count_table(net, view, medium))
    if kind.for_programs:
        return table
    return f"{table}\n\n{kind.between.join(count_lines(net, view, medium))}"


def _row(row: Row, depth: int, view: View, kind: Medium) -> tuple[str, ...]:
    has_rule = isinstance(row, LayerRow) and row.params != 0
    times = "" if row.part.times == 1 else f" {kind.times(row.part.times)}"
    label = "" if row.label is None else f" @{kind.escape(row.label)}"
    return (
        str(row.index),
        kind.indent * depth + kind.escape(row.name) + times + label,
        kind.escape(_shortened(row.text)),
        kind.shape(view.sizes(row.architecture.shown(row.part.output))),
        kind.maths(row.written_rule(view.letters, kind.notation)) if has_rule else "",
        kind.maths(row.written_values(kind.notation)) if has_rule else "",
        *(kind.size(row.written(name)) for name in view.numbers),
    )


def _shortened(text: str) -> str:
    """The text of a row, its middle left out where it is long: the layers inside have rows of their own."""
    return text if len(text) <= _WIDEST_TEXT else f"{text[: _WIDEST_TEXT - 9]}…{text[-8:]}"


_WIDEST_TEXT = 36


def count_lines(net: Architecture, view: View, medium: str = "text") -> Iterator[str]:
    """Yield what stands under the table: what is trainable, sizes by name, conditions, convention, notes."""
    kind = medium_named(medium)
    if view.at is None:
        yield ", ".join(f"{name} {_total(net, name, kind)}" for name in ("trainable", "frozen", "statistics"))
    if net.trace.symbols:
        yield from _open_lines(net, view, kind)
    yield kind.escape(f"convention: {net.convention.name} ({net.convention.summary})")
    for note in (net if view.at is None else net.layer(view.at)).notes:
        yield kind.escape(f"note: {note}")


def _open_lines(net: Architecture, view: View, kind: Medium) -> Iterator[str]:
    """What open symbols bring with them: the sizes that the table names, and for which inputs it holds."""
    rows = [row for row, _ in view.rows(net)]
    shapes = (net.shown(shape) for row in rows for shape in (row.part.input, row.part.output))
    outputs = (size for shape in shapes for size in shape.sizes if isinstance(size, Named))
    inside = named_values(row.shown_rule("params") for row in rows if isinstance(row, LayerRow))
    for named in dict.fromkeys((*outputs, *inside)):
        value = by_name(net.formulas.closed(named), kind.notation)
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
        "layers": [_row_json(row, view) for row in (net.layers if view.at is None else (net.layer(view.at),))],
        "total": {name.replace("-", "_"): number(of_all.of(name)) for name in asked},
        "output": _numbers(of_all.output, view),
        "notes": list(of_all.notes),
    }
    if net.trace.symbols:
        answer["conditions"] = [each.text(PYTHON) for each in net.formulas.conditions]
        answer["assumptions"] = [each.text(PYTHON) for each in net.formulas.assumptions]
    return answer


def _row_json(row: Row, view: View) -> dict[str, Any]:
    names = dict.fromkeys(("params", "trainable", *view.numbers))
    data: dict[str, Any] = {
        "index": row.index,
        "name": row.name,
        "kind": row.kind,
        "text": row.text,
        "output": _numbers(row.output, view),
        **{name.replace("-", "_"): number(row.of(name)) for name in names},
    }
    if row.label is not None:
        data["label"] = row.label
    if isinstance(row, LayerRow):
        data["rule"] = row.written_rule(view.letters)
    else:
        data["times"] = number(row.times)
        data["layers"] = [_row_json(inner, view) for inner in row.layers]
    return data


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

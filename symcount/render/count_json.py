"""The answer of `count` as data: numbers are ints, and symbolic values strings in Python's syntax."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from symcount.arithmetic import Size, Symbol
from symcount.counts import Count, LayerRow, Numbers, Row
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.quantities import Quantity
from symcount.render.stated import rests_on_json
from symcount.render.view import PARAMS, TRAINABLE, View


def count_json(count: Count, view: View) -> dict[str, Any]:
    """Return the answer as data: numbers are ints, and symbolic values strings in Python's syntax."""
    asked = view.totals if view.at is None else (PARAMS, TRAINABLE, *view.numbers)
    of_all = count if view.at is None else count.row(view.at)
    letters = view.lettered(count)
    answer: dict[str, Any] = {
        "architecture": count.text,
        "bindings": {name: _json_binding(value) for name, value in count.bindings.items()},
        "symbols": list(count.trace.symbols),
        "convention": count.setting.convention.name,
        "input": _sizes(count.trace.input, count.numbers, view),
        "layers": [row_json(row, view, letters) for row in view.chosen(count)],
        "total": {quantity.key: _value(of_all, quantity, count.numbers) for quantity in asked},
        "output": _sizes(of_all.trace.output if isinstance(of_all, Count) else of_all.part.output, count.numbers, view),
        "notes": list(of_all.notes),
    }
    if count.is_open:
        answer |= rests_on_json(count.domain(*view.numbers), count.assumed)
    if count.program.choices and view.at is None:
        from symcount.render.space import space_json

        answer |= space_json(count, view.numbers)
    return answer


def row_json(
    row: Row,
    view: View,
    letters: Mapping[str, str] = MappingProxyType({}),
    depth: int = 0,
    known: Callable[[Row], str | None] = lambda row: None,
) -> dict[str, Any] | str:
    """Return a row as data, with the rows inside it as deep as they are shown; what is ``known`` of one, as it is."""
    if (written := known(row)) is not None:
        return written
    quantities = dict.fromkeys((PARAMS, TRAINABLE, *view.numbers))
    data: dict[str, Any] = {
        "index": row.index,
        "name": row.name,
        "kind": row.kind,
        "text": row.text,
        "output": _sizes(row.part.output, row.numbers, view),
        **{quantity.key: _value(row, quantity, row.numbers) for quantity in quantities},
    }
    if row.label is not None:
        data["label"] = row.label
    if isinstance(row, LayerRow):
        data["rule"] = row.rule_by_name(letters)
    else:
        data["times"] = _number(row.numbers, row.part.times)
        if view.depth is None or depth < view.depth:
            data["layers"] = [row_json(inner, view, letters, depth + 1, known) for inner in row.layers]
    return data


def _value(of: Count | Row, quantity: Quantity, numbers: Numbers) -> Any:
    """A quantity as JSON has it: a number, one for each axis, or null where it cannot be said."""
    try:
        values = of.parts(quantity) if isinstance(of, Count) else (of.value(quantity),)
    except ArchitectureError as error:
        if error.code != "no-quantity" or quantity.required is not None:
            raise
        return None
    for each in values:
        if not isinstance(each, Size):
            return [_number(numbers, size) for size in each.sizes]
    return _number(numbers, *(each for each in values if isinstance(each, Size)))


def _number(numbers: Numbers, *sizes: Size) -> int | str:
    """The sum of sizes as JSON has it: an int, or Python's syntax."""
    if len(sizes) == 1 and isinstance(sizes[0], Symbol):
        return sizes[0].name
    return number(numbers.number(*sizes))


def number(value: Any) -> int | str:
    """Return an int as it is, and a sympy expression in Python's syntax."""
    if isinstance(value, int):
        return value
    from symcount.algebra import to_python

    return to_python(value)


def _sizes(shape: Shape, numbers: Numbers, view: View) -> list[int | str]:
    return [_number(numbers, size) for size in view.sizes(shape)]


def _json_binding(value: int | str) -> int | str:
    return int(value) if isinstance(value, int) or value.isdecimal() else value

"""The answer of `count` in a medium: a row for each layer, its rule, and the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from symcount.arithmetic import Named, Size, Symbol, by_name, names_of_values
from symcount.arithmetic.notation import PYTHON
from symcount.counts import Count, LayerRow, Numbers, Row
from symcount.errors import ArchitectureError
from symcount.layers import Shape, letters_in, renamed
from symcount.quantities import QUANTITIES, Quantity, quantity_named
from symcount.records import record
from symcount.render.compare import decimal
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.naming import medium_for
from symcount.render.page import characters
from symcount.render.table import Column, Table

if TYPE_CHECKING:
    from symcount.counts.assumed import Assumed
    from symcount.counts.assumptions import Stated
    from symcount.counts.domain import Domain
    from symcount.counts.plainness import Everywhere

_PARAMS, _TRAINABLE = QUANTITIES["params"], QUANTITIES["trainable"]
_TOTALS = (_PARAMS, *(QUANTITIES[name] for name in ("trainable", "frozen", "statistics", "non-trainable")))
_MACS, _MEMORY = QUANTITIES["macs"], QUANTITIES["memory"]
_BELOW = (_TRAINABLE, QUANTITIES["frozen"], QUANTITIES["statistics"])
"""What stands under a table."""


@record
class View:
    """What of a network is shown: further quantities, letters renamed, channels last, one layer alone, how deep.

    ``width`` is how wide a table may be, as in ``3.3in``; ``digits`` how digits are parted, where not in the
    medium's own way.
    """

    quantities: Sequence[str] = ()
    letters: Mapping[str, str] = MappingProxyType({})
    channels_last: bool = False
    at: str | None = None
    depth: int | None = None
    width: str = ""
    digits: str | None = None

    def medium(self, count: Count, name: str) -> Medium:
        """Return the medium of this name for a network, its digits parted as they are asked for."""
        return medium_for(count, medium_named(name).parted(self.digits))

    @property
    def room(self) -> int | None:
        """How many characters wide the table may be, where that is said."""
        return characters(self.width) if self.width else None

    def lettered(self, count: Count) -> Mapping[str, str]:
        """The letters of the rules that are shown, renamed so that each still stands for one thing."""
        if not self.letters:
            return self.letters
        rules = (row.lettered_rule for row, _ in self.rows(count) if isinstance(row, LayerRow))
        return renamed(self.letters, letters_in(rules))

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """The quantities that are a column of numbers: params first."""
        asked = map(quantity_named, self.quantities)
        return tuple(dict.fromkeys((_PARAMS, *(quantity for quantity in asked if not quantity.is_shape))))

    @property
    def totals(self) -> tuple[Quantity, ...]:
        """The quantities of the whole network that data holds."""
        return tuple(dict.fromkeys((*_TOTALS, *self.numbers)))

    def chosen(self, count: Count) -> tuple[Row, ...]:
        """Return the rows that are shown, without those inside them."""
        return count.rows if self.at is None else (count.row(self.at),)

    def rows(self, count: Count) -> Iterator[tuple[Row, int]]:
        """Yield the rows that are shown, each with its depth."""
        pending = [(row, 0) for row in reversed(self.chosen(count))]
        while pending:
            row, depth = pending.pop()
            yield row, depth
            if self.depth is None or depth < self.depth:
                pending.extend((inner, depth + 1) for inner in reversed(row.layers))

    def sizes(self, shape: Shape) -> tuple[Size, ...]:
        """The sizes of a shape in the order that is asked for."""
        return (*shape.axes, shape.channels) if self.channels_last else shape.sizes


def count_table(count: Count, view: View, medium: str = "text") -> Table:
    """Return the table of a network: the input, every layer, and what they add up to."""
    kind = view.medium(count, medium)
    columns = (
        *(
            Column("#", numeric=True),
            Column("name"),
            Column("layer", code=True),
            Column("output"),
            Column("rule", leaves=1),
            Column("values", leaves=2),
        ),
        *(Column(quantity.name, numeric=True) for quantity in view.numbers),
    )
    letters = view.lettered(count)
    rows = tuple(_table_row(row, depth, view, letters, kind) for row, depth in view.rows(count))
    if view.at is not None:
        return Table(columns, rows, room=view.room)
    blank = ("",) * len(view.numbers)
    entries = (
        ("0", "I", kind.escape(text_of), kind.shape(view.sizes(shape)), "", "", *blank)
        for text_of, shape in count.inputs
    )
    totals = (_cell(count.terms(quantity), kind) for quantity in view.numbers)
    total = ("", "", "total", kind.shape(view.sizes(count.numbers.shown(count.trace.output))), "", "", *totals)
    return Table(columns, (*entries, *rows), total, view.room)


def count_text(count: Count, medium: str, view: View | None = None) -> str:
    """Return the table and what stands under it; for programs the table alone."""
    view = view or View()
    kind = view.medium(count, medium)
    table = kind.table(count_table(count, view, medium))
    if kind.for_programs:
        return table
    return f"{table}\n\n{kind.between.join(count_lines(count, view, medium))}"


def _table_row(row: Row, depth: int, view: View, letters: Mapping[str, str], kind: Medium) -> tuple[str, ...]:
    has_rule = isinstance(row, LayerRow) and row.params != 0
    times = "" if row.part.times == 1 else f" {kind.times(row.part.times)}"
    label = "" if row.label is None else kind.escape(f" @{row.label}")
    return (
        str(row.index),
        kind.indent * depth + kind.escape(row.name) + times + label,
        kind.escape(row.text if isinstance(row, LayerRow) else _shortened(row.text)),
        kind.shape(view.sizes(row.numbers.shown(row.part.output))),
        kind.maths(row.rule_by_name(letters, kind.notation)) if has_rule else "",
        kind.maths(row.rule_by_value(kind.notation)) if has_rule else "",
        *(_cell(row.terms(quantity), kind) for quantity in view.numbers),
    )


def _cell(sizes: tuple[Size, ...], kind: Medium) -> str:
    """A number, or one for each axis; nothing where it cannot be said."""
    if len(sizes) == 1:
        return kind.size(sizes[0])
    return kind.maths(kind.notation.by.join(by_name(size, kind.notation) for size in sizes))


def _shortened(text: str) -> str:
    """The text of a row, its middle left out where it is long: the layers inside have rows of their own."""
    return text if len(text) <= _WIDEST_TEXT else f"{text[: _WIDEST_TEXT - 9]}…{text[-8:]}"


_WIDEST_TEXT = 36


def count_lines(count: Count, view: View, medium: str = "text") -> Iterator[str]:
    """Yield what stands under the table: what is trainable, sizes by name, conditions, convention, notes."""
    kind, convention = view.medium(count, medium), count.setting.convention
    if view.at is None:
        yield ", ".join(f"{quantity.name} {kind.size(count.term(quantity))}" for quantity in _BELOW)
        if not count.is_open:
            yield _costs(count, kind)
    if count.is_open:
        yield from _open_lines(count, view, kind)
    yield kind.escape(f"convention: {convention.name} ({convention.summary})")
    for note in (count if view.at is None else count.row(view.at)).notes:
        yield kind.escape(f"note: {note}")


def _costs(count: Count, kind: Medium) -> str:
    """What a pass and the memory cost: multiply-accumulates, and bytes in units of ten and of two."""
    held = count.term(_MEMORY)
    of = ", ".join(count.setting.memory.parts)
    memory = kind.escape(f"memory of {of} ") + kind.size(held) + kind.escape(f" bytes{_units(held)}")
    return memory if count.setting.per else kind.escape("macs ") + kind.size(count.term(_MACS)) + ", " + memory


def _units(held: Size) -> str:
    """The same bytes in MB and MiB, where they are a number."""
    if not isinstance(held, int):
        return ""
    return f" ({decimal(Fraction(held, 10**6))} MB, {decimal(Fraction(held, 2**20))} MiB)"


def _open_lines(count: Count, view: View, kind: Medium) -> Iterator[str]:
    """What open symbols bring with them: the sizes that the table names, and for which inputs it holds."""
    rows = [row for row, _ in view.rows(count)]
    shapes = (count.numbers.shown(shape) for row in rows for shape in (row.part.input, row.part.output))
    outputs = (size for shape in shapes for size in shape.sizes if isinstance(size, Named))
    inside = names_of_values(row.shown_rule() for row in rows if isinstance(row, LayerRow))
    for named in dict.fromkeys((*outputs, *inside)):
        value = by_name(count.numbers.closed.closed(named), kind.notation)
        yield kind.maths(kind.notation.equals.format(kind.notation.name(named.name), value))
    yield from rests_on(count.domain(*view.numbers), count.assumed, kind)


def rests_on(domain: Domain | Everywhere | Stated, assumed: Sequence[Assumed], kind: Medium) -> Iterator[str]:
    """Yield for which inputs a network exists, and what is assumed of its symbols: by itself, and by who asks."""
    notation = kind.notation
    conditions = [kind.maths(each.text(notation)) for each in domain.conditions]
    if conditions:
        yield "for " + ", ".join(conditions)
    for assumption in (*domain.assumptions, *assumed):
        yield "assuming " + kind.maths(assumption.text(notation))


def count_json(count: Count, view: View) -> dict[str, Any]:
    """Return the answer as data: numbers are ints, and symbolic values strings in Python's syntax."""
    asked = view.totals if view.at is None else (_PARAMS, _TRAINABLE, *view.numbers)
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
        domain = count.domain(*view.numbers)
        answer["conditions"] = [each.text(PYTHON) for each in domain.conditions]
        answer["assumptions"] = [each.text(PYTHON) for each in (*count.assumed, *domain.assumptions)]
    return answer


def row_json(row: Row, view: View, letters: Mapping[str, str] = MappingProxyType({}), depth: int = 0) -> dict[str, Any]:
    """Return a row as data, with the rows inside it as deep as they are shown."""
    quantities = dict.fromkeys((_PARAMS, _TRAINABLE, *view.numbers))
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
            data["layers"] = [row_json(inner, view, letters, depth + 1) for inner in row.layers]
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

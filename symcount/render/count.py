"""The answer of `count` in a medium: a row for each layer, its rule, and the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symcount.arithmetic import Named, Size, by_name, names_of_values
from symcount.counts import Count, LayerRow, Row
from symcount.quantities import QUANTITIES
from symcount.render.decimals import decimal
from symcount.render.length import within_length
from symcount.render.medium import Medium
from symcount.render.stated import rests_on
from symcount.render.table import Column, Table
from symcount.render.view import TRAINABLE, View

_MACS, _MEMORY = QUANTITIES["macs"], QUANTITIES["memory"]
_BELOW = (TRAINABLE, QUANTITIES["frozen"], QUANTITIES["statistics"])
"""What stands under a table."""


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
    written = (_table_row(row, depth, view, letters, kind) for row, depth in view.rows(count))
    rows = tuple(within_length(written, lambda row: sum(map(len, row))))
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
    return kind.with_lines(table, count_lines(count, view, medium))


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
        if count.program.choices:
            from symcount.render.space import space_lines

            yield from space_lines(count, view.numbers, kind)
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

"""Shares: a bar for each layer and block of a network, for one quantity beside another."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.counts import Count, Row
from symcount.drawing.amounts import BLOCK, amount_of, called, look_of_row, quantities_of, share, total_of
from symcount.drawing.figure import Box, Figure, Mark, Words, moved
from symcount.drawing.legend import legend, remarks
from symcount.drawing.lettering import shortened, width_of
from symcount.drawing.looks import KINDS_OF_BOXES
from symcount.drawing.view import View
from symcount.quantities import Quantity
from symcount.records import record

USUAL = ("params", "macs", "activations")
"""The quantities that are drawn where none is named."""

_EDGE, _ROW, _BAR, _HEAD = 6.0, 15.0, 10.0, 18.0
_LEAST = 150.0
"""The least width of a column."""

_MOST = 60
"""The most bars; of more, those with the largest shares are drawn."""


@record
class _Line:
    """One row of bars: what it is called, how it looks, and its amounts."""

    name: str
    hint: str
    look: str
    amounts: tuple[int, ...]


def drawn(count: Count, view: View) -> Figure:
    """Return bars for the quantities that are asked for."""
    quantities = quantities_of(view.quantities, USUAL)
    totals = [total_of(count, each) for each in quantities]
    lines = _lines(count.rows, quantities)
    kept, left_out = _largest(lines, totals)
    room = view.width - 2 * _EDGE
    names = min(max((width_of(line.name, 9) for line in kept), default=0), room * 0.3) + 8
    beside = len(quantities) if (room - names) / len(quantities) >= _LEAST else 1
    marks: list[Mark] = []
    y = _EDGE
    for at in range(0, len(quantities), beside):
        places = range(at, min(at + beside, len(quantities)))
        marks += moved(_panel(kept, [(quantities[i], totals[i], i) for i in places], names, room), _EDGE, y)
        y += _HEAD + _ROW * len(kept) + 8
    swatches = [(look, look) for look in (*KINDS_OF_BOXES, BLOCK) if any(line.look == look for line in kept)]
    colours = legend(swatches, room)
    marks += moved(colours.marks, _EDGE, y)
    y += colours.height
    below = remarks(_remarks(left_out), room)
    title = f"Shares of {', '.join(each.words for each in quantities)} in {count.text}"
    marks += moved(below.marks, _EDGE, y)
    return Figure(title, _description(quantities, totals, kept), view.width, y + below.height + _EDGE, tuple(marks))


def _lines(rows: Sequence[Row], quantities: Sequence[Quantity]) -> list[_Line]:
    lines = []
    for row in rows:
        amounts = tuple(amount_of(row, each) for each in quantities)
        if any(amounts):
            lines.append(_Line(called(row), row.text, look_of_row(row), amounts))
    return lines


def _largest(lines: list[_Line], totals: Sequence[int]) -> tuple[list[_Line], int]:
    """The lines with the largest share of anything, in their order, and how many are left out."""
    if len(lines) <= _MOST:
        return lines, 0
    weighed = sorted(lines, key=lambda line: -max(a / max(t, 1) for a, t in zip(line.amounts, totals, strict=True)))
    kept = set(map(id, weighed[:_MOST]))
    return [line for line in lines if id(line) in kept], len(lines) - _MOST


def _panel(
    lines: Sequence[_Line], columns: Sequence[tuple[Quantity, int, int]], names: float, room: float
) -> list[Mark]:
    """Names, and a column of bars for each quantity."""
    marks: list[Mark] = []
    for at, line in enumerate(lines):
        y = _HEAD + _ROW * at
        marks.append(Words(0, y + 8, shortened(line.name, names - 8, 9)))
    wide = (room - names) / len(columns)
    for column, (quantity, total, place) in enumerate(columns):
        x = names + wide * column
        marks += _heading(x, quantity, f"{total:,}", wide - 6)
        marks += moved(_bars(lines, place, total, wide - 12), x, _HEAD)
    return marks


def _heading(x: float, quantity: Quantity, total: str, room: float) -> list[Mark]:
    """The quantity and its total, by its short name where there is little room; a number is never cut."""
    for text in (f"{quantity.words}: {total}", f"{quantity.name}: {total}", total):
        if width_of(text, 9, bold=True) <= room:
            return [Words(x, 9, text, bold=True)]
    return [Words(x, 9, shortened(quantity.name, room, 9))]


def _bars(lines: Sequence[_Line], place: int, total: int, wide: float) -> list[Mark]:
    texts = [_amount(line.amounts[place], total) for line in lines]
    longest = max((width_of(text, 8) for text in texts), default=0)
    most = max((line.amounts[place] for line in lines), default=0) or 1
    marks: list[Mark] = []
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        amount, y = line.amounts[place], _ROW * at
        length = (wide - longest - 5) * (amount / most)
        if amount:
            marks.append(Box(0, y, max(length, 0.75), _BAR, line.look, f"{line.name}, {line.hint}: {text}"))
        marks.append(Words(length + 5, y + 8, text, 8, look="grey"))
    return marks


def _amount(amount: int, total: int) -> str:
    return f"{amount:,} · {share(amount, total)}" if amount else "0"


def _remarks(left_out: int) -> list[str]:
    return [f"{left_out:,} more have smaller shares."] if left_out else []


def _description(quantities: Sequence[Quantity], totals: Sequence[int], lines: Sequence[_Line]) -> str:
    """The totals, and what has the largest share of each."""
    said = []
    for at, (quantity, total) in enumerate(zip(quantities, totals, strict=True)):
        largest = max(lines, key=lambda line: line.amounts[at], default=None)
        most = f", of which {largest.name} has {share(largest.amounts[at], total)}" if largest and total else ""
        said.append(f"{quantity.words}: {total:,}{most}")
    return "; ".join(said) + "."

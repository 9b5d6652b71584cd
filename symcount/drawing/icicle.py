"""The icicle: the whole at the left, what is in it at its right, level by level, as high as its share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symcount.counts import Count, Row
from symcount.drawing.amounts import BLOCK, amount_of, called, look_of_row, main_step, quantities_of, share, total_of
from symcount.drawing.figure import Box, Figure, Mark, Words, moved
from symcount.drawing.legend import legend
from symcount.drawing.lettering import shortened, width_of
from symcount.drawing.looks import KINDS_OF_BOXES
from symcount.drawing.view import View
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity
from symcount.records import record

USUAL = ("params",)
"""The quantity that is drawn where none is named."""

_EDGE, _HEAD, _HEIGHT, _SWATCH = 6.0, 18.0, 340.0, 5.0
_LEAST_HEIGHT, _LETTERS = 1.2, 11.0
"""The least height of a box that is drawn, and of one that holds letters."""

_LEAST_WIDTH = 440.0
"""The least width where there is room for it, which a legend has need of."""

_LEVELS, _LEAST_NAME, _WIDEST = 6, 24.0, 230.0


@record
class _Node:
    """A box: its level, where it begins and how high it is as shares of the whole, and what it says."""

    level: int
    begin: Fraction
    height: Fraction
    name: str
    hint: str
    look: str


def drawn(count: Count, view: View) -> Figure:
    """Return the icicle of one quantity."""
    quantities = quantities_of(view.quantities, USUAL)
    if len(quantities) > 1:
        raise ArchitectureError("bad-form", "an icicle is of one quantity", hint="leave one --of, or draw shares")
    (quantity,) = quantities
    total = total_of(count, quantity)
    if not total:
        message = f"the network has no {quantity.words}, of which parts could have shares"
        raise ArchitectureError("no-quantity", message)
    nodes = [*_nodes(count.rows, quantity)]
    room = view.width - 2 * _EDGE
    levels = max(node.level for node in nodes) + 1
    wide = min(room / levels, _WIDEST)
    heading = Words(0, 9, f"{total:,} {quantity.name}", bold=True)
    boxes = moved((mark for node in nodes for mark in _box(node, wide)), 0, _HEAD)
    used = {node.look for node in nodes}
    rows = legend([(look, look) for look in (*KINDS_OF_BOXES, BLOCK) if look in used], room)
    bottom = _HEAD + _HEIGHT + 10
    marks = moved((heading, *boxes, *moved(rows.marks, 0, bottom)), _EDGE, _EDGE)
    title = f"{quantity.words} of {count.text}, level by level"
    width = min(view.width, max(levels * wide, _LEAST_WIDTH) + 2 * _EDGE)
    return Figure(title, _description(nodes, total, quantity), width, bottom + rows.height + 2 * _EDGE, marks)


def _nodes(rows: tuple[Row, ...], quantity: Quantity) -> Iterator[_Node]:
    """Every part that is high enough to be seen."""
    pending = [(_counting(rows, quantity), 0, Fraction(0), Fraction(1))]
    while pending:
        inside, level, begin, height = pending.pop()
        every = sum(amount for _, amount in inside)
        for row, amount in inside:
            part = height * Fraction(amount, every)
            if part * Fraction(_HEIGHT) >= Fraction(_LEAST_HEIGHT):
                yield _Node(level, begin, part, called(row), row.text, look_of_row(row))
                if main_step(row) is None and level < _LEVELS:
                    pending.append((_inside(row, quantity), level + 1, begin, part))
            begin += part


def _counting(rows: tuple[Row, ...], quantity: Quantity) -> list[tuple[Row, int]]:
    """The rows that have something of a quantity, and how much."""
    amounts = ((row, amount_of(row, quantity)) for row in rows)
    return [(row, amount) for row, amount in amounts if amount]


def _inside(row: Row, quantity: Quantity) -> list[tuple[Row, int]]:
    """What is in a block: through blocks that hold one other alone, and through branches and passes."""
    inner = _counting(row.layers, quantity)
    while len(inner) == 1 and main_step(inner[0][0]) is None and inner[0][0].times == 1:
        inner = _counting(inner[0][0].layers, quantity)
    found: list[tuple[Row, int]] = []
    for each, amount in inner:
        opened = _inside(each, quantity) if each.kind in _BARE and each.layers else []
        every = sum(part for _, part in opened)
        # a pass counts all its times, and what is in it one of them
        found += [(part, of_one * amount // every) for part, of_one in opened] or [(each, amount)]
    return found


_BARE = ("branch", "pass")
"""Blocks that are drawn as what is in them."""


def _box(node: _Node, wide: float) -> Iterator[Mark]:
    x, y, height = node.level * wide, float(node.begin) * _HEIGHT, float(node.height) * _HEIGHT
    part = share(node.height.numerator, node.height.denominator)
    yield Box(x, y, wide, height, "ground", f"{node.name}, {node.hint}: {part}")
    yield Box(x, y, _SWATCH, height, node.look)
    if height >= _LETTERS:
        yield Words(x + _SWATCH + 3, y + height / 2 + 3, _text(node.name, part, wide - _SWATCH - 6))


def _text(name: str, part: str, room: float) -> str:
    """The name, shortened where it must be, and the share, where there is room for it."""
    left = room - width_of(f" · {part}", 9)
    return f"{shortened(name, left, 9)} · {part}" if left > _LEAST_NAME else shortened(name, room, 9)


def _description(nodes: list[_Node], total: int, quantity: Quantity) -> str:
    first = [node for node in nodes if node.level == 0]
    said = (f"{node.name} {share(node.height.numerator, node.height.denominator)}" for node in first)
    return f"{total:,} {quantity.words}: {', '.join(said)}."

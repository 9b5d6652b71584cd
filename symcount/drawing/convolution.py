"""A convolution or pooling at work: its windows on the cells of the input, and what is never seen."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import by_value
from symcount.arithmetic.notation import UNICODE
from symcount.counts import Count
from symcount.drawing.figure import Box, Figure, Mark, Path, Words, moved
from symcount.drawing.grid import CELL, LOOKS, Shown, fits, grid, look_of, units
from symcount.drawing.legend import legend, remarks
from symcount.drawing.lettering import shortened
from symcount.drawing.view import View
from symcount.drawing.windowed import Axis, windowed
from symcount.layers import axis_names, lettered
from symcount.program import canonical_text
from symcount.trace import Step

_EDGE, _HEAD = 6.0, 16.0
_LEAST_CELL, _ROW = 10.0, 16.0
_MOST_ROWS, _LAST_ROWS = 8, 3
"""The most windows that are drawn one below another, and how many of them are the last ones."""

_NAMES = {
    "value": "a cell", "padding": "padding", "unseen": "a cell that is never seen", "first": "the first window",
    "second": "the second", "third": "the last",
}  # fmt: skip


def drawn(count: Count, view: View) -> Figure:
    """Return the picture of one layer: a grid of an image, and the windows along its last axis."""
    step, axes = windowed(count, view.at)
    room = view.width - 2 * _EDGE
    heading = f"{step.name}  {canonical_text(step.item)}"
    marks: list[Mark] = [Words(0, 9, shortened(heading, room / 1.1, 9), bold=True)]
    y = _HEAD + 6
    if len(axes) > 1 and fits(axes[-2:]):
        image, height = grid(axes[-2:], room)
        marks += moved(image, 0, y)
        y += height + 12
    along, height = _along(axes[-1], axis_names(len(axes))[-1], room)
    marks += moved(along, 0, y)
    y += height + 6
    used = {mark.look for mark in marks}
    rows = legend([(look, name) for look, name in _NAMES.items() if look in used], room)
    below = remarks(_remarks(step, axes), room)
    marks += [*moved(rows.marks, 0, y), *moved(below.marks, 0, y + rows.height)]
    width = max(280.0, *(mark.bounds[2] for mark in marks)) + 2 * _EDGE
    height = y + rows.height + below.height + 2 * _EDGE
    said = " ".join(_remarks(step, axes))
    return Figure(f"{heading} at work", said, width, height, moved(marks, _EDGE, _EDGE))


def _along(axis: Axis, name: str, room: float) -> tuple[list[Mark], float]:
    """The cells along one axis, and its windows one below another."""
    shown = axis.shown(int((room - 60) / _LEAST_CELL))
    cell = min(CELL, (room - 60) / len(shown))
    marks: list[Mark] = [Words(0, 9, f"along the {name}", look="grey")]
    for x, j in enumerate(shown):
        if j is None:
            marks.append(Words((x + 0.5) * cell, _HEAD + cell / 2 + 3, "…", anchor="middle"))
        else:
            marks.append(Box(x * cell, _HEAD, cell, cell, look_of(axis.is_padding(j), axis.is_unseen(j))))
    y = _HEAD + cell + 4
    for unit in _some([unit for unit in units(axis, shown) if unit is not None], axis.windows):
        if unit is None:
            marks.append(Words(cell / 2, y + 8, "⋮", anchor="middle"))
        else:
            marks += moved(_taps(axis, unit, shown, cell), 0, y)
        y += _ROW
    return marks, y


def _some(units: list[int], windows: int) -> list[int | None]:
    """A few of the windows: the first and the last, and None for those between."""
    if len(units) <= _MOST_ROWS and len(units) == windows:
        return [*units]
    last = [unit for unit in units[-_LAST_ROWS:] if units[-1] == windows - 1]
    first = [unit for unit in units[: _MOST_ROWS - _LAST_ROWS] if unit not in last]
    return [*first, None, *last] if last and first else [*first, *last]


def _taps(axis: Axis, unit: int, shown: Shown, cell: float) -> list[Mark]:
    """One window: a line as far as it reaches, a square for each of its taps, and the unit that it gives."""
    places = [shown.index(tap) for tap in axis.taps(unit)]
    look = LOOKS[unit] if unit < 2 else LOOKS[2] if unit == axis.windows - 1 else "other"
    left, right = places[0] * cell, (places[-1] + 1) * cell
    middle = (_ROW - 4) / 2
    line = Path(((left + 1, middle), (right - 1, middle)), f"{look} span" if look in LOOKS else "line")
    inset = max(1.5, cell * 0.2)
    squares = (Box(x * cell + inset, 1, cell - 2 * inset, _ROW - 6, look) for x in places)
    return [line, *squares, Words(len(shown) * cell + 8, 9, f"unit {unit + 1}", 8, look="grey")]


def _remarks(step: Step, axes: Sequence[Axis]) -> list[str]:
    """How many windows there are, by the rule; and how much is never seen."""
    layer, x = lettered(step.layer, step.input)
    pairs = zip(layer.output(x).axes, axes, strict=True)
    rules = dict.fromkeys(
        " = ".join(dict.fromkeys((by_value(size, UNICODE), str(axis.windows)))) for size, axis in pairs
    )
    names = axis_names(len(axes))
    said = [f"Windows along each axis: {', '.join(rules)}."]
    for name, axis in zip(names, axes, strict=True):
        unseen = axis.unseen
        if unseen:
            said.append(f"Along the {name} {unseen:,} of {axis.n:,} cells {'is' if unseen == 1 else 'are'} never seen.")
    return said

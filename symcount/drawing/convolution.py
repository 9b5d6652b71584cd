"""A convolution or pooling at work: its windows on the cells of the input, and what is never seen."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import by_value
from symcount.arithmetic.notation import UNICODE
from symcount.counts import Count
from symcount.drawing.figure import Box, Figure, Mark, Path, Words, moved
from symcount.drawing.legend import legend, remarks
from symcount.drawing.lettering import shortened
from symcount.drawing.view import View
from symcount.drawing.windowed import Axis, windowed
from symcount.layers import axis_names, lettered
from symcount.program import canonical_text
from symcount.trace import Step

_EDGE, _HEAD = 6.0, 16.0
_CELL, _LEAST_CELL, _ROW = 18.0, 10.0, 16.0
_MOST_ROWS, _LAST_ROWS = 8, 3
"""The most windows that are drawn one below another, and how many of them are the last ones."""

_SIDE, _GRID = 30, 290.0
"""The most cells along a side of a grid, and how long that is at most."""

_LOOKS = ("first", "second", "third")

_ELIDED = 14
"""The cells along a side of which some are left out, where no more are needed."""

_NAMES = {
    "value": "a cell", "padding": "padding", "unseen": "a cell that is never seen", "first": "the first window",
    "second": "the second", "third": "the last",
}  # fmt: skip

Shown = Sequence[int | None]


def drawn(count: Count, view: View) -> Figure:
    """Return the picture of one layer: a grid of an image, and the windows along its last axis."""
    step, axes = windowed(count, view.at)
    room = view.width - 2 * _EDGE
    heading = f"{step.name}  {canonical_text(step.item)}"
    marks: list[Mark] = [Words(0, 9, shortened(heading, room / 1.1, 9), bold=True)]
    y = _HEAD + 6
    if len(axes) > 1 and all(axis.needed <= _SIDE for axis in axes[-2:]):
        grid, height = _grids(axes[-2:], room)
        marks += moved(grid, 0, y)
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


def _grids(axes: Sequence[Axis], room: float) -> tuple[list[Mark], float]:
    """The cells of an image with the first two windows and the last, and the units that they give."""
    rows, columns = axes
    down, across = map(_side, axes)
    units_down, units_across = _units(rows, down), _units(columns, across)
    cell = min(_CELL, _GRID / max(len(down), len(across)), (room - 40) / (len(across) + len(units_across)))
    marks = [*_input(rows, columns, down, across, cell)]
    corners = _corners(units_down, units_across)
    for look, (i, j) in zip(_LOOKS, corners, strict=False):
        marks += _window(rows.taps(i), columns.taps(j), down, across, cell, look)
    left = len(across) * cell + 40
    middle = len(down) * cell / 2
    marks.append(Path(((left - 32, middle), (left - 8, middle)), "strong line", arrow=True))
    top = middle - len(units_down) * cell / 2
    marks += moved(_output(units_down, units_across, corners, cell), left, top)
    return marks, max(len(down), len(units_down)) * cell


def _side(axis: Axis) -> Shown:
    """The cells along a side of a grid: all, or no more than it takes."""
    return axis.shown(_SIDE if len(axis.cells) <= _SIDE else max(_ELIDED, axis.needed))


def _units(axis: Axis, shown: Shown) -> list[int | None]:
    """The windows all of whose taps are among the cells that are shown; None for those between."""
    cells = set(shown)
    units: list[int | None] = []
    for unit in range(axis.windows):
        if cells.issuperset(axis.taps(unit)):
            units.append(unit)
        elif units and units[-1] is not None:
            units.append(None)
    return units


def _corners(down: Shown, across: Shown) -> list[tuple[int, int]]:
    """The first window, its neighbour, and the last, as far as there are so many."""
    i = [unit for unit in down if unit is not None]
    j = [unit for unit in across if unit is not None]
    if not i or not j:
        return []
    second = (i[0], j[1]) if len(j) > 1 else (i[min(1, len(i) - 1)], j[0])
    return list(dict.fromkeys(((i[0], j[0]), second, (i[-1], j[-1]))))


def _input(rows: Axis, columns: Axis, down: Shown, across: Shown, cell: float) -> list[Mark]:
    marks: list[Mark] = []
    for y, i in enumerate(down):
        for x, j in enumerate(across):
            if i is not None and j is not None:
                look = _look(rows.is_padding(i) or columns.is_padding(j), rows.is_unseen(i) or columns.is_unseen(j))
                marks.append(Box(x * cell, y * cell, cell, cell, look))
    return marks


def _look(is_padding: bool, is_unseen: bool) -> str:
    return "padding" if is_padding else "unseen" if is_unseen else "value"


def _window(taps_down: range, taps_across: range, down: Shown, across: Shown, cell: float, look: str) -> list[Mark]:
    """The taps of a window as small squares, and a line about it."""
    places = [(down.index(i), across.index(j)) for i in taps_down for j in taps_across]
    inset = {"first": 0.3, "second": 0.38, "third": 0.3}[look] * cell
    marks: list[Mark] = [
        Box(x * cell + inset, y * cell + inset, cell - 2 * inset, cell - 2 * inset, look) for y, x in places
    ]
    top, left = places[0]
    bottom, right = places[-1]
    pull = 1.5 if look == "second" else 0
    box = (
        left * cell + pull,
        top * cell + pull,
        (right - left + 1) * cell - 2 * pull,
        (bottom - top + 1) * cell - 2 * pull,
    )
    return [*marks, Box(*box, f"{look} span")]


def _output(down: Shown, across: Shown, corners: Sequence[tuple[int, int]], cell: float) -> list[Mark]:
    looks = dict(zip(corners, _LOOKS, strict=False))
    return [
        Box(x * cell, y * cell, cell, cell, looks.get((i, j), "value"))
        for y, i in enumerate(down)
        for x, j in enumerate(across)
        if i is not None and j is not None
    ]


def _along(axis: Axis, name: str, room: float) -> tuple[list[Mark], float]:
    """The cells along one axis, and its windows one below another."""
    shown = axis.shown(int((room - 60) / _LEAST_CELL))
    cell = min(_CELL, (room - 60) / len(shown))
    marks: list[Mark] = [Words(0, 9, f"along the {name}", look="grey")]
    for x, j in enumerate(shown):
        if j is None:
            marks.append(Words((x + 0.5) * cell, _HEAD + cell / 2 + 3, "…", anchor="middle"))
        else:
            marks.append(Box(x * cell, _HEAD, cell, cell, _look(axis.is_padding(j), axis.is_unseen(j))))
    y = _HEAD + cell + 4
    for unit in _some([unit for unit in _units(axis, shown) if unit is not None], axis.windows):
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
    look = _LOOKS[unit] if unit < 2 else _LOOKS[2] if unit == axis.windows - 1 else "other"
    left, right = places[0] * cell, (places[-1] + 1) * cell
    middle = (_ROW - 4) / 2
    line = Path(((left + 1, middle), (right - 1, middle)), f"{look} span" if look in _LOOKS else "line")
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
        unseen = sum(axis.is_unseen(cell) for cell in range(axis.n))
        if unseen:
            said.append(f"Along the {name} {unseen:,} of {axis.n:,} cells {'is' if unseen == 1 else 'are'} never seen.")
    return said

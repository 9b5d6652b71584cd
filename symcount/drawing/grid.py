"""The cells of an image with windows on them, and the units that these give."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.drawing.figure import Box, Mark, Path, moved
from symcount.drawing.windowed import Axis

CELL = 18.0
"""The side of a cell, where there is room."""

LOOKS = ("first", "second", "third")
"""The looks of the first window, its neighbour, and the last."""

_LEAST_CELL = 10.0
_SIDE, _GRID = 30, 290.0
"""The most cells along a side of a grid, and how long that is at most."""

_ELIDED = 14
"""The cells along a side of which some are left out, where no more are needed."""

Shown = Sequence[int | None]
"""Cells or units that are drawn; None for those between that are not."""


def fits(axes: Sequence[Axis]) -> bool:
    """Return whether a grid shows the windows that matter."""
    return all(axis.needed <= _SIDE for axis in axes)


def grid(axes: Sequence[Axis], room: float) -> tuple[list[Mark], float]:
    """Return an image with the first two windows and the last, the units that they give, and how high all is."""
    rows, columns = axes
    down, across = map(_side, axes)
    units_down, units_across = units(rows, down), units(columns, across)
    cell = min(CELL, _GRID / max(len(down), len(across)), (room - 40) / (len(across) + len(units_across)))
    marks = [*_input(rows, columns, down, across, cell)]
    corners = _corners(units_down, units_across)
    for look, (i, j) in zip(LOOKS, corners, strict=False):
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


def units(axis: Axis, shown: Shown) -> list[int | None]:
    """Return the windows all of whose taps are among the cells that are shown; None for those between."""
    cells = set(shown)
    found: list[int | None] = []
    for cell in shown:
        unit, rest = divmod(0 if cell is None else cell + axis.before, axis.stride)
        if cell is None or rest or unit >= axis.windows or len(axis.taps(unit)) > len(cells):
            continue
        if cells.issuperset(axis.taps(unit)):
            found += [unit] if not found or found[-1] == unit - 1 else [None, unit]
    return found


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
                look = look_of(rows.is_padding(i) or columns.is_padding(j), rows.is_unseen(i) or columns.is_unseen(j))
                marks.append(Box(x * cell, y * cell, cell, cell, look))
    return marks


def look_of(is_padding: bool, is_unseen: bool) -> str:
    """Return how a cell looks."""
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
    looks = dict(zip(corners, LOOKS, strict=False))
    return [
        Box(x * cell, y * cell, cell, cell, looks.get((i, j), "value"))
        for y, i in enumerate(down)
        for x, j in enumerate(across)
        if i is not None and j is not None
    ]

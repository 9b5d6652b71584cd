"""The receptive field: what a unit behind each layer sees of the input, windows in windows with their sizes."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.counts import Count
from symcount.drawing.fields import Field, fields
from symcount.drawing.figure import Box, Figure, Mark, Path, Words, moved
from symcount.drawing.legend import legend, remarks
from symcount.drawing.lettering import shortened, width_of
from symcount.drawing.view import View

_EDGE, _LINE, _BAR = 6.0, 12.0, 9.0
_LARGEST, _SMALLEST = 300.0, 2.0
_STEPS = 6
"""The steps of lightness, from outer windows to inner ones."""

_MOST = 32
"""The most windows that are drawn; of more, some are left out evenly."""


def drawn(count: Count, view: View) -> Figure:
    """Return the windows of every layer behind which a unit sees more."""
    found = fields(count)
    shown = _some(found)
    room = view.width - 2 * _EDGE
    names = [_label(each) for each in shown]
    letters = min(max(width_of(name, 9) for name in names), room * 0.45)
    size = min(_LARGEST, room - letters - 34)
    axes = _axes(count)
    flat = len(shown[0].sizes) == 1
    marks, height, edge = (_bars if flat else _windows)(shown, axes, size)
    x = size + 30
    y = 9 - _LINE
    for name, (from_x, from_y) in zip(names, edge, strict=True):
        y = max(y + _LINE, from_y + 4)
        marks.append(Path(((from_x, from_y), (x - 4, y - 3)), "faint line"))
        marks.append(Words(x, y, shortened(name, letters, 9)))
    height = max(height, y + 3) + 8
    rows = legend([("edge", "the input")], room) if axes else legend([], room)
    said = [f"{len(found) - len(shown)} windows between these are left out."] if len(shown) < len(found) else []
    below = remarks(said, room)
    marks += [*moved(rows.marks, 0, height), *moved(below.marks, 0, height + rows.height)]
    whole = x + letters + 2 * _EDGE
    return Figure(
        f"Receptive fields of {count.text}", _description(found), min(view.width, max(whole, 280)),
        height + rows.height + below.height + 2 * _EDGE, moved(marks, _EDGE, _EDGE),
    )  # fmt: skip


def _some(found: Sequence[Field]) -> list[Field]:
    """The largest first; of very many the first, the last, and some between."""
    ordered = list(reversed(found))
    if len(ordered) <= _MOST:
        return ordered
    return [ordered[at * (len(ordered) - 1) // (_MOST - 1)] for at in range(_MOST)]


def _label(field: Field) -> str:
    sizes = "×".join(map(str, field.sizes[-2:]))
    return f"{field.name}: {sizes}" + (f", every {field.stride}" if field.stride else "")


def _axes(count: Count) -> tuple[int, ...]:
    """The axes of the input, where they are known."""
    sizes = [size for size in count.trace.input.axes if isinstance(size, int)]
    return tuple(sizes) if sizes and len(sizes) == len(count.trace.input.axes) else ()


_Drawn = tuple[list[Mark], float, list[tuple[float, float]]]
"""Marks, how high they are, and the point of each window that its label is joined to."""


def _windows(shown: Sequence[Field], axes: tuple[int, ...], size: float) -> _Drawn:
    """Rectangles about one centre, the largest first, and the input about the same."""
    tall, wide = shown[0].sizes[-2:]
    scale = size / max(tall, wide, *axes[-2:])
    middle, half = size / 2, max([tall, *axes[-2:-1]]) * scale / 2
    boxes: list[Mark] = []
    edge = []
    for at, field in enumerate(shown):
        height, width = (max(_SMALLEST, each * scale) for each in field.sizes[-2:])
        left, top = middle - width / 2, half - height / 2
        boxes.append(Box(left, top, width, height, _depth(at, len(shown)), f"{_label(field)}; {field.hint}"))
        edge.append((left + width, top))
    if axes:
        height, width = (each * scale for each in axes[-2:])
        boxes.append(Box(middle - width / 2, half - height / 2, width, height, "edge", "the input"))
    return boxes, 2 * half, edge


def _bars(shown: Sequence[Field], axes: tuple[int, ...], size: float) -> _Drawn:
    """Along one axis: bars about one middle, the largest above."""
    scale = size / max([shown[0].sizes[0], *axes])
    boxes: list[Mark] = []
    edge = []
    for at, field in enumerate(shown):
        width = max(_SMALLEST, field.sizes[0] * scale)
        left = (size - width) / 2
        boxes.append(Box(left, _LINE * at, width, _BAR, _depth(at, len(shown)), f"{_label(field)}; {field.hint}"))
        edge.append((left + width, _LINE * at + _BAR / 2))
    if axes:
        width = axes[0] * scale
        boxes.append(Box((size - width) / 2, -3, width, _LINE * len(shown) + 4, "edge", "the input"))
    return boxes, _LINE * len(shown) + 4, edge


def _depth(at: int, number: int) -> str:
    return f"depth {1 + at * _STEPS // number}"


def _description(found: Sequence[Field]) -> str:
    return "A unit sees of the input, behind " + "; ".join(map(_label, found[:_MOST])) + "."

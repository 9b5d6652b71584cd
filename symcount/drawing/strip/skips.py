"""Lines from a labelled tensor to where it is taken up again, above the row, longer ones above shorter."""

from __future__ import annotations

from symcount.drawing.figure import Path, Point
from symcount.drawing.strip.pieces import GAP, Piece, Port

_STEP = 6.0


def skips(piece: Piece) -> tuple[float, list[Path]]:
    """Return how much room the lines need above a row, and the lines."""
    pairs = _pairs(piece.ports)
    levels: list[int] = []
    for at, (begin, end) in enumerate(pairs):
        below = [levels[i] for i, other in enumerate(pairs[:at]) if other[0][0] < end[0] and begin[0] < other[1][0]]
        levels.append(max(below, default=0) + 1)
    lines = [_line(begin, end, -_STEP * level) for (begin, end), level in zip(pairs, levels, strict=True)]
    return _STEP * max(levels, default=0), lines


def are_drawn(piece: Piece) -> bool:
    """Return whether a line can be drawn to every place where a tensor is taken up again."""
    return len(_pairs(piece.ports)) == sum(port.taken for port in piece.ports)


def _pairs(ports: tuple[Port, ...]) -> list[tuple[Point, Point]]:
    """From where and to where, the shortest first."""
    leaves = {port.source: port.point for port in ports if not port.taken}
    pairs = [(leaves[port.source], port.point) for port in ports if port.taken and port.source in leaves]
    return sorted((pair for pair in pairs if pair[0][0] < pair[1][0]), key=lambda pair: pair[1][0] - pair[0][0])


def _line(begin: Point, end: Point, y: float) -> Path:
    x = begin[0] + GAP / 2
    return Path(((x, begin[1]), (x, y), (end[0], y), end), "skip", arrow=True)

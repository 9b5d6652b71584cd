"""Pieces of a strip, and how they are set one behind another: in rows where one is not wide enough."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.drawing.figure import Mark, Path, Point, moved
from symcount.records import record, replace

GAP = 6.0
"""The least between two pieces."""

_MARGIN, _BETWEEN, _APART = 9.0, 14.0, 24.0
"""Beside rows, where the line comes back; between two rows; between pieces that no flow joins."""


NOWHERE = 0
"""The source of a port to which no line can be drawn."""


@record
class Port:
    """A place where a labelled tensor leaves, or is taken up again: the part whose it is, and the point."""

    source: int
    point: Point
    taken: bool = False


@record
class Piece:
    """A part of the picture: its size, the heights at which the flow enters and leaves, its marks and its ports.

    ``apart`` says that it takes up another tensor, and not the flow that arrives.
    """

    width: float
    height: float
    into: float
    out: float
    marks: tuple[Mark, ...] = ()
    ports: tuple[Port, ...] = ()
    apart: bool = False

    @property
    def is_line(self) -> bool:
        """Whether nothing is drawn but the flow itself."""
        return not self.width

    def at(self, x: float, y: float) -> Piece:
        """Return the piece with its marks and ports moved; its size stays."""
        ports = tuple(replace(each, point=(each.point[0] + x, each.point[1] + y)) for each in self.ports)
        return replace(self, marks=moved(self.marks, x, y), ports=ports)


LINE = Piece(0, 0, 0, 0)
"""What passes on what arrives."""


def series(pieces: Sequence[Piece], room: float, gap: float = GAP, *, whole: bool = False) -> Piece:
    """Return pieces one behind another, in as many rows as it takes to fit the room; a ``whole`` has loose ends."""
    shown = [piece for piece in pieces if not piece.is_line]
    if not shown:
        return LINE
    rows = _rows(shown, room, gap)
    if len(rows) == 1:
        return _row(rows[0], gap)
    return _stacked([_row(row, gap) for row in rows], whole=whole)


def beside(pieces: Sequence[Piece], room: float) -> Piece:
    """Return pieces that no flow joins, side by side in as many rows as it takes."""
    placed: list[Piece] = []
    y = widest = 0.0
    for row in _rows(pieces, room, _APART):
        x, flow = 0.0, max(piece.into for piece in row)
        for piece in row:
            placed.append(piece.at(x, y + flow - piece.into))
            x += piece.width + _APART
        y += max(flow - piece.into + piece.height for piece in row) + _BETWEEN
        widest = max(widest, x - _APART)
    return Piece(widest, y - _BETWEEN, 0, 0, *_joined(placed, ()))


def _rows(pieces: Sequence[Piece], room: float, gap: float) -> list[list[Piece]]:
    whole = sum(piece.width for piece in pieces) + gap * (len(pieces) - 1)
    if whole <= room:
        return [list(pieces)]
    rows: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        if rows[-1] and used + gap + piece.width > room - 2 * _MARGIN:
            rows.append([])
            used = 0.0
        used += piece.width + (gap if rows[-1] else 0)
        rows[-1].append(piece)
    return rows


def _row(pieces: Sequence[Piece], gap: float) -> Piece:
    """Pieces in one row: each enters at the height at which the one before it leaves."""
    x = flow = 0.0
    placed: list[Piece] = []
    links: list[Mark] = []
    tops: list[float] = []
    for piece in pieces:
        top = flow - piece.into
        if placed:
            links += [] if piece.apart else [Path(((x, flow), (x + gap, flow)))]
            x += gap
        placed.append(piece.at(x, top))
        tops.append(top)
        x, flow = x + piece.width, top + piece.out
    highest = min(tops)
    height = max(top + piece.height for top, piece in zip(tops, pieces, strict=True)) - highest
    whole = Piece(x, height, -highest, flow - highest, *_joined(placed, links), pieces[0].apart)
    return whole.at(0, -highest)


def _stacked(rows: Sequence[Piece], *, whole: bool) -> Piece:
    """Rows below one another; the flow comes back to the left between them."""
    width = max(row.width for row in rows) + 2 * _MARGIN
    y = leaves = 0.0
    placed: list[Piece] = []
    links: list[Mark] = []
    for row in rows:
        if placed:
            before = placed[-1]
            turn = y + _BETWEEN / 2
            y += _BETWEEN
            right, into = _MARGIN + before.width, y + row.into
            links.append(Path(
                ((right, leaves), (right + _MARGIN - 3, leaves), (right + _MARGIN - 3, turn), (3, turn), (3, into),
                 (_MARGIN, into)), arrow=True,
            ))  # fmt: skip
        elif not whole:
            links.append(Path(((0, row.into), (_MARGIN, row.into))))
        placed.append(row.at(_MARGIN, y))
        leaves = y + row.out
        y += row.height
    if not whole:
        links.append(Path(((_MARGIN + rows[-1].width, leaves), (width, leaves))))
    return Piece(width, y, rows[0].into, leaves, *_joined(placed, links), rows[0].apart)


def _joined(placed: Sequence[Piece], links: Sequence[Mark]) -> tuple[tuple[Mark, ...], tuple[Port, ...]]:
    marks = (*links, *(mark for piece in placed for mark in piece.marks))
    return marks, tuple(port for piece in placed for port in piece.ports)

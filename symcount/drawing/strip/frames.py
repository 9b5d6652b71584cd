"""Frames around pieces: what happens several times, and what has a name."""

from __future__ import annotations

from symcount.drawing.figure import Box, Disc, Path, Words
from symcount.drawing.lettering import width_of
from symcount.drawing.strip.pieces import NOWHERE, Piece
from symcount.records import replace

_PAD, _HEAD = 6.0, 12.0


def framed(piece: Piece, words: str, hint: str = "") -> Piece:
    """Return a piece in a frame, with words above it, such as how often it happens."""
    if piece.is_line:
        return piece
    width = max(piece.width + 2 * _PAD, width_of(words, 9, bold=True) + 6)
    left = (width - piece.width) / 2
    inside = piece.at(left, _HEAD + _PAD)
    height = piece.height + _HEAD + 2 * _PAD
    into, out = piece.into + _HEAD + _PAD, piece.out + _HEAD + _PAD
    frame = Box(0, _HEAD, width, height - _HEAD, "frame", hint, corner=4)
    leads = Path(((0, into), (left, into))), Path(((left + piece.width, out), (width, out)))
    title = Words(2, _HEAD - 3, words, look="ink", bold=True)
    # no line crosses a frame: what is taken up in it, or comes from it, bears its label
    ports = tuple(replace(port, source=NOWHERE) for port in inside.ports if port.taken)
    return Piece(width, height, into, out, (frame, *leads, *inside.marks, title), ports, piece.apart)


def named(piece: Piece, name: str) -> Piece:
    """Return a piece with a line over it and a name above the line."""
    room = width_of(name, 8)
    if piece.is_line or room > piece.width:
        return piece
    inside = piece.at(0, _HEAD + 3)
    line = Path(((1, _HEAD), (piece.width - 1, _HEAD)), "line")
    title = Words(piece.width / 2, _HEAD - 3, name, 8, "middle", "grey")
    moved = _HEAD + 3
    marks = (line, *inside.marks, title)
    return Piece(
        piece.width, piece.height + moved, piece.into + moved, piece.out + moved, marks, inside.ports, piece.apart
    )


def dots(hint: str) -> Piece:
    """Return three dots for what is not drawn."""
    return Piece(17, 6, 3, 3, tuple(Disc(3.5 + 5 * at, 3, 1.3, "stack", hint) for at in range(3)))


def tagged(piece: Piece, label: str) -> Piece:
    """Return a piece with a label above it."""
    title = Words(0, 7, label, 8, look="grey")
    inside = piece.at(max(0, (title.width - piece.width) / 2), 11)
    width = max(piece.width, title.width)
    middle = replace(title, x=(width - title.width) / 2)
    ends = (
        ((0, piece.into + 11), ((width - piece.width) / 2, piece.into + 11)),
        (
            ((width + piece.width) / 2, piece.out + 11),
            (width, piece.out + 11),
        ),
    )
    leads = tuple(Path(each) for each in ends) if width > piece.width else ()
    return replace(
        inside, width=width, height=piece.height + 11, into=piece.into + 11, out=piece.out + 11,
        marks=(*leads, *inside.marks, middle),
    )  # fmt: skip

"""Branches: one lane below another from where they part to where they meet, the shortcut above."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.drawing.figure import Box, Disc, Mark, Path, Words
from symcount.drawing.strip.pieces import Piece, Port
from symcount.drawing.strip.slabs import labelled
from symcount.records import replace

ADDED, MULTIPLIED = "add", "mul"

STACKED, ALONG, PICKED = BARS = ("concat", "cat", "pick")
"""Joints that are drawn as a bar, with the shape that leaves them: over the channels, along an axis, one of several."""

SIDE = 9.0
"""From where branches part to the first of them, and from the last to where they meet."""

_RADIUS, _BAR = 4.5, 4.0
_BETWEEN, _ABOVE = 7.0, 10.0
"""Between two lanes, and from a shortcut to the lanes below it."""


def lanes(pieces: Sequence[Piece], joint: str, label: str, hint: str) -> Piece:
    """Return branches side by side and the joint at which they meet; the first that has layers goes straight on."""
    placed, height = _below_one_another(sorted(pieces, key=_rank))
    main = next((lane for lane in placed if not (lane.is_line or lane.apart)), None)
    main = main or next((lane for lane in placed if not lane.apart), placed[0])
    meet = 2 * SIDE + max(lane.width for lane in placed)
    marks: list[Mark] = [mark for lane in placed for mark in (*_parting(lane, main.into), *lane.marks)]
    for lane in placed:
        marks += _meeting(lane, main.out, meet, joint)
    drawn, low = _joint(joint, meet, main.out, [lane.out for lane in placed], label, hint)
    width = meet + (_BAR + 6 if joint in BARS else 2 * _RADIUS)
    end = [Path(((meet + _BAR, main.out), (width, main.out)))] if joint in BARS else []
    ports = tuple(port for lane in placed for port in lane.ports)
    apart = all(lane.apart for lane in placed)
    return Piece(width, max(height, low), main.into, main.out, (*marks, *end, *drawn), ports, apart)


def _rank(piece: Piece) -> int:
    """Lanes from above: tensors taken up again as they are, shortcuts, branches with layers."""
    if piece.is_line:
        return 1
    return 2 if any(isinstance(mark, Box) for mark in piece.marks) else 0


def _below_one_another(pieces: Sequence[Piece]) -> tuple[list[Piece], float]:
    """Lanes at their places, and how high they are together."""
    placed: list[Piece] = []
    y = 0.0
    for piece in pieces:
        placed.append(replace(piece.at(SIDE, y), into=y + piece.into, out=y + piece.out))
        y += _ABOVE if piece.is_line else piece.height + _BETWEEN
    return placed, y - (_ABOVE if pieces[-1].is_line else _BETWEEN)


def _parting(lane: Piece, flow: float) -> list[Mark]:
    start = SIDE / 2
    if lane.apart:
        return []
    if lane.into == flow:
        return [Path(((0, flow), (SIDE, flow)))]
    return [Path(((start, flow), (start, lane.into), (SIDE, lane.into)))]


def _meeting(lane: Piece, flow: float, meet: float, joint: str) -> list[Mark]:
    begin = SIDE + lane.width
    if lane.out == flow or joint in BARS:
        return [Path(((begin, lane.out), (meet, lane.out)), arrow=True)]
    x = meet + _RADIUS
    side = _RADIUS if lane.out > flow else -_RADIUS
    return [Path(((begin, lane.out), (x, lane.out), (x, flow + side)), arrow=True)]


def _joint(joint: str, x: float, flow: float, outs: Sequence[float], label: str, hint: str) -> tuple[list[Mark], float]:
    """The mark where branches meet, and how far down it reaches."""
    if joint in BARS:
        top, bottom = min(outs) - 4, max(outs) + 4
        words, low = labelled(x + _BAR / 2, bottom, joint, label)
        return [Box(x, top, _BAR, bottom - top, "stack", hint), *words], low
    middle = x + _RADIUS
    arm = _RADIUS * (0.62 if joint == ADDED else 0.44)
    if joint == ADDED:
        strokes = (((middle - arm, flow), (middle + arm, flow)), ((middle, flow - arm), (middle, flow + arm)))
    else:
        strokes = (
            ((middle - arm, flow - arm), (middle + arm, flow + arm)),
            ((middle - arm, flow + arm), (middle + arm, flow - arm)),
        )
    return [
        Disc(middle, flow, _RADIUS, "joint", hint),
        *(Path(each, "strong line") for each in strokes),
    ], flow + _RADIUS


def taken(source: int, label: str) -> Piece:
    """Return the place at which a labelled tensor is taken up again: a stub behind its label, if it has one."""
    words = Words(0, 7, label, 8, look="grey")
    begin = words.width + 2 if label else 4.0
    marks = (*((words,) if label else ()), Path(((begin, 4), (begin + 5, 4))))
    return Piece(begin + 5, 8, 4, 4, marks, (Port(source, (begin, 4), True),), apart=True)

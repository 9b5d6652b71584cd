"""Legends and remarks: lines of text that are broken where they would be too wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcount.drawing.figure import Box, Mark, Words
from symcount.drawing.lettering import shortened, width_of
from symcount.records import record

_SWATCH, _LINE = 9.0, 14.0


@record
class Block:
    """Marks from a corner on, and how high they are."""

    marks: tuple[Mark, ...]
    height: float


def legend(entries: Sequence[tuple[str, str]], room: float) -> Block:
    """Return a swatch of each look with its word, in as many lines as it takes."""
    marks: list[Mark] = []
    x = y = 0.0
    for look, word in entries:
        wide = _SWATCH + 4 + width_of(word, 9)
        if x and x + wide > room:
            x, y = 0.0, y + _LINE
        marks += [Box(x, y, _SWATCH, _SWATCH, look), Words(x + _SWATCH + 4, y + 8, word)]
        x += wide + 12
    return Block(tuple(marks), y + _LINE + 2 if entries else 0)


def remarks(sentences: Iterable[str], room: float) -> Block:
    """Return sentences as small lines, broken between words."""
    lines = [line for sentence in sentences for line in _broken(sentence, room)]
    marks = tuple(Words(0, 8 + 11 * at, line, 8, look="grey") for at, line in enumerate(lines))
    return Block(marks, 11.0 * len(lines) + 2 if lines else 0)


def _broken(sentence: str, room: float) -> list[str]:
    lines = [""]
    for word in sentence.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, 8) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [shortened(line, room, 8) for line in lines]

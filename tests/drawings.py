"""What is wrong with a picture: text over text, over a box or a line, or outside; told from the marks alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symcount.drawing import Figure
from symcount.drawing.figure import Box, Disc, Mark, Path, Words

Bounds = tuple[float, float, float, float]
_SLACK = 0.6
"""How far bounds may touch, in pixels."""


def clashes(figure: Figure) -> list[str]:
    """Return what is wrong with a picture."""
    words = [mark for mark in figure.marks if isinstance(mark, Words)]
    return [*_outside(figure), *_over_text(words), *_over_marks(words, figure)]


def _outside(figure: Figure) -> Iterator[str]:
    whole = (0.0, 0.0, figure.width, figure.height)
    for mark in figure.marks:
        if not _holds(whole, mark.bounds):
            yield f"outside: {mark}"


def _over_text(words: list[Words]) -> Iterator[str]:
    ordered = sorted(words, key=lambda mark: mark.bounds[0])
    for at, mark in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.bounds[0] >= mark.bounds[2]:
                break
            if _meet(mark.bounds, other.bounds):
                yield f"text over text: {mark.text!r}, {other.text!r}"


def _over_marks(words: list[Words], figure: Figure) -> Iterator[str]:
    bounds = [(text, text.bounds) for text in words]
    for mark in figure.marks:
        if isinstance(mark, Words):
            continue
        solid = [*_solid(mark)]
        for text, taken in bounds:
            if any(_meet(taken, each) for each in solid) and not _is_ground(mark, text):
                yield f"text over a mark: {text.text!r}, {mark}"


def _solid(mark: Mark) -> Iterator[Bounds]:
    if isinstance(mark, Path):
        for (ax, ay), (bx, by) in pairwise(mark.points):
            if ax == bx or ay == by:
                yield min(ax, bx) - _SLACK, min(ay, by) - _SLACK, max(ax, bx) + _SLACK, max(ay, by) + _SLACK
    else:
        yield mark.bounds


def _is_ground(mark: Mark, text: Words) -> bool:
    """Whether a mark is what a text stands on."""
    return isinstance(mark, Box | Disc) and _holds(mark.bounds, text.bounds)


def _meet(one: Bounds, two: Bounds) -> bool:
    left, upper, right, lower = one
    west, north, east, south = two
    across, down = min(right, east) - max(left, west), min(lower, south) - max(upper, north)
    return across > _SLACK and down > _SLACK


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return all(outer[side] - _SLACK <= inner[side] and inner[side + 2] <= outer[side + 2] + _SLACK for side in (0, 1))

"""One tensor as a box, with a stripe for each layer behind it that keeps its shape, and its name and shape below."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.drawing.figure import Box, Mark, Path, Words
from symcount.drawing.lettering import shortened
from symcount.drawing.looks import look_of
from symcount.drawing.strip.naming import Naming
from symcount.drawing.strip.pieces import Piece, Port
from symcount.drawing.strip.scale import Extent
from symcount.trace import Step

STRIPE = 3.0
_PITCH = 11.0
"""The least width of a piece: a label that reads upwards."""

_LONGEST_LABEL = 90.0
_STRIPES = ("normalisation", "activation")


def look_of_step(step: Step) -> str:
    """Return how a layer looks."""
    return look_of(type(step.layer).__module__)


def is_stripe(step: Step) -> bool:
    """Return whether a layer is a stripe on the box of what it changes, and no box of its own."""
    return look_of_step(step) in _STRIPES and step.input == step.output


def slab(steps: Sequence[Step], extent: Extent, naming: Naming) -> Piece:
    """Return a box for what leaves the first of these layers, with a stripe for each of the others.

    Stripes without a box change what is labelled before them, and have no label of their own.
    """
    first, *behind = steps
    alone = is_stripe(first)
    widths = [STRIPE if alone else extent.width, *(STRIPE for _ in behind)]
    drawn, middle = sum(widths), extent.height / 2
    room = drawn if alone else max(_PITCH, drawn)
    begin = x = (room - drawn) / 2
    marks: list[Mark] = []
    for step, width in zip(steps, widths, strict=True):
        marks.append(Box(x, 0, width, extent.height, look_of_step(step), naming.hint(step)))
        x += width
    if extent.cut:
        marks += _break(begin, widths[0], extent.height)
    leads = [Path(((a, middle), (b, middle))) for a, b in ((0, begin), (x, room)) if b - a > 0.2]
    marks = [*(leads[1:] if first.is_input else leads), *marks]
    height = extent.height
    if not alone:
        words, low = labelled(room / 2, height, naming.label(first), naming.shape(first.output))
        marks += words
        height = low
    return Piece(room, height, middle, middle, tuple(marks), tuple(Port(id(step), (room, middle)) for step in steps))


def labelled(x: float, y: float, name: str, shape: str) -> tuple[list[Words], float]:
    """Return a name and a shape below a point, read upwards, and how far down they reach."""
    sizes = Words(x + 3, y + 4, shortened(shape, _LONGEST_LABEL, 9), anchor="end", look="grey", turned=True)
    end = y + 4 + sizes.width + 5
    words = Words(x + 3, end, shortened(name, _LONGEST_LABEL, 9), anchor="end", turned=True)
    return [words, sizes], end + words.width


def _break(x: float, width: float, height: float) -> list[Mark]:
    """Two slanted lines across the middle of a box: it would be larger."""
    middle = height / 2
    return [
        Path(((x - 1.5, middle + 3 + shift), (x + width + 1.5, middle - 3 + shift)), "cut") for shift in (-1.5, 1.5)
    ]

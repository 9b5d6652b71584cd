"""What a picture is made of: marks with places, in pixels of 1/96 inch, x to the right and y downwards.

Marks know how they look by a name alone; what a name means is `looks`, and a file for each medium writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from symcount.drawing.lettering import width_of
from symcount.records import record, replace

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@record
class Box:
    """A rectangle; ``hint`` is what it tells one who points at it, or has it read out."""

    x: float
    y: float
    width: float
    height: float
    look: str
    hint: str = ""
    corner: float = 0

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Its left, upper, right and lower edge."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@record
class Path:
    """A line through points, perhaps with the head of an arrow at its end."""

    points: tuple[Point, ...]
    look: str = "line"
    arrow: bool = False

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Its left, upper, right and lower edge."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)


@record
class Disc:
    """A circle about a point."""

    x: float
    y: float
    radius: float
    look: str
    hint: str = ""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Its left, upper, right and lower edge."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


@record
class Words:
    """A line of text from, about or up to a point of its base line; ``turned`` reads upwards."""

    x: float
    y: float
    text: str
    size: float = 9
    anchor: Anchor = "start"
    look: str = "ink"
    turned: bool = False
    bold: bool = False

    @property
    def width(self) -> float:
        """How long the line is, in a wide font."""
        return width_of(self.text, self.size, self.bold)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Its left, upper, right and lower edge."""
        before = {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]
        rise, fall = self.size * _RISE, self.size * _FALL
        if self.turned:
            return self.x - rise, self.y - self.width + before, self.x + fall, self.y + before
        return self.x - before, self.y - rise, self.x - before + self.width, self.y + fall


_RISE, _FALL = 0.76, 0.22
"""How far letters rise above their base line and fall below it, of the size of the font."""

Mark = Box | Path | Disc | Words


@record
class Figure:
    """A picture: its title, what it shows in a sentence or two, its size, and its marks, later ones over earlier."""

    title: str
    description: str
    width: float
    height: float
    marks: tuple[Mark, ...]


def moved(marks: Iterable[Mark], dx: float, dy: float) -> tuple[Mark, ...]:
    """Return marks moved to the right and down."""
    return tuple(_moved(mark, dx, dy) for mark in marks)


def _moved(mark: Mark, dx: float, dy: float) -> Mark:
    if isinstance(mark, Path):
        return replace(mark, points=tuple((x + dx, y + dy) for x, y in mark.points))
    return replace(mark, x=mark.x + dx, y=mark.y + dy)

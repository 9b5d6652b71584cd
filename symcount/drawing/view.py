"""`View`: what of a network is drawn, and how wide."""

from __future__ import annotations

import re
from typing import Literal

from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.records import record

WIDTH = 720.0
"""The width of a picture where none is asked for, in pixels."""

Scale = Literal["auto", "linear", "log"]
SCALES: tuple[Scale, ...] = ("auto", "linear", "log")

_LEAST, _MOST = 200.0, 4000.0
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72.27, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""How many pixels a unit has; a point is TeX's."""


@record
class Over:
    """A symbol, and the first and the last of its values."""

    symbol: str
    first: int
    last: int


@record
class View:
    """What is drawn of a network, and how wide, in pixels; what is left out is as usual.

    ``quantities`` are named, ``at`` is the place of one layer. Of the growth ``over`` is the symbol with its range,
    ``beside`` are other networks, each by its name, ``name`` is that of the network, and ``scale`` is of both axes.
    """

    width: float = WIDTH
    quantities: tuple[str, ...] = ()
    at: str | int | None = None
    over: Over | None = None
    beside: tuple[tuple[str, Count], ...] = ()
    scale: Scale = "auto"
    name: str = ""


def pixels(width: str) -> float:
    """Return how many pixels a width has: a number of them, or of pt, in, cm or mm.

    >>> pixels("7.5in"), pixels("600")
    (720.0, 600.0)
    """
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]*)", width.strip())
    if found is None or found[2] not in _PIXELS:
        raise ArchitectureError("bad-width", f"{width!r} is no width", hint="write 600, 3.3in, 240pt, 12cm or 80mm")
    size = float(found[1]) * _PIXELS[found[2]]
    if not _LEAST <= size <= _MOST:
        message = f"a picture is {_LEAST:.0f} to {_MOST:.0f} pixels wide, and {width} is {size:.0f}"
        raise ArchitectureError("bad-width", message)
    return size


def over_range(text: str) -> Over:
    """Return the symbol and the range of ``n=28..224``.

    >>> over_range("n=28..224")
    Over(symbol='n', first=28, last=224)
    """
    found = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*=\s*(\d[\d_]{0,17})\s*\.\.\s*(\d[\d_]{0,17})\s*", text)
    if found is None:
        raise ArchitectureError("bad-range", f"{text!r} is no range of a symbol", hint="write it as n=28..224")
    first, last = int(found[2]), int(found[3])
    if first >= last:
        message = f"the range of {found[1]} is empty: its first value is {first}, and its last {last}"
        raise ArchitectureError("bad-range", message)
    return Over(found[1], first, last)

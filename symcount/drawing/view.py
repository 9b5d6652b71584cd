"""`View`: what of a network is drawn, and how wide."""

from __future__ import annotations

import re

from symcount.errors import ArchitectureError
from symcount.records import record

WIDTH = 720.0
"""The width of a picture where none is asked for, in pixels."""

_LEAST, _MOST = 200.0, 4000.0
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72.27, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""How many pixels a unit has; a point is TeX's."""


@record
class View:
    """How wide a picture is, in pixels."""

    width: float = WIDTH


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

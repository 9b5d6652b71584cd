"""How long a line of text is, and how a long one is shortened.

A viewer chooses the font, so lengths are those of DejaVu Sans, a wide one: what fits here fits everywhere.
"""

from __future__ import annotations

from itertools import accumulate, takewhile

_WIDTHS = {
    **dict.fromkeys("'ijlIJ", 295), **dict.fromkeys(" \u00a0,.·", 318), **dict.fromkeys("/:;\\|f-", 361),
    **dict.fromkeys("()[]⌊⌋⌈⌉t!r₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", 411), **dict.fromkeys("\"*_`sz?c", 550),
    **dict.fromkeys("LFkvxyPTYoa", 613), **dict.fromkeys("KABXZ", 686), **dict.fromkeys("RCU", 732),
    **dict.fromkeys("NHDG&OQ", 787), **dict.fromkeys("w#+<=>^~×−", 838), **dict.fromkeys("%Mm", 974),
    **dict.fromkeys("W@…⋮½", 1000),
}  # fmt: skip
"""In thousandths of the size of the font."""

_PLAIN, _WIDE = 638, 1000
"""The width of any other letter of Latin or Greek, and of a letter of any other script."""

_LATIN_AND_GREEK = 0x400
_BOLD = 1.2
"""How much wider a letter is in bold, at most."""


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return how many pixels a line of text takes.

    >>> round(width_of("64×56×56", 9), 1)
    49.5
    """
    return sum(map(_thousandths, text)) * size / 1000 * (_BOLD if bold else 1)


def _thousandths(char: str) -> int:
    return _WIDTHS.get(char, _PLAIN if ord(char) < _LATIN_AND_GREEK else _WIDE)


def shortened(text: str, room: float, size: float) -> str:
    """Return a text that fits into so many pixels: itself, or its beginning and an ellipsis.

    >>> shortened("{BN-R-C(4*k,1)-BN-R}", 60, 9)
    '{BN-R-C(4…'
    """
    if width_of(text, size) <= room:
        return text
    begun = accumulate(map(_thousandths, text), initial=_thousandths("…"))
    fitting = [*takewhile(lambda wide: wide * size / 1000 <= room, begun)]
    return text[: max(len(fitting) - 1, 0)] + "…"

"""How long a line of text is, and how a long one is shortened.

A viewer chooses the font, so lengths are those of a wide one: what fits here fits everywhere.
"""

from __future__ import annotations

_WIDER = 1.15
"""DejaVu Sans and Verdana beside Helvetica, whose widths are known."""

_BOLD = 1.09

_NARROW = {
    **dict.fromkeys("ijl'|", 222), **dict.fromkeys("ft.,:;!/\\[] \u00a0·", 278), **dict.fromkeys("(){}r-\"`⌊⌋⌈⌉", 333),
    **dict.fromkeys("cksvxyzJ", 500), **dict.fromkeys("FTZL", 611), **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722), **dict.fromkeys("GOQ", 778), **dict.fromkeys("Mm", 833), "W": 944, "@": 1015,
    "%": 889, **dict.fromkeys("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", 370), **dict.fromkeys("+=<>~×−", 584), "…": 1000,
}  # fmt: skip
"""The widths of Helvetica's letters, in thousandths of the size of the font."""

_PLAIN, _WIDE = 556, 1000
"""The width of any other letter of Latin, and of a letter of any other script."""

_LATIN = 0x250


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return how many pixels a line of text takes.

    >>> round(width_of("64×56×56", 9), 1)
    46.6
    """
    thousandths = sum(_NARROW.get(char, _PLAIN if ord(char) < _LATIN else _WIDE) for char in text)
    return thousandths * size / 1000 * _WIDER * (_BOLD if bold else 1)


def shortened(text: str, room: float, size: float) -> str:
    """Return a text that fits into so many pixels: itself, or its beginning and an ellipsis.

    >>> shortened("{BN-R-C(4*k,1)-BN-R}", 60, 9)
    '{BN-R-C(4…'
    """
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept + "…"

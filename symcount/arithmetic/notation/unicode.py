"""Arithmetic in text for people to read, with raised exponents and lowered indices: ``(k²·c + 1)·f``."""

from __future__ import annotations

from symcount.arithmetic.notation.names import greek_sign, split_name
from symcount.arithmetic.notation.text import TEXT
from symcount.records import replace


def unicode_name(name: str) -> str:
    """Return a name in plain Unicode: ``n₁``, ``α``, ``d_model``."""
    base, index = split_name(name)
    shown = greek_sign(base)
    if not index:
        return shown
    return shown + (index.translate(_SUBSCRIPTS) if index.isdigit() else f"_{greek_sign(index)}")


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

UNICODE = replace(
    TEXT,
    name=unicode_name,
    minus=" − ",
    negative="−",
    times="·",
    times_apart="·",
    superscripts=_SUPERSCRIPTS,
)
"""Text for people to read: ``(k²·c + 1)·f``, ``n₁``."""

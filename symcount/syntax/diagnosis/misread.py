"""Explains neighbours that are misread: what two or three tokens side by side most likely mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.syntax.diagnosis.misread_layers import IN_LAYERS
from symcount.syntax.diagnosis.misread_sizes import IN_SIZES

if TYPE_CHECKING:
    from symcount.errors import ArchitectureError
    from symcount.syntax.diagnosis.parse_point import ParsePoint

_AFTER_LAYER = frozenset(("NAME", "RPAR", "NUMBER", "QMARK", "RSQB", "RBRACE"))


def misread(point: ParsePoint) -> ArchitectureError | None:
    """Return what the tokens at a point most likely mean, or None."""
    for reading in _ANYWHERE + (IN_SIZES if point.in_sizes else IN_LAYERS):
        if error := reading(point):
            return error
    return None


def _language_word(point: ParsePoint) -> ArchitectureError | None:
    """``let in = 3``, ``I-C let w = 3``."""
    if point.found not in ("DEF", "LET", "IN"):
        return None
    word = str(point.after[0])
    if point.found != "IN" and not point.bracket and point.back(1) in _AFTER_LAYER:
        return point.error("missing-semicolon", f"a ';' is missing before {word!r}", f"write ; {word} …")
    return point.error("reserved-word", f"{word!r} is a word of the language and cannot be a name", f"write {word}_")


def _bare_binding(point: ParsePoint) -> ArchitectureError | None:
    """``w = 64; …``."""
    if point.found != "EQUAL" or point.statement != ("NAME",):
        return None
    name = point.text(point.before[-1])
    return point.error(
        "missing-let",
        "a name is given a meaning by a word before it",
        f"write let {name} = … for a size, or def {name} = … for layers",
        back=1,
    )


def _missing_name(point: ParsePoint) -> ArchitectureError | None:
    """``def = C``."""
    if point.back(1) not in ("DEF", "LET"):
        return None
    word = str(point.before[-1])
    return point.error("missing-name", f"a name is missing after {word!r}", f"write {word} a = …")


def _missing_label(point: ParsePoint) -> ArchitectureError | None:
    """``C@-P``."""
    if point.back(1) not in ("AT", "AMPERSAND") or point.found == "NAME":
        return None
    sign = str(point.before[-1])
    return point.error("missing-label", f"a label is missing after {sign!r}", f"write a name, as in {sign}a", back=1)


_ANYWHERE = (
    _language_word,
    _bare_binding,
    _missing_name,
    _missing_label,
)

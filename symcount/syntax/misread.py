"""Explains neighbours that are misread: what two or three tokens side by side most likely mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.syntax.misread_layers import IN_LAYERS
from symcount.syntax.misread_sizes import IN_SIZES

if TYPE_CHECKING:
    from symcount.errors import ArchitectureError
    from symcount.syntax.place import Place

_AFTER_LAYER = frozenset(("NAME", "RPAR", "NUMBER", "QMARK", "RSQB", "RBRACE"))


def misread(place: Place) -> ArchitectureError | None:
    """Return what the tokens at a place most likely mean, or None."""
    for reading in _ANYWHERE + (IN_SIZES if place.in_sizes else IN_LAYERS):
        if error := reading(place):
            return error
    return None


def _language_word(place: Place) -> ArchitectureError | None:
    """``let in = 3``, ``I-C let w = 3``."""
    if place.found not in ("DEF", "LET", "IN"):
        return None
    word = str(place.after[0])
    if place.found != "IN" and not place.bracket and place.back(1) in _AFTER_LAYER:
        return place.error("missing-semicolon", f"a ';' is missing before {word!r}", f"write ; {word} …")
    return place.error("reserved-word", f"{word!r} is a word of the language and cannot be a name", f"write {word}_")


def _bare_binding(place: Place) -> ArchitectureError | None:
    """``w = 64; …``."""
    if place.found != "EQUAL" or place.statement != ("NAME",):
        return None
    name = place.text(place.before[-1])
    return place.error(
        "missing-let",
        "a name is given a meaning by a word before it",
        f"write let {name} = … for a size, or def {name} = … for layers",
        back=1,
    )


def _missing_name(place: Place) -> ArchitectureError | None:
    """``def = C``."""
    if place.back(1) not in ("DEF", "LET"):
        return None
    word = str(place.before[-1])
    return place.error("missing-name", f"a name is missing after {word!r}", f"write {word} a = …")


def _missing_label(place: Place) -> ArchitectureError | None:
    """``C@-P``."""
    if place.back(1) not in ("AT", "AMPERSAND") or place.found == "NAME":
        return None
    sign = str(place.before[-1])
    return place.error("missing-label", f"a label is missing after {sign!r}", f"write a name, as in {sign}a", back=1)


_ANYWHERE = (
    _language_word,
    _bare_binding,
    _missing_name,
    _missing_label,
)

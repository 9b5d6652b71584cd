"""Names a character that the language does not have, and what to write for it.

Many look like one that it has: Greek letters, full-width digits, spaces of no width.
"""

from __future__ import annotations

import re
import unicodedata

from symcount.errors import ArchitectureError, Span

_STRANGE = re.compile(r"[^A-Za-z0-9_()\[\]{}+\-*/%^<>=!×.,;|?@& \t\r\n\f\v]")

_INSTEAD = {
    **dict.fromkeys("·∗⋅•∙✱＊", "*"),
    **dict.fromkeys("✕✖⨯╳⨉", "×"),
    "⊕": "+",
    "⊗": "mul{A|B}",
    "÷": "/",
    "∕": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "…": "..",
    "∞": "a symbol, such as N",
    "√": "^(1/2)",
    "¬": "-",
    "∥": "|",
    "ı": "i",
    "ſ": "s",
    "ℎ": "h",
    "µ": "mu",
    ":": "= to give an argument by name, or .. for a range",
    "\\": "a plain sign: × for \\times, * for \\cdot",
}
_INSTEAD |= dict(zip("АВСЕНІКМОРТХасеорхуі", "ABCEHIKMOPTXaceopxyi", strict=True))

_QUOTES = "'\"`“”‘’„‚«»′″"


def strange(source: str) -> ArchitectureError | None:
    """Return what to write for the first character that the language does not have, or None."""
    found = _STRANGE.search(source)
    return unknown_character(source, found.start()) if found else None


def unknown_character(source: str, place: int) -> ArchitectureError:
    """Return what to write for the character at a place."""
    char = source[place]
    return ArchitectureError(
        "unknown-character",
        f"{_shown(char)} has no meaning here",
        span=Span(place, place + 1),
        hint=_hint(source, place),
    )


def _shown(char: str) -> str:
    name = unicodedata.name(char, "")
    if char.isascii() and char.isprintable():
        return repr(char)
    seen = f"{char!r}, " if char.isprintable() and not unicodedata.combining(char) else ""
    return f"{seen}{name or 'a character without a name'} (U+{ord(char):04X}),"


def _hint(source: str, place: int) -> str:
    """Return what to write instead of a character."""
    char = source[place]
    if char == "." and source[place + 1 : place + 2].isdigit():
        return "write 0 before the point, as in 0.5"
    if char in _QUOTES:
        return "words are written without quotes, as in p=same"
    if unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return "write an ordinary space"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn"):
        return "remove it"
    instead = _INSTEAD.get(char) or _greek(char) or _compatible(char)
    return f"write {instead}" if instead else "remove it; names have the letters a-z, A-Z, digits and _"


def _greek(char: str) -> str | None:
    """Return the name of a Greek letter: ``lamda``, or ``Lamda`` for the capital."""
    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+).*", unicodedata.name(char, ""))
    if match is None:
        return None
    return match[2].lower() if match[1] == "SMALL" else match[2].capitalize()


def _compatible(char: str) -> str | None:
    """Return the plain form of a full-width, raised or otherwise styled character."""
    plain = unicodedata.normalize("NFKC", char)
    if plain == char or not plain.isascii():
        return _greek(plain) if len(plain) == 1 and plain != char else None
    match unicodedata.decomposition(char).split(" ")[0]:
        case "<super>":
            return f"^{plain}"
        case "<sub>":
            return f"_{plain}"
        case _:
            return plain

"""Letters of one's own for the rules: what may stand as a letter, in any medium."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import name

from symcount.errors import ArchitectureError


def checked(letters: Mapping[str, str]) -> dict[str, str]:
    """Return letters as names of the language; a Greek letter may be given as it is.

    >>> checked({"k": "n", "f": "κ", "c": "d_model"})
    {'k': 'n', 'f': 'kappa', 'c': 'd_model'}
    """
    return {old: _checked(new) for old, new in letters.items()}


def _checked(letter: str) -> str:
    spelled = "".join(map(_spelled, letter))
    spelled = {"lambda": "lamda", "Lambda": "Lamda"}.get(spelled, spelled)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", spelled):
        message = f"{letter!r} cannot be a letter"
        raise ArchitectureError("bad-letter", message, hint="write a letter, or a name such as d_model or alpha")
    return spelled


def _spelled(sign: str) -> str:
    """The name of a Greek letter, any other sign as it is."""
    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)", name(sign, ""))
    if match is None:
        return sign
    return match[2].lower() if match[1] == "SMALL" else match[2].capitalize()

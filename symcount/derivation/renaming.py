"""Letters of one's own for the rules: what may stand as a letter, in any medium."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import name

from symcount.errors import ArchitectureError


def renamed(letters: Mapping[str, str], used: Iterable[str]) -> dict[str, str]:
    """Return letters as names of the language; a letter of the rules whose place is taken moves out of the way.

    A Greek letter may be given as it is.

    >>> renamed({"k": "n", "c": "κ"}, ["n", "k", "c"])
    {'k': 'n', 'c': 'kappa', 'n': 'N'}
    """
    new = {old: _checked(letter) for old, letter in letters.items()}
    taken = set(new.values())
    if len(taken) < len(new):
        raise ArchitectureError("twice", "two letters would become the same one")
    kept = [letter for letter in dict.fromkeys(used) if letter not in new]
    for letter in kept:
        if letter in taken:
            free = (each for each in (letter.upper(), f"{letter}_0", f"{letter}_1") if each not in taken.union(kept))
            new[letter] = next(free)
            taken.add(new[letter])
    return new


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

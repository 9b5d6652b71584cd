"""What a name is made of, in every notation: one letter, a Greek one, several, with an index or without."""

from __future__ import annotations

import re

_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lamda mu nu xi pi rho sigma tau upsilon phi chi psi"
)

GREEK = frozenset((*_LETTERS.split(), "omega", *"Gamma Delta Theta Lamda Xi Pi Sigma Upsilon Phi Psi Omega".split()))
"""Names that are typeset as the Greek letter; lambda is a Python keyword, and written lamda."""


def split_name(name: str) -> tuple[str, str]:
    """Part a name into its base and its index: at the first ``_``, or before trailing digits.

    >>> split_name("d_model"), split_name("h1"), split_name("alpha")
    (('d', 'model'), ('h', '1'), ('alpha', ''))
    """
    base, _, index = name.partition("_")
    if base and index.strip("_"):
        return base, index.strip("_")
    match = re.fullmatch(r"([A-Za-z]+)([0-9]+)", name)
    return (match[1], match[2]) if match else (name, "")


def is_plain(word: str) -> bool:
    """Return whether a word is one letter or a number, which every medium sets by itself."""
    return word.isascii() and word.isalnum() and (len(word) == 1 or word.isdigit())


def greek_sign(word: str) -> str:
    """Return the Greek letter of this name, or the word itself."""
    if word not in GREEK:
        return word
    from unicodedata import lookup

    case = "CAPITAL" if word[0].isupper() else "SMALL"
    return lookup(f"GREEK {case} LETTER {word.upper()}")

"""How a name such as ``d_model`` or ``alpha`` falls into a base and an index, whatever the notation."""

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


def name_parts(name: str) -> tuple[str, ...]:
    """Part a name into its base and each of its indices.

    >>> name_parts("d_head_1"), name_parts("h1"), name_parts("n")
    (('d', 'head', '1'), ('h', '1'), ('n',))
    """
    base, index = split_name(name)
    return (base, *(part for part in index.split("_") if part))


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

"""How a name looks in a medium: one letter, a Greek one, several, with an index or without; always safe."""

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


def _is_plain(word: str) -> bool:
    """Whether a word is one letter or a number, which every medium sets by itself."""
    return word.isascii() and word.isalnum() and (len(word) == 1 or word.isdigit())


def latex_text(word: str) -> str:
    """Return plain words as LaTeX sets them among mathematics."""
    return "\\text{" + "".join(_IN_TEXT.get(char, char) for char in word) + "}"


LATEX_ESCAPES = {
    "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    **{sign: "\\" + sign for sign in "&%$#_{}"},
}  # fmt: skip
"""What LaTeX would read as a command, and how it is written instead."""

LATEX_SIGNS = {
    "×": "\\times", "→": "\\to", "≥": "\\ge", "≤": "\\le", "−": "-", "·": "\\cdot",
    "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil",
}  # fmt: skip
"""Signs that LaTeX has in mathematics only."""

_IN_TEXT = {**LATEX_ESCAPES, **{sign: f"}}{{{command}}}\\text{{" for sign, command in LATEX_SIGNS.items()}}


def _latex_word(word: str) -> str:
    if word in GREEK:
        return "\\" + word.replace("amda", "ambda")
    return word if _is_plain(word) else latex_text(word)


def latex_name(name: str) -> str:
    r"""Return a name as LaTeX sets it: ``d_{\text{model}}``."""
    base, index = split_name(name)
    return f"{_latex_word(base)}_{{{_latex_word(index)}}}" if index else _latex_word(base)


def typst_text(word: str) -> str:
    """Return a string of Typst."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_word(word: str) -> str:
    if word in GREEK:
        return word.replace("amda", "ambda")
    return word if _is_plain(word) else typst_text(word)


def typst_name(name: str) -> str:
    """Return a name as Typst sets it: ``d_"model"``."""
    base, index = split_name(name)
    return f"{_typst_word(base)}_{_typst_word(index)}" if index else _typst_word(base)


def _greek_sign(word: str) -> str:
    """The Greek letter of this name, or the word itself."""
    if word not in GREEK:
        return word
    from unicodedata import lookup

    case = "CAPITAL" if word[0].isupper() else "SMALL"
    return lookup(f"GREEK {case} LETTER {word.upper()}")


def unicode_name(name: str) -> str:
    """Return a name in plain Unicode: ``n₁``, ``α``, ``d_model``."""
    base, index = split_name(name)
    shown = _greek_sign(base)
    if not index:
        return shown
    return shown + (index.translate(_SUBSCRIPTS) if index.isdigit() else f"_{_greek_sign(index)}")


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits to raised digits."""


_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escaped(text: str) -> str:
    """Return plain text as HTML and MathML have it."""
    return text.translate(_XML_ESCAPES)


def mathml_text(word: str) -> str:
    """Return plain words as MathML sets them among mathematics."""
    return f"<mtext>{escaped(word)}</mtext>"


def _mathml_word(word: str) -> str:
    return f"<mn>{word}</mn>" if word.isdigit() else f"<mi>{escaped(_greek_sign(word))}</mi>"


def mathml_name(name: str) -> str:
    """Return a name as MathML sets it: a letter with an index."""
    base, index = split_name(name)
    return f"<msub>{_mathml_word(base)}{_mathml_word(index)}</msub>" if index else _mathml_word(base)

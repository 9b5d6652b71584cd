"""How arithmetic looks in a medium: one table of templates for each, no code in the writer."""

from __future__ import annotations

import re
from collections.abc import Callable

from symcount.records import record


@record
class Notation:
    """The signs of one medium.

    ``stacked`` says that a division is drawn with a bar, so that its parts need no parentheses.
    ``summation`` ends with the term where nothing else closes it.
    ``times_before_digit`` is the product sign before a factor that starts with a digit, and
    ``times`` the one before any other.
    """

    name: Callable[[str], str]
    integer: Callable[[int], str]
    plus: str
    minus: str
    negative: str
    times: str
    times_before_digit: str
    power: str
    group: str
    ratio: str
    floor: str
    ceiling: str
    remainder: str
    minimum: str
    maximum: str
    summation: str
    comma: str
    by: str
    at_least: str
    divides: str
    equals: str
    stacked: bool


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


def _latex_word(word: str) -> str:
    if word in GREEK:
        return "\\" + word.replace("amda", "ambda")
    if word.isalnum() and (len(word) == 1 or word.isdigit()):
        return word
    return "\\text{" + word.replace("_", "\\_") + "}"


def _latex_name(name: str) -> str:
    base, index = split_name(name)
    return f"{_latex_word(base)}_{{{_latex_word(index)}}}" if index else _latex_word(base)


def _typst_word(word: str) -> str:
    if word in GREEK:
        return word.replace("amda", "ambda")
    return word if word.isalnum() and (len(word) == 1 or word.isdigit()) else f'"{word}"'


def _typst_name(name: str) -> str:
    base, index = split_name(name)
    return f"{_typst_word(base)}_{_typst_word(index)}" if index else _typst_word(base)


TEXT = Notation(
    name=str,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times="*",
    times_before_digit="*",
    power="{}^{}",
    group="({})",
    ratio="{}/{}",
    floor="⌊{}/{}⌋",
    ceiling="⌈{}/{}⌉",
    remainder="{} mod {}",
    minimum="min({})",
    maximum="max({})",
    summation="Σ({index}={first}..{last}) {term}",
    comma=", ",
    by="×",
    at_least="{} ≥ {}",
    divides="{} divides {}",
    equals="{} = {}",
    stacked=False,
)
"""Plain text, as a person types it: ``(k^2*c + 1)*f``."""

PYTHON = Notation(
    name=str,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times="*",
    times_before_digit="*",
    power="{}**{}",
    group="({})",
    ratio="({}//{})",
    floor="({}//{})",
    ceiling="(-(-{}//{}))",
    remainder="({} % {})",
    minimum="min({})",
    maximum="max({})",
    summation="sum({term} for {index} in range({first}, {last} + 1))",
    comma=", ",
    by=", ",
    at_least="{} >= {}",
    divides="{1} % {0} == 0",
    equals="{} == {}",
    stacked=False,
)
"""Python's own syntax, exact on ints: a ratio is written where it is known to leave no remainder."""

LATEX = Notation(
    name=_latex_name,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times=" \\, ",
    times_before_digit=" \\cdot ",
    power="{}^{{{}}}",
    group="\\left({}\\right)",
    ratio="\\frac{{{}}}{{{}}}",
    floor="\\left\\lfloor \\frac{{{}}}{{{}}} \\right\\rfloor",
    ceiling="\\left\\lceil \\frac{{{}}}{{{}}} \\right\\rceil",
    remainder="{} \\bmod {}",
    minimum="\\min\\left({}\\right)",
    maximum="\\max\\left({}\\right)",
    summation="\\sum_{{{index}={first}}}^{{{last}}} {term}",
    comma=",\\, ",
    by=" \\times ",
    at_least="{} \\ge {}",
    divides="{} \\mid {}",
    equals="{} = {}",
    stacked=True,
)
"""LaTeX that pdflatex with amsmath, KaTeX and MathJax all take."""

TYPST = Notation(
    name=_typst_name,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times=" ",
    times_before_digit=" dot ",
    power="{}^({})",
    group="({})",
    ratio="frac({}, {})",
    floor="floor(frac({}, {}))",
    ceiling="ceil(frac({}, {}))",
    remainder='{} "mod" {}',
    minimum="min({})",
    maximum="max({})",
    summation="sum_({index}={first})^({last}) {term}",
    comma=", ",
    by=" times ",
    at_least="{} >= {}",
    divides="{} divides {}",
    equals="{} = {}",
    stacked=True,
)
"""Typst's math mode."""

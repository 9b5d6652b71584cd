"""How arithmetic looks in a medium: one table of templates for each, no code in the writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from symcount.arithmetic.spelling import (
    SUPERSCRIPTS,
    latex_name,
    latex_text,
    mathml_name,
    mathml_text,
    typst_name,
    typst_text,
    unicode_name,
)
from symcount.records import record, replace


@record
class Notation:
    """The signs of one medium.

    ``stacked`` says that a division is drawn with a bar, so that its parts need no parentheses.
    ``divides`` takes the divisor, the dividend, and what is left of the one by the other.
    ``summation`` ends with the term where nothing else closes it.
    ``times_before_digit`` is the product sign before a factor that starts with a digit, and
    ``times`` the one before any other; ``leading_digit`` matches a factor that does. ``superscripts``
    translates the exponents that need no ``power``. ``word`` sets plain words among mathematics, and
    ``under`` a word below a part of it. ``thousands`` are the signs that can part the digits of a number.
    """

    name: Callable[[str], str]
    integer: Callable[[int | str], str]
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
    word: Callable[[str], str] = str
    under: str = "{0}"
    leading_digit: re.Pattern[str] = re.compile(r"\d")
    to: str = " → "
    superscripts: Mapping[int, int] = {}
    thousands: Mapping[str, str] = {"space": "\u202f", "comma": ","}


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

UNICODE = replace(
    TEXT,
    name=unicode_name,
    minus=" − ",
    negative="−",
    times="·",
    times_before_digit="·",
    superscripts=SUPERSCRIPTS,
)
"""Text for people to read: ``(k²·c + 1)·f``, ``n₁``."""

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
    divides="{2} == 0",
    equals="{} == {}",
    stacked=False,
)
"""Python's own syntax, exact on ints: a ratio is written where it is known to leave no remainder."""

LATEX = Notation(
    name=latex_name,
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
    word=latex_text,
    under="\\underbrace{{{0}}}_{{{1}}}",
    to=" \\to ",
    leading_digit=re.compile(r"(?:\\frac\{)?\d"),
    thousands={"space": "\\,", "comma": "{,}"},
)
"""LaTeX that pdflatex with amsmath, KaTeX and MathJax all take."""

TYPST = Notation(
    name=typst_name,
    integer=lambda number: str(number) if str(number).isdigit() else typst_text(str(number)),
    plus=" + ",
    minus=" - ",
    negative="-",
    times=" thin ",
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
    word=typst_text,
    under="underbrace({0}, {1})",
    to=" -> ",
    leading_digit=re.compile(r"(?:frac\()?\"?\d"),
)
"""Typst's math mode."""

MATHML = Notation(
    name=mathml_name,
    integer="<mn>{}</mn>".format,
    plus='<mo form="infix">+</mo>',
    minus='<mo form="infix">−</mo>',
    negative="<mo>−</mo>",
    times="<mo>⋅</mo>",
    times_before_digit="<mo>⋅</mo>",
    power="<msup><mrow>{}</mrow><mrow>{}</mrow></msup>",
    group='<mrow><mo stretchy="false">(</mo>{}<mo stretchy="false">)</mo></mrow>',
    ratio="<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>",
    floor="<mrow><mo>⌊</mo><mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac><mo>⌋</mo></mrow>",
    ceiling="<mrow><mo>⌈</mo><mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac><mo>⌉</mo></mrow>",
    remainder="{}<mo>mod</mo>{}",
    minimum="<mrow><mi>min</mi><mo>(</mo>{}<mo>)</mo></mrow>",
    maximum="<mrow><mi>max</mi><mo>(</mo>{}<mo>)</mo></mrow>",
    summation="<munderover><mo>∑</mo><mrow>{index}<mo>=</mo>{first}</mrow><mrow>{last}</mrow></munderover>{term}",
    comma="<mo>,</mo>",
    by="<mo>×</mo>",
    at_least="{}<mo>≥</mo>{}",
    divides="{}<mo>∣</mo>{}",
    equals="{}<mo>=</mo>{}",
    stacked=True,
    word=mathml_text,
    to="<mo>→</mo>",
    under="<munder><munder><mrow>{0}</mrow><mo>⏟</mo></munder>{1}</munder>",
    leading_digit=re.compile("(?:<m(?:sup|row)>)*<mn>"),
)
"""MathML Core, as every browser draws it."""


def grouped(notation: Notation, sign: str) -> Notation:
    """Return a notation whose numbers have their digits parted by threes, by ``space`` or ``comma``.

    >>> grouped(LATEX, "comma").integer(217706)
    '217{,}706'
    """
    between = notation.thousands[sign]
    return replace(notation, integer=lambda number: notation.integer(f"{number:,}".replace(",", between)))

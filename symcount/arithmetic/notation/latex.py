"""Arithmetic in LaTeX, and what LaTeX would take for a command among names and words."""

from __future__ import annotations

import re

from symcount.arithmetic.notation.names import GREEK, is_plain, split_name
from symcount.arithmetic.notation.notation import ATOM, POWER, SUM, SUMMATION, Form, Notation


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
    return word if is_plain(word) else latex_text(word)


def latex_name(name: str) -> str:
    r"""Return a name as LaTeX sets it: ``d_{\text{model}}``."""
    base, index = split_name(name)
    return f"{_latex_word(base)}_{{{_latex_word(index)}}}" if index else _latex_word(base)


LATEX = Notation(
    name=latex_name,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times=" \\, ",
    times_before_digit=" \\cdot ",
    power=Form("{}^{{{}}}", POWER, (ATOM, SUM)),
    group="\\left({}\\right)",
    ratio=Form("\\frac{{{}}}{{{}}}", ATOM, (SUM, SUM)),
    floor=Form("\\left\\lfloor \\frac{{{}}}{{{}}} \\right\\rfloor", ATOM, (SUM, SUM)),
    ceiling=Form("\\left\\lceil \\frac{{{}}}{{{}}} \\right\\rceil", ATOM, (SUM, SUM)),
    remainder=Form("{} \\bmod {}", SUM, (POWER, POWER)),
    minimum=Form("\\min\\left({}\\right)", ATOM, (SUM,)),
    maximum=Form("\\max\\left({}\\right)", ATOM, (SUM,)),
    summation=Form("\\sum_{{{0}={1}}}^{{{2}}} {3}", SUMMATION, (SUM, SUM, SUM, SUMMATION)),
    comma=",\\, ",
    by=" \\times ",
    at_least="{} \\ge {}",
    divides="{} \\mid {}",
    equals="{} = {}",
    word=latex_text,
    under="\\underbrace{{{0}}}_{{{1}}}",
    to=" \\to ",
    leading_digit=re.compile(r"(?:\\frac\{)?\d"),
    thousands={"space": "\\,", "comma": "{,}"},
)
"""LaTeX that pdflatex with amsmath, KaTeX and MathJax all take."""

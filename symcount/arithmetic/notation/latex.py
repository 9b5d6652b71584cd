"""The notation of arithmetic in LaTeX, and the escapes that names and words need there."""

from __future__ import annotations

import re

from symcount.arithmetic.notation.names import GREEK, is_plain, name_parts
from symcount.arithmetic.notation.notation import ATOM, POWER, SUM, SUMMATION, Form, Notation, comparisons


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
    base, *indices = name_parts(name)
    return _latex_word(base) + (f"_{{{','.join(map(_latex_word, indices))}}}" if indices else "")


def _group(piece: str) -> str:
    """Parentheses, as high as what is in them where that is more than a line."""
    return f"\\left({piece}\\right)" if _HIGH.search(piece) else f"({piece})"


_HIGH = re.compile(r"\\(frac|sum|underbrace)")


LATEX = Notation(
    name=latex_name,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times=" ",
    times_apart=" \\cdot ",
    power=Form("{}^{{{}}}", POWER, (ATOM, SUM)),
    group=_group,
    ratio=Form("\\frac{{{}}}{{{}}}", POWER, (SUM, SUM)),
    floor=Form("\\left\\lfloor \\frac{{{}}}{{{}}} \\right\\rfloor", ATOM, (SUM, SUM)),
    floor_of_sum=Form("\\left\\lfloor {} \\right\\rfloor", ATOM, (SUM,)),
    ceiling=Form("\\left\\lceil \\frac{{{}}}{{{}}} \\right\\rceil", ATOM, (SUM, SUM)),
    ceiling_of_sum=Form("\\left\\lceil {} \\right\\rceil", ATOM, (SUM,)),
    remainder=Form("{} \\bmod {}", SUM, (POWER, POWER)),
    minimum=Form("\\min{}", ATOM, (SUM,)),
    maximum=Form("\\max{}", ATOM, (SUM,)),
    summation=Form("\\sum_{{{0}={1}}}^{{{2}}} {3}", SUMMATION, (SUM, SUM, SUM, SUMMATION)),
    brackets=comparisons(
        "\\left[{{}} {} {{}}\\right]", {"==": "=", "!=": "\\ne", "<": "<", "<=": "\\le", ">": ">", ">=": "\\ge"}
    ),
    comma=", ",
    by=" \\times ",
    at_least="{} \\ge {}",
    at_most="{} \\le {}",
    divides="{} \\mid {}",
    equals="{} = {}",
    word=latex_text,
    verbatim=latex_text,
    under="\\underbrace{{{0}}}_{{{1}}}",
    to=" \\to ",
    leading_digit=re.compile(r"(?:\\frac\{)?\d"),
    whole_word=re.compile(r"\\text\{[^{}]*\}(?:\^|$)"),
    coefficient_apart=True,
    thousands={"space": "\\,", "comma": "{,}"},
)
"""LaTeX that pdflatex with amsmath, KaTeX and MathJax all take."""

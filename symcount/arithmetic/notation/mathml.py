"""Arithmetic in MathML Core, and plain words among tags."""

from __future__ import annotations

import re

from symcount.arithmetic.notation.names import greek_sign, split_name
from symcount.arithmetic.notation.notation import Notation

_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escaped(text: str) -> str:
    """Return plain text as HTML and MathML have it."""
    return text.translate(_XML_ESCAPES)


def mathml_text(word: str) -> str:
    """Return plain words as MathML sets them among mathematics."""
    return f"<mtext>{escaped(word)}</mtext>"


def _mathml_word(word: str) -> str:
    return f"<mn>{word}</mn>" if word.isdigit() else f"<mi>{escaped(greek_sign(word))}</mi>"


def mathml_name(name: str) -> str:
    """Return a name as MathML sets it: a letter with an index."""
    base, index = split_name(name)
    return f"<msub>{_mathml_word(base)}{_mathml_word(index)}</msub>" if index else _mathml_word(base)


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

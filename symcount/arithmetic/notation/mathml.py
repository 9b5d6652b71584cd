"""The notation of arithmetic in MathML Core, and the escapes that words need among its tags."""

from __future__ import annotations

import re

from symcount.arithmetic.notation.names import greek_sign, name_parts
from symcount.arithmetic.notation.notation import ATOM, POWER, SUM, SUMMATION, Form, Notation, comparisons

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
    base, *indices = map(_mathml_word, name_parts(name))
    if len(indices) > 1:
        return f"<msub>{base}<mrow>{'<mo>,</mo>'.join(indices)}</mrow></msub>"
    return f"<msub>{base}{indices[0]}</msub>" if indices else base


def _group(piece: str) -> str:
    """Parentheses, as high as what is in them where that is more than a line."""
    as_high = "" if "<mfrac>" in piece or "<munderover>" in piece else ' stretchy="false"'
    return f"<mrow><mo{as_high}>(</mo>{piece}<mo{as_high}>)</mo></mrow>"


MATHML = Notation(
    name=mathml_name,
    integer="<mn>{}</mn>".format,
    plus='<mo form="infix">+</mo>',
    minus='<mo form="infix">−</mo>',
    negative="<mo>−</mo>",
    times="<mo>⋅</mo>",
    times_apart="<mo>⋅</mo>",
    power=Form("<msup><mrow>{}</mrow><mrow>{}</mrow></msup>", POWER, (ATOM, SUM)),
    group=_group,
    ratio=Form("<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>", POWER, (SUM, SUM)),
    floor=Form("<mrow><mo>⌊</mo><mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac><mo>⌋</mo></mrow>", ATOM, (SUM, SUM)),
    floor_of_sum=Form("<mrow><mo>⌊</mo>{}<mo>⌋</mo></mrow>", ATOM, (SUM,)),
    ceiling=Form("<mrow><mo>⌈</mo><mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac><mo>⌉</mo></mrow>", ATOM, (SUM, SUM)),
    ceiling_of_sum=Form("<mrow><mo>⌈</mo>{}<mo>⌉</mo></mrow>", ATOM, (SUM,)),
    remainder=Form("{}<mo>mod</mo>{}", SUM, (POWER, POWER)),
    minimum=Form("<mrow><mi>min</mi>{}</mrow>", ATOM, (SUM,)),
    maximum=Form("<mrow><mi>max</mi>{}</mrow>", ATOM, (SUM,)),
    summation=Form(
        "<munderover><mo>∑</mo><mrow>{0}<mo>=</mo>{1}</mrow><mrow>{2}</mrow></munderover>{3}",
        SUMMATION,
        (SUM, SUM, SUM, SUMMATION),
    ),
    brackets=comparisons(
        "<mrow><mo>[</mo>{{}}<mo>{}</mo>{{}}<mo>]</mo></mrow>",
        {"==": "=", "!=": "≠", "<": "&lt;", "<=": "≤", ">": "&gt;", ">=": "≥"},
    ),
    comma="<mo>,</mo>",
    by="<mo>×</mo>",
    at_least="{}<mo>≥</mo>{}",
    at_most="{}<mo>≤</mo>{}",
    divides="{}<mo>∣</mo>{}",
    equals="{}<mo>=</mo>{}",
    word=mathml_text,
    verbatim=lambda name: f"<mi>{escaped(name)}</mi>",
    coefficient_apart=True,
    to="<mo>→</mo>",
    under="<munder><munder><mrow>{0}</mrow><mo>⏟</mo></munder>{1}</munder>",
    leading_digit=re.compile("(?:<m(?:sup|row)>)*<mn>"),
)
"""MathML Core, as every browser draws it."""

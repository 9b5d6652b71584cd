"""Arithmetic in Typst's math mode, and its strings."""

from __future__ import annotations

import re

from symcount.arithmetic.notation.names import GREEK, is_plain, name_parts
from symcount.arithmetic.notation.notation import ATOM, POWER, SUM, SUMMATION, Form, Notation, comparisons


def typst_text(word: str) -> str:
    """Return a string of Typst."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_word(word: str) -> str:
    if word in GREEK:
        return word.replace("amda", "ambda")
    return word if is_plain(word) else typst_text(word)


def typst_name(name: str) -> str:
    """Return a name as Typst sets it: ``d_"model"``."""
    base, *indices = name_parts(name)
    if len(indices) > 1:
        return f"{_typst_word(base)}_({','.join(map(_typst_word, indices))})"
    return "_".join(map(_typst_word, (base, *indices)))


TYPST = Notation(
    name=typst_name,
    integer=lambda number: str(number) if str(number).isdigit() else typst_text(str(number)),
    plus=" + ",
    minus=" - ",
    negative="-",
    times=" ",
    times_apart=" dot ",
    power=Form("{}^({})", POWER, (ATOM, SUM)),
    group="({})".format,
    ratio=Form("frac({}, {})", POWER, (SUM, SUM)),
    floor=Form("floor(frac({}, {}))", ATOM, (SUM, SUM)),
    floor_of_sum=Form("floor({})", ATOM, (SUM,)),
    ceiling=Form("ceil(frac({}, {}))", ATOM, (SUM, SUM)),
    ceiling_of_sum=Form("ceil({})", ATOM, (SUM,)),
    remainder=Form('{} "mod" {}', SUM, (POWER, POWER)),
    minimum=Form("min{}", ATOM, (SUM,)),
    maximum=Form("max{}", ATOM, (SUM,)),
    summation=Form("sum_({0}={1})^({2}) {3}", SUMMATION, (SUM, SUM, SUM, SUMMATION)),
    brackets=comparisons("[{{}} {} {{}}]", {"==": "=", **{sign: sign for sign in ("!=", "<", "<=", ">", ">=")}}),
    comma=", ",
    by=" times ",
    at_least="{} >= {}",
    at_most="{} <= {}",
    divides="{} divides {}",
    equals="{} = {}",
    word=typst_text,
    verbatim=typst_text,
    under="underbrace({0}, {1})",
    to=" -> ",
    leading_digit=re.compile(r"(?:frac\()?\"?\d"),
    whole_word=re.compile(r'"[^"]*"(?:\^|$)'),
    coefficient_apart=True,
)
"""Typst's math mode."""

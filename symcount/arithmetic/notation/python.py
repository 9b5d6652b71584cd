"""Arithmetic in Python, exact on ints: the signs of plain text, but for what Python writes in its own way."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, POWER, PRODUCT, SUM, Form
from symcount.arithmetic.notation.text import TEXT
from symcount.records import replace

_WHOLE_QUOTIENT = Form("({}//{})", ATOM, (PRODUCT, POWER))

PYTHON = replace(
    TEXT,
    power=Form("{}**{}", POWER, (ATOM, ATOM)),
    ratio=_WHOLE_QUOTIENT,
    floor=_WHOLE_QUOTIENT,
    floor_of_sum=Form("({}//1)", ATOM, (PRODUCT,)),
    ceiling_of_sum=Form("(-(-{}//1))", ATOM, (PRODUCT,)),
    ceiling=Form("(-(-{}//{}))", ATOM, (PRODUCT, POWER)),
    remainder=Form("({} % {})", ATOM, (POWER, POWER)),
    summation=Form("sum({3} for {0} in range({1}, {2} + 1))", ATOM, (SUM, SUM, ATOM, SUM)),
    brackets={
        "==": Form("max(0, 1 - ({} - {})**2)", ATOM, (SUM, PRODUCT)),
        "!=": Form("min(1, ({} - {})**2)", ATOM, (SUM, PRODUCT)),
        "<": Form("min(1, max(0, {1} - {0}))", ATOM, (PRODUCT, SUM)),
        "<=": Form("min(1, max(0, {1} - {0} + 1))", ATOM, (PRODUCT, SUM)),
        ">": Form("min(1, max(0, {} - {}))", ATOM, (SUM, PRODUCT)),
        ">=": Form("min(1, max(0, {} - {} + 1))", ATOM, (SUM, PRODUCT)),
    },
    by=", ",
    at_least="{} >= {}",
    at_most="{} <= {}",
    divides="{2} == 0",
    equals="{} == {}",
)
"""Python's own syntax, exact on ints: a ratio is written where it is known to leave no remainder."""

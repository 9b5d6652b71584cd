"""Arithmetic in Python's own syntax, exact on ints."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, POWER, PRODUCT, SUM, Form, Notation

PYTHON = Notation(
    name=str,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times="*",
    times_before_digit="*",
    power=Form("{}**{}", POWER, (ATOM, ATOM)),
    group="({})",
    ratio=Form("({}//{})", ATOM, (PRODUCT, POWER)),
    floor=Form("({}//{})", ATOM, (PRODUCT, POWER)),
    ceiling=Form("(-(-{}//{}))", ATOM, (PRODUCT, POWER)),
    remainder=Form("({} % {})", ATOM, (POWER, POWER)),
    minimum=Form("min({})", ATOM, (SUM,)),
    maximum=Form("max({})", ATOM, (SUM,)),
    summation=Form("sum({3} for {0} in range({1}, {2} + 1))", ATOM, (SUM, SUM, ATOM, SUM)),
    comma=", ",
    by=", ",
    at_least="{} >= {}",
    divides="{2} == 0",
    equals="{} == {}",
)
"""Python's own syntax, exact on ints: a ratio is written where it is known to leave no remainder."""

"""Arithmetic in Python's own syntax, exact on ints."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import Notation

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

"""Arithmetic in JavaScript on BigInt, with the functions that `symcount.render.code.javascript` writes above it."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, POWER, PRODUCT, SUM, Form, comparisons
from symcount.arithmetic.notation.python import PYTHON
from symcount.records import replace

JAVASCRIPT = replace(
    PYTHON,
    integer="{}n".format,
    negative="0n - ",  # JavaScript takes no minus before what is raised
    power=Form("{}**{}", POWER, (ATOM, ATOM)),
    ratio=Form("({}/{})", ATOM, (PRODUCT, ATOM)),
    floor=Form("floorDiv({}, {})", ATOM, (SUM, SUM)),
    ceiling=Form("(-floorDiv(-({}), {}))", ATOM, (SUM, SUM)),
    remainder=Form("floorMod({}, {})", ATOM, (SUM, SUM)),
    minimum=Form("least{}", ATOM, (SUM,)),
    maximum=Form("largest{}", ATOM, (SUM,)),
    summation=Form("sum({1}, {2}, ({0}) => {3})", ATOM, (SUM, SUM, SUM, SUM)),
    brackets=comparisons(
        "BigInt({{}} {} {{}})", {"==": "===", "!=": "!==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
    ),
    divides="{2} === 0n",
    equals="{} === {}",
)
"""JavaScript: all numbers are BigInt, of any size."""

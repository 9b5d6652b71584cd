"""Arithmetic in the cells of a spreadsheet, exact while no number on the way is beyond 2^53."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, POWER, PRODUCT, SUM, Form, comparisons
from symcount.arithmetic.notation.python import PYTHON
from symcount.records import replace

_SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

EXCEL = replace(
    PYTHON,
    power=Form("{}^{}", POWER, (ATOM, ATOM)),
    ratio=Form("({}/{})", ATOM, (PRODUCT, ATOM)),
    floor=Form("(({0}-MOD({0},{1}))/({1}))", ATOM, (SUM, SUM)),
    ceiling=Form("(({0}+MOD(-({0}),{1}))/({1}))", ATOM, (SUM, SUM)),
    remainder=Form("MOD({},{})", ATOM, (SUM, SUM)),
    minimum=Form("MIN{}", ATOM, (SUM,)),
    maximum=Form("MAX{}", ATOM, (SUM,)),
    brackets=comparisons("IF({{}}{}{{}},1,0)", _SIGNS),
    negative="0-",  # a minus in front binds more tightly than a power
    plus="+",
    minus="-",
    comma=",",
    at_least="{}>={}",
    at_most="{}<={}",
    divides="{2}=0",
    equals="{}={}",
)
"""A spreadsheet: all numbers are 64-bit floats, which hold every integer up to 2^53; MOD rounds down."""

"""Arithmetic in C on 64-bit integers, with the functions that `symcount.render.code.c` writes above it."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, PRODUCT, SUM, Form, comparisons
from symcount.arithmetic.notation.python import PYTHON
from symcount.records import replace

_LARGEST_INT = 2**31 - 1


def _literal(number: int | str) -> str:
    return f"{number}LL" if int(number) > _LARGEST_INT else str(number)


C = replace(
    PYTHON,
    integer=_literal,
    power=Form("power({}, {})", ATOM, (SUM, SUM)),
    ratio=Form("({} / {})", ATOM, (PRODUCT, ATOM)),
    floor=Form("floor_div({}, {})", ATOM, (SUM, SUM)),
    ceiling=Form("(-floor_div(-({}), {}))", ATOM, (SUM, SUM)),
    remainder=Form("floor_mod({}, {})", ATOM, (SUM, SUM)),
    minimum=Form("min{}", ATOM, (SUM,)),
    maximum=Form("max{}", ATOM, (SUM,)),
    repeats=3,
    brackets=comparisons("({{}} {} {{}})", {sign: sign for sign in ("==", "!=", "<", "<=", ">", ">=")}),
)
"""C: a ratio is written where it is known to leave no remainder, or where nothing in it is negative."""

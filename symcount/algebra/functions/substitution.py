"""Replaces symbols by expressions, and brings every floor back to its normal form."""

from __future__ import annotations

from functools import cache

import sympy

from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.coefficient import MOST_BITS, too_large


def substitute(expression: Expr, values: dict[Expr, Expr]) -> Expr:
    """Replace symbols by expressions, all at once, and bring floors back to their normal form."""

    @cache
    def walk(part: Expr) -> Expr:
        if part in values:
            return values[part]
        if not part.args:
            return part
        arguments = [walk(argument) for argument in part.args]
        if part.is_Pow:
            _check_power(*arguments)
        return part.func(*arguments)

    return walk(sympy.sympify(expression, strict=True))


def _check_power(base: Expr, exponent: Expr) -> None:
    """Refuse a power of numbers that is too long, before it is worked out."""
    if base.is_Integer and exponent.is_Integer and (int(base).bit_length() - 1) * abs(int(exponent)) > MOST_BITS:
        raise too_large(f"{base} to the power {exponent}")

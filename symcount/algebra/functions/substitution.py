"""Expressions in place of symbols, with every floor back in its normal form."""

from __future__ import annotations

from functools import cache

import sympy

from symcount.algebra.functions.size_function import Expr


def substitute(expression: Expr, values: dict[Expr, Expr]) -> Expr:
    """Put expressions in place of symbols, all at once; floors return to their normal form."""

    @cache
    def walk(part: Expr) -> Expr:
        if part in values:
            return values[part]
        if not part.args:
            return part
        arguments = [walk(argument) for argument in part.args]
        return part.func(*arguments)

    return walk(sympy.sympify(expression, strict=True))

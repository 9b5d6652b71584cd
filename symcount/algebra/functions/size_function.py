"""`SizeFunction`: what a floor, a minimum and a maximum have in common, and how large one may grow."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy

from symcount.algebra.poly.polynomial import too_large

Expr = Any
"""A sympy expression; sympy has no types."""


class SizeFunction(sympy.Function):  # type: ignore[misc]
    """A function of integer sizes that is an integer itself, and never a float."""

    is_integer = True

    def _eval_evalf(self, prec: int) -> SizeFunction:
        return self


MOST_NESTED = 150
"""An expression is not nested deeper: sympy prints, compares and substitutes by recursion."""


MOST_NODES = 10_000
"""A floor or minimum has no more sums, products and symbols in it: writing it is what takes the time."""


@lru_cache(maxsize=4096)
def _extent(expression: Expr) -> tuple[int, int]:
    """Return the length and the depth of an expression."""
    parts = [_extent(part) for part in expression.args]
    return 1 + sum(length for length, _ in parts), 1 + max((depth for _, depth in parts), default=0)


def check_length(expression: Expr) -> Expr:
    """Return the expression, unless writing it out would not end: what nests twice at each step doubles."""
    length, depth = _extent(expression)
    if length > MOST_NODES or depth > MOST_NESTED:
        raise too_large("a formula of nested floors and minima")
    return expression

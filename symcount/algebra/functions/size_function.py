"""`SizeFunction`: what a floor, a minimum and a maximum have in common, and how large one may grow."""

from __future__ import annotations

from typing import Any

import sympy

from symcount.algebra.poly.coefficient import too_large
from symcount.arithmetic.remembered import remembered

Expr = Any
"""A sympy expression; sympy has no types."""


class SizeFunction(sympy.Function):  # type: ignore[misc]
    """A function of integer sizes that is an integer itself, and never a float."""

    is_integer = True

    rounds = True
    """Whether it is no polynomial in powers of its arguments, as that of a sum of powers is."""

    def _eval_evalf(self, prec: int) -> SizeFunction:
        return self


MOST_NESTED = 150
"""The deepest nesting of an expression: sympy prints, compares and substitutes by recursion."""


MOST_NODES = 10_000
"""The most sums, products and symbols inside one floor or minimum: writing them is what takes the time."""


@remembered
def _extent(expression: Expr) -> tuple[int, int]:
    """Return the length and the depth of an expression."""
    parts = [_extent(part) for part in expression.args]
    return 1 + sum(length for length, _ in parts), 1 + max((depth for _, depth in parts), default=0)


def check_length(expression: Expr) -> Expr:
    """Return the expression, or refuse one too long to write: one that holds the last one twice doubles each time."""
    length, depth = _extent(expression)
    if length > MOST_NODES or depth > MOST_NESTED:
        raise too_large("a formula of nested floors and minima")
    return expression

"""Closed forms as Python functions, for answers that need their values at thousands of points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import to_expression
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.terms.to_python import to_python

LONGEST_COMPILED = 200_000
"""Longer source is not compiled: Python's own compiler nests as deep as a sum is long."""

CALLED = {"min": min, "max": max}
"""The functions that source of closed forms may call."""

Valued = Callable[..., Any]
"""A function of the values of symbols, in their order."""


def compiled(forms: Sequence[Expr | Polynomial], names: Sequence[str]) -> Valued:
    """Return a function of the values of symbols that gives the values of the forms: exact, wherever these are whole.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> compiled([n**2/2 + n/2, n - 1], ["n"])(4)
    (10, 3)
    """
    source = f"lambda {', '.join(names)}: ({''.join(f'{to_python(form)}, ' for form in forms)})"
    if len(source) < LONGEST_COMPILED:
        try:
            made: Valued = eval(source, {"__builtins__": CALLED})  # our own source, of names and ints
            return made
        except (RecursionError, MemoryError):
            pass
    expressions = [to_expression(form) if isinstance(form, Polynomial) else form for form in forms]
    return lambda *values: tuple(value_of(each, dict(zip(names, values, strict=True))) for each in expressions)

"""Minima, maxima and comparisons that the bounds of their symbols decide."""

from __future__ import annotations

import sympy

from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.direction import never_negative
from symcount.algebra.region.interval import Box


def decided(form: Polynomial, box: Box) -> Polynomial:
    """Return a form without the extremes and comparisons of which it is known over a box what they come to.

    >>> k = sympy.Symbol("k")
    >>> to_expression(decided(to_polynomial(Maximum(16, k)**2 + Bracket(k - 3)), {"k": (17, None)}))
    k**2 + 1
    """
    while True:
        expression = to_expression(form)
        values = {part: _decided(part, box) for part in expression.atoms(Minimum, Maximum, Bracket)}
        values = {part: value for part, value in values.items() if value != part}
        if not values:
            return form
        form = to_polynomial(substitute(expression, values))


def _decided(part: Expr, box: Box) -> Expr:
    if isinstance(part, Bracket):
        size = to_polynomial(part.args[0])
        if never_negative(size, box):
            return sympy.Integer(1)
        return sympy.Integer(0) if never_negative(-size - Polynomial.constant(1), box) else part
    kept = [*part.args]
    for one in part.args:
        others = [other for other in kept if other is not one]
        sign = 1 if isinstance(part, Maximum) else -1
        if any(never_negative(to_polynomial(other - one).times(sign), box) for other in others):
            kept = others
    return part if len(kept) == len(part.args) else part.func(*kept)

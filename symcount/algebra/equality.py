"""Whether two closed forms are equal for all sizes.

Without floors a difference of zero decides; with floors by numbers, every residue is tried, and
polynomials that agree on all integers are equal. What neither decides is left open, as None.
"""

from __future__ import annotations

from itertools import product
from math import lcm, prod

import sympy

from symcount.algebra.conversion import Expr, SizeFunction, polynomial
from symcount.algebra.floors import FloorDiv
from symcount.algebra.forms import has_floor, replaced

MOST_RESIDUES = 4096
"""More combinations of residues are not tried."""


def equal(left: Expr, right: Expr) -> bool | None:
    """Return whether two expressions are equal for all sizes; None where this cannot tell.

    >>> n = sympy.Symbol("n")
    >>> equal(FloorDiv(n, 2) + FloorDiv(n + 1, 2), n)
    True
    """
    difference = polynomial(left) - polynomial(right)
    if not difference:
        return True
    if not has_floor(difference):
        return False
    expression = sympy.sympify(left, strict=True) - sympy.sympify(right, strict=True)
    moduli = _moduli(expression)
    if moduli is None or prod(moduli.values()) > MOST_RESIDUES:
        return None
    for residues in product(*(range(modulus) for modulus in moduli.values())):
        values = {
            symbol: modulus * symbol + residue
            for (symbol, modulus), residue in zip(moduli.items(), residues, strict=True)
        }
        rest = polynomial(replaced(expression, values))
        if has_floor(rest):
            return None
        if rest:
            return False
    return True


def _moduli(expression: Expr) -> dict[Expr, int] | None:
    """For each symbol in a floor the number whose multiples every floor over it lets out."""
    moduli: dict[Expr, int] = {}
    for floor in expression.atoms(SizeFunction):
        if not isinstance(floor, FloorDiv) or not floor.args[1].is_Integer:
            return None
        # nested floors multiply: the outer one sees the inner one's quotient
        depth = prod(int(part.args[1]) for part in floor.atoms(FloorDiv))
        for symbol in floor.free_symbols:
            moduli[symbol] = lcm(moduli.get(symbol, 1), depth)
    return moduli

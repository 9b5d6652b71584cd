"""What equations give: symbols by others."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from symcount.algebra.functions.expressions import is_letter, symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import Polynomial


def solved_for_one(form: Polynomial, symbols: Sequence[str]) -> tuple[str, Polynomial] | None:
    """Return a symbol that stands in a form alone and once, and what it is where the form is 0."""
    for monomial, number in form.terms.items():
        if len(monomial) == 1 and abs(number) == 1:
            ((generator, exponent),) = monomial
            rest = form - Polynomial({monomial: number})
            if exponent != 1 or not is_letter(generator) or generator.name not in symbols:  # type: ignore[attr-defined]
                continue
            if rest.is_integral and not any(generator in symbols_of(other) for other in rest.generators):
                return generator.name, rest.times(-number)  # type: ignore[attr-defined]
    return None


def put(form: Polynomial, name: str, value: Polynomial) -> Polynomial:
    """Return a form with another in the place of a symbol."""
    return to_polynomial(substitute(to_expression(form), {sympy.Symbol(name): to_expression(value)}))

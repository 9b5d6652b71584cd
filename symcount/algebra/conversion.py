"""From sympy expressions to polynomials and back: integer sizes only.

Refuses what is no exact arithmetic of integer sizes: floats, roots, foreign functions.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy

from symcount.algebra.polynomial import (
    ONE,
    Coefficient,
    Generator,
    Monomial,
    Polynomial,
    Whole,
    too_large,
)
from symcount.errors import ArchitectureError

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


def checked_length(expression: Expr) -> Expr:
    """Return the expression, unless writing it out would not end: what nests twice at each step doubles."""
    length, depth = _extent(expression)
    if length > MOST_NODES or depth > MOST_NESTED:
        raise too_large("a formula of nested floors and minima")
    return expression


def polynomial(expression: Expr) -> Polynomial:
    """Multiply a sympy expression out.

    >>> n = sympy.Symbol("n")
    >>> polynomial((n + 1)**2) == polynomial(n**2 + 2*n + 1)
    True
    """
    expression = sympy.sympify(expression, strict=True)
    if not isinstance(expression, sympy.Expr):
        raise not_a_size(expression)
    return _polynomial(expression)


@lru_cache(maxsize=4096)
def _polynomial(expression: Expr) -> Polynomial:
    if expression.is_Rational:
        return Polynomial.constant(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol or isinstance(expression, SizeFunction):
        return Polynomial.generator(expression)
    if expression.is_Add:
        return Polynomial.total(_polynomial(term) for term in expression.args)
    if expression.is_Mul:
        result = Polynomial.constant(1)
        for factor in expression.args:
            result = result * _polynomial(factor)
        return result
    if expression.is_Pow:
        return power(_polynomial(expression.base), _polynomial(expression.exp))
    raise not_a_size(expression)


def not_a_size(expression: Expr) -> ArchitectureError:
    """Return the refusal of what is no integer size."""
    return ArchitectureError(
        "not-a-size", f"{expression} is not exact arithmetic of integer sizes", hint="use FloorDiv, not floor"
    )


def power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    """Raise to an exponent that may be symbolic: ``2^(n + 1)`` is ``2*2^n``."""
    base, exponent = base.unfolded(), exponent.unfolded()
    result = Polynomial.constant(1)
    for monomial, number in exponent.terms.items():
        if not isinstance(number, int):
            raise not_a_size(expression_of(base) ** expression_of(exponent))
        if not monomial:
            result = result * base**number
            continue
        for factor, times in _factors(base):
            symbolic = _tower(factor, expression_of(Polynomial({monomial: 1})))
            result = result * Polynomial.generator(symbolic, number * times)
    return result


def _tower(base: Expr, exponent: Expr) -> Expr:
    """A power of a power is one power: every exponent is an integer."""
    return sympy.Pow(base.base, base.exp * exponent) if base.is_Pow else sympy.Pow(base, exponent)


def _factors(base: Polynomial) -> list[tuple[Expr, int]]:
    """The bases into which a power falls apart: ``(4*f)^N`` is ``2^N`` twice and ``f^N``."""
    if len(base) != 1:
        return [(expression_of(base), 1)] if base else [(sympy.Integer(0), 1)]
    ((monomial, number),) = base.terms.items()
    factors = [(generator_expression(generator), exponent) for generator, exponent in monomial]
    for part, sign in ((number.numerator, 1), (number.denominator, -1)):
        if part != 1:
            root: Any = sympy.perfect_power(part) if part > 1 else False
            factors.append((sympy.Integer(root[0]), sign * root[1]) if root else (sympy.Integer(part), sign))
    return factors


def expression_of(form: Polynomial) -> Expr:
    """Return the sympy expression of a polynomial; whole sums are put in as they are.

    >>> n = sympy.Symbol("n")
    >>> expression_of(polynomial((n + 1)**2))
    n**2 + 2*n + 1
    """
    return sympy.Add(*(_term(monomial, number) for monomial, number in form.terms.items()))


def _term(monomial: Monomial, number: Coefficient) -> Expr:
    factors = [_power(generator, exponent) for generator, exponent in monomial]
    if number == 1 and len(factors) == 1:
        return factors[0]
    coefficient = (
        sympy.Integer(number) if isinstance(number, int) else sympy.Rational(number.numerator, number.denominator)
    )
    return coefficient if monomial == ONE else sympy.Mul(coefficient, *factors)


def _power(generator: Generator, exponent: int) -> Expr:
    base = generator_expression(generator)
    return base if exponent == 1 else sympy.Pow(base, exponent)


def generator_expression(generator: Generator) -> Expr:
    """Return the sympy expression that a generator stands for."""
    return expression_of(generator.polynomial) if isinstance(generator, Whole) else generator

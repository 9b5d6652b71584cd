"""From sympy expressions to polynomials and back: integer sizes only.

Refuses what is no exact arithmetic of integer sizes: floats, roots, foreign functions.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, gcd, lcm
from typing import Any

import sympy

from symcount.algebra.functions.size_function import Expr, SizeFunction
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import UNIT, Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError


def to_polynomial(expression: Expr) -> Polynomial:
    """Multiply a sympy expression out.

    >>> n = sympy.Symbol("n")
    >>> to_polynomial((n + 1)**2) == to_polynomial(n**2 + 2*n + 1)
    True
    """
    expression = sympy.sympify(expression, strict=True)
    if not isinstance(expression, sympy.Expr):
        raise not_a_size(expression)
    return _polynomial(expression)


@remembered
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
    """Return the error for a sympy expression that is no arithmetic of integer sizes."""
    return ArchitectureError(
        "not-a-size", f"{expression} is not exact arithmetic of integer sizes", hint="use FloorDiv, not floor"
    )


def power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    """Raise to an exponent that may be symbolic: ``2^(n + 1)`` is ``2*2^n``."""
    base, exponent = base.expand(), exponent.expand()
    if all(_is_whole(*term) for term in exponent.terms.items()):
        return _power_of(base, exponent)
    if exponent.number is not None:
        raise ArchitectureError("not-a-size", f"an exponent is a whole number, found {exponent.number}")
    result = Polynomial.constant(1)
    for factor, times in _factors(base):
        # only the whole of an exponent such as n^2/2 + n/2 is an integer, and of 8/k not 1/k
        raised = exponent.times(times)
        smallest, count = _smallest_exponent(Polynomial({m: x for m, x in raised.terms.items() if not _is_whole(m, x)}))
        result = result * _power_of(_polynomial(factor), raised - smallest.times(count))
        if smallest:
            result = result * Polynomial.generator(_tower(factor, to_expression(smallest)), count)
    return result


def _smallest_exponent(in_part: Polynomial) -> tuple[Polynomial, int]:
    """The smallest exponent of which another is a multiple, but for a whole number, and the multiple.

    ``1/2 - 3*n/2`` is -3 times ``n/2 + 1/2``, and 2.
    """
    constant = Fraction(in_part.constant_term)
    changing = in_part - Polynomial.constant(constant)
    below = lcm(*(number.denominator for number in changing.terms.values()))
    count = gcd(*(int(number * below) for number in changing.terms.values())) or 1
    if any(e < 0 for m in changing.terms for _, e in m) or below % constant.denominator:
        return in_part - Polynomial.constant(floor(constant)), 1
    if all(number < 0 for number in changing.terms.values()):
        count = -count
    rest = int(constant * below) * pow(count, -1, below) % below
    return changing.over(count) + Polynomial.constant(Fraction(rest, below)), count


def _is_whole(monomial: Monomial, number: Coefficient) -> bool:
    """Whether a term is an integer whatever its symbols are."""
    return isinstance(number, int) and all(exponent > 0 for _, exponent in monomial)


def _power_of(base: Polynomial, exponent: Polynomial) -> Polynomial:
    """Raise to an exponent with whole coefficients."""
    result = Polynomial.constant(1)
    for monomial, number in exponent.terms.items():
        if not monomial:
            result = result * base ** int(number)
            continue
        for factor, times in _factors(base):
            symbolic = _tower(factor, to_expression(Polynomial({monomial: 1})))
            result = result * Polynomial.generator(symbolic, int(number) * times)
    return result


def _tower(base: Expr, exponent: Expr) -> Expr:
    """A power to a symbolic exponent; a power of a power becomes one, as every exponent is an integer."""
    return sympy.Pow(base.base, base.exp * exponent) if base.is_Pow else sympy.Pow(base, exponent)


def _factors(base: Polynomial) -> list[tuple[Expr, int]]:
    """The bases into which a power falls apart: ``(4*f)^N`` is ``2^N`` twice and ``f^N``."""
    if len(base) != 1:
        return [(to_expression(base), 1)] if base else [(sympy.Integer(0), 1)]
    ((monomial, number),) = base.terms.items()
    factors = [(generator_expression(generator), exponent) for generator, exponent in monomial]
    for part, sign in ((number.numerator, 1), (number.denominator, -1)):
        if part != 1:
            root: Any = sympy.perfect_power(part) if part > 1 else False
            factors.append((sympy.Integer(root[0]), sign * root[1]) if root else (sympy.Integer(part), sign))
    return factors


def to_expression(form: Polynomial) -> Expr:
    """Return the sympy expression of a polynomial; whole sums are put in as they are.

    >>> n = sympy.Symbol("n")
    >>> to_expression(to_polynomial((n + 1)**2))
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
    return coefficient if monomial == UNIT else sympy.Mul(coefficient, *factors)


def _power(generator: Generator, exponent: int) -> Expr:
    base = generator_expression(generator)
    return base if exponent == 1 else sympy.Pow(base, exponent)


def generator_expression(generator: Generator) -> Expr:
    """Return the sympy expression of a generator, the unit that polynomials are built from."""
    return to_expression(generator.polynomial) if isinstance(generator, Whole) else generator


@remembered
def symbols_of(generator: Generator) -> frozenset[Expr]:
    """Return the symbols that a generator depends on."""
    return frozenset(generator_expression(generator).free_symbols)


def is_letter(generator: Generator) -> bool:
    """Whether a generator is a symbol, and no calculation with symbols."""
    return bool(getattr(generator, "is_Symbol", False))


@remembered
def is_floor(generator: Generator) -> bool:
    """Whether a generator is, or holds, a floor, a minimum or a maximum."""
    return not is_letter(generator) and any(each.rounds for each in generator_expression(generator).atoms(SizeFunction))


def changes_sign(form: Polynomial) -> bool:
    """Whether a form holds a power such as ``(-1)^n``, whose sign is open."""
    powers = (power for each in calculated(form) for power in generator_expression(each).atoms(sympy.Pow))
    return any(each.base.is_negative for each in powers)


def calculated(form: Polynomial) -> list[Generator]:
    """Return the generators that are no symbols, each once: only these hold floors, minima or comparisons."""
    return list(dict.fromkeys(generator for generator in form.generators if not is_letter(generator)))


@remembered
def parts_of(generator: Generator, kind: type[Expr]) -> list[Expr]:
    """Return the parts of a generator that are of a kind, in an order that does not depend on what else was met."""
    found = generator_expression(generator).atoms(kind)
    return sorted(found, key=str) if len(found) > 1 else [*found]


def has_floor(form: Polynomial) -> bool:
    """Whether any generator is, or holds, a floor, a minimum or a maximum."""
    return any(is_floor(generator) for generator in form.generators)

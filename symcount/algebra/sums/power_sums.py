"""Sums of powers and of powers times a geometric progression, as differences of one function.

Faulhaber's polynomials and the recurrence of ``x^m*r^x`` work on coefficients: milliseconds, where
sympy's summation takes a tenth of a second. Refuses degrees above `HIGHEST_DEGREE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import comb

from symcount.algebra.functions.expressions import power
from symcount.algebra.poly.coefficient import too_large
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole

HIGHEST_DEGREE = 50
"""A sum over an index may hold no higher power of the index."""

Coefficients = Mapping[int, Polynomial]
"""A polynomial in the index: the coefficient for each exponent."""


def power_sum(coefficients: Coefficients, first: Polynomial, last: Polynomial) -> Polynomial:
    """Add a polynomial in the index up, from first to last; the empty sum is 0.

    >>> n = Polynomial.generator("n")
    >>> power_sum({1: ONE}, ONE, n) == (n * n + n).times(Fraction(1, 2))
    True
    """
    _checked_degree(coefficients)
    rising = {
        k: Polynomial.total(c.times(faulhaber(m)[k]) for m, c in coefficients.items() if m + 1 >= k)
        for k in range(1, max(coefficients) + 2)
    }
    return _value(rising, last) - _value(rising, first - ONE)


def geometric_sum(coefficients: Coefficients, ratio: Polynomial, first: Polynomial, last: Polynomial) -> Polynomial:
    """Add a polynomial in the index times ``ratio^index`` up, from first to last, for a ratio other than 1.

    >>> import sympy
    >>> n = Polynomial.generator(sympy.Symbol("n"))
    >>> geometric_sum({0: ONE}, ONE + ONE, ONE, n) == power(ONE + ONE, n + ONE) - ONE - ONE
    True
    """
    degree = _checked_degree(coefficients)
    below = ratio - ONE
    if degree == 0 and ratio.number is None:
        return _series(coefficients[0], ratio, power(ratio, last + ONE) - power(ratio, first))
    scaled = _shares(ratio, degree)
    antidifference = {
        k: Polynomial.total(c * scaled[m - k].times(comb(m, k)) for m, c in coefficients.items() if m >= k)
        for k in range(degree + 1)
    }
    after = last + ONE
    total = _value(antidifference, after) * power(ratio, after) - _value(antidifference, first) * power(ratio, first)
    for _ in range(degree + 1):
        total = quotient(total, below)
    return total


def _series(coefficient: Polynomial, ratio: Polynomial, above: Polynomial) -> Polynomial:
    """``c*(r^n - 1)/(r - 1)``, the numerator whole unless the coefficient cancels the denominator."""
    below = ratio - ONE
    share = quotient(coefficient, below)
    if share * below == coefficient or len(above) < 2:
        return share * above
    outside = above.common_monomial
    return share * Polynomial({outside: 1}) * Polynomial.generator(Whole(above.over(1, outside)))


def _shares(ratio: Polynomial, degree: int) -> list[Polynomial]:
    """The Taylor coefficients of ``1/(r*exp(t) - 1)``, times factorials and ``(r - 1)^(degree + 1)``.

    Summed with the binomials of ``x^m`` they give the q with ``r*q(x + 1) - q(x) = x^m``.
    """
    below = ratio - ONE
    shares = [below**degree]
    for j in range(1, degree + 1):
        before = Polynomial.total(shares[k].times(-comb(j, k)) for k in range(j))
        shares.append(quotient(before, below) * ratio)
    return shares


@lru_cache(maxsize=HIGHEST_DEGREE + 1)
def faulhaber(exponent: int) -> tuple[Fraction, ...]:
    """Return the coefficients, from the constant on, of ``1^m + 2^m + … + n^m`` as a polynomial in n.

    >>> faulhaber(2)
    (Fraction(0, 1), Fraction(1, 6), Fraction(1, 2), Fraction(1, 3))
    """
    # the derivative for m is m times the polynomial for m - 1, up to a constant; the value at 1 is 1
    if exponent == 0:
        return Fraction(0), Fraction(1)
    lower = faulhaber(exponent - 1)
    rising = [lower[k - 1] * exponent / k for k in range(2, exponent + 2)]
    return Fraction(0), 1 - sum(rising, Fraction(0)), *rising


def _value(coefficients: Coefficients, place: Polynomial) -> Polynomial:
    """The value of a polynomial in the index at one value of the index."""
    terms, powers, reached = [], ONE, 0
    for exponent in sorted(coefficients):
        for _ in range(exponent - reached):
            powers = powers * place
        reached = exponent
        terms.append(coefficients[exponent] * powers)
    return Polynomial.total(terms)


def _checked_degree(coefficients: Coefficients) -> int:
    degree = max(coefficients, default=0)
    if degree > HIGHEST_DEGREE:
        raise too_large(f"a sum of powers with the exponent {degree}")
    return degree

"""Division of polynomials: exact where it is evident, and into multiples and a rest."""

from __future__ import annotations

from typing import Any

from symcount.algebra.poly.monomial import UNIT, Generator, Monomial, monomial_power, monomial_product
from symcount.algebra.poly.polynomial import Polynomial, Whole

MOST_STEPS = 1000
"""The most steps of an exact division by a sum; one that takes more is left as a fraction."""

MOST_PRODUCTS = 10_000
"""The most products of terms in a division by a sum into multiples and a rest, which is what is left after so many."""


def divide(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Part the numerator into whole multiples of the denominator, and the rest.

    The coefficients must be ints.
    """
    number = below.number
    if number is not None:
        return _divide_by_number(above, int(number))
    if len(below) == 1:
        ((monomial, divisor),) = below.terms.items()
        return _divide_by_monomial(above, monomial, int(divisor))
    return _divide_by_sum(above, below)


def _divide_by_number(above: Polynomial, divisor: int) -> tuple[Polynomial, Polynomial]:
    whole = {m: x // divisor for m, x in above.terms.items() if m and not x % divisor}
    rest = {m: x for m, x in above.terms.items() if m and x % divisor}
    quotient, constant = divmod(above.constant_term, divisor)
    return with_constant(whole, int(quotient)), with_constant(rest, int(constant))


def with_constant(terms: dict[Monomial, Any], constant: int) -> Polynomial:
    """Return the polynomial of terms that have a generator, and a constant."""
    return Polynomial(terms | {UNIT: constant}) if constant else Polynomial(terms)


def _divide_by_monomial(above: Polynomial, monomial: Monomial, divisor: int) -> tuple[Polynomial, Polynomial]:
    powers = dict(monomial)
    whole: dict[Monomial, Any] = {}
    rest: dict[Monomial, Any] = {}
    for term, number in above.terms.items():
        own = dict(term)
        if not number % divisor and all(own.get(g, 0) >= e for g, e in powers.items()):
            whole[monomial_product(term, monomial_power(monomial, -1))] = number // divisor
        elif term == monomial and number // divisor:
            whole[UNIT], rest[term] = divmod(int(number), divisor)
        else:
            rest[term] = number
    return Polynomial(whole), Polynomial(rest)


def _divide_by_sum(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Subtract multiples of a sum where each leaves fewer terms, so that this ends and never worsens."""
    quotient = Polynomial({})
    tries = MOST_PRODUCTS // len(below)
    found = True
    while found:
        found = False
        for lead, divisor in below.terms.items():
            candidates, _ = _divide_by_monomial(above, lead, int(divisor))
            for monomial, number in candidates.terms.items():
                if not tries:
                    return quotient, above
                tries -= 1
                step = Polynomial({monomial: number})
                rest = above - step * below
                if len(rest) < len(above):
                    quotient, above, found = quotient + step, rest, True
    return quotient, above


def quotient(above: Polynomial, below: Polynomial) -> Polynomial:
    """Divide exactly: a sum into what it divides evenly, anything else by its inverse."""
    if len(below) > 1:
        exact = _long_division(above, below)
        if exact is not None:
            return exact
    return above * below.inverse()


def reduced(form: Polynomial) -> Polynomial:
    """Return a form whose fractions over one sum are divided out, with what is left still over that sum.

    >>> n, k = map(Polynomial.generator, "nk")
    >>> over = (n - k).inverse()
    >>> reduced(n * n * over - n * k * over + over) == n + over
    True
    """
    sums = dict.fromkeys(g for monomial in form.terms for g, e in monomial if e < 0 and isinstance(g, Whole))
    for below in sums:
        form = _reduced_by(form, below)
    return form


def _reduced_by(form: Polynomial, below: Whole) -> Polynomial:
    """Divide the terms over a power of a sum by it, then those over one power less."""
    exponents = {dict(monomial).get(below, 0) for monomial in form.terms}
    for exponent in range(min(exponents), 0):
        above = Polynomial({monomial: x for monomial, x in form.terms.items() if dict(monomial).get(below) == exponent})
        outside = above.denominator
        whole, rest = divide(above * outside, below.polynomial)
        if whole:
            down = outside.inverse()
            form = form - above + whole * Polynomial.generator(below) * down + rest * down
    return form


def _long_division(above: Polynomial, below: Polynomial) -> Polynomial | None:
    """The quotient where nothing is left, by leading terms in lexicographic order."""
    order = sorted({*above.generators, *below.generators}, key=str)
    lead = _lead(below, order)
    down, number = monomial_power(lead, -1), below.terms[lead]
    whole: list[Polynomial] = []
    for _ in range(MOST_STEPS):
        if not above:
            return Polynomial.total(whole)
        monomial = _lead(above, order)
        step = monomial_product(monomial, down)
        if any(exponent < 0 for _, exponent in step):
            return None
        whole.append(Polynomial({step: above.terms[monomial]}).over(number))
        above = above - whole[-1] * below
    return None


def _lead(form: Polynomial, order: list[Generator]) -> Monomial:
    def exponents(monomial: Monomial) -> tuple[int, ...]:
        powers = dict(monomial)
        return tuple(powers.get(generator, 0) for generator in order)

    return max(form.terms, key=exponents)

"""A formula factored over its symbols and sizes, and a fraction of two reduced, by sympy."""

from __future__ import annotations

import sympy

from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial

MOST_FACTORED = 200
"""A sum of more terms is divided by its common number alone: sympy's factor would not end."""

HIGHEST_FACTORED = 12
"""A sum of several symbols and sizes is not factored further either where a term has a higher degree."""

MOST_LETTERS = 16
"""A sum of more symbols and sizes is not factored further either: each of them doubles the time."""


def factor(form: ClosedForm) -> Expr:
    """Factor over the symbols and the sizes.

    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> c, f = sympy.symbols("c f")
    >>> factor(ClosedForm(to_polynomial(9*c*f + f)))
    f*(9*c + 1)
    """
    terms = form.polynomial
    if not terms:
        return sympy.Integer(0)
    # a common number of ±1 leaves the sum as it is; sympy would distribute a number over one
    content, common = terms.content, terms.common_monomial
    rest = terms.over(content, common)
    outside = to_expression(Polynomial({common: content}))
    letters = _letters(terms)
    if _is_large(rest):
        return sympy.Mul(outside, to_expression(rest), evaluate=False) if len(rest) > 1 else outside
    plain = _renamed(terms, letters)
    # a whole sum is put back last, so that nothing multiplies it out
    sizes = {letter: generator_expression(generator) for generator, letter in letters.items()}
    return sympy.factor(to_expression(plain)).xreplace(sizes)


def factors_of(form: Polynomial) -> list[tuple[Polynomial, int]]:
    """Return the sums that a sum without a common factor is the product of, each with its power, the shortest first.

    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> d, w = sympy.symbols("d w")
    >>> [(to_expression(each), power) for each, power in factors_of(to_polynomial(d*w**2 + 2*d*w + d + w**2 + 2*w + 1))]
    [(d + 1, 1), (w + 1, 2)]
    """
    if not form.is_integral or _is_large(form):
        return [(form, 1)]
    letters = _letters(form)
    sizes = {letter: generator_expression(generator) for generator, letter in letters.items()}
    number, found = sympy.factor_list(to_expression(_renamed(form, letters)))
    if number != 1:
        return [(form, 1)]
    factors = [(to_polynomial(factor.xreplace(sizes)), power) for factor, power in found]
    return sorted(factors, key=lambda each: (len(each[0]), str(to_expression(each[0]))))


def reduced(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Return two sums without the factors that both have, and without fractions in either.

    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> d, h = sympy.symbols("d h")
    >>> [to_expression(form) for form in reduced(to_polynomial(4*d**2/h + 2*d/h), to_polynomial(2*d**2/h + 2*d/h))]
    [2*d + 1, d + 1]
    """
    for up in (above.denominator, (below * above.denominator).denominator):
        above, below = (above * up).expand(), (below * up).expand()
    if _is_large(above) or _is_large(below):
        return above, below
    letters = _letters(Polynomial.total((above, below)))
    plain = [to_expression(_renamed(form, letters)) for form in (above, below)]
    sizes = {letter: generator_expression(generator) for generator, letter in letters.items()}
    numerator, denominator = sympy.fraction(sympy.cancel(plain[0] / plain[1]))
    return to_polynomial(numerator.xreplace(sizes)), to_polynomial(denominator.xreplace(sizes))


def _letters(form: Polynomial) -> dict[Generator, sympy.Dummy]:
    """A letter for each symbol and size, in the order of people's writing, so that it does not depend on a set's."""
    ordered = sorted(set(form.generators), key=generator_key)
    return {generator: sympy.Dummy(f"x{place:04}") for place, generator in enumerate(ordered)}


def _is_large(form: Polynomial) -> bool:
    """Whether a sum has too many terms or letters, or too high a degree, to be factored."""
    return len(form) > MOST_FACTORED or len(set(form.generators)) > MOST_LETTERS or _is_high(form)


def _is_high(form: Polynomial) -> bool:
    """Whether a sum of several symbols and sizes has too high a degree."""
    several = len(set(form.generators)) > 1
    return several and any(sum(e for _, e in monomial) > HIGHEST_FACTORED for monomial in form.terms)


def _renamed(form: Polynomial, letters: dict[Generator, sympy.Dummy]) -> Polynomial:
    return Polynomial(
        {frozenset((letters[g], e) for g, e in monomial): number for monomial, number in form.terms.items()}
    )

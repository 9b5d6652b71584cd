"""A formula factored over its symbols and sizes, by sympy."""

from __future__ import annotations

import sympy

from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.functions.expressions import generator_expression, to_expression
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.monomial import Generator, Monomial
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
    # in the order of people's writing, so that the factors do not depend on how a set is ordered
    ordered = sorted(set(terms.generators), key=generator_key)
    letters = {generator: sympy.Dummy(f"x{place:04}") for place, generator in enumerate(ordered)}
    if len(terms) > MOST_FACTORED or len(letters) > MOST_LETTERS or _is_high(rest):
        return sympy.Mul(outside, to_expression(rest), evaluate=False) if len(rest) > 1 else outside
    plain = Polynomial({_rename(monomial, letters): number for monomial, number in terms.terms.items()})
    # a whole sum is put back last, so that nothing multiplies it out
    sizes = {letter: generator_expression(generator) for generator, letter in letters.items()}
    return sympy.factor(to_expression(plain)).xreplace(sizes)


def _is_high(form: Polynomial) -> bool:
    """Whether a sum of several symbols and sizes has too high a degree."""
    several = len(set(form.generators)) > 1
    return several and any(sum(e for _, e in monomial) > HIGHEST_FACTORED for monomial in form.terms)


def _rename(monomial: Monomial, letters: dict[Generator, sympy.Dummy]) -> Monomial:
    return frozenset((letters[generator], exponent) for generator, exponent in monomial)

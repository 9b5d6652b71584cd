"""Solves "every size is at least 1" for the inputs of a network, as in ``n ≥ 12``.

A floor is at least y where its numerator is at least y times its denominator, so that a size with
one floor becomes a bound on the input. What this cannot solve is stated as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast
from symcount.algebra.domain.inequalities import bounds_of, is_never_negative, primitive, strongest
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import Polynomial


def conditions(sizes: Iterable[Expr | Polynomial], inputs: Sequence[str] = ()) -> list[AtLeast]:
    """Return the conditions that make each size at least 1, for symbols that are at least 1 themselves.

    ``inputs`` are the symbols to solve for, the most wanted first.

    >>> n = sympy.Symbol("n")
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> [bound.text() for bound in conditions([n - 4, FloorDiv(n - 4, 2) - 3])]
    ['n ≥ 12']
    """
    bounds: list[Polynomial] = []
    unsolved: dict[AtLeast, None] = {}
    for form in dict.fromkeys(size if isinstance(size, Polynomial) else to_polynomial(size) for size in sizes):
        for bound in bounds_of(form):
            if bound is None:
                up = _positive_denominator(form)
                unsolved[AtLeast(to_expression(form * up), to_expression(up))] = None
            elif not is_never_negative(bound):
                bounds.append(bound)
    return [_solve(bound, inputs) for bound in strongest(bounds)] + list(unsolved)


def _positive_denominator(form: Polynomial) -> Polynomial:
    """What a bound is multiplied by, so that nobody rounds its fractions one by one; squared where it has no sign."""
    below = form.denominator
    return below if is_never_negative(below) else below * below


def not_negative(form: Polynomial) -> AtLeast | None:
    """Return the condition that a number of times is at least 0, None where it is evident even of symbols that are 0.

    >>> n = sympy.Symbol("n")
    >>> not_negative(to_polynomial(n/6 - sympy.Rational(5, 3))).text(), not_negative(to_polynomial(n/2 + 1))
    ('n ≥ 10', None)
    """
    bound = primitive(form)
    if bound is None:
        up = _positive_denominator(form)
        bound = form * up
    if all(number >= 0 for number in bound.terms.values()):
        return None
    constant = Polynomial.constant(bound.constant_term)
    return AtLeast(to_expression(bound - constant), to_expression(-constant))


def _solve(bound: Polynomial, inputs: Sequence[str]) -> AtLeast:
    """The condition ``n ≥ …`` for the first symbol that can be isolated, else positive terms ≥ negative terms."""
    wanted = {name: place for place, name in enumerate(inputs)}
    counts = Counter(bound.generators)
    alone = [
        (wanted.get(generator.name, len(wanted)), generator_key(generator), monomial)
        for monomial, number in bound.terms.items()
        if number > 0 and len(monomial) == 1
        for generator, exponent in monomial
        if exponent == 1 and counts[generator] == 1 and isinstance(generator, sympy.Symbol)
    ]
    if alone:
        left = {min(alone, key=lambda found: found[:2])[2]}
    else:
        left = {monomial for monomial, number in bound.terms.items() if number > 0}
    part = Polynomial({monomial: bound.terms[monomial] for monomial in bound.terms if monomial in left})
    return AtLeast(to_expression(part), to_expression(part - bound))

"""For which inputs a network is valid: every size on the way is at least 1.

A floor is at least y where its numerator is at least y times its denominator, so that a size with
one floor becomes a bound on the input. What this cannot solve is stated as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import sympy

from symcount.algebra.assumptions import AtLeast
from symcount.algebra.bounds import bounds_of, is_never_negative, strongest
from symcount.algebra.conversion import Expr, expression_of, polynomial
from symcount.algebra.ordering import generator_key
from symcount.algebra.polynomial import Polynomial


def conditions(sizes: Iterable[Expr | Polynomial], inputs: Sequence[str] = ()) -> list[AtLeast]:
    """Return what makes each size at least 1, for symbols that are at least 1 themselves.

    ``inputs`` are the symbols to solve for, the most wanted first.

    >>> n = sympy.Symbol("n")
    >>> from symcount.algebra.floors import FloorDiv
    >>> [bound.text() for bound in conditions([n - 4, FloorDiv(n - 4, 2) - 3])]
    ['n ≥ 12']
    """
    bounds: list[Polynomial] = []
    unsolved: dict[AtLeast, None] = {}
    for form in dict.fromkeys(size if isinstance(size, Polynomial) else polynomial(size) for size in sizes):
        for bound in bounds_of(form):
            if bound is None:
                unsolved[AtLeast(expression_of(form), sympy.Integer(1))] = None
            elif not is_never_negative(bound):
                bounds.append(bound)
    return [_solved(bound, inputs) for bound in strongest(bounds)] + list(unsolved)


def _solved(bound: Polynomial, inputs: Sequence[str]) -> AtLeast:
    """``n >= …`` for the first symbol that stands alone, else the positive part against the negative."""
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
    return AtLeast(expression_of(part), expression_of(part - bound))

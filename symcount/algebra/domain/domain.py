"""For which inputs a network is valid: every size on the way is at least 1.

A floor is at least y where its numerator is at least y times its denominator, so that a size with
one floor becomes a bound on the input. What this cannot solve is stated as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast
from symcount.algebra.domain.inequalities import bounds_of, is_never_negative, strongest
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import Polynomial


def conditions(sizes: Iterable[Expr | Polynomial], inputs: Sequence[str] = ()) -> list[AtLeast]:
    """Return what makes each size at least 1, for symbols that are at least 1 themselves.

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
                unsolved[AtLeast(to_expression(form), sympy.Integer(1))] = None
            elif not is_never_negative(bound):
                bounds.append(bound)
    return [_solve(bound, inputs) for bound in strongest(bounds)] + list(unsolved)


def _solve(bound: Polynomial, inputs: Sequence[str]) -> AtLeast:
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
    return AtLeast(to_expression(part), to_expression(part - bound))

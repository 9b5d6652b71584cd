"""Solves "every size is at least 1" for the inputs of a network, as in ``n ≥ 12``.

A floor is at least y where its numerator is at least y times its denominator, so that a size with
one floor becomes a bound on the input. What this cannot solve is stated as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.cases import Cases
from symcount.algebra.domain.inequalities import bounds_of, primitive, solve, strongest, without_factors
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.monomial import UNIT
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole


def conditions(
    sizes: Iterable[Expr | Polynomial],
    inputs: Sequence[str] = (),
    zeros: Collection[str] = (),
    given: Iterable[AtLeast | Divisible] = (),
) -> list[AtLeast]:
    """Return the conditions that make each size at least 1, for symbols that are at least 1 themselves.

    ``inputs`` are the symbols to solve for, the most wanted first; ``zeros`` are those that may be 0. What follows
    from the conditions ``given`` is left out.

    >>> n, p = sympy.symbols("n p")
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> [bound.text() for bound in conditions([n - 4, FloorDiv(n - 4, 2) - 3])]
    ['n ≥ 12']
    >>> [bound.text() for bound in conditions([n + 2*p - 2])], [
    ...     bound.text() for bound in conditions([n + 2*p - 2], "n", "p")]
    ([], ['n + 2*p ≥ 3'])
    """
    known = [*_said(given)]
    cases = Cases(zeros)
    bounds: list[Polynomial] = []
    unsolved: dict[AtLeast, Polynomial] = {}
    for form in dict.fromkeys(size if isinstance(size, Polynomial) else to_polynomial(size) for size in sizes):
        for bound in _bounds(form, cases, unsolved):
            if not cases.never_negative(bound, known):
                bounds.append(bound)
    solved = strongest(bounds, lambda one, other: cases.never_negative(other, [one]))
    facts = [*known, *solved]
    left = (each for each, form in unsolved.items() if not cases.never_negative(form, facts))
    return [*(_solve(bound, inputs) for bound in solved), *left]


def _said(given: Iterable[AtLeast | Divisible]) -> Iterator[Polynomial]:
    """What is not negative where these hold: a size is no smaller than what divides it."""
    for each in given:
        one, other = each.sides()
        if isinstance(each, AtLeast):
            yield one - other
        elif is_never_negative(other - ONE):
            yield other - one


def _bounds(form: Polynomial, cases: Cases, unsolved: dict[AtLeast, Polynomial]) -> Iterator[Polynomial]:
    """What must not be negative for a size to be at least 1, and no divisor in it 0; what is not solved is noted."""
    found = [*(bounds_of(form) if cases.is_one(form) else solve(form - ONE))]
    for divisor in _divisors(form):
        if is_never_negative(divisor):
            found.insert(0, primitive(divisor - ONE))
        elif primitive(divisor - ONE) not in found:
            unsolved[AtLeast(to_expression(divisor) ** 2, sympy.Integer(1))] = divisor * divisor - ONE
    for bound in found:
        if bound is not None:
            yield bound
            continue
        up = _positive_denominator(form)
        unsolved[AtLeast(to_expression(form * up), to_expression(up))] = (form - ONE) * up


def _divisors(form: Polynomial) -> Iterator[Polynomial]:
    """The sums that something in a form is divided by, which must not be 0."""
    below = [g.polynomial for monomial in form.terms for g, e in monomial if e < 0 and isinstance(g, Whole)]
    floors = {floor for generator in set(form.generators) for floor in generator_expression(generator).atoms(FloorDiv)}
    below += (to_polynomial(floor.args[1]) for floor in floors)
    yield from (
        each
        for each in dict.fromkeys(map(without_factors, below))
        if each.number is None and not is_never_negative(each - ONE)
    )


def _positive_denominator(form: Polynomial) -> Polynomial:
    """What a bound is multiplied by, so that nobody rounds its fractions one by one; squared where it has no sign."""
    below = form.denominator
    return below if is_never_negative(below) else below * below


def _solve(bound: Polynomial, inputs: Sequence[str]) -> AtLeast:
    """The condition ``n ≥ …`` for the first symbol that can be isolated, else positive terms ≥ negative terms."""
    wanted = {name: place for place, name in enumerate(inputs)}
    counts = Counter(bound.generators)
    positive = {m for m, number in bound.terms.items() if number > 0 and m} or {UNIT}
    alone = [
        (wanted.get(generator.name, len(wanted)), generator_key(generator), monomial)
        for monomial in positive
        if len(monomial) == 1
        for generator, exponent in monomial
        if exponent == 1 and counts[generator] == 1 and isinstance(generator, sympy.Symbol)
    ]
    left = {min(alone, key=lambda found: found[:2])[2]} if alone else positive
    taken = {generator for monomial, number in bound.terms.items() if number < 0 for generator, _ in monomial}
    if any(generator not in taken for monomial in positive - left for generator, _ in monomial):
        # a symbol that only adds to the size stands beside it
        left = positive
    part = Polynomial({monomial: bound.terms[monomial] for monomial in bound.terms if monomial in left})
    return AtLeast(to_expression(part), to_expression(part - bound))

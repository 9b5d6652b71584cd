"""What has to hold only where a comparison of the symbols does, as in a branch that may not be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.inequalities import solve
from symcount.algebra.domain.signs import follows
from symcount.algebra.functions.brackets import told_apart
from symcount.algebra.functions.expressions import to_expression
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.poly.monomial import UNIT
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.records import replace

Facts = tuple[Polynomial, ...]
"""What is not negative, wherever a size is asked for."""


def by_truth(assumed: Divisible | AtLeast, facts: Facts = ()) -> Iterator[Divisible | AtLeast]:
    """Yield what is assumed where comparisons in it hold, and where not, and where other facts do.

    >>> n = sympy.Symbol("n")
    >>> from symcount.algebra.functions.brackets import Bracket
    >>> [each.text() for each in by_truth(Divisible(sympy.Integer(2), n * Bracket(n - 4)))]
    ['2 divides n if n ≥ 4']
    """
    one, other = assumed.sides()
    for left, of_left in told_apart(one):
        for right, of_right in told_apart(other):
            given = together(facts, of_left, of_right)
            if given:
                yield from _assumed(type(assumed), left, right, given)
            elif given is not None:
                yield assumed


def _assumed(
    kind: type[Divisible | AtLeast], left: Polynomial, right: Polynomial, facts: Facts
) -> Iterator[Divisible | AtLeast]:
    if kind is AtLeast and not follows(left - right, facts):
        yield from under(AtLeast(to_expression(left), to_expression(right)), facts)
    assumption = divisibility(left, right) if kind is Divisible else None
    if assumption is not None:
        yield from under(assumption, facts)


def together(*several: Facts) -> Facts | None:
    """The facts of several, each once; None where one says that another is false."""
    facts = tuple(dict.fromkeys(fact for each in several for fact in each))
    return None if any((one + other).number == -1 for one in facts for other in facts) else facts


def under(assumed: Divisible | AtLeast, facts: Facts, inputs: Sequence[str] = ()) -> Iterator[Divisible | AtLeast]:
    """Yield that something must hold where the facts do: of what cannot, that one of these does not."""
    if assumed.is_impossible and facts:
        *facts_left, last = facts
        assumed = isolated(_primitive(-last - ONE), inputs)
        facts = tuple(facts_left)
    yield replace(assumed, where=tuple(isolated(bound, inputs) for fact in facts for bound in _bounds(fact)))


def _primitive(form: Polynomial) -> Polynomial:
    bounds = _bounds(form)
    return bounds[0] if len(bounds) == 1 else form


def _bounds(fact: Polynomial) -> list[Polynomial]:
    bounds = [*solve(fact)]
    return [bound for bound in bounds if bound is not None] if None not in bounds else [fact]


def isolated(bound: Polynomial, inputs: Sequence[str]) -> AtLeast:
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

"""Solves "every size is at least 1" for the inputs of a network, as in ``n ≥ 12``.

A floor is at least y where its numerator is at least y times its denominator, so that a size with
one floor becomes a bound on the input. What this cannot solve is stated as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.cases import Cases
from symcount.algebra.domain.inequalities import bounds_of, primitive, solve, strongest, without_factors
from symcount.algebra.domain.signs import follows, is_never_negative
from symcount.algebra.domain.under import Facts, isolated, together, under
from symcount.algebra.functions.brackets import Case, told_apart
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole

Placed = tuple[Polynomial, Facts]
"""A size, and what is not negative where there is such a size at all."""


def conditions(
    sizes: Iterable[Expr | Polynomial | Placed],
    inputs: Sequence[str] = (),
    zeros: Collection[str] = (),
    given: Iterable[AtLeast | Divisible] = (),
) -> list[AtLeast]:
    """Return the conditions that make each size at least 1, for symbols that are at least 1 themselves.

    ``inputs`` are the symbols to solve for, the most wanted first; ``zeros`` are those that may be 0. What follows
    from the conditions ``given`` is left out. What has to hold only where others do says so.

    >>> n, p = sympy.symbols("n p")
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> [bound.text() for bound in conditions([n - 4, FloorDiv(n - 4, 2) - 3])]
    ['n ≥ 12']
    >>> [bound.text() for bound in conditions([n + 2*p - 2])], [
    ...     bound.text() for bound in conditions([n + 2*p - 2], "n", "p")]
    ([], ['n + 2*p ≥ 3'])
    >>> [bound.text() for bound in conditions([(to_polynomial(n - 4), (to_polynomial(n - p),))])]
    ['n ≥ 5 if n ≥ p']
    """
    cases = Cases(zeros)
    forms: dict[Facts, dict[Polynomial, None]] = {(): {}}
    given = [*given]
    for form, facts in (*_forms(sizes), *_not_zero(given, cases)):
        cases_of_form = told_apart(form)
        where = _where_alone(cases_of_form)
        if where is not None:
            forms.setdefault(facts, {}).update((fact + ONE, None) for fact in where)
            continue
        for case, more in cases_of_form:
            given_there = together(facts, more)
            if given_there is not None:
                forms.setdefault(given_there, {})[case] = None
        if len(cases_of_form) > 1:
            # the formula divides by it whether its branch is taken or not
            forms.setdefault(facts, {}).update((divisor * divisor, None) for divisor in _divisors(form))
    known = [*_said(given)]
    found, solved = _solved(forms.pop(()), cases, inputs, known)
    known += solved
    for facts, several in forms.items():
        if any(is_never_negative(-fact - ONE) for fact in facts):
            continue
        open_facts = tuple(fact for fact in facts if not follows(fact, known))
        found += (
            one
            for each in _solved(several, cases, inputs, [*known, *facts])[0]
            for one in under(each, open_facts, inputs)
            if isinstance(one, AtLeast)
        )
    return list(dict.fromkeys(found))


def _where_alone(cases_of_form: Sequence[Case]) -> Facts | None:
    """Under which comparisons alone a number that depends on them is at least 1; None where these are not one case."""
    numbers = [case.number for case, _ in cases_of_form]
    if len(numbers) < 2 or None in numbers:
        return None
    fitting = [
        facts for number, (_, facts) in zip(numbers, cases_of_form, strict=True) if number is not None and number >= 1
    ]
    return fitting[0] if len(fitting) == 1 else None


def _not_zero(given: Iterable[AtLeast | Divisible], cases: Cases) -> Iterator[Placed]:
    """What is assumed to divide something must not be 0, so that it can be asked whether it does."""
    for each in given:
        divisor = each.sides()[0]
        if isinstance(each, Divisible) and not cases.never_negative(divisor - ONE):
            facts = tuple(left - right for left, right in (one.sides() for one in each.where))
            yield divisor if is_never_negative(divisor) else divisor * divisor, facts


def _forms(sizes: Iterable[Expr | Polynomial | Placed]) -> Iterator[Placed]:
    for size in sizes:
        match size:
            case (Polynomial() as form, tuple() as facts):
                yield form, facts
            case Polynomial():
                yield size, ()
            case _:
                yield to_polynomial(size), ()


def _solved(
    forms: Iterable[Polynomial], cases: Cases, inputs: Sequence[str], known: Sequence[Polynomial]
) -> tuple[list[AtLeast], list[Polynomial]]:
    """The conditions that make each form at least 1, and the bounds among them, where what is known holds."""
    bounds: list[Polynomial] = []
    unsolved: dict[AtLeast, Polynomial] = {}
    for form in forms:
        for bound in _bounds(form, cases, unsolved):
            if not cases.never_negative(bound, known):
                bounds.append(bound)
    solved = strongest(bounds, lambda one, other: cases.never_negative(other, [one]))
    facts = [*known, *solved]
    left = (each for each, form in unsolved.items() if not cases.never_negative(form, facts))
    return [*(isolated(bound, inputs) for bound in solved), *left], solved


def _said(given: Iterable[AtLeast | Divisible]) -> Iterator[Polynomial]:
    """What is not negative where these hold: a size is no smaller than what divides it."""
    for each in given:
        one, other = each.sides()
        if each.where:
            continue
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

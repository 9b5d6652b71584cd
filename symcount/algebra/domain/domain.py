"""Solves "every size is at least 1" for the inputs of a network, as in ``n ≥ 12``.

A floor is at least y where its numerator is at least y times its denominator, so that a size with
one floor becomes a bound on the input. What this cannot solve is stated as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.cases import Cases, Facts
from symcount.algebra.domain.divisors import below_floors, divisors_of_floors, in_order
from symcount.algebra.domain.inequalities import bounds_of, solve, strongest
from symcount.algebra.domain.signs import is_never_negative, unsigned
from symcount.algebra.domain.under import are_sure, facts_of, in_either, isolated, together, under, weaker_first
from symcount.algebra.functions.brackets import Bracket, Case, told_apart
from symcount.algebra.functions.expressions import calculated, parts_of, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import ONE, Polynomial

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
    divided = {each: needed for each in given if (needed := _before(each, cases)) is not None}
    given = [each for each in given if isinstance(each, Divisible) or each not in divided]
    for form, facts in _without_idle([*_forms(sizes), *divided.values()], cases, inputs):
        cases_of_form = told_apart(form)
        where = _where_alone(cases_of_form)
        if where is not None:
            sizes_there = sorted((fact + ONE for fact in where), key=lambda size: str(to_expression(size)))
            forms.setdefault(facts, {}).update(dict.fromkeys(sizes_there))
            continue
        for case, more in cases_of_form:
            given_there = together(facts, more)
            if given_there is not None:
                forms.setdefault(given_there, {})[case] = None
    known = [*_said(given)]
    found, solved = _solved(forms.pop(()), cases, inputs, known)
    known += solved
    there: dict[Facts, list[Polynomial]] = {}
    said: dict[Facts, list[AtLeast]] = {(): [*found]}
    for facts in weaker_first(forms):
        if any(cases.never_positive(fact + ONE) for fact in facts):
            continue
        open_facts = tuple(fact for fact in facts if not cases.never_negative(fact, known))
        less = (bound for fewer, bounds in there.items() if are_sure(fewer, facts) for bound in bounds)
        stated, solved = _solved(forms[facts], cases, inputs, [*known, *less, *facts, *_said(given, facts)])
        sure = {bound for fewer, bounds in said.items() if are_sure(fewer, facts) for bound in bounds}
        there[facts], said[facts] = solved, stated
        found += (one for each in stated if each not in sure for one in under(each, open_facts, inputs))
    return in_order(in_either(found), cases)


def _without_idle(placed: Sequence[Placed], cases: Cases, inputs: Sequence[str]) -> Iterator[Placed]:
    """Sizes without facts that are idle: a size in a pass that is as large where there is no such pass.

    Those of fewer facts come first, as what is left without any is known of the others.
    """
    always = dict.fromkeys(form for form, facts in placed if not facts)
    needed: dict[Placed, Facts] = {each: () for each in placed if not each[1]}
    for number in sorted({len(facts) for _, facts in placed if facts}):
        known = tuple(_solved((form for form in always if len(told_apart(form)) == 1), cases, inputs, ())[1])
        least = cases.least_where(known)
        for form, facts in placed:
            if len(facts) == number:
                # what a floor is at least is solved for a divisor that is at least 1
                forms = [each - ONE for each in (form, *divisors_of_floors(form))]
                left = cases.needed(facts, least, partial(cases.never_negative_at, forms, known))
                needed[form, facts] = left
                always |= {} if left else {form: None}
    for form, facts in placed:
        yield form, needed[form, facts]


def _where_alone(cases_of_form: Sequence[Case]) -> Facts | None:
    """Under which comparisons alone a number that depends on them is at least 1; None where these are not one case."""
    numbers = [case.number for case, _ in cases_of_form]
    if len(numbers) < 2 or None in numbers:
        return None
    fitting = [
        facts for number, (_, facts) in zip(numbers, cases_of_form, strict=True) if number is not None and number >= 1
    ]
    return fitting[0] if len(fitting) == 1 else None


def _before(assumed: AtLeast | Divisible, cases: Cases) -> Placed | None:
    """What must be at least 1 so that it can be asked whether an assumption holds: what divides in it."""
    one, other = assumed.sides()
    facts = facts_of(assumed)
    if isinstance(assumed, Divisible):
        # a text tells of what it divides by, but not where a power is written as a quotient of two
        is_power = any(parts_of(generator, sympy.Pow) for generator in calculated(one))
        return (unsigned(one), facts) if is_power and not cases.never_negative(one - ONE) else None
    return (one - other + ONE, facts) if any(below_floors(one - other)) else None


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
    solved = cases.independent(strongest(bounds, lambda one, other: cases.never_negative(other, [one])), known)
    facts = [*known, *solved]
    left = (each for each, form in unsolved.items() if not cases.never_negative(form, facts))
    return [*(isolated(bound, inputs) for bound in solved), *left], solved


def _said(given: Iterable[AtLeast | Divisible], facts: Facts = ()) -> Iterator[Polynomial]:
    """What is not negative where these hold, and facts: a size is no smaller than what divides it."""
    for each in given:
        if not are_sure(facts_of(each), facts):
            continue
        one, other = each.sides()
        if isinstance(each, AtLeast):
            yield one - other
        elif is_never_negative(other - ONE):
            yield other - one


def _bounds(form: Polynomial, cases: Cases, unsolved: dict[AtLeast, Polynomial]) -> Iterator[Polynomial]:
    """What must not be negative for a size to be at least 1, and floors to divide by more than 0; the rest is noted."""
    is_of_cases = any(parts_of(generator, Bracket) for generator in calculated(form))
    # what divides in one case alone need be no divisor in another
    solving = [(divisor, [*solve(divisor - ONE)]) for divisor in (() if is_of_cases else below_floors(form))]
    for size, bounds in (*solving, (form, [*(bounds_of(form) if cases.is_one(form) else solve(form - ONE))])):
        for bound in bounds:
            if bound is not None:
                yield bound
                continue
            up = _positive_denominator(size)
            unsolved[AtLeast(to_expression(size * up), to_expression(up))] = (size - ONE) * up


def _positive_denominator(form: Polynomial) -> Polynomial:
    """What a bound is multiplied by, so that nobody rounds its fractions one by one; squared where it has no sign."""
    return unsigned(form.denominator)

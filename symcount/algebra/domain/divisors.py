"""What a form is divided by, and an order in which conditions can be asked without dividing by 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast
from symcount.algebra.domain.cases import Cases
from symcount.algebra.domain.inequalities import without_factors
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import calculated, parts_of, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole
from symcount.arithmetic.remembered import remembered


def below_sums(form: Polynomial) -> Iterator[Polynomial]:
    """Yield the sums that a form is divided by exactly: none may be 0."""
    return _open(g.polynomial for monomial in form.terms for g, e in monomial if e < 0 and isinstance(g, Whole))


def below_floors(form: Polynomial) -> Iterator[Polynomial]:
    """Yield what is divided by in the floors of a form: it must be at least 1.

    >>> from symcount.algebra.functions.expressions import to_expression
    >>> n = sympy.Symbol("n")
    >>> [to_expression(below) for below in below_floors(to_polynomial(FloorDiv(9, n - 3) + FloorDiv(9, n)))]
    [n - 3]
    """
    return _open(divisors_of_floors(form))


def divisors_of_floors(form: Polynomial) -> Iterator[Polynomial]:
    """Yield what is divided by in the floors of a form, as it stands."""
    return (below for generator in calculated(form) for below in _below_floors(generator))


def in_order(found: Sequence[AtLeast], cases: Cases) -> list[AtLeast]:
    """Return conditions in an order in which they can be asked: what divides in one is known not to be 0 by then.

    >>> n = sympy.Symbol("n")
    >>> asked = AtLeast(FloorDiv(9, n - 3), sympy.Integer(2)), AtLeast(n, sympy.Integer(4))
    >>> [each.text() for each in in_order(asked, Cases(()))]
    ['n ≥ 4', '⌊9/(n - 3)⌋ ≥ 2']
    """
    forms = {each: left - right for each in found for left, right in (each.sides(),)}
    divisors = {each: [*below_sums(form), *below_floors(form), *_below_exponents(form)] for each, form in forms.items()}
    bounds = {
        each: _bounds(each, forms, cases) for each in {one: None for several in divisors.values() for one in several}
    }
    ordered: list[AtLeast] = []
    waiting = [*found]
    while waiting:
        others = frozenset(waiting)
        ready = (each for each in waiting if not any(bounds[one] & (others - {each}) for one in divisors[each]))
        ordered.append(next(ready, waiting[0]))
        waiting.remove(ordered[-1])
    return ordered


def _bounds(divisor: Polynomial, forms: dict[AtLeast, Polynomial], cases: Cases) -> set[AtLeast]:
    """The conditions that keep a divisor from being 0: those that say so, else those of symbols that imply it."""
    least = divisor - ONE
    exact = {each for each, form in forms.items() if form in (least, (divisor * divisor).expand() - ONE)}
    return exact or {
        each for each, form in forms.items() if not calculated(form) and cases.never_negative(least, [form])
    }


def _open(divisors: Iterable[Polynomial]) -> Iterator[Polynomial]:
    """Those of some divisors that are not known to be at least 1, without factors that are."""
    for each in dict.fromkeys(map(without_factors, divisors)):
        if each.number is None and not is_never_negative(each - ONE):
            yield each


@remembered
def _below_floors(generator: Generator) -> list[Polynomial]:
    return [to_polynomial(floor.args[1]) for floor in parts_of(generator, FloorDiv)]


def _below_exponents(form: Polynomial) -> Iterator[Polynomial]:
    """The sums that an exponent, or anything else inside of a form, is divided by."""
    powers = (power for generator in calculated(form) for power in parts_of(generator, sympy.Pow))
    return _open(to_polynomial(each.base) for each in powers if each.exp.is_Integer and each.exp < 0)

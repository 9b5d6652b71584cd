"""A symbol that is isolated in a relation whose other symbols stay open: ``p = d*(k - 1)/2``."""

from __future__ import annotations

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import is_letter, symbols_of, to_polynomial
from symcount.algebra.functions.floors import FloorDiv, ceil_quotient, floor_quotient
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, Relation, symbols_in
from symcount.records import record


@record
class Isolated:
    """What a symbol is, or lies between; ``needs`` is what makes that whole."""

    low: Polynomial | None
    high: Polynomial | None
    needs: Divisible | AtLeast | None = None

    @property
    def is_one(self) -> bool:
        """Whether there is one value."""
        return self.low is not None and self.low == self.high


def isolated(relation: Relation, name: str) -> Isolated | None:
    """Return what a symbol is by a relation in which it stands once; None where this is not seen.

    >>> n, p, k, s = sympy.symbols("n p k s")
    >>> found = isolated(Relation(to_polynomial(2*p - k + 1), EQUAL), "p")
    >>> found.low.terms == to_polynomial((k - 1)/2).terms, found.needs.text()
    (True, '2 divides k - 1')
    """
    form, letter = relation.form.expand(), sympy.Symbol(name)
    holders = [
        (monomial, number)
        for monomial, number in form.terms.items()
        if any(letter in symbols_of(g) for g, _ in monomial)
    ]
    generators = {g for monomial, _ in holders for g, _ in monomial if letter in symbols_of(g)}
    if len(generators) != 1:
        return None
    (generator,) = generators
    factor = Polynomial(
        {monomial - {(generator, 1)}: number for monomial, number in holders if (generator, 1) in monomial}
    )
    rest = form - factor * Polynomial.generator(generator)
    if name in symbols_in(rest) or not factor:
        return None
    if relation.sign == EQUAL:
        return _equal(generator, factor, rest, name)
    return _bounded(generator, factor, rest, name) if relation.sign == NOT_NEGATIVE else None


def _equal(generator: Generator, factor: Polynomial, rest: Polynomial, name: str) -> Isolated | None:
    if all(number < 0 for number in factor.terms.values()):
        factor, rest = -factor, -rest
    if is_letter(generator):
        return Isolated(*(quotient(-rest, factor),) * 2, divisibility(factor, -rest))
    if not isinstance(generator, FloorDiv):
        return None
    needs = divisibility(factor, -rest)
    value = quotient(-rest, factor)
    above, below = (to_polynomial(part) for part in generator.args)
    # a floor is y where its numerator is at least y times its denominator, and less than that of y + 1
    low, high = (_within(above, limit, name) for limit in (value * below, value * below + below - ONE))
    if low is None or high is None or name in symbols_in(below):
        return None
    return Isolated(ceil_quotient(*low), floor_quotient(*high), needs)


def _within(above: Polynomial, limit: Polynomial, name: str) -> tuple[Polynomial, Polynomial] | None:
    """What a symbol comes to where a form in which it rises is equal to a limit: a quotient."""
    letter = sympy.Symbol(name)
    factor = Polynomial({m - {(letter, 1)}: x for m, x in above.terms.items() if (letter, 1) in m})
    rest = above - factor * Polynomial.generator(letter)
    if not factor or name in symbols_in(rest) | symbols_in(factor) or not is_never_negative(factor - ONE):
        return None
    return limit - rest, factor


def _bounded(generator: Generator, factor: Polynomial, rest: Polynomial, name: str) -> Isolated | None:
    if not is_letter(generator):
        return None
    if is_never_negative(factor - ONE):
        return Isolated(ceil_quotient(-rest, factor), None)
    if is_never_negative(-factor - ONE):
        return Isolated(None, floor_quotient(rest, -factor))
    return None

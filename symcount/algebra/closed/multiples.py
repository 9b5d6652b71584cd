"""Sizes that are known to be multiples, as where 16 divides n: one calculates with 16·n for n, and writes it back.

So no floor is left of what the network itself takes for granted, and a sum over ``⌊n/2^i⌋`` has a closed form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import lcm

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.under import facts_of, only_where
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.hermite import settled
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole
from symcount.records import record


@record
class Multiples:
    """Symbols that are multiples, each with what divides it, and symbols in these that are at least 1."""

    divisors: Mapping[str, Polynomial]
    positive: frozenset[str] = frozenset()

    @property
    def written(self) -> dict[str, Polynomial]:
        """Each symbol as its divisor times a size of the same name, or as 1 and a size of the same name."""
        more = {name: _symbol(name) + ONE for name in self.positive}
        expressions = {sympy.Symbol(name): to_expression(form) for name, form in more.items()}
        divisors = {name: to_polynomial(substitute(to_expression(d), expressions)) for name, d in self.divisors.items()}
        return {name: divisor * _symbol(name) for name, divisor in divisors.items()} | more

    def back(self, form: Polynomial) -> Polynomial:
        """Return what was calculated with such sizes in the symbols themselves; a sum kept whole stays so.

        >>> n = sympy.Symbol("n")
        >>> to_expression(Multiples({"n": Polynomial.constant(16)}).back(to_polynomial(n**2 + 3)))
        n**2/256 + 3
        """
        return settled(Polynomial.total(self._back(dict(term), number) for term, number in form.terms.items()))

    def stated(self, assumption: Divisible | AtLeast) -> Divisible | AtLeast | None:
        """Return what is so assumed of the symbols themselves; None where that is evident."""
        left, right = (self.back(side) for side in assumption.sides())
        below = (left + right.times(2)).denominator
        facts = tuple(map(self.back, facts_of(assumption)))
        if isinstance(assumption, Divisible):
            found = divisibility((left * below).expand(), (right * below).expand())
            return None if found is None else only_where(found, facts)
        return only_where(AtLeast(to_expression(left * below), to_expression(right * below)), facts)

    def _back(self, term: Mapping[Generator, int], number: Coefficient) -> Polynomial:
        result = ONE.times(number)
        for generator, exponent in term.items():
            result = result * self._of(generator) ** exponent
        return result

    def _of(self, generator: Generator) -> Polynomial:
        if isinstance(generator, Whole):
            form = self.back(generator.polynomial)
            return Polynomial.generator(Whole(form)) if form.is_integral and len(form) > 1 else form
        return to_polynomial(substitute(generator, self._quotients))

    @property
    def _quotients(self) -> dict[Expr, Expr]:
        pairs = ((name, to_expression(_symbol(name) * each.inverse())) for name, each in self.divisors.items())
        quotients = {sympy.Symbol(name): quotient for name, quotient in pairs}
        return quotients | {sympy.Symbol(name): sympy.Symbol(name) - 1 for name in self.positive}


def multiples(assumptions: Iterable[object], positive: Iterable[str] = ()) -> Multiples:
    """Return the symbols that assumptions say to be multiples of a product, of all that are said of each.

    Where it is not known what two products divide together, it is the first. ``positive`` are names of symbols that are
    at least 1.

    >>> n, D = sympy.symbols("n D")
    >>> [*multiples([Divisible(2**D, n), Divisible(sympy.Integer(3), n + 1)]).divisors]
    ['n']
    >>> four, six = Divisible(sympy.Integer(4), n), Divisible(sympy.Integer(6), n)
    >>> several = [four, six], [four, Divisible(4 * D, n)], [Divisible(4 * D, n), four]
    >>> [to_expression(multiples(each).divisors["n"]) for each in several]
    [12, 4*D, 4*D]
    """
    found: dict[str, Polynomial] = {}
    for each in assumptions:
        if isinstance(each, Divisible):
            divisor = each.sides()[0]
            if each.dividend.is_Symbol and len(divisor) == 1 and divisor.is_integral:
                name = each.dividend.name
                found[name] = _together(found[name], divisor) if name in found else divisor
    # what divides one is none of the others, so that all can be put in at once
    inside = {symbol.name for each in found.values() for symbol in to_expression(each).free_symbols}
    divisors = {name: divisor for name, divisor in found.items() if name not in inside}
    return Multiples(divisors, frozenset(inside.intersection(positive)))


def _together(one: Polynomial, other: Polynomial) -> Polynomial:
    """What is a multiple of both: their least common one where both are numbers, or the one that the other divides."""
    numbers = one.number, other.number
    if isinstance(numbers[0], int) and isinstance(numbers[1], int):
        return Polynomial.constant(lcm(numbers[0], numbers[1]))
    return other if quotient(other, one).is_integral else one


def _symbol(name: str) -> Polynomial:
    return Polynomial.generator(sympy.Symbol(name))

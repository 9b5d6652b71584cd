"""An index that runs from a first value to a last one, and which divisions are exact for each value.

``2^N*m`` is halved exactly N times: ``floor(2^N*m/2^i)`` is ``2^(N - i)*m`` for every i up to N.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from symcount.algebra.domain.divisibility import powers
from symcount.algebra.domain.inequalities import bounds_of
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import (
    generator_expression,
    has_floor,
    power,
    symbols_of,
    to_expression,
    to_polynomial,
)
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.poly.coefficient import MOST_BITS, Coefficient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole
from symcount.errors import ArchitectureError
from symcount.records import record

MOST_VALUES = 64
"""The most values of an index that are taken one by one where no closed form is known."""


@record
class IndexRange:
    """An index, and the values that it runs through."""

    index: sympy.Symbol
    first: Polynomial
    last: Polynomial

    @property
    def count(self) -> Coefficient | None:
        """The number of values, where it is known as an int."""
        return (self.last - self.first + ONE).number

    @property
    def is_short(self) -> bool:
        """Whether the values can be taken one by one: there are few, and none is huge as an exponent."""
        count, last = self.count, self.last.number
        return count is not None and count <= MOST_VALUES and (last is None or last < MOST_BITS)

    def values(self) -> Iterator[Polynomial]:
        """Yield the values of an index that takes a known number of them."""
        for i in range(int(self.count or 0)):
            yield self.first + Polynomial.constant(i)

    @classmethod
    def over(cls, index: str, first: Polynomial, last: Polynomial) -> IndexRange:
        """Return the range of an index with this name."""
        return cls(sympy.Symbol(index), first, last)

    def ends(self, form: Polynomial) -> list[Polynomial]:
        """Return what must be at least 1 for a form to be so at every value of the index: the form where it is lowest.

        That is the first value, the last, or either of them; a floor gives way to a bound before.
        """
        if not self.occurs_in(form):
            return [form]
        bounds = [*bounds_of(form)] if has_floor(form) else []
        solved = [bound + ONE for bound in bounds if bound is not None]
        if solved and len(solved) == len(bounds):
            return [end for each in solved for end in self.ends(each)]
        step = self.step(form)
        if self.is_never_negative(step):
            return [self.at(form, self.first)]
        if self.is_never_negative(-step):
            return [self.at(form, self.last)]
        if not (self._has_one_sign(step) or self._falls_in_the_end(step)):
            message = (
                f"a size must be at least 1 in every pass over {self.index}, and it is not known where it is lowest"
            )
            raise ArchitectureError("no-closed-form", message)
        return [self.at(form, self.first), self.at(form, self.last)]

    def _has_one_sign(self, form: Polynomial) -> bool:
        """Whether a form is a positive function of the index, times what does not depend on it."""
        inside = {frozenset((g, e) for g, e in monomial if self.index in symbols_of(g)) for monomial in form.terms}
        return len(inside) == 1 and all(
            generator == self.index or self.is_progression(generator) for each in inside for generator, _ in each
        )

    def _falls_in_the_end(self, step: Polynomial) -> bool:
        """Whether steps are of a form that rises at most before it falls: once one is negative, all that follow are."""
        beside = frozenset((g, e) for g, e in step.common_monomial if self.is_progression(g))
        rest = step.over(1, beside)
        return self.is_never_negative(-self.step(rest))

    def step(self, form: Polynomial) -> Polynomial:
        """Return by how much a form is more at the next value of the index."""
        return self.at(form, Polynomial.generator(self.index) + ONE) - form

    def is_never_negative(self, form: Polynomial) -> bool:
        """Whether a form is at least 0 from the first value on, which is one less than a number from 1 on."""
        shifted = self.at(form, self.first + Polynomial.generator(self.index) - ONE)
        below = shifted.denominator
        return is_never_negative(below) and is_never_negative(shifted * below)

    def occurs_in(self, form: Polynomial) -> bool:
        """Whether a form depends on the index."""
        return any(self.index in symbols_of(generator) for generator in form.generators)

    def at(self, form: Polynomial, place: Polynomial) -> Polynomial:
        """Return a form at one value of the index."""
        if not self.occurs_in(form):
            return form
        return Polynomial.total(self._at(monomial, place).times(number) for monomial, number in form.terms.items())

    def _at(self, monomial: Monomial, place: Polynomial) -> Polynomial:
        result = ONE
        for generator, exponent in monomial:
            if self.index in symbols_of(generator):
                result = result * self._substitute(generator, place) ** exponent
            else:
                result = result * Polynomial.generator(generator, exponent)
        return result

    def _substitute(self, generator: Generator, place: Polynomial) -> Polynomial:
        """A generator with a value put in for the index; sympy would work a huge power out, `power` refuses it."""
        if generator == self.index:
            return place
        if isinstance(generator, Whole):
            return self.at(generator.polynomial, place)
        expression = generator_expression(generator)
        parts = [self.at(to_polynomial(part), place) for part in expression.args]
        return power(*parts) if expression.is_Pow else to_polynomial(expression.func(*map(to_expression, parts)))

    def is_progression(self, generator: Generator) -> bool:
        """Whether a generator is ``b^(a*index)`` for an a and a b without the index."""
        if not isinstance(generator, sympy.Pow) or self.index in generator.base.free_symbols:
            return False
        return self.index not in (generator.exp / self.index).free_symbols

    def progression(self, generator: Generator) -> tuple[Polynomial, Polynomial]:
        """Return the b and the a of ``b^(a*index)``."""
        base, exponent = generator_expression(generator).as_base_exp()
        return to_polynomial(base), to_polynomial(exponent / self.index)

    def is_geometric(self, form: Polynomial) -> bool:
        """Whether a form is one term in which the index occurs in exponents alone, as a factor at most."""
        if len(form) != 1:
            return False
        inside = (generator_expression(g) for g in form.generators if self.index in symbols_of(g))
        return all(
            each.is_Pow and self.index not in each.base.free_symbols and self._is_linear(to_polynomial(each.exp))
            for each in inside
        )

    def expand(self, form: Polynomial) -> Polynomial:
        """Multiply out the sums, and divide out the floors, in which the index occurs."""
        return Polynomial.total(self._expand_term(monomial, number) for monomial, number in form.terms.items())

    def _expand_term(self, monomial: Monomial, number: Coefficient) -> Polynomial:
        outside: list[tuple[Generator, int]] = []
        result = ONE
        for generator, exponent in monomial:
            inside = self._inside(generator, exponent) if self.index in symbols_of(generator) else None
            if inside is None:
                outside.append((generator, exponent))
            else:
                result = result * inside**exponent
        return result * Polynomial({frozenset(outside): number})

    def _inside(self, generator: Generator, exponent: int) -> Polynomial | None:
        if isinstance(generator, Whole) and exponent > 0:
            return self.expand(generator.polynomial)
        return self._exact_floor(generator) if isinstance(generator, FloorDiv) else None

    def _exact_floor(self, floor: FloorDiv) -> Polynomial | None:
        """The quotient, where nothing is left for any value; a rest of -1 rounds down to -1."""
        above, below = (to_polynomial(part) for part in floor.args)
        if len(below) != 1:
            return None
        rest = -ONE if above.constant_term == -1 else Polynomial({})
        quotient = (above - rest) * below.inverse()
        return quotient + rest if self.keeps_whole(quotient) else None

    def keeps_whole(self, form: Polynomial) -> bool:
        """Whether every term is an integer for every value, though it is written as a quotient."""
        return all(self._is_whole(monomial, number) for monomial, number in form.terms.items())

    def _is_whole(self, monomial: Monomial, number: Coefficient) -> bool:
        exponents, number = powers(monomial, number)
        return number.denominator == 1 and all(map(self._never_falls_below_zero, exponents.values()))

    def _never_falls_below_zero(self, exponent: Polynomial) -> bool:
        """Whether an exponent is at least 0 for every value: one that is linear in the index, where it is lowest."""
        if not self._is_linear(exponent):
            return False
        slope = self.at(exponent, self.first + ONE) - self.at(exponent, self.first)
        if all(number <= 0 for number in slope.terms.values()):
            lowest = self.at(exponent, self.last)
        elif all(number >= 0 for number in slope.terms.values()):
            lowest = self.at(exponent, self.first)
        else:
            return False
        return all(number >= 0 for number in lowest.terms.values())

    def _is_linear(self, form: Polynomial) -> bool:
        """Whether the index occurs as a factor at most once in a term, and inside nothing else."""
        return all(
            self.index not in symbols_of(generator) or (generator == self.index and exponent == 1)
            for monomial in form.terms
            for generator, exponent in monomial
        )

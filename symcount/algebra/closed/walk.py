"""The polynomial of arithmetic as a layer's rule writes it, node by node, where what names stand for is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy

from symcount.algebra.closed.needs import Needs, gather
from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.domain.decisions import decided_bracket
from symcount.algebra.domain.divisibility import divisibility, wholeness
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import (
    is_letter,
    power,
    to_expression,
    to_polynomial,
)
from symcount.algebra.functions.floors import ceil_quotient, floor_quotient
from symcount.algebra.functions.hermite import settled
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole
from symcount.algebra.sums.for_all import for_all
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.summation import indexed_sum
from symcount.arithmetic import (
    Bracket,
    CeilDiv,
    Difference,
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Named,
    Power,
    Product,
    Quotient,
    Ratio,
    Remainder,
    Size,
    Sum,
    Symbol,
)

Known = dict[Named, tuple[Polynomial, bool, Needs | None]]
"""What names stand for: a polynomial, whether it may be a fraction, and what it needs."""


class Walk:
    """Walks over arithmetic; every name in it is ``known``, and ``symbols`` are polynomials in the place of symbols."""

    def __init__(self, known: Known, symbols: Mapping[str, Polynomial]) -> None:
        self._known = known
        self._symbols = dict(symbols)

    def whole(self, size: Size, needs: Needs) -> Polynomial:
        """Return the polynomial of what must be whole, though no fraction in it need be so by itself."""
        return _held_whole(*self.apart(size, needs), needs)

    def apart(self, size: Size, needs: Needs) -> tuple[Polynomial, bool]:
        """Return the polynomial of a size by itself, and whether it may be a fraction."""
        before, needs.is_fraction = needs.is_fraction, False
        form = self._walk(size, needs)
        is_open, needs.is_fraction = needs.is_fraction, before
        return form, is_open

    def _walk(self, size: Size, needs: Needs) -> Polynomial:
        match size:
            case int():
                return Polynomial.constant(size)
            case Symbol(name):
                return self._symbol(name)
            case Named():
                form, is_open, below = self._known[size]
                needs.is_fraction |= is_open
                if below is not None:
                    needs.below[below] = None
                return form
            case Product(factors):
                result, *rest = (self._walk(factor, needs) for factor in factors)
                for factor in rest:
                    result = result * factor
                return result
            case Sum(terms):
                return settled(Polynomial.total(self._walk(term, needs) for term in terms))
            case Difference(left, right):
                return settled(self._walk(left, needs) - self._walk(right, needs))
            case Power(base, exponent):
                return self._power(self._walk(base, needs), self.whole(exponent, needs), needs)
            case _:
                return self._divide(size, needs)

    def _symbol(self, name: str) -> Polynomial:
        known = self._symbols.get(name)
        if known is None:
            known = self._symbols[name] = Polynomial.generator(sympy.Symbol(name))
        return known

    def _power(self, base: Polynomial, exponent: Polynomial, needs: Needs) -> Polynomial:
        number = exponent.number
        result = base**number if isinstance(number, int) else power(base, exponent)
        needs.is_fraction |= not needs.of_each and base.is_integral and not result.is_integral
        return result

    def _divide(self, size: Size, needs: Needs) -> Polynomial:
        """The polynomial of a division of any sort, of a minimum, a maximum, or a sum over an index."""
        match size:
            case FloorDiv(above, below):
                divisor = self.apart(below, needs)[0]
                return floor_quotient(self.apart(above, needs)[0], divisor)
            case CeilDiv(above, below):
                divisor = self.apart(below, needs)[0]
                return ceil_quotient(self.apart(above, needs)[0], divisor)
            case Remainder(above, below):
                dividend, divisor = self._walk(above, needs).expand(), self._walk(below, needs).expand()
                return dividend - divisor * floor_quotient(dividend, divisor)
            case Quotient(above, below):
                divisor = self._walk(below, needs)
                exact = quotient(self._walk(above, needs), divisor)
                needs.is_fraction |= not exact.is_integral
                return exact
            case Ratio(above, below):
                return self._ratio(self.apart(above, needs)[0], self.apart(below, needs)[0], needs)
            case Min(terms):
                return self._extreme(Minimum, terms, needs)
            case Max(terms):
                return self._extreme(Maximum, terms, needs)
            case Bracket(left, sign, right):
                return self._bracket(self.apart(left, needs)[0], sign, self.apart(right, needs)[0])
            case IndexedSum():
                return self._sum(size, needs)
            case _:
                raise TypeError(f"{size!r} is not written arithmetic")

    def _bracket(self, left: Polynomial, sign: str, right: Polynomial) -> Polynomial:
        # x > y is not y >= x, and x = y is x >= y without x > y
        at_least, at_most = (decided_bracket(settled(each.expand())) for each in (left - right, right - left))
        match sign:
            case ">=":
                return at_least
            case "<=":
                return at_most
            case ">":
                return ONE - at_most
            case "<":
                return ONE - at_least
            case "==":
                return at_least + at_most - ONE
            case _:
                return ONE.times(2) - at_least - at_most

    def _extreme(self, kind: type[Minimum | Maximum], terms: Iterable[Size], needs: Needs) -> Polynomial:
        """A minimum or a maximum; of fractions it is one itself, of which the one that is taken may be whole."""
        parts = [self.apart(term, needs) for term in terms]
        forms = [form.expand() for form, _ in parts]
        below = _positive(_common_denominator(forms))
        if not any(isinstance(wholeness(form), Divisible) for form in forms):
            below, forms = ONE, [_held_whole(form, is_open, needs).expand() for form, is_open in parts]
        needs.is_fraction |= not below.is_one
        if not below.is_one:
            forms = [(form * below).expand() for form in forms]
        scaled = (to_expression(settled(form)) for form in forms)
        return quotient(to_polynomial(kind(*scaled)), below)

    def _ratio(self, above: Polynomial, below: Polynomial, needs: Needs) -> Polynomial:
        exact = quotient(above, below)
        if not exact.is_integral:
            assumption = divisibility(below.expand(), above.expand())
            if assumption is not None:
                needs.own[assumption] = None
        return exact

    def _sum(self, size: IndexedSum, needs: Needs) -> Polynomial:
        first, last = (self.whole(end, needs).expand() for end in (size.first, size.last))
        indices = IndexRange(sympy.Symbol(size.index.name), first, last)
        of_one = Needs(of_each=True)
        total, assumed = indexed_sum(indices, self.apart(size.term, of_one)[0])
        needs.own |= dict.fromkeys((*for_all(indices, gather([of_one])), *assumed))
        return total


def _positive(divisor: Polynomial) -> Polynomial:
    """A positive multiple of a product that is not 0: a factor that may be negative is taken twice."""
    ((monomial, _),) = divisor.terms.items()
    return divisor * Polynomial({frozenset((g, 1) for g, e in monomial if e % 2 and not _is_positive(g)): 1})


def _is_positive(generator: Generator) -> bool:
    return is_letter(generator) or (isinstance(generator, Whole) and is_never_negative(generator.polynomial - ONE))


def _common_denominator(forms: Iterable[Polynomial]) -> Polynomial:
    """The least product by which every term of some sums becomes one without a fraction."""
    below = ONE
    for form in forms:
        if not form.is_integral:
            below = below * (form * below).denominator
    return below


def _held_whole(form: Polynomial, is_open: bool, needs: Needs) -> Polynomial:
    """What must be whole; where it may be a fraction, that it is whole is needed."""
    assumption = wholeness(form) if is_open else None
    if assumption is not None:
        needs.own[assumption] = None
    return form

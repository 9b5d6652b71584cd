"""Turns arithmetic as a layer's rule writes it into polynomials, the one way to a closed form.

A layer's output axis stays whole where it holds a floor, ``(n//4 - 2)**2``: that is how a reader
wants it. Names may stand for names 4,000 deep: they are resolved with a stack, once each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import lcm

import sympy

from symcount.algebra.closed.needs import Needs, gather
from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.domain.decisions import decided_bracket
from symcount.algebra.domain.divisibility import divisibility, wholeness
from symcount.algebra.functions.expressions import power, to_expression, to_polynomial
from symcount.algebra.functions.floors import ceil_quotient, floor_quotient
from symcount.algebra.functions.hermite import settled
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.size_function import SizeFunction
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole, too_large
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
    names,
)

MOST_WRITTEN = 50_000
"""The most terms of all named sizes together, such as the axes that leave the layers of a network."""


class Conversion:
    """Turns written arithmetic into polynomials, and converts what a name stands for only once.

    ``axes`` are the names whose floor-free sums, such as n - 6, stay whole too; ``sizes`` are those of tensors, which
    are whole numbers, as other names need not be: of ``let a = w/2`` only the ``2*a`` that is used has to be one.
    ``symbols`` are polynomials in the place of symbols.
    """

    def __init__(
        self, axes: Iterable[Size] = (), sizes: Iterable[Size] = (), symbols: Mapping[str, Polynomial] | None = None
    ) -> None:
        self.axes = {axis for axis in axes if isinstance(axis, Named)}
        self.sizes = {size for size in sizes if isinstance(size, Named)}
        self._known: dict[Named, tuple[Polynomial, bool, Needs | None]] = {}
        self._symbols = dict(symbols or {})
        self._written = 0

    def to_polynomial(self, size: Size) -> Polynomial:
        """Return the polynomial of a size, with the axes whole.

        >>> n = Named("n_1", Symbol("n") // 2 - 2)
        >>> to_expression(Conversion().to_polynomial(n * n * 8))
        8*((n//2) - 2)**2
        """
        return self._convert(size)[0]

    def expand(self, size: Size) -> Polynomial:
        """Return the polynomial of a size, multiplied out."""
        return self.to_polynomial(size).expand()

    def is_whole(self, size: Size) -> bool:
        """Return whether a size is whole however its symbols are set, so far as its own divisions tell."""
        self._resolve(size)
        return not self._apart(size, Needs())[1]

    def total(self, sizes: Iterable[Size]) -> tuple[Polynomial, tuple[Divisible | AtLeast, ...]]:
        """Return the sum of sizes, and just what these take for granted, whatever was converted before.

        >>> conversion = Conversion()
        >>> params, output = Ratio(Symbol("c"), Symbol("g")), Ratio(Symbol("n"), 2) + 1
        >>> for size in (params, output, params):
        ...     total, assumed = conversion.total([size])
        ...     print(to_expression(total), [each.text() for each in assumed])
        c/g ['g divides c']
        n/2 + 1 ['2 divides n']
        c/g ['g divides c']
        """
        return self._added(self._convert(size) for size in sizes)

    def total_of_whole(self, sizes: Iterable[Size]) -> tuple[Polynomial, tuple[Divisible | AtLeast, ...]]:
        """Return the same of sizes that are whole because all that is calculated with in them is.

        >>> half = Quotient(Symbol("c"), 2)
        >>> [each.text() for each in Conversion().total_of_whole([half * half])[1]]
        []
        """
        return self._added(self._convert_whole(size) for size in sizes)

    def _added(self, found: Iterable[tuple[Polynomial, Needs]]) -> tuple[Polynomial, tuple[Divisible | AtLeast, ...]]:
        converted = list(found)
        return settled(Polynomial.total(form for form, _ in converted)), gather(needs for _, needs in converted)

    def _convert(self, size: Size) -> tuple[Polynomial, Needs]:
        self._resolve(size)
        needs = Needs()
        return settled(self._whole(size, needs)), needs

    def _convert_whole(self, size: Size) -> tuple[Polynomial, Needs]:
        self._resolve(size)
        needs = Needs()
        return self._apart(size, needs)[0], needs

    def _resolve(self, size: Size) -> None:
        known = self._known
        stack = names(size)
        while stack:
            named = stack[-1]
            if named in known:
                stack.pop()
                continue
            missing = [name for name in names(named.value) if name not in known]
            if missing:
                stack += missing
            else:
                needs = Needs()
                form, is_open = self._apart(named.value, needs)
                if is_open and named in self.sizes:
                    form, is_open = self._whole(named.value, needs), False
                kept = self._keep(named, form)
                self._written += _terms(kept)
                if self._written > MOST_WRITTEN:
                    raise too_large(f"a network whose sizes have together more than {MOST_WRITTEN:,} terms")
                known[named] = kept, is_open, needs.of_name()

    def _keep(self, named: Named, form: Polynomial) -> Polynomial:
        """The polynomial of a named size; the sum of an output axis stays one factor, ``(n - 4)^2``."""
        if len(form) < 2:
            return form
        floors = [monomial for monomial in form.terms if any(_has_floor(g) for g, _ in monomial)]
        if named not in self.axes and not (floors and all(_is_linear(monomial) for monomial in floors)):
            return form
        unfolded = settled(form.expand())
        return unfolded if len(unfolded) < 2 else Polynomial.generator(Whole(unfolded))

    def _whole(self, size: Size, needs: Needs) -> Polynomial:
        """The polynomial of what must be whole, though no fraction in it need be so by itself."""
        form, is_open = self._apart(size, needs)
        assumption = wholeness(form) if is_open else None
        if assumption is not None:
            needs.own[assumption] = None
        return form

    def _apart(self, size: Size, needs: Needs) -> tuple[Polynomial, bool]:
        """The polynomial of a size by itself, and whether it may be a fraction."""
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
                return self._power(self._walk(base, needs), self._whole(exponent, needs), needs)
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
                return floor_quotient(self._apart(above, needs)[0], self._apart(below, needs)[0])
            case CeilDiv(above, below):
                return ceil_quotient(self._apart(above, needs)[0], self._apart(below, needs)[0])
            case Remainder(above, below):
                dividend, divisor = self._walk(above, needs).expand(), self._walk(below, needs).expand()
                return dividend - divisor * floor_quotient(dividend, divisor)
            case Quotient(above, below):
                exact = quotient(self._walk(above, needs), self._walk(below, needs))
                needs.is_fraction |= not exact.is_integral
                return exact
            case Ratio(above, below):
                return self._ratio(self._apart(above, needs)[0], self._apart(below, needs)[0], needs)
            case Min(terms):
                return self._extreme(Minimum, terms, needs)
            case Max(terms):
                return self._extreme(Maximum, terms, needs)
            case Bracket(left, sign, right):
                return self._bracket(self._apart(left, needs)[0], sign, self._apart(right, needs)[0])
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
        forms = [self._apart(term, needs)[0].expand() for term in terms]
        below = lcm(*(number.denominator for form in forms for number in form.terms.values()))
        scaled = [form.times(below) for form in forms]
        if not all(form.is_integral for form in scaled):
            below, scaled = 1, [self._whole(term, needs).expand() for term in terms]
        needs.is_fraction |= below > 1
        return to_polynomial(kind(*(to_expression(settled(form)) for form in scaled))).over(below)

    def _ratio(self, above: Polynomial, below: Polynomial, needs: Needs) -> Polynomial:
        exact = quotient(above, below)
        if not exact.is_integral:
            assumption = divisibility(below.expand(), above.expand())
            if assumption is not None:
                needs.own[assumption] = None
        return exact

    def _sum(self, size: IndexedSum, needs: Needs) -> Polynomial:
        first, last = (self._whole(end, needs).expand() for end in (size.first, size.last))
        indices = IndexRange(sympy.Symbol(size.index.name), first, last)
        of_one = Needs(of_each=True)
        total, assumed = indexed_sum(indices, self._apart(size.term, of_one)[0])
        needs.own |= dict.fromkeys((*for_all(indices, gather([of_one])), *assumed))
        return total


def _terms(form: Polynomial) -> int:
    """How many terms a sum has, those of the sums that are kept whole included."""
    return len(form) + sum(len(each.polynomial) for each in form.generators if isinstance(each, Whole))


def _has_floor(generator: Generator) -> bool:
    if isinstance(generator, Whole):
        return any(_has_floor(part) for part in generator.polynomial.generators)
    return isinstance(generator, SizeFunction)


def _is_linear(monomial: Monomial) -> bool:
    return len(monomial) == 1 and all(exponent == 1 for _, exponent in monomial)


def closed_expression(size: Size) -> sympy.Expr:
    """Return the closed form of a size as a sympy expression.

    >>> k, f = Named("k", 3), Named("f", Symbol("f"))
    >>> closed_expression((k * k * Symbol("c") + 1) * f)
    9*c*f + f
    """
    return to_expression(Conversion().to_polynomial(size))

"""Sums factored as a person would: what several terms share stands before a bracket, ``(c + 1)*(a + b) + d*(9*b + 1)``.

Of all ways that are tried that with the fewest letters is taken. What is written is a term, in the order of people's
writing: sympy would distribute and reorder it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isqrt, prod

from symcount.algebra.closed.transform import factors_of
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import UNIT, Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Power, Product, Quotient, Size, Sum, by_name

MOST_TERMS = 30
"""A sum of more terms is only divided by what all of them share."""

MOST_PARTED = 12
"""A sum of more terms is not parted by each of its symbols in search of what reads best."""

FEWEST = 6
"""A sum of fewer terms reads best as it is."""

WORTH = Fraction(6, 7)
"""Brackets must leave so much less to read than a plain sum, which is easier to take in."""

MOST_DEPTH = 4
"""How many brackets within one another are tried."""


class Factoring:
    """Writes sums in brackets; ``letters`` stand for units of the form, as a closed form names them."""

    def __init__(self, letters: Mapping[Generator, Size] | None = None) -> None:
        self.letters = dict(letters or {})
        self.known: dict[tuple[Polynomial, int], Size] = {}

    def shortest(self, form: Polynomial, depth: int = MOST_DEPTH) -> Size:
        """Return the shortest way of writing a form that was found.

        >>> import sympy
        >>> from symcount.algebra.functions.expressions import to_polynomial
        >>> a, b, c, d, e = sympy.symbols("a b c d e")
        >>> by_name(Factoring().shortest(to_polynomial(a*c + b*c + a + b + 9*b*d + d)))
        '(c + 1)*(a + b) + d*(9*b + 1)'
        """
        key = form, depth
        if key not in self.known:
            self.known[key] = simplest([*self._ways(form, depth), self.plain(form)])
        return self.known[key]

    def plain(self, form: Polynomial) -> Size:
        """Return a form as a sum."""
        return to_term(form, self.letters)

    def _ways(self, form: Polynomial, depth: int) -> Iterator[Size]:
        if len(form) < 2:
            return
        content = form.content
        common = frozenset((g, e) for g, e in form.common_monomial if e > 0)
        if content not in (1, -1) or common:
            rest = form.over(content, common)
            outside = Polynomial({common: content})
            yield self._times(outside, self.shortest(rest, depth))
            return
        if not depth or len(form) > MOST_TERMS:
            return
        yield from self._factored(form)
        for generator in sorted(set(form.generators), key=generator_key):
            yield from self._by(generator, form, depth)

    def _factored(self, form: Polynomial) -> Iterator[Size]:
        """A form as a product of sums, where one of its units has a square; ``4*w^2 - 4*w + 1`` is ``(2*w - 1)^2``."""
        if not (3 <= len(form) <= MOST_PARTED and form.is_integral and _may_be_product(form)):
            return
        factors = factors_of(form)
        if len(factors) > 1 or factors[0][1] > 1:
            sizes = [(self.plain(factor), exponent) for factor, exponent in factors]
            yield Product(tuple(size if exponent == 1 else Power(size, exponent) for size, exponent in sizes))

    def _by(self, generator: Generator, form: Polynomial, depth: int) -> Iterator[Size]:
        """A form parted by one of its units: what it multiplies, and the rest."""
        held = Polynomial({m: x for m, x in form.terms.items() if any(g == generator and e > 0 for g, e in m)})
        rest = form - held
        if not rest or (len(held) < 2 and len(rest) < 2):
            return
        factor = frozenset({(generator, 1)})
        inside = held.over(1, factor)
        if inside.terms.items() <= rest.terms.items() and len(inside) > 1:
            one_more = Polynomial.generator(generator) + Polynomial.constant(1)
            product = Product((self.plain(one_more), self.shortest(inside, depth - 1)))
            yield self._sum(product, rest - inside, depth)
        if len(held) > 1:
            yield self._sum(self.shortest(held, depth - 1), rest, depth)

    def _sum(self, first: Size, rest: Polynomial, depth: int) -> Size:
        if not rest:
            return first
        second = self.shortest(rest, depth - 1)
        return Sum((*_added(first), *_added(second)))

    def _times(self, outside: Polynomial, inside: Size) -> Size:
        """A product with a bracket; a fraction is one quotient of it all."""
        ((monomial, number),) = outside.terms.items()
        above, below = Polynomial({monomial: number.numerator}), Polynomial.constant(number.denominator)
        top = inside if above.is_one else Product((*_factors(self.plain(above)), inside))
        return top if below.is_one else Quotient(top, self.plain(below))

    def brief(self, form: Polynomial) -> Size:
        """Return a form as it reads best: as a sum where that is short, else in brackets, few within one another.

        >>> import sympy
        >>> from symcount.algebra.functions.expressions import to_polynomial
        >>> b, w, o = sympy.symbols("b w o")
        >>> by_name(Factoring().brief(to_polynomial(378*b*w**2 - 90*w**2 + 28*b*w + 65*w + 4*o*w + o)))
        '(378*b - 90)*w^2 + (28*b + 4*o + 65)*w + o'
        """
        if not FEWEST <= len(form) <= MOST_TERMS:
            return self.plain(form)
        names = dict.fromkeys(g.name for g in sorted(set(form.generators), key=generator_key) if hasattr(g, "name"))
        parted = [self._parted(form, name) for name in names] if len(form) <= MOST_PARTED else []
        # a quotient of all that there is reads worse than its terms
        ways = [each for each in (self.shortest(form), *parted) if not isinstance(each, Quotient)]
        plain = self.plain(form)
        brackets = min((plain, *ways), key=_effort)
        return brackets if _effort(brackets)[0] < WORTH * _effort(plain)[0] else plain

    def _parted(self, form: Polynomial, name: str) -> Size:
        """A form by the powers of one symbol, the highest first, each with what reads best in brackets."""
        return _joined([self._part(power, factor) for power, factor in _by_powers(form, (name,))])

    def _part(self, power: Monomial, factor: Polynomial) -> Size:
        whole = factor * Polynomial({power: 1})
        return min((self._collected(power, factor), self.shortest(whole)), key=_effort)

    def collected(self, form: Polynomial, names: tuple[str, ...]) -> Size:
        """Return a form by the powers of some symbols, the highest first, each with a factored coefficient.

        >>> import sympy
        >>> from symcount.algebra.functions.expressions import to_polynomial
        >>> n, w = sympy.symbols("n w")
        >>> by_name(Factoring().collected(to_polynomial(378*n*w**2 - 90*w**2 + 28*n*w + 69*w + 10), ("w",)))
        '(378*n - 90)*w^2 + (28*n + 69)*w + 10'
        """
        return _joined([self._collected(power, factor) for power, factor in _by_powers(form, names)])

    def _collected(self, power: Monomial, factor: Polynomial) -> Size:
        if power == UNIT:
            return self.plain(factor)
        if len(factor) == 1:
            return self.plain(factor * Polynomial({power: 1}))
        below = factor.denominator
        above = Product((self.plain((factor * below).expand()), *_factors(self.plain(Polynomial({power: 1})))))
        return above if below.is_one else Quotient(above, self.plain(below))


def _may_be_product(form: Polynomial) -> bool:
    """Whether a form is a quadratic one of a unit, and its discriminant a square at the points where it is tried."""
    highest = {
        g: max(e for m in form.terms for h, e in m if h == g) for g in sorted(set(form.generators), key=generator_key)
    }
    squared = next((generator for generator, exponent in highest.items() if exponent == 2), None)
    return squared is not None and all(_splits(form, squared, [*highest], place) for place in range(3))


def _splits(form: Polynomial, squared: Generator, generators: Sequence[Generator], place: int) -> bool:
    """Whether a discriminant is a square where each unit has a value of its own."""
    values = {generator: (place + 2) * at * at + 3 for at, generator in enumerate(generators)}
    by_power = [0, 0, 0]
    for monomial, number in form.terms.items():
        rest = prod(values[g] ** e for g, e in monomial if g != squared)
        by_power[dict(monomial).get(squared, 0)] += int(number) * rest
    below, middle, above = by_power
    discriminant = middle * middle - 4 * above * below
    return discriminant >= 0 and isqrt(discriminant) ** 2 == discriminant


def _by_powers(form: Polynomial, names: tuple[str, ...]) -> list[tuple[Monomial, Polynomial]]:
    """The powers of some symbols in a form, the highest first, each with what it is multiplied by."""
    groups: dict[Monomial, dict[Monomial, Coefficient]] = {}
    for monomial, number in form.terms.items():
        power = frozenset((g, e) for g, e in monomial if getattr(g, "name", None) in names)
        groups.setdefault(power, {})[monomial - power] = number
    ordered = sorted(groups, key=lambda power: _degrees(power, names), reverse=True)
    return [(power, Polynomial(groups[power])) for power in ordered]


def _degrees(power: Monomial, names: tuple[str, ...]) -> tuple[int, ...]:
    exponents = {getattr(generator, "name", ""): exponent for generator, exponent in power}
    return (sum(exponents.values()), *(exponents.get(name, 0) for name in names))


def _joined(sizes: list[Size]) -> Size:
    return sizes[0] if len(sizes) == 1 else Sum(tuple(each for size in sizes for each in _added(size)))


def _added(size: Size) -> tuple[Size, ...]:
    return size.terms if isinstance(size, Sum) else (size,)


def _factors(size: Size) -> tuple[Size, ...]:
    return size.factors if isinstance(size, Product) else (size,)


def simplest(ways: Sequence[Size]) -> Size:
    """Return the way of writing with the fewest letters and numbers, of several the shortest."""
    return min(ways, key=lambda size: (len(_LEAF.findall(by_name(size))), ways.index(size)))


def _effort(size: Size) -> tuple[int, int]:
    """How much there is to read: letters, numbers, and how deep brackets stand within one another."""
    written = by_name(size)
    depth = deepest = 0
    for sign in written:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return len(_LEAF.findall(written)) + deepest, deepest


_LEAF = re.compile(r"\w+")


def shortest(form: Polynomial, letters: Mapping[Generator, Size] | None = None) -> Size:
    """Return a form in brackets, as a person would write it; ``letters`` stand for units of it."""
    return Factoring(letters).shortest(form)


def brief(form: Polynomial, letters: Mapping[Generator, Size] | None = None) -> Size:
    """Return a form as it reads best: as a sum, or in brackets where these leave much less to read."""
    return Factoring(letters).brief(form)


def collected(form: Polynomial, names: Sequence[str]) -> Size:
    """Return a form by the powers of some symbols."""
    return Factoring().collected(form, tuple(names))

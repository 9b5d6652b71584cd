"""Sums factored as a person would: what several terms share stands before a bracket, ``(c + 1)*(a + b) + d*(9*b + 1)``.

Of all ways that are tried that with the fewest letters is taken. What is written is a term, in the order of people's
writing: sympy would distribute and reorder it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.poly.monomial import UNIT, Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Product, Quotient, Size, Sum, by_name

MOST_TERMS = 24
"""A sum of more terms is only divided by what all of them share."""

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
        for generator in sorted(set(form.generators), key=generator_key):
            yield from self._by(generator, form, depth)

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

    def collected(self, form: Polynomial, names: tuple[str, ...]) -> Size:
        """Return a form by the powers of some symbols, the highest first, each with a factored coefficient.

        >>> import sympy
        >>> from symcount.algebra.functions.expressions import to_polynomial
        >>> n, w = sympy.symbols("n w")
        >>> by_name(Factoring().collected(to_polynomial(378*n*w**2 - 90*w**2 + 28*n*w + 69*w + 10), ("w",)))
        '(378*n - 90)*w^2 + (28*n + 69)*w + 10'
        """
        groups: dict[Monomial, dict[Monomial, object]] = {}
        for monomial, number in form.terms.items():
            power = frozenset((g, e) for g, e in monomial if getattr(g, "name", None) in names)
            groups.setdefault(power, {})[monomial - power] = number
        ordered = sorted(groups, key=lambda power: _degrees(power, names), reverse=True)
        return _joined([self._collected(power, Polynomial(groups[power])) for power in ordered])  # type: ignore[arg-type]

    def _collected(self, power: Monomial, factor: Polynomial) -> Size:
        if power == UNIT:
            return self.plain(factor)
        if len(factor) == 1:
            return self.plain(factor * Polynomial({power: 1}))
        below = factor.denominator
        above = Product((self.plain((factor * below).expand()), *_factors(self.plain(Polynomial({power: 1})))))
        return above if below.is_one else Quotient(above, self.plain(below))


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


_LEAF = re.compile(r"\w+")


def shortest(form: Polynomial) -> Size:
    """Return a form in brackets, as a person would write it."""
    return Factoring().shortest(form)


def collected(form: Polynomial, names: Sequence[str]) -> Size:
    """Return a form by the powers of some symbols."""
    return Factoring().collected(form, tuple(names))

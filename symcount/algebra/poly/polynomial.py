"""Sparse polynomials over generators: symbols, floors, powers, and sums that are kept whole.

sympy's `expand` costs 0.2 ms for each layer; a dict from monomial to coefficient costs a few
microseconds, and becomes a sympy expression once, at the end. Coefficients are exact: ints, and
Fractions where a division is assumed to leave no remainder. What would explode is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from symcount.algebra.poly.coefficient import MOST_BITS, Coefficient, is_too_long, plain, too_large
from symcount.algebra.poly.monomial import UNIT, Generator, Monomial, monomial_power, monomial_product
from symcount.arithmetic import work
from symcount.arithmetic.work import spend
from symcount.errors import ArchitectureError
from symcount.records import record

MOST_TERMS = 50_000
"""A product of sums may not have more terms."""


class Polynomial:
    """An immutable sum of terms, multiplied out over its generators.

    >>> n = Polynomial.generator("n")
    >>> (n + Polynomial.constant(1)) ** 2 == n * n + n + n + Polynomial.constant(1)
    True
    """

    def __init__(self, terms: Mapping[Monomial, Coefficient]) -> None:
        self.terms = terms

    @classmethod
    def constant(cls, number: Coefficient) -> Polynomial:
        """Return the polynomial of a number."""
        return cls({UNIT: plain(number)} if number else {})

    @classmethod
    def generator(cls, generator: Generator, exponent: int = 1) -> Polynomial:
        """Return a power of one generator."""
        return cls({frozenset(((generator, exponent),)): 1})

    @classmethod
    def total(cls, summands: Iterable[Polynomial]) -> Polynomial:
        """Add many polynomials at once."""
        terms: dict[Monomial, Coefficient] = {}
        for summand in summands:
            _add(terms, summand.terms.items())
        return cls(terms)

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    def __repr__(self) -> str:
        return f"Polynomial({self.terms!r})"

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __add__(self, other: Polynomial) -> Polynomial:
        terms = dict(self.terms)
        _add(terms, other.terms.items())
        return Polynomial(terms)

    def __sub__(self, other: Polynomial) -> Polynomial:
        terms = dict(self.terms)
        _add(terms, ((monomial, -number) for monomial, number in other.terms.items()))
        return Polynomial(terms)

    def __neg__(self) -> Polynomial:
        return self.times(-1)

    def times(self, number: Coefficient) -> Polynomial:
        """Multiply by a number."""
        if not number:
            return Polynomial({})
        return Polynomial({monomial: plain(value * number) for monomial, value in self.terms.items()})

    def __mul__(self, other: Polynomial) -> Polynomial:
        if len(self.terms) * len(other.terms) > MOST_TERMS:
            raise too_large(f"a product of sums of {len(self)} and {len(other)} terms")
        if not spend(len(self.terms) * len(other.terms)):
            message = f"multiplying all sizes out takes more than {work.MOST_STEPS:,} steps"
            raise ArchitectureError("too-large", message, hint="give some of the symbols a value")
        terms: dict[Monomial, Coefficient] = {}
        for monomial, number in self.terms.items():
            _add(terms, ((monomial_product(monomial, m), plain(number * x)) for m, x in other.terms.items()))
        if any(map(is_too_long, terms.values())):
            raise too_large("a coefficient")
        return Polynomial(terms)

    def __pow__(self, exponent: int) -> Polynomial:
        if exponent < 0:
            return self.inverse() ** -exponent
        if exponent == 1:
            return self
        norm = sum(abs(number.numerator) * number.denominator for number in self.terms.values())
        if norm > 1 and (norm.bit_length() - 1) * exponent > MOST_BITS:
            raise too_large(f"a power with the exponent {exponent}")
        if len(self) == 1:
            ((monomial, number),) = self.terms.items()
            return Polynomial({monomial_power(monomial, exponent): number**exponent})
        result, square = Polynomial.constant(1), self
        while exponent:
            if exponent & 1:
                result = result * square
            exponent >>= 1
            if exponent:
                square = square * square
        return result

    def inverse(self) -> Polynomial:
        """Return 1 over this; a sum becomes one generator, `Whole`, without its content."""
        if not self:
            raise ArchitectureError("division-by-zero", "a size is divided by zero")
        number, monomial = self.content, self.common_monomial
        rest = self.over(number, monomial)
        outside = Polynomial({monomial_power(monomial, -1): plain(Fraction(1) / number)})
        return outside if rest.is_one else outside * Polynomial.generator(Whole(rest), -1)

    def over(self, number: Coefficient, monomial: Monomial = UNIT) -> Polynomial:
        """Divide every term by a number and a monomial."""
        down = monomial_power(monomial, -1)
        return Polynomial({monomial_product(m, down): plain(Fraction(x) / number) for m, x in self.terms.items()})

    @property
    def is_one(self) -> bool:
        """Whether this is the number 1."""
        return len(self.terms) == 1 and self.terms.get(UNIT) == 1

    @property
    def number(self) -> Coefficient | None:
        """The value where this is a number, else None."""
        if not self.terms:
            return 0
        return self.terms.get(UNIT) if len(self.terms) == 1 else None

    @property
    def only_generator(self) -> Generator | None:
        """The generator that this is, where it is one and nothing else."""
        match [*self.terms.items()]:
            case [(monomial, 1)] if len(monomial) == 1:
                ((generator, exponent),) = monomial
                return generator if exponent == 1 else None
            case _:
                return None

    @property
    def constant_term(self) -> Coefficient:
        """The term without a generator."""
        return self.terms.get(UNIT, 0)

    @property
    def generators(self) -> Iterator[Generator]:
        """The generators of every term; one that several terms hold is yielded for each."""
        return (generator for monomial in self.terms for generator, _ in monomial)

    @property
    def is_integral(self) -> bool:
        """Whether no term is a fraction."""
        return all(type(x) is int for x in self.terms.values()) and all(
            exponent > 0 for monomial in self.terms for _, exponent in monomial
        )

    @property
    def content(self) -> Coefficient:
        """The largest number that leaves integer coefficients; negative where all of them are."""
        values = self.terms.values()
        below = lcm(*(x.denominator for x in values))
        above = gcd(*(int(x * below) for x in values))
        sign = -1 if all(x < 0 for x in values) else 1
        return plain(Fraction(sign * above, below))

    @property
    def denominator(self) -> Polynomial:
        """The least product by which every term becomes one without a fraction."""
        lowest: dict[Generator, int] = {}
        for monomial in self.terms:
            for generator, exponent in monomial:
                lowest[generator] = min(lowest.get(generator, 0), exponent)
        number = lcm(*(x.denominator for x in self.terms.values()))
        return Polynomial({frozenset((g, -e) for g, e in lowest.items() if e): number})

    @property
    def common_monomial(self) -> Monomial:
        """The largest monomial that divides every term."""
        first, *rest = (dict(monomial) for monomial in self.terms)
        for powers in rest:
            first = {g: min(e, powers.get(g, 0)) for g, e in first.items() if g in powers or e < 0} | {
                g: e for g, e in powers.items() if e < 0 and g not in first
            }
        return frozenset((g, e) for g, e in first.items() if e)

    def replaced(self, generator: Generator, value: Polynomial) -> Polynomial:
        """Return the form with another in the place of a generator, though not inside of others."""
        kept = dict(self.terms)
        powers: dict[int, dict[Monomial, Coefficient]] = {}
        for monomial, number in self.terms.items():
            exponent = dict(monomial).get(generator, 0)
            if exponent:
                del kept[monomial]
                rest = frozenset(power for power in monomial if power[0] != generator)
                powers.setdefault(exponent, {})[rest] = number
        changed = (Polynomial(rests) * value**exponent for exponent, rests in powers.items())
        return Polynomial.total((Polynomial(kept), *changed))

    def expand(self) -> Polynomial:
        """Multiply out the sums that were kept whole; a sum that divides stays."""
        if not any(type(generator) is Whole for generator in self.generators):
            return self
        return Polynomial.total(_expand_term(monomial, number) for monomial, number in self.terms.items())


@record
class Whole:
    """A sum that is kept as one factor and not multiplied out, as in ``(n - 4)^2``."""

    polynomial: Polynomial


def _add(terms: dict[Monomial, Coefficient], more: Iterable[tuple[Monomial, Coefficient]]) -> None:
    for monomial, number in more:
        total = terms.get(monomial, 0) + number
        if total:
            terms[monomial] = plain(total)
        else:
            terms.pop(monomial, None)


def _expand_term(monomial: Monomial, number: Coefficient) -> Polynomial:
    rest: list[tuple[Generator, int]] = []
    sums: list[Polynomial] = []
    for generator, exponent in monomial:
        if isinstance(generator, Whole) and exponent > 0:
            sums.append(generator.polynomial.expand() ** exponent)
        else:
            rest.append((generator, exponent))
    result = Polynomial({frozenset(rest): number})
    for factor in sums:
        result = result * factor
    return result


ONE = Polynomial.constant(1)

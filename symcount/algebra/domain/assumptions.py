"""What a closed form takes for granted: that an exact division is one, that a size is large enough.

An assumption is stated in its smallest form: 4 divides 3w means that 4 divides w, and what integer
coefficients make evident is not stated at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import gcd, prod

import sympy

from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import generator_expression, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.division import divide
from symcount.algebra.poly.monomial import UNIT, Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Remainder, Size, by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.records import record

MOST_RESIDUES = 1000
"""A polynomial is tried at that many residues at most to see that a number always divides it."""


@record
class Divisible:
    """The assumption that one size divides another."""

    divisor: Expr
    dividend: Expr

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return {symbol.name for symbol in self.divisor.free_symbols | self.dividend.free_symbols}

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 2 divide 1."""
        return bool(self.divisor.is_number and self.dividend.is_number)

    def sides(self) -> tuple[Polynomial, Polynomial]:
        """Return the divisor and the dividend, multiplied out."""
        return to_polynomial(self.divisor), to_polynomial(self.dividend)

    def sizes(self) -> tuple[Size, Size]:
        """Return the divisor and the dividend as written terms."""
        return to_term(self.divisor), to_term(self.dividend)

    def text(self, notation: Notation = TEXT, template: str = "") -> str:
        """Write it in a notation, or by a template of one's own.

        >>> import sympy
        >>> Divisible(sympy.Integer(2), sympy.Symbol("k") - 1).text()
        '2 divides k - 1'
        """
        divisor, dividend = self.sizes()
        written_out = (by_name(size, notation) for size in (divisor, dividend, Remainder(dividend, divisor)))
        return (template or notation.divides).format(*written_out)

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: dict[str, int]) -> bool:
        """Return whether it is true of these sizes.

        >>> import sympy
        >>> Divisible(sympy.Integer(2), sympy.Symbol("k") - 1).holds({"k": 3})
        True
        """
        divisor, dividend = (value_of(part, values) for part in (self.divisor, self.dividend))
        return dividend % divisor == 0


@record
class AtLeast:
    """The condition that the left side is at least the right side."""

    left: Expr
    right: Expr

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return {symbol.name for symbol in self.left.free_symbols | self.right.free_symbols}

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 1 be at least 2."""
        return bool(self.left.is_number and self.right.is_number and self.left < self.right)

    def sides(self) -> tuple[Polynomial, Polynomial]:
        """Return both sides, multiplied out."""
        return to_polynomial(self.left), to_polynomial(self.right)

    def sizes(self) -> tuple[Size, Size]:
        """Return both sides as written terms."""
        return to_term(self.left), to_term(self.right)

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation.

        >>> import sympy
        >>> AtLeast(sympy.Symbol("n"), sympy.Integer(12)).text()
        'n ≥ 12'
        """
        return notation.at_least.format(*(by_name(size, notation) for size in self.sizes()))

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return value_of(self.left, values) >= value_of(self.right, values)


def divisibility(divisor: Polynomial, dividend: Polynomial) -> Divisible | None:
    """Return the assumption that is left to make, None where it is evident.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> w = sympy.Symbol("w")
    >>> divisibility(to_polynomial(4), to_polynomial(3*w)).text()
    '4 divides w'
    """
    divisor, dividend = _without_common(divisor, dividend)
    number = divisor.number
    if number is not None:
        dividend = Polynomial({m: r for m, x in dividend.terms.items() if (r := _reduce(int(x), int(number)))})
        if dividend.terms.keys() - {UNIT}:
            divisor, dividend = _without_common(divisor, dividend)
    elif divisor.is_integral and dividend.is_integral:
        divisor, dividend = _without_common(divisor, _beside_one(divide(dividend, divisor)[1], divisor))
    if not dividend or divisor.is_one or _always(divisor, dividend):
        return None
    return Divisible(to_expression(divisor), to_expression(dividend))


def _reduce(number: int, divisor: int) -> int:
    """The remainder nearest to what was written: it keeps its sign."""
    return number % divisor if number > 0 else -(-number % divisor)


def _without_common(divisor: Polynomial, dividend: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Cancel: d divides g*p where d/gcd(d, g) divides p, for a number d and the content g."""
    if not dividend:
        return divisor, dividend
    # fractions of either side are put over a common denominator first
    scale = Polynomial.constant(1)
    for form in (divisor, dividend):
        for x in form.terms.values():
            scale = scale.times(x.denominator // gcd(x.denominator, int(scale.constant_term)))
    divisor, dividend = divisor * scale, dividend * scale
    shared = gcd(int(divisor.content), int(dividend.content))
    divisor, dividend = divisor.over(shared), dividend.over(shared)
    if divisor.number is not None:
        rest = abs(int(dividend.content))
        return divisor, dividend.over(rest) if gcd(rest, int(divisor.number)) == 1 else dividend
    below, above = dict(divisor.common_monomial), dict(dividend.common_monomial)
    common = frozenset((g, e) for g in below.keys() | above.keys() if (e := min(below.get(g, 0), above.get(g, 0))))
    return divisor.over(1, common), dividend.over(1, common)


def _beside_one(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """What ``r - 1`` leaves where r and every power of it are 1 beside it: ``r^N - 1`` leaves nothing."""
    monomials = [monomial for monomial in divisor.terms if monomial]
    if len(monomials) != 1 or divisor.terms[monomials[0]] != 1 or divisor.constant_term != -1:
        return dividend
    ((generator, times), *more) = monomials[0]
    if more:
        return dividend
    base, exponent = generator_expression(generator).as_base_exp()
    reduced = (
        (frozenset((g, e) for g, e in monomial if e % times or not _is_power(g, base, exponent)), number)
        for monomial, number in dividend.terms.items()
    )
    return Polynomial.total(Polynomial({monomial: number}) for monomial, number in reduced)


def _is_power(generator: Generator, base: Expr, exponent: Expr) -> bool:
    """Whether a generator is ``base^exponent``, or a power of it."""
    other, times = generator_expression(generator).as_base_exp()
    return bool(other == base and all(e > 0 for _, e in _only(to_polynomial(times / exponent))))


def _only(form: Polynomial) -> Monomial:
    ((monomial, _),) = form.terms.items()
    return monomial


def _always(divisor: Polynomial, dividend: Polynomial) -> bool:
    """Whether a number divides the dividend at every residue of its generators: n*(n + 1) is even."""
    number = divisor.number
    if number is None or not dividend.is_integral:
        return False
    modulus = int(number)
    generators = {generator: _residues(generator, modulus) for generator in dividend.generators}
    if prod(map(len, generators.values())) > MOST_RESIDUES:
        return False
    return all(
        not _residue(dividend, dict(zip(generators, residues, strict=True)), modulus)
        for residues in product(*generators.values())
    )


def _residues(generator: Generator, modulus: int) -> Sequence[int]:
    """What a generator can leave of a modulus: a power of a number only the powers of what that leaves."""
    if not (isinstance(generator, sympy.Pow) and generator.base.is_Integer):
        return range(min(modulus, MOST_RESIDUES + 1))
    reached = [1 % modulus]
    while len(reached) <= MOST_RESIDUES and (power := reached[-1] * int(generator.base) % modulus) not in reached:
        reached.append(power)
    return reached


def _residue(form: Polynomial, values: dict[Generator, int], modulus: int) -> int:
    total = 0
    for monomial, number in form.terms.items():
        term = int(number)
        for generator, exponent in monomial:
            term = term * pow(values[generator], exponent, modulus) % modulus
        total += term
    return total % modulus

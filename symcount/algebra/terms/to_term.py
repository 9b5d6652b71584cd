"""Writes closed forms as arithmetic, in the order and with the signs that people use.

``8192*m^2 + 800*c + 12362``: the one writer of `symcount.arithmetic` then prints them in any
notation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import sympy

from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.expressions import to_polynomial
from symcount.algebra.functions.floors import FloorDiv, ceiling_numerator
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.ordering import Powers, placed
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Coefficient, Polynomial, Whole
from symcount.arithmetic import Bracket as WrittenBracket
from symcount.arithmetic import (
    CeilDiv,
    IndexedSum,
    Max,
    Min,
    Power,
    Product,
    Quotient,
    Remainder,
    Size,
    Sum,
    Symbol,
)
from symcount.arithmetic import FloorDiv as WrittenFloorDiv
from symcount.records import record

_INDEX = Symbol("i'")
"""The index of a sum of powers, of a name that nobody can write."""

_Factors = frozenset[tuple[Generator, int]]

Summand = tuple[Coefficient, Powers]
"""One term of a sum, by its coefficient and its powers."""


def to_term(form: Expr | Polynomial, letters: Mapping[Generator, Size] | None = None) -> Size:
    """Return the written term of a sympy expression or a polynomial; ``letters`` replace generators.

    >>> from symcount.arithmetic import by_name
    >>> N, d = sympy.symbols("N d")
    >>> by_name(to_term(N**2*d/2 - 3*d + FloorDiv(N + 31, 32) - 1))
    'N^2*d/2 - 3*d + ⌈N/32⌉ - 1'
    """
    return TermBuilder(letters or {}).size(form)


@record
class _Ceiling:
    """A generator that stands for a floor plus one, where the denominator is a symbol."""

    above: Expr
    below: Expr


@record
class _Rest:
    """A generator that stands for what a division leaves, ``x - b*floor(x/b)``."""

    above: Expr
    below: Expr


class TermBuilder:
    """Writes a closed form as arithmetic, its terms in the order in which people put them.

    Floors in floors hold the same parts many times over, so what is written once is kept.
    """

    def __init__(self, letters: Mapping[Generator, Size]) -> None:
        self.letters = letters
        self.atoms: dict[Expr, Size] = {}

    def size(self, form: Expr | Polynomial) -> Size:
        return self.sum(in_human_order(_by_series(_rests(_round_up(_terms(form))))))

    def sum(self, terms: list[Summand]) -> Size:
        return sum_of([self.term(*term) for term in terms])

    def term(self, number: Coefficient, powers: Powers) -> Size:
        powers = _together(powers)
        above = [self.power(generator, exponent) for generator, exponent in powers if exponent > 0]
        below = [self.power(generator, -exponent) for generator, exponent in powers if exponent < 0]
        if number.denominator != 1:
            below.insert(0, number.denominator)
        top = abs(number.numerator)
        size = _product_of(above if top == 1 and above else [top, *above])
        if below:
            size = Quotient(size, _product_of(below))
        return _negative(size) if number < 0 else size

    def power(self, generator: Generator, exponent: int) -> Size:
        base = self.generator(generator)
        return base if exponent == 1 else Power(base, exponent)

    def generator(self, generator: Generator) -> Size:
        if generator in self.letters:
            return self.letters[generator]
        match generator:
            case Whole(form):
                return self.size(form)
            case _Ceiling(above, below):
                return CeilDiv(self.size(above), self.size(below))
            case _Rest(above, below):
                return Remainder(self.size(above), self.size(below))
            case _:
                if generator not in self.atoms:
                    self.atoms[generator] = self.atom(generator)
                return self.atoms[generator]

    def atom(self, expression: Expr) -> Size:
        if expression.is_Symbol:
            return Symbol(expression.name)
        if expression.is_Pow:
            return Power(self.size(expression.base), self.size(expression.exp))
        if isinstance(expression, FloorDiv):
            above = ceiling_numerator(expression)
            if above is not None:
                return CeilDiv(self.size(above), self.size(expression.args[1]))
            return WrittenFloorDiv(self.size(expression.args[0]), self.size(expression.args[1]))
        if isinstance(expression, (Minimum, Maximum)):
            sizes = tuple(self.size(size) for size in expression.args)
            return Min(sizes) if isinstance(expression, Minimum) else Max(sizes)
        if isinstance(expression, Bracket):
            return self.bracket(expression.args[0])
        if isinstance(expression, GeometricSum):
            return self.series(*expression.args)
        return self.size(expression)

    def series(self, ratio: Expr, count: Expr) -> Size:
        """A sum of powers, so many from the exponent 0 on."""
        return IndexedSum(_INDEX, 0, self.size(count - 1), Power(self.size(ratio), _INDEX))

    def bracket(self, size: Expr) -> Size:
        """A comparison with a side for what is added and one for what is taken away."""
        terms = list(_terms(to_polynomial(size)))
        constant: Coefficient = sum(number for number, powers in terms if not powers)
        varying = [term for term in terms if term[1]]
        left: list[Summand] = [(number, powers) for number, powers in varying if number > 0]
        right: list[Summand] = [(-number, powers) for number, powers in varying if number < 0]
        # x - 1 >= y is x > y, and where no term is on the right the whole constant stands there
        sign = ">" if constant == -1 and right else ">="
        if sign == ">=" and constant:
            side = left if constant > 0 else right
            side.append((max(constant, -constant), ()))
        return WrittenBracket(self.sum(in_human_order(left)), sign, self.sum(in_human_order(right)))


def _together(powers: Powers) -> Powers:
    """The factors of a term, those that are powers of one number as one: ``(2^N)^2*2^M`` is ``2^(2*N + M)``."""
    if not any(getattr(generator, "is_Pow", False) for generator, _ in powers):
        return powers
    bases: dict[tuple[Expr, bool], list[tuple[Expr, int]]] = {}
    for generator, exponent in powers:
        if getattr(generator, "is_Pow", False) and generator.args[0].is_Integer:  # type: ignore[attr-defined]
            base, inside = generator.args  # type: ignore[attr-defined]
            bases.setdefault((base, exponent > 0), []).append((inside, abs(exponent)))
    merged: list[tuple[Generator, int]] = []
    for (base, above), found in bases.items():
        if len(found) == 1:
            ((inside, times),) = found
            power = sympy.Pow(base**times, inside, evaluate=False)
        else:
            power = sympy.Pow(base, sympy.Add(*(times * inside for inside, times in found)), evaluate=False)
        merged.append((power, 1 if above else -1))
    rest = [power for power in powers if not (getattr(power[0], "is_Pow", False) and power[0].args[0].is_Integer)]  # type: ignore[attr-defined]
    return [*merged, *rest]


def _terms(form: Expr | Polynomial) -> Iterable[Summand]:
    if isinstance(form, Polynomial):
        return [(number, tuple(monomial)) for monomial, number in form.terms.items()]
    return [_factors(term) for term in sympy.Add.make_args(sympy.sympify(form, strict=True))]


def _factors(term: Expr) -> Summand:
    """The coefficient and the powers of one term of a sympy sum."""
    number: Coefficient = 1
    powers: list[tuple[Generator, int]] = []
    for factor in sympy.Mul.make_args(term):
        if factor.is_Rational:
            value = Fraction(int(factor.p), int(factor.q))
            number = value.numerator if value.denominator == 1 else value
        elif factor.is_Pow and factor.exp.is_Integer:
            powers.append((factor.base, int(factor.exp)))
        elif factor.is_Pow and factor.exp.could_extract_minus_sign():
            powers.append((1 / factor, -1))
        else:
            powers.append((factor, 1))
    return number, powers


def _round_up(terms: Iterable[Summand]) -> list[Summand]:
    """Write ``floor((x - 1)/s) + 1`` as ``ceil(x/s)``, where the constant of the sum cancels by it."""
    listed = list(terms)
    constant = next((number for number, powers in listed if not powers), 0)
    for i, (number, powers) in enumerate(listed):
        if number == constant and len(powers) == 1 and powers[0][1] == 1:
            floor = powers[0][0]
            if isinstance(floor, FloorDiv) and not floor.args[1].is_number:
                rest, above = floor.args[0].as_coeff_Add()
                if rest == -1:
                    listed[i] = (number, ((_Ceiling(above, floor.args[1]), 1),))
                    return [term for term in listed if term[1]]
    return listed


def _rests(terms: list[Summand]) -> list[Summand]:
    """Write ``x - b*floor(x/b)`` as ``x mod b``, where a sum holds just so much of x."""
    numbers: dict[_Factors, Coefficient] = {frozenset(powers): number for number, powers in terms}
    waiting = list(numbers)
    while waiting:
        powers = waiting.pop(0)
        for floor, exponent in powers:
            if isinstance(floor, FloorDiv) and exponent == 1 and floor.args[1].is_Integer and powers in numbers:
                rest = _rest(numbers, powers, floor)
                waiting += [] if rest is None else [rest]
    return [(_plain(number), tuple(powers)) for powers, number in numbers.items() if number]


def _rest(numbers: dict[_Factors, Coefficient], powers: _Factors, floor: FloorDiv) -> _Factors | None:
    """Put what a division leaves in the place of one term with a floor; None where the sum does not hold its size."""
    above, below = floor.args
    beside = {generator: exponent for generator, exponent in powers if generator != floor}
    one = Fraction(-numbers[powers], int(below))
    held = {_times(beside, factors): x * one for x, factors in _terms(above)}
    if any(numbers.get(part) != x for part, x in held.items() if part):
        return None
    del numbers[powers]
    for part, x in held.items():
        numbers[part] = numbers.get(part, 0) - x
        if not numbers[part]:
            del numbers[part]
    rest = frozenset({**beside, _Rest(above, below): 1}.items())
    numbers[rest] = numbers.get(rest, 0) + one
    return rest


def _times(powers: dict[Generator, int], factors: Powers) -> frozenset[tuple[Generator, int]]:
    product = dict(powers)
    for generator, exponent in factors:
        product[generator] = product.get(generator, 0) + exponent
    return frozenset(product.items())


def _plain(number: Coefficient) -> Coefficient:
    return number.numerator if number.denominator == 1 else number


def _by_series(terms: list[Summand]) -> list[Summand]:
    """Write what several terms hold of one sum of powers as one product, as that sum is long."""
    held: dict[Generator, list[Summand]] = {}
    for term in terms:
        found = [generator for generator, exponent in term[1] if isinstance(generator, GeometricSum) and exponent == 1]
        if found:
            held.setdefault(found[0], []).append(term)
    several = {sums: found for sums, found in held.items() if len(found) > 1}
    together = [term for found in several.values() for term in found]
    kept = [term for term in terms if term not in together]
    return [*kept, *((1, ((_factor(sums, found), 1), (sums, 1))) for sums, found in several.items())]


def _factor(sums: Generator, terms: Iterable[Summand]) -> Whole:
    rests = {frozenset(power for power in powers if power[0] != sums): number for number, powers in terms}
    return Whole(Polynomial(rests))


def in_human_order(terms: Iterable[Summand]) -> list[Summand]:
    """Terms in the order in which people write them, the first one positive where any is."""
    in_turn = sorted(((placed(tuple(powers)), number) for number, powers in terms), key=lambda term: term[0][1])
    ordered = [(number, powers) for (powers, _), number in in_turn]
    first = next((i for i, (number, _) in enumerate(ordered) if number > 0), 0)
    return [ordered[first], *ordered[:first], *ordered[first + 1 :]] if ordered else []


def sum_of(sizes: list[Size]) -> Size:
    """Return the written sum of terms: one term as it is, none as 0."""
    return 0 if not sizes else sizes[0] if len(sizes) == 1 else Sum(tuple(sizes))


def _product_of(factors: list[Size]) -> Size:
    return 1 if not factors else factors[0] if len(factors) == 1 else Product(tuple(factors))


def _negative(size: Size) -> Size:
    match size:
        case int():
            return -size
        case Product((int() as first, *rest)):
            return Product((-first, *rest))
        case Product(factors):
            return Product((-1, *factors))
        case _:
            return Product((-1, size))

"""Writes closed forms as arithmetic, in the order and with the signs that people use.

``8192*m^2 + 800*c + 12362``: the one writer of `symcount.arithmetic` then prints them in any
notation.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.expressions import to_polynomial
from symcount.algebra.functions.floors import FloorDiv, ceiling_numerator
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.ordering import Powers
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.algebra.terms.summands import Ceiling, Rest, Summand, grouped, in_human_order, terms_of
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

_INDEX = Symbol("i'")
"""The index of a sum of powers, of a name that nobody can write."""


def to_term(form: Expr | Polynomial, letters: Mapping[Generator, Size] | None = None) -> Size:
    """Return the written term of a sympy expression or a polynomial; ``letters`` replace generators.

    >>> from symcount.arithmetic import by_name
    >>> N, d = sympy.symbols("N d")
    >>> by_name(to_term(N**2*d/2 - 3*d + FloorDiv(N + 31, 32) - 1))
    'N^2*d/2 - 3*d + ⌈N/32⌉ - 1'
    """
    return TermBuilder(letters or {}).size(form)


class TermBuilder:
    """Writes a closed form as arithmetic, its terms in the order in which people put them.

    Floors in floors hold the same parts many times over, so what is written once is kept.
    """

    def __init__(self, letters: Mapping[Generator, Size]) -> None:
        self.letters = letters
        self.atoms: dict[Expr, Size] = {}

    def size(self, form: Expr | Polynomial) -> Size:
        return self.sum(grouped(form))

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
            case Ceiling(above, below):
                return CeilDiv(self.size(above), self.size(below))
            case Rest(above, below):
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
        terms = list(terms_of(to_polynomial(size)))
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

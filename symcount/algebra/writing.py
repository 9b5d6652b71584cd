"""From closed forms back to written terms, in the order and with the signs that people use.

``8192*m^2 + 800*c + 12362``: the one writer of `symcount.arithmetic` then prints them in any
notation. `python` writes them so that Python's own arithmetic of ints is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import sympy

from symcount.algebra.conversion import Expr, polynomial
from symcount.algebra.extremes import Maximum, Minimum
from symcount.algebra.floors import FloorDiv, ceiling_numerator
from symcount.algebra.ordering import Powers, in_order, term_key
from symcount.algebra.polynomial import Coefficient, Generator, Polynomial, Whole
from symcount.arithmetic import (
    CeilDiv,
    Max,
    Min,
    Power,
    Product,
    Ratio,
    Size,
    Sum,
    Symbol,
    by_name,
)
from symcount.arithmetic import FloorDiv as WrittenFloorDiv
from symcount.arithmetic.notation import PYTHON

Term = tuple[Coefficient, Powers]


def written(form: Expr | Polynomial, letters: Mapping[Generator, Size] | None = None) -> Size:
    """Return the written term of a sympy expression or a polynomial; ``letters`` replace generators.

    >>> N, d = sympy.symbols("N d")
    >>> by_name(written(N**2*d/2 - 3*d + FloorDiv(N + 31, 32) - 1))
    'N^2*d/2 - 3*d + ⌈N/32⌉ - 1'
    """
    return _Writing(letters or {}).size(form)


def python(form: Expr | Polynomial) -> str:
    """Write in Python's syntax: names, ints, ``+ - * ** //``, parentheses, min and max.

    >>> N, d = sympy.symbols("N d")
    >>> python(N**2*d/2 + 3*N*d/2 + d)
    'd + ((N**2*d + 3*N*d)//2)'
    """
    if isinstance(form, sympy.Expr) and any(
        (part.is_Rational and not part.is_Integer) or (part.is_Pow and part.exp.could_extract_minus_sign())
        for part in sympy.preorder_traversal(form)
    ):
        # a fraction inside a factor need not be whole by itself: multiply out, then divide once
        form = polynomial(form)
    text = by_name(_ExactWriting({}).size(form), PYTHON)
    return text[1:-1] if _is_wrapped(text) else text


@dataclass(frozen=True)
class _Ceiling:
    """A generator that stands for a floor plus one, where the denominator is a symbol."""

    above: Expr
    below: Expr


class _Writing:
    def __init__(self, letters: Mapping[Generator, Size]) -> None:
        self.letters = letters

    def size(self, form: Expr | Polynomial) -> Size:
        return self.sum(_ordered(_rounded_up(_terms(form))))

    def sum(self, terms: list[Term]) -> Size:
        return _added([self.term(*term) for term in terms])

    def term(self, number: Coefficient, powers: Powers) -> Size:
        above = [self.power(generator, exponent) for generator, exponent in powers if exponent > 0]
        below = [self.power(generator, -exponent) for generator, exponent in powers if exponent < 0]
        if number.denominator != 1:
            below.insert(0, number.denominator)
        top = abs(number.numerator)
        size = _multiplied(above if top == 1 and above else [top, *above])
        if below:
            size = Ratio(size, _multiplied(below))
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
            case _:
                return self.atom(generator)

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
        return self.size(expression)


class _ExactWriting(_Writing):
    """Puts all fractions of a sum over one denominator: only their sum is known to be whole."""

    def sum(self, terms: list[Term]) -> Size:
        whole = [term for term in terms if _is_whole(term)]
        rest = [term for term in terms if not _is_whole(term)]
        if not rest:
            return super().sum(whole)
        number = lcm(*(number.denominator for number, _ in rest))
        lowest: dict[Generator, int] = {}
        for _, powers in rest:
            for generator, exponent in powers:
                lowest[generator] = min(lowest.get(generator, 0), exponent)
        up = {generator: -exponent for generator, exponent in lowest.items() if exponent}
        above = [(_whole(x * number), _scaled(powers, up)) for x, powers in rest]
        below = self.term(number, in_order(list(up.items())))
        return _added([*(self.term(*term) for term in whole), Ratio(super().sum(_ordered(above)), below)])


def _is_whole(term: Term) -> bool:
    return term[0].denominator == 1 and all(exponent > 0 for _, exponent in term[1])


def _whole(number: Coefficient) -> int:
    return number.numerator // number.denominator


def _scaled(powers: Powers, up: Mapping[Generator, int]) -> Powers:
    exponents = dict(powers)
    for generator, exponent in up.items():
        exponents[generator] = exponents.get(generator, 0) + exponent
    return [(generator, exponent) for generator, exponent in exponents.items() if exponent]


def _terms(form: Expr | Polynomial) -> Iterable[Term]:
    if isinstance(form, Polynomial):
        return [(number, tuple(monomial)) for monomial, number in form.terms.items()]
    return [_factors(term) for term in sympy.Add.make_args(sympy.sympify(form, strict=True))]


def _factors(term: Expr) -> Term:
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


def _rounded_up(terms: Iterable[Term]) -> list[Term]:
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


def _ordered(terms: Iterable[Term]) -> list[Term]:
    """Terms in the order of people, the first one positive where any is."""
    ordered = sorted(((number, in_order(powers)) for number, powers in terms), key=term_key)
    first = next((i for i, (number, _) in enumerate(ordered) if number > 0), 0)
    return [ordered[first], *ordered[:first], *ordered[first + 1 :]] if ordered else []


def _added(sizes: list[Size]) -> Size:
    return 0 if not sizes else sizes[0] if len(sizes) == 1 else Sum(tuple(sizes))


def _multiplied(factors: list[Size]) -> Size:
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


def _is_wrapped(text: str) -> bool:
    """Whether one pair of parentheses encloses the whole text."""
    if not text.startswith("("):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place == len(text) - 1
    return False

"""The terms of a sum as people group them: ceilings, remainders, sums of powers; and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import sympy

from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.ordering import Powers, placed
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.records import record

_Factors = frozenset[tuple[Generator, int]]

Summand = tuple[Coefficient, Powers]
"""One term of a sum, by its coefficient and its powers."""


@record
class Ceiling:
    """A generator that stands for a floor plus one, where the denominator is a symbol."""

    above: Expr
    below: Expr


@record
class Rest:
    """A generator that stands for what a division leaves, ``x - b*floor(x/b)``."""

    above: Expr
    below: Expr


def grouped(form: Expr | Polynomial) -> list[Summand]:
    """Return the terms of a form, with what is written shorter as one of them, in the order of people's writing."""
    return in_human_order(_rests(_by_series(_round_up(terms_of(form)))))


def terms_of(form: Expr | Polynomial) -> Iterable[Summand]:
    """Return the terms of a form as they are."""
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
                    listed[i] = (number, ((Ceiling(above, floor.args[1]), 1),))
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
    held = {_times(beside, factors): x * one for x, factors in terms_of(above)}
    if any(numbers.get(part) != x for part, x in held.items() if part):
        return None
    del numbers[powers]
    for part, x in held.items():
        numbers[part] = numbers.get(part, 0) - x
        if not numbers[part]:
            del numbers[part]
    rest = frozenset({**beside, Rest(above, below): 1}.items())
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
    """Write what several terms hold of one sum of powers as one product, as that sum is long.

    Fractions are left as they are: of these only the sum is whole, and no part of it.
    """
    held: dict[Generator, list[Summand]] = {}
    for term in terms:
        found = [generator for generator, exponent in term[1] if isinstance(generator, GeometricSum) and exponent == 1]
        if found and is_whole(term):
            held.setdefault(found[0], []).append(term)
    several = {sums: found for sums, found in held.items() if len(found) > 1}
    together = [term for found in several.values() for term in found]
    kept = [term for term in terms if term not in together]
    return [*kept, *((1, ((_factor(sums, found), 1), (sums, 1))) for sums, found in several.items())]


def is_whole(term: Summand) -> bool:
    """Return whether a term is no fraction."""
    return term[0].denominator == 1 and all(exponent > 0 for _, exponent in term[1])


def _factor(sums: Generator, terms: Iterable[Summand]) -> Whole:
    rests = {frozenset(power for power in powers if power[0] != sums): number for number, powers in terms}
    return Whole(Polynomial(rests))


def in_human_order(terms: Iterable[Summand]) -> list[Summand]:
    """Terms in the order in which people write them, the first one positive where any is."""
    in_turn = sorted(((placed(tuple(powers)), number) for number, powers in terms), key=lambda term: term[0][1])
    ordered = [(number, powers) for (powers, _), number in in_turn]
    first = next((i for i, (number, _) in enumerate(ordered) if number > 0), 0)
    return [ordered[first], *ordered[:first], *ordered[first + 1 :]] if ordered else []

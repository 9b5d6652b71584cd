"""Whether a form is monotone in one symbol, whatever the others are: never claimed wrongly, though not always found.

Each floor, symbol and power is written as its bound and what it is more than that. Where no coefficient of what then
depends on the symbol is negative, and each of these units rises, the form rises.
"""

from __future__ import annotations

from math import prod

import sympy

from symcount.algebra.functions.expressions import symbols_of, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.algebra.region.interval import Box, extent, of_generator

MOST_SHIFTED = 2_000
"""The most terms of a form that is written in differences from its bounds."""


def direction(form: Polynomial, symbol: str, box: Box) -> int | None:
    """Return 1 where a form never falls as a symbol grows, -1 where it never rises, 0 for neither; None if unknown.

    >>> n, f = sympy.symbols("n f")
    >>> box = {"n": (12, None), "f": (1, None)}
    >>> form = to_polynomial(f*FloorDiv(n - 12, 4)**2 - f)
    >>> direction(form, "n", box), direction(-form, "n", box), direction(form, "f", box)
    (1, -1, None)
    """
    letter = sympy.Symbol(symbol)
    form = form.expand()
    if not any(letter in symbols_of(generator) for generator in form.generators):
        return 0
    ways = {generator: _way(generator, letter, box) for generator in set(form.generators)}
    moved = {generator for generator, way in ways.items() if way != 0}
    if any(ways[generator] is None for generator in moved):
        return None
    if any(exponent < 0 and generator in moved for monomial in form.terms for generator, exponent in monomial):
        return None
    parted = _from_bounds(form, ways, box)
    if parted is None:
        return None
    numbers = [x for monomial, x in parted.terms.items() if any(generator in moved for generator, _ in monomial)]
    return 1 if all(x > 0 for x in numbers) else -1 if all(x < 0 for x in numbers) else None


def _from_bounds(form: Polynomial, ways: dict[Generator, int | None], box: Box) -> Polynomial | None:
    """The form in what each unit is more than its lower bound, or less than its upper one where it falls."""
    highest = {g: max((e for m in form.terms for h, e in m if h == g), default=0) for g in ways}
    if len(form) * prod(1 + max(0, exponent) for exponent in highest.values()) > MOST_SHIFTED:
        return None
    for generator, way in ways.items():
        low, high = of_generator(generator, box)
        bound, sign = (high, -1) if way == -1 else (low, 1)
        if bound is None:
            return None
        if any(exponent < 0 for monomial in form.terms for g, exponent in monomial if g == generator):
            if low is None or low <= 0:
                return None
            continue
        if bound:
            form = form.replaced(generator, Polynomial.generator(generator).times(sign) + Polynomial.constant(bound))
        elif sign < 0:
            form = form.replaced(generator, -Polynomial.generator(generator))
    return form


def _way(generator: Generator, letter: object, box: Box) -> int | None:
    """In which direction one unit of a form goes."""
    if generator == letter:
        return 1
    if letter not in symbols_of(generator):
        return 0
    name = str(letter)
    if isinstance(generator, Whole):
        return direction(generator.polynomial, name, box)
    if isinstance(generator, FloorDiv):
        above, below = (to_polynomial(part) for part in generator.args)
        low = extent(below, box)[0]
        if direction(below, name, box) == 0 and low is not None and low > 0:
            return direction(above, name, box)
        return None
    if isinstance(generator, Minimum | Maximum):
        ways = {direction(to_polynomial(part), name, box) for part in generator.args} - {0}
        return ways.pop() if len(ways) == 1 else None
    if getattr(generator, "is_Pow", False):
        base, exponent = (to_polynomial(part) for part in generator.args)  # type: ignore[attr-defined]
        low, least = extent(base, box)[0], extent(exponent, box)[0]
        rises = {direction(base, name, box), direction(exponent, name, box)} <= {0, 1}
        return 1 if rises and low is not None and low >= 1 and least is not None and least >= 0 else None
    return None


def never_negative(form: Polynomial, box: Box) -> bool:
    """Return whether a form is at least 0 over a box: by its values at the ends, or by its growth from there.

    >>> n = sympy.Symbol("n")
    >>> never_negative(to_polynomial(n**2 - 9*n + 20), {"n": (5, None)})
    True
    >>> never_negative(to_polynomial(100 - n**2), {"n": (1, 10)}), never_negative(to_polynomial(9 - n), {"n": (1, 10)})
    (True, False)
    """
    form = form.expand()
    low = extent(form, narrowed(form, box))[0]
    if low is not None and low >= 0:
        return True
    parted = _from_bounds(form, dict.fromkeys(form.generators, 1), box)
    return parted is not None and all(number > 0 for number in parted.terms.values())


def narrowed(form: Polynomial, box: Box) -> Box:
    """Return the part of a box in which a form is least: where it rises the lower end, where it falls the upper."""
    ends = dict(box)
    for name, (low, high) in box.items():
        way = direction(form, name, box)
        if way in (0, 1):
            ends[name] = (low, low)
        elif way == -1 and high is not None:
            ends[name] = (high, high)
    return ends

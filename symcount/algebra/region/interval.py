"""Between which numbers a form lies where each symbol lies between two: exact, and never narrower than the truth."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.expressions import to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial, Whole

Bound = int | Fraction | None
"""A number, or None where there is no bound."""

Interval = tuple[Bound, Bound]
"""The least and the largest value."""

Box = Mapping[str, tuple[int, int | None]]
"""The least and the largest value of each symbol."""

ANYTHING: Interval = (None, None)

_LARGEST_EXPONENT = 4096


def extent(form: Polynomial, box: Box) -> Interval:
    """Return bounds of a form over a box.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> extent(to_polynomial(n**2 - 3*FloorDiv(n, 4)), {"n": (8, 11)}), extent(to_polynomial(2*n), {"n": (1, None)})
    ((58, 115), (2, None))
    """
    low: Bound = 0
    high: Bound = 0
    for monomial, number in form.terms.items():
        product: Interval = (number, number)
        for generator, exponent in monomial:
            product = _times(product, _power(of_generator(generator, box), exponent))
        low, high = _plus(low, product[0]), _plus(high, product[1])
    return low, high


def of_generator(generator: Generator, box: Box) -> Interval:
    """Return bounds of one unit of a form: of a symbol, a floor, an extreme, a power, or a sum kept whole."""
    if isinstance(generator, Whole):
        return extent(generator.polynomial, box)
    if getattr(generator, "is_Symbol", False):
        return dict(box).get(generator.name, ANYTHING)  # type: ignore[attr-defined,arg-type]
    if isinstance(generator, FloorDiv):
        return _floor(*(extent(to_polynomial(part), box) for part in generator.args))
    if isinstance(generator, Bracket):
        low, high = extent(to_polynomial(generator.args[0]), box)
        return int(low is not None and low >= 0), int(high is None or high >= 0)
    if isinstance(generator, Minimum | Maximum):
        sides = [extent(to_polynomial(part), box) for part in generator.args]
        return _least_of(sides) if isinstance(generator, Minimum) else _negative(_least_of(map(_negative, sides)))
    if getattr(generator, "is_Pow", False):
        base, exponent = (extent(to_polynomial(part), box) for part in generator.args)  # type: ignore[attr-defined]
        return _raised(base, exponent)
    return ANYTHING


def _plus(one: Bound, other: Bound) -> Bound:
    return None if one is None or other is None else one + other


def _negative(interval: Interval) -> Interval:
    low, high = interval
    return None if high is None else -high, None if low is None else -low


def _least_of(sides: Any) -> Interval:
    lows, highs = zip(*sides, strict=True)
    known = [high for high in highs if high is not None]
    return None if None in lows else min(lows), min(known, default=None)


def _times(one: Interval, other: Interval) -> Interval:
    if one[0] is not None and one[1] is not None and one[0] == one[1]:
        return _scaled(one[0], other)
    if all(side[0] is not None and side[0] >= 0 for side in (one, other)):
        high = None if one[1] is None or other[1] is None else one[1] * other[1]
        return one[0] * other[0], high  # type: ignore[operator]
    if None in one or None in other:
        return ANYTHING
    products = [x * y for x in one for y in other]  # type: ignore[operator]
    return min(products), max(products)


def _scaled(number: int | Fraction, interval: Interval) -> Interval:
    if not number:
        return 0, 0
    low, high = (None if each is None else number * each for each in interval)
    return (low, high) if number > 0 else (high, low)


def _power(base: Interval, exponent: int) -> Interval:
    if exponent == 1:
        return base
    low, high = base
    if low is None or low < 0 or (low == 0 and exponent < 0):
        return (0 if exponent > 0 and not exponent % 2 else None), None
    if exponent > 0:
        return low**exponent, None if high is None else high**exponent
    return (0 if high is None else Fraction(1, 1) / high**-exponent), Fraction(1, 1) / low**-exponent


def _floor(above: Interval, below: Interval) -> Interval:
    least, most = below
    if least is None or least <= 0:
        return ANYTHING
    low, high = above
    if low is not None:
        low = (low // most if most is not None else 0) if low >= 0 else low // least
    if high is not None:
        high = high // least if high >= 0 else (high // most if most is not None else -1)
    return low, high


def _raised(base: Interval, exponent: Interval) -> Interval:
    low, high = base
    if low is None or low < 1 or exponent[0] is None or exponent[0] < 0:
        return ANYTHING
    known = high is not None and exponent[1] is not None and exponent[1] <= _LARGEST_EXPONENT
    least = low ** int(exponent[0]) if exponent[0] <= _LARGEST_EXPONENT else low
    return least, high ** int(exponent[1]) if known else None  # type: ignore[operator,arg-type]

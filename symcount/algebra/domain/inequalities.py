"""Bounds: polynomials without floors that must not be negative, solved out of sizes.

The Galois identity of floors, ``floor(x/s) >= y`` where ``x >= s*y``, takes one floor away at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import gcd, lcm

from symcount.algebra.functions.expressions import has_floor, is_floor, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.minmax import Minimum
from symcount.algebra.poly.division import with_constant
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole

MOST_COMPARED = 8
"""A bound is compared with so many of the last ones: a chain's next layer implies the one before."""

HIGHEST_SHIFTED = 10
"""A bound of a higher degree is not shifted: 2^degree terms would come of it."""


def bounds_of(size: Polynomial) -> Iterator[Polynomial | None]:
    """Yield what must not be negative for a size to be at least 1; None for what cannot be solved."""
    size = size.expand()
    if len(size) != 1:
        yield from _solve(size - ONE)
        return
    ((monomial, number),) = size.terms.items()
    floors = [(generator, exponent) for generator, exponent in monomial if is_floor(generator)]
    if number > 0 and len(floors) == 1 and floors[0][1] % 2 and all(exponent > 0 for _, exponent in monomial):
        # the other factors are symbols, so the one floor has the sign of the product
        yield from _solve(Polynomial.generator(floors[0][0]) - ONE)
    else:
        yield from _solve(size - ONE)


def _solve(form: Polynomial) -> Iterator[Polynomial | None]:
    if not has_floor(form):
        yield _primitive(form)
        return
    for monomial, number in form.terms.items():
        rest = form - Polynomial({monomial: number})
        generator = _alone(monomial, rest)
        if isinstance(generator, Minimum) and number > 0:
            for size in generator.args:
                yield from _solve(to_polynomial(size).times(number) + rest)
            return
        if isinstance(generator, FloorDiv):
            bound = _without_floor(generator, number, rest)
            if bound is not None:
                yield from _solve(bound)
                return
    yield None


def _alone(monomial: Monomial, rest: Polynomial) -> Generator | None:
    """The floor that is this monomial, where it occurs nowhere else."""
    if len(monomial) != 1:
        return None
    ((generator, exponent),) = monomial
    return generator if exponent == 1 and is_floor(generator) and generator not in rest.generators else None


def _without_floor(floor: FloorDiv, number: object, rest: Polynomial) -> Polynomial | None:
    """What is not negative exactly where ``number*floor + rest`` is not."""
    above, below = (to_polynomial(part) for part in floor.args)
    if number == 1:
        return above + below * rest
    if number == -1:
        return below * (rest + ONE) - ONE - above
    constant = rest.number
    if isinstance(number, int) and number > 1 and constant is not None:
        return above + below.times(constant // number)
    return None


def _is_positive(divisor: Generator) -> bool | None:
    """Whether a divisor, which is not 0, is positive for all symbols from 1 on."""
    if not isinstance(divisor, Whole):
        return True
    if is_never_negative(divisor.polynomial):
        return True
    return False if is_never_negative(divisor.polynomial.times(-1)) else None


def _primitive(form: Polynomial) -> Polynomial | None:
    """Whole coefficients without a content: ``g*x + r >= 0`` is ``x + floor(r/g) >= 0``."""
    form = form.times(lcm(*(number.denominator for number in form.terms.values())))
    below = [(g, -e) for g, e in form.common_monomial if e < 0] if form else []
    sign = 1
    for generator, exponent in below:
        positive = _is_positive(generator)
        if positive is None and exponent % 2:
            return None
        sign *= -1 if positive is False and exponent % 2 else 1
    form = (form * Polynomial({frozenset(below): 1})).times(sign)
    shared = gcd(*(int(number) for monomial, number in form.terms.items() if monomial))
    if not shared:
        return form
    rest = {monomial: int(number) // shared for monomial, number in form.terms.items() if monomial}
    return with_constant(rest, int(form.constant_term) // shared)


def is_never_negative(form: Polynomial) -> bool:
    """Return whether no coefficient is negative once every symbol x, at least 1, is written x + 1.

    >>> import sympy
    >>> a, b = sympy.symbols("a b")
    >>> is_never_negative(to_polynomial(a*b - a)), is_never_negative(to_polynomial(a - b))
    (True, False)
    """
    degrees = {monomial: sum(exponent for _, exponent in monomial) for monomial in form.terms}
    highest = max(degrees.values(), default=0)
    if any(number < 0 and degrees[monomial] == highest for monomial, number in form.terms.items()):
        return False
    if highest > HIGHEST_SHIFTED or any(e < 0 for monomial in form.terms for _, e in monomial):
        return False
    shifted = Polynomial.total(_shift(monomial).times(number) for monomial, number in form.terms.items())
    return all(number >= 0 for number in shifted.terms.values())


def _shift(monomial: Monomial) -> Polynomial:
    result = ONE
    for generator, exponent in monomial:
        result = result * (Polynomial.generator(generator) + ONE) ** exponent
    return result


def strongest(bounds: Iterable[Polynomial]) -> list[Polynomial]:
    """Drop the bounds that others imply."""
    least: dict[Polynomial, int] = {}
    for bound in bounds:
        constant = int(bound.constant_term)
        rest = bound - Polynomial.constant(constant)
        least[rest] = min(constant, least.get(rest, constant))
    kept: list[Polynomial] = []
    for rest, constant in least.items():
        new = rest + Polynomial.constant(constant)
        last = kept[-MOST_COMPARED:]
        if any(is_never_negative(new - old) for old in last):
            continue
        kept[-MOST_COMPARED:] = [old for old in last if not is_never_negative(old - new)]
        kept.append(new)
    return kept

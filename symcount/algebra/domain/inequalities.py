"""Turns "a size is at least 1" into polynomials without floors that must not be negative, called bounds.

The Galois identity of floors, ``floor(x/s) >= y`` where ``x >= s*y``, takes one floor away at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import gcd, lcm

from symcount.algebra.domain.signs import follows, is_never_negative
from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.expressions import (
    has_floor,
    is_floor,
    is_letter,
    to_polynomial,
)
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.series import without_powers
from symcount.algebra.poly.division import with_constant
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole

MOST_COMPARED = 8
"""How many of the latest bounds one is compared with: each layer of a chain tends to imply those before it."""


def bounds_of(size: Polynomial) -> Iterator[Polynomial | None]:
    """Yield what must not be negative for a size to be at least 1; None for what cannot be solved."""
    size = size.expand()
    if len(size) != 1:
        yield from solve(size - ONE)
        return
    ((monomial, number),) = size.terms.items()
    floors = [(generator, exponent) for generator, exponent in monomial if is_floor(generator)]
    if number > 0 and len(floors) == 1 and all(exponent > 0 for _, exponent in monomial):
        # the other factors are symbols, so the one floor has the sign of the product
        floor = Polynomial.generator(floors[0][0])
        if floors[0][1] % 2 or is_never_negative(floor):
            yield from solve(floor - ONE)
            return
    yield from solve(size - ONE)


def solve(form: Polynomial) -> Iterator[Polynomial | None]:
    """Yield what must not be negative for a form to be so; None for what cannot be solved."""
    form = without_powers(form)
    if not has_floor(form):
        yield primitive(form)
        return
    # a floor that counts in part is of a fraction, of which only the sum is whole
    form = form.times(lcm(*(x.denominator for m, x in form.terms.items() if any(is_floor(g) for g, _ in m))))
    if form.is_integral and all(is_letter(g) or is_floor(g) for g in form.generators):
        form = primitive(form) or form
    for monomial, number in form.terms.items():
        rest = form - Polynomial({monomial: number})
        generator = _alone(monomial, rest)
        if isinstance(generator, Minimum) and number > 0:
            for size in generator.args:
                yield from solve(to_polynomial(size).times(number) + rest)
            return
        if isinstance(generator, Bracket) and rest.number is not None and -number <= rest.number < 0:
            yield from solve(to_polynomial(generator.args[0]))
            return
        if isinstance(generator, FloorDiv):
            bound = _without_floor(generator, number, rest)
            if bound is not None:
                yield from _of_divisor(generator)
                yield from solve(bound)
                return
    yield None


def _of_divisor(floor: FloorDiv) -> Iterator[Polynomial | None]:
    """What makes the divisor of a floor at least 1."""
    below = without_factors(to_polynomial(floor.args[1]))
    if not is_never_negative(below - ONE):
        yield from solve(below - ONE)


def _alone(monomial: Monomial, rest: Polynomial) -> Generator | None:
    """The floor that this product consists of, where the floor occurs nowhere else."""
    if len(monomial) != 1:
        return None
    ((generator, exponent),) = monomial
    return generator if exponent == 1 and is_floor(generator) and generator not in rest.generators else None


def without_factors(divisor: Polynomial) -> Polynomial:
    """Return a divisor without its common factors, which are positive: of ``s^N*(s - 1)`` only ``s - 1`` can be 0."""
    factors = frozenset((g, e) for g, e in divisor.common_monomial if not isinstance(g, Whole) and not is_floor(g))
    content = divisor.content
    return divisor.over(-content if content < 0 else content, factors)


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


def is_never_positive(size: Polynomial) -> bool:
    """Return whether a size is less than 1 for all symbols from 1 on.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> is_never_positive(to_polynomial(FloorDiv(-2, n) + 1)), is_never_positive(to_polynomial(n - 1))
    (True, False)
    """
    generator = size.only_generator
    if isinstance(generator, Maximum):
        return all(is_never_positive(to_polynomial(each)) for each in generator.args)
    return any(bound is not None and is_never_negative(-bound - ONE) for bound in bounds_of(size))


def primitive(form: Polynomial) -> Polynomial | None:
    """Whole coefficients without a content: ``g*x + r >= 0`` is ``x + floor(r/g) >= 0``."""
    if not all(type(number) is int for number in form.terms.values()):
        form = form.times(lcm(*(number.denominator for number in form.terms.values())))
    is_fraction = any(e < 0 for monomial in form.terms for _, e in monomial)
    below = [(g, -e) for g, e in form.common_monomial if e < 0] if is_fraction else []
    sign = 1
    for generator, exponent in below:
        positive = _is_positive(generator)
        if positive is None and exponent % 2:
            return None
        sign *= -1 if positive is False and exponent % 2 else 1
    if below:
        form = (form * Polynomial({frozenset(below): 1})).times(sign)
    shared = gcd(*(int(number) for monomial, number in form.terms.items() if monomial))
    if not shared:
        return form
    rest = {monomial: int(number) // shared for monomial, number in form.terms.items() if monomial}
    return with_constant(rest, int(form.constant_term) // shared)


def implies(one: Polynomial, other: Polynomial) -> bool:
    """Return whether a bound is met where another is, by a difference or by what it says of one of its symbols."""
    return follows(other, [one])


def strongest(
    bounds: Iterable[Polynomial], implied: Callable[[Polynomial, Polynomial], bool] = implies
) -> list[Polynomial]:
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
        if any(implied(old, new) for old in last):
            continue
        kept[-MOST_COMPARED:] = [old for old in last if not implied(new, old)]
        kept.append(new)
    return kept

"""What a number leaves of a polynomial at every remainder of its symbols: nothing, where it always divides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

import sympy

from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial

MOST_RESIDUES = 1000
"""The most remainders of its symbols at which a polynomial is tried, to see that a number always divides it."""


def always_divides(divisor: Polynomial, dividend: Polynomial) -> bool:
    """Return whether a number divides the dividend at every residue of its generators: n*(n + 1) is even."""
    left = left_by(divisor, dividend)
    return left is not None and not any(left)


def constant_rest(divisor: Polynomial, dividend: Polynomial) -> int | None:
    """Return what a number leaves of the dividend, where it is the same at every residue of its generators.

    >>> n = Polynomial.generator("n")
    >>> constant_rest(Polynomial.constant(2), n * n + n + Polynomial.constant(1)), constant_rest(
    ...     Polynomial.constant(2), n)
    (1, None)
    """
    number = divisor.number
    terms = Counter(dividend.generators)
    if number is None or any(terms[generator] == 1 and not _is_power_of_number(generator) for generator in terms):
        # what one term alone holds moves it from residue to residue
        return None
    left = left_by(divisor, dividend)
    first = None if left is None else next(left, None)
    return first if left is not None and all(rest == first for rest in left) else None


def left_by(divisor: Polynomial, dividend: Polynomial) -> Iterator[int] | None:
    """Return what a number leaves of the dividend at every residue of its generators; None where they are too many."""
    number = divisor.number
    if number is None or not dividend.is_integral:
        return None
    modulus = abs(int(number))
    generators = {generator: _residues(generator, modulus) for generator in dividend.generators}
    if prod(map(len, generators.values())) > MOST_RESIDUES:
        return None
    return (
        _residue(dividend, dict(zip(generators, residues, strict=True)), modulus)
        for residues in product(*generators.values())
    )


def _residues(generator: Generator, modulus: int) -> Sequence[int]:
    """The remainders that a factor can leave; ``b^n`` leaves only those of the powers of b."""
    if not _is_power_of_number(generator):
        return range(min(modulus, MOST_RESIDUES + 1))
    base = int(generator.base)  # type: ignore[attr-defined]
    reached = [1 % modulus]
    while len(reached) <= MOST_RESIDUES and (power := reached[-1] * base % modulus) not in reached:
        reached.append(power)
    return reached


def _is_power_of_number(generator: Generator) -> bool:
    return isinstance(generator, sympy.Pow) and bool(generator.base.is_Integer)


def _residue(form: Polynomial, values: dict[Generator, int], modulus: int) -> int:
    total = 0
    for monomial, number in form.terms.items():
        term = int(number)
        for generator, exponent in monomial:
            term = term * pow(values[generator], exponent, modulus) % modulus
        total += term
    return total % modulus

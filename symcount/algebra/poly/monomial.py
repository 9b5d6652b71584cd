"""Monomials: products of powers of generators, without a coefficient.

A generator is whatever can be hashed: a name, a symbol, a floor, a sum that is kept whole.
"""

from __future__ import annotations

from collections.abc import Hashable

Generator = Hashable
Monomial = frozenset[tuple[Generator, int]]
"""Each generator with its exponent, which is not 0."""

UNIT: Monomial = frozenset()
"""The monomial of a constant."""


def monomial_product(left: Monomial, right: Monomial) -> Monomial:
    """Multiply two monomials."""
    if not left:
        return right
    if not right:
        return left
    powers = dict(left)
    for generator, exponent in right:
        total = powers.get(generator, 0) + exponent
        if total:
            powers[generator] = total
        else:
            del powers[generator]
    return frozenset(powers.items())


def monomial_power(monomial: Monomial, exponent: int) -> Monomial:
    """Raise a monomial to a power."""
    return frozenset((g, e * exponent) for g, e in monomial) if exponent else UNIT

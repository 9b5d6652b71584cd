"""Ratios with decimals, from integers alone."""

from __future__ import annotations

from fractions import Fraction

_PLACES = 3
"""Decimals of a rounded ratio."""


def decimal(ratio: Fraction) -> str:
    """Write a ratio with a fixed number of decimals, rounded half up.

    >>> decimal(Fraction(2, 3)), decimal(Fraction(1, 2000)), decimal(Fraction(-5, 2))
    ('0.667', '0.001', '-2.500')
    """
    scaled = (2 * abs(ratio.numerator) * 10**_PLACES + ratio.denominator) // (2 * ratio.denominator)
    whole, rest = divmod(scaled, 10**_PLACES)
    return f"{'-' if ratio < 0 and scaled else ''}{whole}.{rest:0{_PLACES}}"

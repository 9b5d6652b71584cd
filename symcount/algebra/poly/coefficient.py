"""The numbers before terms: exact, ints and Fractions, and not too long to be written."""

from __future__ import annotations

from fractions import Fraction

from symcount.errors import ArchitectureError

MOST_BITS = 14_000
"""A coefficient or a power of a number may not be longer; Python itself refuses to print one of 4,300 digits."""

Coefficient = int | Fraction


def plain(number: Coefficient) -> Coefficient:
    """Return an int for a fraction that is one."""
    return number if type(number) is int or number.denominator != 1 else number.numerator


def is_too_long(number: Coefficient) -> bool:
    """Return whether a number is longer than one that can be printed."""
    return max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS


def too_large(what: str) -> ArchitectureError:
    """Return the error for a formula that is too large to work out."""
    return ArchitectureError("too-large", f"{what} is too large to write out", hint="give some of the symbols a value")


def multiplicity(number: Coefficient, base: int) -> tuple[int, Coefficient]:
    """Return the exponent of a base in a number, negative for one of its denominator, and what is left."""
    times, above, below = 0, number.numerator, number.denominator
    while above and not above % base:
        times, above = times + 1, above // base
    while not below % base:
        times, below = times - 1, below // base
    return times, Fraction(above, below)

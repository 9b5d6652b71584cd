"""Integer arithmetic that Python has no operator for: exact division, rounding up, minimum, maximum, geometric sums.

Each takes ints or written terms, and gives an int only where every operand is one.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcount.arithmetic.terms import CeilDiv, IndexedSum, Max, Min, Ratio, Size, Symbol


class InexactRatioError(ArithmeticError):
    """A division of ints that a rule needs to be exact leaves a remainder."""

    def __init__(self, numerator: int, denominator: int) -> None:
        super().__init__(f"{denominator} does not divide {numerator}")
        self.numerator = numerator
        self.denominator = denominator


def ratio(numerator: Size, denominator: Size) -> Size:
    """Divide exactly; a remainder is an `InexactRatioError`, never rounded away.

    >>> ratio(12, 4)
    3
    """
    if isinstance(denominator, int) and denominator == 1:
        return numerator
    if isinstance(numerator, int) and isinstance(denominator, int):
        if denominator == 0 or numerator % denominator:
            raise InexactRatioError(numerator, denominator)
        return numerator // denominator
    return Ratio(numerator, denominator)


def ceil_div(numerator: Size, denominator: Size) -> Size:
    """Divide and round up.

    >>> ceil_div(7, 2)
    4
    """
    if isinstance(denominator, int) and denominator == 1:
        return numerator
    if isinstance(numerator, int) and isinstance(denominator, int):
        return -(-numerator // denominator)
    return CeilDiv(numerator, denominator)


def minimum(*sizes: Size) -> Size:
    """Return the smallest size.

    >>> minimum(3, 2)
    2
    """
    numbers = [size for size in sizes if isinstance(size, int)]
    return min(numbers) if len(numbers) == len(sizes) else Min(sizes)


def maximum(*sizes: Size) -> Size:
    """Return the largest size.

    >>> maximum(3, 2)
    3
    """
    numbers = [size for size in sizes if isinstance(size, int)]
    return max(numbers) if len(numbers) == len(sizes) else Max(sizes)


def known_sum(sizes: Iterable[Size]) -> int | None:
    """Return the sum of sizes where all of them are plain ints, else None.

    >>> known_sum([2, 3])
    5
    """
    total = 0
    for size in sizes:
        if not isinstance(size, int):
            return None
        total += size
    return total


def product(sizes: Iterable[Size]) -> Size:
    """Multiply sizes, in order; the product of none is 1.

    >>> product([2, 3, 5])
    30
    """
    result: Size = 1
    for size in sizes:
        result = result * size
    return result


def geometric_sum(one: Size, factor: Size, times: Size) -> Size:
    """Return ``one*(1 + r + … + r^(t - 1))``, of so many terms.

    >>> from symcount.arithmetic.writer import by_name
    >>> by_name(geometric_sum(3, Symbol("s"), Symbol("t"))), by_name(geometric_sum(3, 1, Symbol("t")))
    ('Σ(pass=0..t - 1) 3*s^pass', '3*t')
    """
    if isinstance(factor, int) and factor == 1:
        return one * times
    index = Symbol("pass")
    return IndexedSum(index, 0, times - 1, one * factor**index)

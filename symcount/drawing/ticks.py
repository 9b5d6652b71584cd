"""Axes of a diagram: where a number stands, and the round numbers that are written beside it."""

from __future__ import annotations

from math import log10

from symcount.records import record

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@record
class Line:
    """One axis: its first and last number, how long it is, and whether it is logarithmic."""

    first: float
    last: float
    length: float
    log: bool

    def place(self, number: float) -> float:
        """Return how far along the axis a number stands."""
        if not self.log:
            return self.length * (number - self.first) / (self.last - self.first)
        return self.length * log10(number / self.first) / log10(self.last / self.first)

    def ticks(self, most: int) -> list[tuple[int, str]]:
        """Return round numbers along the axis with their text."""
        return self._powers(most) if self.log else self._steps(most)

    def _steps(self, most: int) -> list[tuple[int, str]]:
        span = self.last - self.first
        step = next(step for step in _round_numbers() if span / step <= most)
        begin = -(-int(self.first) // step) * step
        return [(each, f"{each:,}") for each in range(begin, int(self.last) + 1, step)]

    def _powers(self, most: int) -> list[tuple[int, str]]:
        decades = log10(self.last / self.first)
        for factors in ((1, 2, 5), (1, 3), (1,)):
            if decades * len(factors) <= most:
                break
        every = max(1, -int(-decades // most)) if len(factors) == 1 else 1
        found = [
            (factor * 10**power, _power(factor, power))
            for power in range(0, int(log10(self.last)) + 1, every)
            for factor in factors
        ]
        return [(number, text) for number, text in found if self.first <= number <= self.last]


def _power(factor: int, power: int) -> str:
    """A number as text: in full where that is short, else as a power of ten."""
    if power < _FULL:
        return f"{factor * 10**power:,}"
    ten = f"10{str(power).translate(_SUPERSCRIPTS)}"
    return ten if factor == 1 else f"{factor}·{ten}"


_FULL = 5


def _round_numbers() -> list[int]:
    return [factor * 10**power for power in range(302) for factor in (1, 2, 5)]

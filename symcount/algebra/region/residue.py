"""`Residue`: the assumption that a symbol leaves a remainder."""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.region.steps import steps_of
from symcount.arithmetic import Remainder, Symbol, by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.records import record


@record
class Residue:
    """The assumption that a symbol leaves a remainder: ``n % 32 == 0``."""

    symbol: str
    modulus: int
    remainder: int = 0

    @property
    def division(self) -> Divisible:
        """The same as a division that is exact.

        >>> Residue("n", 4, 1).division.text()
        '4 divides n - 1'
        """
        return Divisible(sympy.Integer(self.modulus), sympy.Symbol(self.symbol) - self.remainder)

    @property
    def symbols(self) -> set[str]:
        """The name in it."""
        return {self.symbol}

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        rest = Remainder(Symbol(self.symbol), self.modulus)
        return notation.equals.format(by_name(rest, notation), notation.integer(self.remainder))

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return values[self.symbol] % self.modulus == self.remainder


def residue_of(division: Divisible) -> Residue | None:
    """Return an exact division by a number as the remainder of one symbol; None where it says something else.

    >>> n = sympy.Symbol("n")
    >>> residue_of(Divisible(sympy.Integer(2), n - 1)).text(), residue_of(Divisible(n, n**2))
    ('n mod 2 = 1', None)
    """
    for name, step in steps_of([division]).items():
        return Residue(name, step.modulus, step.remainder)
    return None

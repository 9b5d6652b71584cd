"""How far an unbounded symbol must be followed for a form to have taken its final sign."""

from __future__ import annotations

import sympy

from symcount.algebra.functions.expressions import to_expression
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.region import Region
from symcount.algebra.region.search import in_exponents
from symcount.errors import ArchitectureError
from symcount.records import record

_MOST_IN_EXPONENT = 1 << 16
"""The largest exponent that is tried: powers beyond it have too many digits."""

_SPARE_BITS = 64
"""By how many bits a symbol may be longer than all numbers that it is compared with together."""


@record
class Farthest:
    """After how many steps of a symbol a form that rises without end is past 0; ``in_exponent``, where it is cut."""

    name: str
    steps: int
    in_exponent: bool = False

    def limit(self, steps: int | None) -> int:
        """Return how many steps are looked at, of so many or of any number."""
        if steps is None or (self.in_exponent and steps > self.steps):
            return self.steps
        return steps

    def check_all_seen(self, steps: int | None) -> None:
        """Refuse to say that something never holds where not all was looked at."""
        if self.in_exponent and (steps is None or steps > self.steps):
            message = f"{self.name} stands in an exponent, and is followed for {self.steps:,} values alone"
            raise ArchitectureError("too-large", message, hint=f"give it a range, as in {self.name}=1..100")


def farthest(form: Polynomial, name: str, region: Region) -> Farthest:
    """Return how far a symbol is followed: to a number that is longer than all those of a form and a region together.

    >>> n = Polynomial.generator(sympy.Symbol("n"))
    >>> farthest(n - Polynomial.constant(10**30), "n", Region({"n": 1}, [])).steps > 10**30
    True
    """
    if name in in_exponents([form]):
        return Farthest(name, _MOST_IN_EXPONENT, in_exponent=True)
    parts = [*sympy.preorder_traversal(to_expression(form))]
    numbers = [part for part in parts if part.is_Rational]
    bits = sum(int(part.p).bit_length() + int(part.q).bit_length() for part in numbers)
    for other, (low, high) in region.box.items():
        largest = region.stride(other) * low if high is None else high
        bits += largest.bit_length() + _SPARE_BITS * (other != name and high is None)
    exponents = (int(part.exp) for part in parts if part.is_Pow and part.exp.is_Integer)
    return Farthest(name, 1 << _SPARE_BITS + bits * max((1, *exponents)))

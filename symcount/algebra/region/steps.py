"""Steps: which remainder a symbol leaves, from divisions that are assumed to be exact."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, lcm

from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import to_polynomial
from symcount.algebra.functions.size_function import SizeFunction
from symcount.errors import ArchitectureError
from symcount.records import record

MOST_REMAINDERS = 4096
"""Of a larger divisor no remainders are looked for."""


@record
class Step:
    """That a symbol leaves a remainder."""

    modulus: int
    remainder: int


def steps_of(divisions: Iterable[Divisible]) -> dict[str, Step]:
    """Return the step of each symbol of which such divisions say that it leaves one remainder.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> steps_of([Divisible(sympy.Integer(4), 3*n + 1), Divisible(sympy.Integer(6), n - 3)])
    {'n': Step(modulus=12, remainder=9)}
    """
    found: dict[str, Step] = {}
    for each in divisions:
        step = _step(each)
        if step is not None:
            name, more = step
            found[name] = more if name not in found else both(name, found[name], more)
    return found


def _step(division: Divisible) -> tuple[str, Step] | None:
    modulus = division.divisor
    if not modulus.is_Integer or not 1 < modulus <= MOST_REMAINDERS or len(division.symbols) != 1:
        return None
    if division.dividend.has(SizeFunction):
        return None
    (name,) = division.symbols
    try:
        left = [r for r in range(int(modulus)) if value_of(division.dividend, {name: r}) % int(modulus) == 0]
    except (ArchitectureError, ZeroDivisionError):
        return None
    if not left or not to_polynomial(division.dividend).is_integral:
        return None
    apart = int(modulus) // len(left)
    return (name, Step(apart, left[0])) if left == list(range(left[0], int(modulus), apart)) and apart > 1 else None


def both(name: str, one: Step, other: Step) -> Step:
    """Return the step of a symbol that leaves both remainders: the Chinese remainder theorem."""
    shared = gcd(one.modulus, other.modulus)
    if (one.remainder - other.remainder) % shared:
        message = (
            f"no {name} leaves the remainder {one.remainder} by {one.modulus} and {other.remainder} by {other.modulus}"
        )
        raise ArchitectureError("bad-assumption", message, hint="leave one of them out")
    apart = other.modulus // shared
    times = (other.remainder - one.remainder) // shared * pow(one.modulus // shared, -1, apart) % apart
    modulus = lcm(one.modulus, other.modulus)
    return Step(modulus, (one.remainder + one.modulus * times) % modulus)

"""The period of a form in a symbol, as ``params % 64`` has one: proved by putting ``n + 64`` for n."""

from __future__ import annotations

import sympy

from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.remainders import moduli

LONGEST = 10_000
"""A longer period is not looked for."""


def period(form: Polynomial, symbol: str) -> int | None:
    """Return the period of a form in a symbol, whatever the other symbols are; None where none is found.

    >>> n, m = sympy.symbols("n m")
    >>> form = to_polynomial(m*n - 64*FloorDiv(m*n, 64))
    >>> period(form, "n"), period(form + Polynomial.generator(n), "n")
    (64, None)
    """
    form = form.expand()
    found = moduli({each for each in form.generators if isinstance(each, FloorDiv)}).get(symbol)
    if found is None or found > LONGEST:
        return None
    letter = sympy.Symbol(symbol)
    moved = to_polynomial(substitute(to_expression(form), {letter: letter + found}))
    return None if (moved - form).expand() else found


def shortest(places: set[int], length: int) -> int:
    """Return the shortest period of a pattern of this length.

    >>> shortest({1, 3, 5}, 6), shortest({0}, 6)
    (2, 6)
    """
    return next(
        step
        for step in range(1, length + 1)
        if not length % step and {(place + step) % length for place in places} == places
    )

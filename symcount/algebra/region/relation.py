"""`Relation`: a form beside 0, as what is asked of every value that symbols may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.floors import remainder
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.records import record

EQUAL, UNEQUAL, NOT_NEGATIVE = "==", "!=", ">="

_HOLDS: dict[str, Callable[[Any], bool]] = {
    EQUAL: lambda value: value == 0,
    UNEQUAL: lambda value: value != 0,
    NOT_NEGATIVE: lambda value: value >= 0,
}


@record
class Relation:
    """That a form is 0 (``==``), is not 0 (``!=``), or is at least 0 (``>=``)."""

    form: Polynomial
    sign: str

    @property
    def symbols(self) -> frozenset[str]:
        """The names in it."""
        return symbols_in(self.form)

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these values; where it divides by zero it is not.

        >>> import sympy
        >>> Relation(to_polynomial(sympy.Symbol("n") - 3), NOT_NEGATIVE).holds({"n": 2})
        False
        """
        try:
            return _HOLDS[self.sign](value_of(to_expression(self.form), values))
        except ZeroDivisionError:
            return False


def compared(left: Polynomial, sign: str, right: Polynomial) -> Relation:
    """Return how two whole sizes compare, as a relation: ``n < m`` is that ``m - n - 1`` is at least 0.

    >>> import sympy
    >>> n, m = map(to_polynomial, sympy.symbols("n m"))
    >>> to_expression(compared(n, "<", m).form)
    m - n - 1
    """
    parted = left - right
    match sign:
        case ">=":
            return Relation(parted, NOT_NEGATIVE)
        case "<=":
            return Relation(-parted, NOT_NEGATIVE)
        case ">":
            return Relation(parted - ONE, NOT_NEGATIVE)
        case "<":
            return Relation(-parted - ONE, NOT_NEGATIVE)
        case _:
            return Relation(parted, sign)


def relation_of(stated: AtLeast | Divisible) -> Relation:
    """Return a condition or an assumption of a network as a relation."""
    if isinstance(stated, AtLeast):
        return Relation(to_polynomial(stated.left - stated.right), NOT_NEGATIVE)
    return Relation(to_polynomial(remainder(stated.dividend, stated.divisor)), EQUAL)


def symbols_in(form: Polynomial) -> frozenset[str]:
    """Return the names of the symbols in a form."""
    return frozenset(symbol.name for generator in set(form.generators) for symbol in symbols_of(generator))

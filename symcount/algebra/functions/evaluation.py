"""The exact value of a closed form: a walk in Python's ints, never a float."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcount.algebra.functions.brackets import Bracket, has_comparison
from symcount.algebra.functions.expressions import not_a_size
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.functions.size_function import Expr, SizeFunction
from symcount.algebra.poly.coefficient import MOST_BITS, too_large
from symcount.errors import ArchitectureError


def value_of(expression: Expr, values: Mapping[str, int]) -> int | Fraction:
    """Return the exact value, a Fraction where a division leaves a remainder.

    >>> import sympy
    >>> value_of(FloorDiv(sympy.Symbol("n") - 5, 3), {"n": 8})
    1
    """
    try:
        return _value(expression, values, {}, 0)
    except ZeroDivisionError:
        if not has_comparison(expression):
            raise
        # what counts in one case alone is not asked for in another, and any number does
        return _value(expression, values, {}, 1)


def _value(expression: Expr, values: Mapping[str, int], known: dict[Expr, int | Fraction], by: int) -> int | Fraction:
    """The value, with what is ``known`` of parts: a floor stands in many terms of a sum, and is worked out once.

    ``by`` stands in for a divisor that is 0.
    """
    if isinstance(expression, int) or expression.is_Integer:
        return int(expression)
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return _symbol(expression.name, values)
    found = known.get(expression)
    if found is None:
        if not (expression.is_Add or expression.is_Mul or expression.is_Pow or isinstance(expression, SizeFunction)):
            raise not_a_size(expression)
        parts = [_value(part, values, known, by) for part in expression.args]
        if isinstance(expression, FloorDiv):
            found = parts[0] // (parts[1] or by)
        elif expression.is_Pow:
            base, exponent = parts
            found = _power(base if base or exponent >= 0 else by, exponent)
        else:
            found = _plain(_combine(expression, parts))
        known[expression] = found
    return found


def _combine(expression: Expr, parts: list[int | Fraction]) -> int | Fraction:
    if isinstance(expression, Bracket):
        return int(parts[0] >= 0)
    if isinstance(expression, Minimum):
        return min(parts)
    if isinstance(expression, Maximum):
        return max(parts)
    if isinstance(expression, GeometricSum):
        ratio, count = parts
        return count if ratio == 1 else (_power(ratio, count) - 1) / Fraction(ratio - 1)
    if expression.is_Add:
        return sum(parts)
    result: int | Fraction = 1
    for part in parts:
        result = result * part
    return result


def evaluate(expression: Expr, values: Mapping[str, int]) -> int:
    """Return the exact value, which must be an int.

    >>> import sympy
    >>> N, d = sympy.symbols("N d")
    >>> evaluate(N**2*d/2 + 3*N*d/2, {"N": 3, "d": 4})
    36
    """
    value = value_of(expression, values)
    if isinstance(value, Fraction):
        raise ArchitectureError("inexact", f"{expression} is {value}, not an integer, for {_listed(values)}")
    return value


def _symbol(name: str, values: Mapping[str, int]) -> int:
    if name not in values:
        raise ArchitectureError("unbound", f"the symbol {name} has no value", hint=f"say {name}=…")
    return values[name]


def _power(base: int | Fraction, exponent: int | Fraction) -> int | Fraction:
    if isinstance(exponent, Fraction):
        raise ArchitectureError("inexact", f"the exponent {exponent} is not an integer")
    if abs(exponent) * (abs(base.numerator) * base.denominator).bit_length() > MOST_BITS and abs(base) != 1:
        raise too_large(f"{base} to the power {exponent}")
    return _plain(Fraction(base) ** exponent)


def _plain(value: int | Fraction) -> int | Fraction:
    return value if isinstance(value, int) or value.denominator != 1 else value.numerator


def _listed(values: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())

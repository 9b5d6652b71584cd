"""Operations on exact values: an int where all is whole, a fraction where not, a written term where a symbol is open.

A number that would outgrow the stated limit is refused, at its place in the text.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symcount.arithmetic import CeilDiv, FloorDiv, Named, Quotient, Ratio, Size, Term, all_parts
from symcount.errors import ArchitectureError
from symcount.syntax import MOST_DIGITS, TOO_LARGE, tree

_LARGEST_EXPONENT = 10_000

Numeric = int | Fraction | Term
"""One number, known or not."""


def combined(node: tree.Operation, left: Numeric, right: Numeric) -> Numeric:
    """Return the value of an operation."""
    if node.operator in ("/", "//", "%") and right == 0:
        raise ArchitectureError("division-by-zero", "this divides by zero", span=node.right.span)
    if node.operator == "^":
        _check_power(node, left, right)
    if node.operator not in ("*", "/") and (isinstance(left, Term) or isinstance(right, Term)):
        left, right = as_size(left), as_size(right)
    if right == 1 and node.operator in ("//", "%") and isinstance(left, Term):
        return rounded(left, FloorDiv) if node.operator == "//" else _rest(left)
    result: Numeric = _OPERATORS[node.operator](left, right)
    return limited(result, node)


def rounded(size: Term, to: type[FloorDiv | CeilDiv]) -> Term:
    """Return a size rounded down or up; one that holds no exact division is whole as it is."""
    if not _has_ratio(size):
        return size
    seen = size.value if isinstance(size, Named) else size
    return to(*((seen.numerator, seen.denominator) if isinstance(seen, Ratio) else (size, 1)))


def _rest(size: Term) -> Size:
    """What rounding down takes from a size."""
    whole = rounded(size, FloorDiv)
    return 0 if whole is size else size - whole


def _has_ratio(size: Size) -> bool:
    """Whether a size divides exactly somewhere, the values of its names included."""
    parts = all_parts(size) if isinstance(size, Term) else ()
    return any(isinstance(part, Ratio) or (isinstance(part, Named) and _has_ratio(part.value)) for part in parts)


def check_above_zero(node: tree.Operation, divisor: int | Fraction) -> None:
    """Refuse a floor or a remainder that divides by less than 0: rounded the other way it is another number."""
    if divisor < 0:
        message = f"a floor divides by more than 0, found {divisor}"
        raise ArchitectureError("too-small", message, span=node.right.span)


def _multiplied(left: Any, right: Any) -> Any:
    """A product; a fraction of a term is one quotient, since neither factor need be whole by itself."""
    match left, right:
        case Fraction(), Term():
            return Quotient(left.numerator * right, left.denominator)
        case Term(), Fraction():
            return Quotient(left * right.numerator, right.denominator)
        case _:
            return left * right


def _divided(left: Any, right: Any) -> Any:
    match left, right:
        case Fraction(), Term():
            return Quotient(left.numerator, left.denominator * right)
        case Term(), Fraction():
            return _multiplied(left, 1 / right)
        case (Term(), _) | (_, Term()):
            return left if right == 1 else Quotient(left, right)
        case _:
            return Fraction(left) / right


def _raised(base: Any, exponent: Any) -> Any:
    """A power; Python's own of an int to a negative exponent is a float."""
    exact = isinstance(base, int) and isinstance(exponent, int) and exponent < 0
    return Fraction(base) ** exponent if exact else base**exponent


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": _multiplied,
    "/": _divided,
    "//": operator.floordiv,
    "%": operator.mod,
    "^": _raised,
}


def _check_power(node: tree.Operation, base: Any, exponent: Any) -> None:
    if isinstance(exponent, Fraction):
        raise ArchitectureError("bad-power", f"an exponent is a whole number, found {exponent}", span=node.right.span)
    if isinstance(exponent, int) and isinstance(base, int | Fraction):
        if base == 0 and exponent < 0:
            raise ArchitectureError("division-by-zero", "this divides by zero", span=node.span)
        if base not in (-1, 0, 1) and abs(exponent) > _LARGEST_EXPONENT:
            raise _too_large(node)
    elif isinstance(exponent, int) and exponent < 0:
        raise ArchitectureError("bad-power", "a symbol to a negative power is no size", span=node.span)


def limited(value: Numeric, node: tree.Node) -> Numeric:
    """Return a value, or refuse one of too many digits."""
    if isinstance(value, int | Fraction) and abs(value) >= TOO_LARGE:
        raise _too_large(node)
    if isinstance(value, Fraction) and value.denominator >= TOO_LARGE:
        raise _too_large(node)
    return whole(value)


def _too_large(node: tree.Node) -> ArchitectureError:
    return ArchitectureError("limit", f"a number has at most {MOST_DIGITS} digits", span=node.span)


def whole(value: Numeric) -> Numeric:
    """Return a fraction that is whole as an int."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def as_size(value: Numeric) -> Size:
    """A fraction among symbols is a quotient that is written out."""
    return Quotient(value.numerator, value.denominator) if isinstance(value, Fraction) else value

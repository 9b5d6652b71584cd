"""What a closed form assumes of its symbols: that a division leaves no remainder, that a size is large enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.residues import left_by
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.terms.to_python import exact_term
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Remainder, Size, by_name
from symcount.arithmetic.notation import PYTHON, TEXT, Notation
from symcount.records import record


def _written(size: Expr, notation: Notation) -> Size:
    return exact_term(size) if notation is PYTHON else to_term(size)


def _beside(text: str, where: Iterable[AtLeast], notation: Notation) -> str:
    """A statement with the conditions under which alone it has to hold."""
    conditions = [each.text(notation) for each in where]
    if not conditions:
        return text
    if notation is PYTHON:
        return f"not ({' and '.join(conditions)}) or {text}"  # asked first: behind them something may be divided by 0
    return f"{text}{notation.word(' if ')}{notation.word(' and ').join(conditions)}"


def _is_idle(where: Iterable[AtLeast], values: Mapping[str, int]) -> bool:
    return not all(each.holds(values) for each in where)


def _symbols(sides: Iterable[Expr], where: Iterable[AtLeast]) -> set[str]:
    return {symbol.name for side in sides for symbol in side.free_symbols}.union(*(each.symbols for each in where))


@record
class Divisible:
    """The assumption that one size divides another, under conditions ``where`` there are any."""

    divisor: Expr
    dividend: Expr
    where: tuple[AtLeast, ...] = ()

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return _symbols((self.divisor, self.dividend), self.where)

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 2 divide 1, 4 an odd number, or n + 1 divide n.

        >>> import sympy
        >>> Divisible(sympy.Integer(4), 2 * sympy.Symbol("t") + 1).is_impossible
        True
        """
        divisor, dividend = self.sides()
        if not divisor:
            return bool(dividend)
        if is_never_negative(dividend - ONE) and is_never_negative(divisor - dividend - ONE):
            return True
        left = left_by(divisor, dividend)
        return left is not None and all(left)

    def sides(self) -> tuple[Polynomial, Polynomial]:
        """Return the divisor and the dividend, multiplied out."""
        return to_polynomial(self.divisor), to_polynomial(self.dividend)

    def sizes(self, notation: Notation = TEXT) -> tuple[Size, Size]:
        """Return the divisor and the dividend as written terms."""
        return _written(self.divisor, notation), _written(self.dividend, notation)

    def text(self, notation: Notation = TEXT, template: str = "") -> str:
        """Write it in a notation, or by a template of one's own.

        >>> import sympy
        >>> Divisible(sympy.Integer(2), sympy.Symbol("k") - 1).text()
        '2 divides k - 1'
        """
        divisor, dividend = self.sizes(notation)
        written_out = (by_name(size, notation) for size in (divisor, dividend, Remainder(dividend, divisor)))
        return _beside((template or notation.divides).format(*written_out), self.where, notation)

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: dict[str, int]) -> bool:
        """Return whether it is true of these sizes.

        >>> import sympy
        >>> Divisible(sympy.Integer(2), sympy.Symbol("k") - 1).holds({"k": 3})
        True
        """
        if _is_idle(self.where, values):
            return True
        try:
            divisor, dividend = (value_of(part, values) for part in (self.divisor, self.dividend))
            return dividend % divisor == 0
        except ZeroDivisionError:
            return False


@record
class AtLeast:
    """The condition that the left side is at least the right side, under others ``where`` there are any."""

    left: Expr
    right: Expr
    where: tuple[AtLeast, ...] = ()

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return _symbols((self.left, self.right), self.where)

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 1 be at least 2."""
        return bool(self.left.is_number and self.right.is_number and self.left < self.right)

    def sides(self) -> tuple[Polynomial, Polynomial]:
        """Return both sides, multiplied out."""
        return to_polynomial(self.left), to_polynomial(self.right)

    def sizes(self, notation: Notation = TEXT) -> tuple[Size, Size]:
        """Return both sides as written terms."""
        return _written(self.left, notation), _written(self.right, notation)

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation.

        >>> import sympy
        >>> AtLeast(sympy.Symbol("n"), sympy.Integer(12)).text()
        'n ≥ 12'
        """
        left, right = self.sizes(notation)
        if isinstance(left, int):
            text = notation.at_most.format(by_name(right, notation), by_name(left, notation))
        else:
            text = notation.at_least.format(by_name(left, notation), by_name(right, notation))
        return _beside(text, self.where, notation)

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes; of those that divide by zero it is not."""
        if _is_idle(self.where, values):
            return True
        try:
            return value_of(self.left, values) >= value_of(self.right, values)
        except ZeroDivisionError:
            return False


@record
class Same:
    """The assumption that two sizes are equal, under conditions ``where`` there are any."""

    left: Expr
    right: Expr
    where: tuple[AtLeast, ...] = ()

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return _symbols((self.left, self.right), self.where)

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 1 be 2."""
        return bool(self.left.is_number and self.right.is_number and self.left != self.right)

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        sizes = (_written(side, notation) for side in (self.left, self.right))
        text = notation.equals.format(*(by_name(size, notation) for size in sizes))
        return _beside(text, self.where, notation)

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return _is_idle(self.where, values) or value_of(self.left, values) == value_of(self.right, values)


Statement = TypeVar("Statement", bound=Divisible | AtLeast | Same)


def at_least(form: Polynomial) -> AtLeast:
    """Return the condition that a form is not negative: what is added in it is at least what is taken away."""
    right = Polynomial({monomial: -number for monomial, number in form.terms.items() if number < 0 or not monomial})
    return AtLeast(to_expression(form + right), to_expression(right))

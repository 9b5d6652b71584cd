"""What a closed form assumes of its symbols: that a division leaves no remainder, that a size is large enough."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.brackets import has_comparison
from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.residues import left_by
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.terms.to_python import exact_term
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import Remainder, Size, by_name, dividing, never_zero
from symcount.arithmetic.notation import PYTHON, TEXT, Notation
from symcount.records import record


class Conditional:
    """A statement about two sizes, which has to hold under conditions ``where`` there are any."""

    __slots__ = ()

    where: tuple[AtLeast, ...]

    @property
    def both(self) -> tuple[Expr, Expr]:
        """The two sizes, in the order of its fields."""
        raise NotImplementedError

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        own = {symbol.name for size in self.both for symbol in size.free_symbols}
        return own.union(*(each.symbols for each in self.where))

    def sides(self) -> tuple[Polynomial, Polynomial]:
        """Return both sizes, multiplied out."""
        left, right = map(to_polynomial, self.both)
        return left, right

    def sizes(self, notation: Notation = TEXT) -> tuple[Size, Size]:
        """Return both sizes as written terms."""
        left, right = map(exact_term if notation is PYTHON else to_term, self.both)
        if notation is PYTHON and self.is_of_cases:
            return self.defined(left, right, dict.fromkeys(self.symbols, 0))
        return left, right

    @property
    def is_of_cases(self) -> bool:
        """Whether it depends on comparisons, so that what divides in one case need be no divisor in another."""
        return any(map(has_comparison, self.both))

    def defined(self, left: Size, right: Size, least: Mapping[str, int]) -> tuple[Size, Size]:
        """Return both sizes as written terms that divide by 0 nowhere, for symbols of at least so much."""
        return dividing(left, least), dividing(right, least)

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text()

    def _with_conditions(self, text: str, notation: Notation) -> str:
        """What is said of the sizes, with the conditions under which alone it has to hold."""
        conditions = [each.text(notation) for each in self.where]
        if not conditions:
            return text
        if notation is PYTHON:
            # asked first: behind them something may be divided by 0
            return f"not ({' and '.join(conditions)}) or {text}"
        return f"{text}{notation.word(' if ')}{notation.word(' and ').join(conditions)}"

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes; of those that divide by zero it is not.

        >>> import sympy
        >>> Divisible(sympy.Integer(2), sympy.Symbol("k") - 1).holds({"k": 3})
        True
        """
        if not all(each.holds(values) for each in self.where):
            return True
        try:
            return self._is_true(*(value_of(size, values) for size in self.both))
        except ZeroDivisionError:
            return False

    def _is_true(self, left: int | Fraction, right: int | Fraction) -> bool:
        raise NotImplementedError


@record
class Divisible(Conditional):
    """The assumption that one size divides another, under conditions ``where`` there are any."""

    divisor: Expr
    dividend: Expr
    where: tuple[AtLeast, ...] = ()

    @property
    def both(self) -> tuple[Expr, Expr]:
        """The divisor and the dividend."""
        return self.divisor, self.dividend

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

    def text(self, notation: Notation = TEXT, template: str = "") -> str:
        """Write it in a notation, or by a template of one's own.

        >>> import sympy
        >>> Divisible(sympy.Integer(2), sympy.Symbol("k") - 1).text()
        '2 divides k - 1'
        """
        divisor, dividend = self.sizes(notation)
        written_out = (by_name(size, notation) for size in (divisor, dividend, Remainder(dividend, divisor)))
        return self._with_conditions((template or notation.divides).format(*written_out), notation)

    def defined(self, left: Size, right: Size, least: Mapping[str, int]) -> tuple[Size, Size]:
        return never_zero(dividing(left, least), least), dividing(right, least)

    def _is_true(self, left: int | Fraction, right: int | Fraction) -> bool:
        return right % (left or int(self.is_of_cases)) == 0


@record
class AtLeast(Conditional):
    """The condition that the left side is at least the right side, under others ``where`` there are any."""

    left: Expr
    right: Expr
    where: tuple[AtLeast, ...] = ()

    @property
    def both(self) -> tuple[Expr, Expr]:
        """The left side and the right side."""
        return self.left, self.right

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 1 be at least 2."""
        return bool(self.left.is_number and self.right.is_number and self.left < self.right)

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
        return self._with_conditions(text, notation)

    def _is_true(self, left: int | Fraction, right: int | Fraction) -> bool:
        return left >= right


@record
class Same(Conditional):
    """The assumption that two sizes are equal, under conditions ``where`` there are any."""

    left: Expr
    right: Expr
    where: tuple[AtLeast, ...] = ()

    @property
    def both(self) -> tuple[Expr, Expr]:
        """The left side and the right side."""
        return self.left, self.right

    @property
    def is_impossible(self) -> bool:
        """Whether no input can make it true: it asks that 1 be 2."""
        return bool(self.left.is_number and self.right.is_number and self.left != self.right)

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        return self._with_conditions(
            notation.equals.format(*(by_name(size, notation) for size in self.sizes(notation))), notation
        )

    def _is_true(self, left: int | Fraction, right: int | Fraction) -> bool:
        return left == right


Statement = TypeVar("Statement", bound=Divisible | AtLeast | Same)


def at_least(form: Polynomial) -> AtLeast:
    """Return the condition that a form is not negative: what is added in it is at least what is taken away."""
    right = Polynomial({monomial: -number for monomial, number in form.terms.items() if number < 0 or not monomial})
    return AtLeast(to_expression(form + right), to_expression(right))

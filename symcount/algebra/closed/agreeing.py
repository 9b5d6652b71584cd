"""Whether a formula that was written anew is the closed form that it was made of."""

from __future__ import annotations

from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.closed.conversion import Conversion
from symcount.algebra.functions.evaluation import value_of
from symcount.algebra.functions.expressions import is_letter, to_expression
from symcount.algebra.functions.size_function import Expr
from symcount.arithmetic import Size

_FIRSTS = (20, 33, 47, 58, 75)


def agrees(size: Size, form: ClosedForm) -> bool:
    """Return whether a written formula is equal to a closed form: as a polynomial, or at points.

    >>> from symcount.arithmetic import Symbol
    >>> n = Symbol("n")
    >>> agrees(n * (n + 1), ClosedForm(Conversion().to_polynomial(n * n + n)))
    True
    >>> agrees(n * (n + 2), ClosedForm(Conversion().to_polynomial(n * n + n)))
    False
    """
    again = Conversion().expand(size)
    parted = again - form.polynomial.expand()
    if not parted or (all(map(is_letter, parted.generators)) and parted.is_integral):
        return not parted
    names = list(form.symbols)
    points = ({name: first + 2 * place for place, name in enumerate(names)} for first in _FIRSTS)
    return all(_agree_at(point, to_expression(again), form.expr) for point in points)


def _agree_at(point: dict[str, int], one: Expr, other: Expr) -> bool:
    """Whether two expressions have one value at a point, or none."""
    try:
        return value_of(one, point) == value_of(other, point)
    except ZeroDivisionError:
        return True

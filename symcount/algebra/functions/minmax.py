"""`Minimum` and `Maximum` of sizes: decided where integer coefficients decide, else kept.

sympy's own Max takes ten seconds for a hundred sums, because it asks its assumptions of every pair.
"""

from __future__ import annotations

from typing import Any

from sympy import default_sort_key

from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.size_function import Expr, SizeFunction, check_length
from symcount.algebra.poly.polynomial import Polynomial


def difference_sign(left: Polynomial, right: Polynomial) -> int | None:
    """Return 1, 0 or -1 as left >= right, left = right or left <= right for all sizes, None where it depends.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> difference_sign(to_polynomial(FloorDiv(n + 1, 2)), to_polynomial(FloorDiv(n, 2)))
    1
    """
    difference = left - right
    if difference.number is None and len(difference) in (2, 3):
        difference = _under_one_floor(difference)
    number = difference.number
    return None if number is None else (number > 0) - (number < 0)


def _under_one_floor(difference: Polynomial) -> Polynomial:
    """``floor(x/b) + q`` against ``floor(y/b)`` is ``x + b*q`` against ``y``: floors are monotone.

    A positive result does not say that the floors differ, only which is not smaller.
    """
    floors = {
        number: generator
        for monomial, number in difference.terms.items()
        if len(monomial) == 1 and abs(number) == 1
        for generator, exponent in monomial
        if exponent == 1 and isinstance(generator, FloorDiv)
    }
    if set(floors) != {1, -1} or floors[1].args[1] != floors[-1].args[1]:
        return difference
    rest = Polynomial({monomial: x for monomial, x in difference.terms.items() if not monomial})
    if len(difference) - len(rest) != 2 or not rest.is_integral:
        return difference
    above, below = (to_polynomial(floors[sign].args[0]) for sign in (1, -1))
    return above - below + rest * to_polynomial(floors[1].args[1])


class _Extreme(SizeFunction):
    """A minimum or a maximum: what both do alike."""

    sign: int
    word: str

    @classmethod
    def eval(cls, *sizes: Expr) -> Expr | None:
        """Return what is decided, or None where nothing is."""
        flat = [part for size in sizes for part in (size.args if isinstance(size, cls) else (size,))]
        forms: list[Polynomial] = []
        for form in map(to_polynomial, flat):
            _insert(forms, form, cls.sign)
        forms = [form for form in forms if not _is_absorbed(form, forms, cls.sign)]
        kept = sorted((check_length(to_expression(form)) for form in forms), key=default_sort_key)
        if len(kept) == 1:
            return kept[0]
        return None if tuple(kept) == sizes else cls(*kept, evaluate=False)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word}({', '.join(printer._print(size) for size in self.args)})"

    _pythoncode = _numpycode = _mpmathcode = _lambdacode = _sympystr

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        sizes = ", ".join(printer._print(size) for size in self.args)
        text = rf"\{self.word}\left({sizes}\right)"
        return text if exp is None else f"{text}^{{{exp}}}"


class Minimum(_Extreme):
    """The smallest of several sizes.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> Minimum(FloorDiv(n + 1, 2) + 1, FloorDiv(n, 2) + 1)
    (n//2) + 1
    >>> Minimum(n, 5)
    min(5, n)
    """

    sign = -1
    word = "min"


class Maximum(_Extreme):
    """The largest of several sizes.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> Maximum(n, n + 1), Maximum(n, Minimum(n, 5))
    (n + 1, n)
    """

    sign = 1
    word = "max"


def _is_absorbed(form: Polynomial, forms: list[Polynomial], sign: int) -> bool:
    """Whether a size is beside one that rules it out: ``max(x, min(x, y))`` is x."""
    generator = form.only_generator
    if not isinstance(generator, Minimum if sign > 0 else Maximum):
        return False
    signs = (difference_sign(to_polynomial(part), other) for part in generator.args for other in forms if other != form)
    return any(each is not None and each * sign <= 0 for each in signs)


def _insert(forms: list[Polynomial], new: Polynomial, sign: int) -> None:
    """Add a size to the candidates for the extreme, and drop those that another one rules out."""
    for i in range(len(forms) - 1, -1, -1):
        comparison = difference_sign(new, forms[i])
        if comparison is None:
            continue
        if comparison * sign > 0:
            del forms[i]
        else:
            return
    forms.append(new)

"""`GeometricSum`: ``1 + r + … + r^(n - 1)`` as a function of its own, exact where the ratio is 1 too.

The quotient ``(r^n - 1)/(r - 1)`` is 0/0 there, though a stride may be 1.
"""

from __future__ import annotations

from typing import Any

from symcount.algebra.functions.expressions import power, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr, SizeFunction, check_length
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.polynomial import ONE, Polynomial

MOST_POWERS = 8
"""The most terms of a progression with a symbolic ratio that are written out."""


class GeometricSum(SizeFunction):
    """The sum of the powers of a ratio, so many from the exponent 0 on.

    >>> import sympy
    >>> r, n = sympy.symbols("r n")
    >>> GeometricSum(r, n), GeometricSum(1, n), GeometricSum(2, n), GeometricSum(r, 3)
    (series(r, n), n, 2**n - 1, r**2 + r + 1)
    >>> GeometricSum(r, n + 1)
    r**n + series(r, n)
    """

    nargs = 2
    rounds = False

    @classmethod
    def eval(cls, ratio: Expr, count: Expr) -> Expr | None:
        """Return the normal form, or None where this is it."""
        normal = to_expression(series(to_polynomial(ratio), to_polynomial(count)))
        return None if normal.func is cls and normal.args == (ratio, count) else normal

    def _sympystr(self, printer: Any) -> str:
        return f"series({', '.join(printer._print(size) for size in self.args)})"

    def _pythoncode(self, printer: Any) -> str:
        r, n = (f"({printer._print(size)})" for size in self.args)
        return f"(({r}**{n} - 1)//max(1, {r} - 1) + {n}*max(0, 2 - {r}))"

    _numpycode = _mpmathcode = _lambdacode = _pythoncode

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        r, n = (printer._print(size) for size in self.args)
        text = rf"\sum_{{i=0}}^{{{n} - 1}} \left({r}\right)^{{i}}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


def series(ratio: Polynomial, count: Polynomial) -> Polynomial:
    """Return ``1 + r + … + r^(n - 1)``: written out, as a quotient, or a `GeometricSum`.

    Its n has no constant, but where it could be negative without it: ``1 + … + r^(N - w)`` ends at -1 where there is no
    power, and a sum that ends at -2 is nothing that a reader knows.
    """
    ratio, count = ratio.expand(), count.expand()
    number, constant = count.number, count.constant_term
    if ratio.is_one:
        return count
    if ratio.number is not None:
        return quotient(power(ratio, count) - ONE, ratio - ONE)
    if number is not None and 0 <= number <= MOST_POWERS:
        return Polynomial.total(ratio**k for k in range(int(number)))
    varying = count - Polynomial.constant(constant)
    keeps = constant > 0 and any(factor < 0 for factor in varying.terms.values())
    is_short = constant.denominator == 1 and -MOST_POWERS <= constant <= MOST_POWERS
    if number is not None or not constant or keeps or not is_short:
        return Polynomial.generator(GeometricSum(*map(_checked, (ratio, count)), evaluate=False))
    more = Polynomial.total(power(ratio, varying + Polynomial.constant(k)) for k in range(int(constant)))
    less = Polynomial.total(power(ratio, varying + Polynomial.constant(k)) for k in range(int(constant), 0))
    return series(ratio, varying) + more - less


def _checked(form: Polynomial) -> Expr:
    return check_length(to_expression(form))


def without_powers(form: Polynomial) -> Polynomial:
    """Return a sum with ``(r - 1)*s + 1`` in the place of the power ``r^n``, for each sum s of such powers in it.

    >>> import sympy
    >>> r, n = sympy.symbols("r n")
    >>> to_expression(without_powers(to_polynomial(r**n + (1 - r)*GeometricSum(r, n))))
    1
    """
    for each in [generator for generator in dict.fromkeys(form.generators) if isinstance(generator, GeometricSum)]:
        ratio, count = map(to_polynomial, each.args)
        raised = power(ratio, count).only_generator
        if raised is not None and raised in form.generators:
            form = form.replaced(raised, (ratio - ONE) * Polynomial.generator(each) + ONE)
    return form

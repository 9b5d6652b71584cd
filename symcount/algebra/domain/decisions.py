"""Comparisons that are true, or false, whatever the symbols are."""

from __future__ import annotations

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.brackets import bracket
from symcount.algebra.functions.expressions import symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import ONE, Polynomial


def decided_bracket(form: Polynomial) -> Polynomial:
    """Return 1 where a form is at least 0, else 0, for symbols from 0 on: a padding and a count may be 0.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> [to_expression(decided_bracket(to_polynomial(each))) for each in (n, n - 1, -n - 1)]
    [1, [n - 1 >= 0], 0]
    """
    sizes = bracket(form)
    if sizes.number is not None or not form.is_integral or any(e < 0 for m in form.terms for _, e in m):
        return sizes
    letters = {letter for generator in form.generators for letter in symbols_of(generator)}
    from_one = to_polynomial(substitute(to_expression(form), {letter: letter - 1 for letter in letters}))
    if is_never_negative(from_one):
        return ONE
    return Polynomial({}) if is_never_negative(-from_one - ONE) else sizes

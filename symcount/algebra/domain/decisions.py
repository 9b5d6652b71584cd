"""Comparisons that are true, or false, whatever the symbols are."""

from __future__ import annotations

from symcount.algebra.domain.inequalities import solve
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.brackets import bracket
from symcount.algebra.functions.expressions import symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import ONE, Polynomial


def decided_bracket(form: Polynomial) -> Polynomial:
    """Return 1 where a form is at least 0, else 0, for symbols from 0 on: a padding and a count may be 0.

    >>> import sympy
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> n = sympy.Symbol("n")
    >>> [to_expression(decided_bracket(to_polynomial(each))) for each in (n, n - 1, -n - 1)]
    [1, [n - 1 >= 0], 0]
    >>> to_expression(decided_bracket(to_polynomial(FloorDiv(n, 2) - 3)))
    [n - 6 >= 0]
    """
    sizes = bracket(_without_floor(form))
    if sizes.number is not None:
        return sizes
    return ONE if at_least_zero(form) else Polynomial({}) if at_least_zero(-form - ONE) else sizes


def _without_floor(form: Polynomial) -> Polynomial:
    """What is not negative just where a whole form is, without its floor, where one bound says that."""
    if not form.is_integral:
        return form
    bounds = [*solve(form)]
    return bounds[0] if len(bounds) == 1 and bounds[0] is not None else form


def at_least_zero(form: Polynomial) -> bool:
    """Return whether a form is known to be at least 0 for symbols from 0 on."""
    if not form.is_integral:
        return False
    letters = {letter for generator in form.generators for letter in symbols_of(generator)}
    # the number of a pass in a trial, whose name nobody can write, is also put in for the pass before the first
    least = {letter: letter - (2 if "'" in letter.name else 1) for letter in letters}
    return is_never_negative(to_polynomial(substitute(to_expression(form), least)))

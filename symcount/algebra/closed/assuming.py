"""Formulas where something is assumed of symbols: floors, minima and maxima that this decides are gone."""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.region.placed import divided_symbols, placed
from symcount.algebra.region.region import Region, Stated
from symcount.algebra.region.relation import symbols_in


def given_that(expression: Expr, region: Region) -> Expr:
    """Simplify an expression by what is known of its symbols.

    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> from symcount.algebra.region.residue import Residue
    >>> n = sympy.Symbol("n")
    >>> given_that(FloorDiv(n, 32)**2, Region({"n": 1}, [Residue("n", 32).division]))
    n**2/1024
    """
    form = placed(to_polynomial(expression), region)
    values: dict[Expr, Expr] = {}
    for name in symbols_in(form) & set(region.free):
        letter, low, stride = sympy.Symbol(name), region.box[name][0], region.stride(name)
        if low != 1 or stride != 1:
            values[letter] = (letter - low) / sympy.Integer(stride) + 1
    for name, divisor in divided_symbols(region):
        values[sympy.Symbol(name)] = sympy.Symbol(name) / divisor
    return substitute(to_expression(form), values) if values else to_expression(form)


def assuming(form: ClosedForm, stated: Iterable[Stated]) -> ClosedForm:
    """Return the closed form where something is assumed of its symbols.

    >>> from symcount.algebra.closed.closed_form import closed_form
    >>> from symcount.algebra.region.residue import Residue
    >>> from symcount.arithmetic import Symbol
    >>> assuming(closed_form([Symbol("n") // 2]), [Residue("n", 4).division]).expr
    n/2
    """
    known = [*stated]
    names = {*form.symbols, *(name for each in known for name in each.symbols)}
    region = Region(dict.fromkeys(sorted(names), 1), known)
    return ClosedForm(to_polynomial(given_that(form.expr, region))) if known else form

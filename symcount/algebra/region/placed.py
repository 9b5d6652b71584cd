"""Rewrites a form for a region: symbols from 1 on, equations put in, and no floor that known remainders decide."""

from __future__ import annotations

import sympy

from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.functions.expressions import to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.extremes import decided
from symcount.algebra.region.interval import extent
from symcount.algebra.region.region import Region
from symcount.algebra.region.relation import symbols_in


def placed(form: Polynomial, region: Region) -> Polynomial:
    """Return a form in which each symbol is written by another of its name, from 1 on.

    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> n = sympy.Symbol("n")
    >>> region = Region({"n": 1}, [Divisible(sympy.Integer(4), n)])
    >>> to_expression(placed(to_polynomial(FloorDiv(n, 4) + n), region))
    5*n
    """
    form = decided(form, region.box)
    names = symbols_in(form)
    given = {name: value for name, value in region.determined.items() if name in names}
    if given:
        form = _put(form, {sympy.Symbol(name): to_expression(value) for name, value in given.items()})
    for name, divisor in divided_symbols(region):
        form = _put(form, {sympy.Symbol(name): divisor * sympy.Symbol(name)})
    free = symbols_in(form) & set(region.free)
    shifts = {name: region.box[name][0] for name in free if region.box[name] != (1, None) or region.stride(name) != 1}
    values = {}
    for name, low in shifts.items():
        letter = sympy.Symbol(name)
        high = region.box[name][1]
        values[letter] = sympy.Integer(low) if high == low else region.stride(name) * (letter - 1) + low
    return _put(form, values) if values else form


def _put(form: Polynomial, values: dict[Expr, Expr]) -> Polynomial:
    return to_polynomial(substitute(to_expression(form), values))


def divided_symbols(region: Region) -> list[tuple[str, Expr]]:
    """Return the symbols that other symbols divide, each with its divisor: they are multiples of these, from 1 on."""
    found: dict[str, Expr] = {}
    for each in region.stated:
        if not isinstance(each, Divisible) or each.divisor.is_Integer or not each.dividend.is_Symbol:
            continue
        name, divisor = each.dividend.name, each.divisor
        others = {symbol.name for symbol in divisor.free_symbols}
        plain = name in region.free and name not in (*region.steps, *found) and region.box[name][0] in (0, 1)
        low = extent(to_polynomial(divisor), region.box)[0]
        if plain and not others & {name, *found} and low is not None and low >= 0:
            found[name] = divisor
    return [*found.items()]

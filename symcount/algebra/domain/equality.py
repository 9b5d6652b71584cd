"""Whether two closed forms are equal for all sizes.

Without floors a difference of zero decides; with floors by numbers, every residue is tried, and
polynomials that agree on all integers are equal. What neither decides is left open, as None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import lcm, prod

import sympy

from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.functions.expressions import has_floor, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.size_function import Expr, SizeFunction
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import Polynomial

MOST_COMBINATIONS = 4096
"""More combinations of residues are not tried."""


def equal(left: Expr, right: Expr) -> bool | None:
    """Return whether two expressions are equal for all sizes; None where this cannot tell.

    >>> n = sympy.Symbol("n")
    >>> equal(FloorDiv(n, 2) + FloorDiv(n + 1, 2), n)
    True
    """
    difference = to_polynomial(left) - to_polynomial(right)
    if not difference:
        return True
    if not has_floor(difference):
        return False
    found = None
    for rest in _on_residues(sympy.sympify(left, strict=True) - sympy.sympify(right, strict=True)):
        if rest is None:
            return None
        if rest:
            return False
        found = True
    return found


def sometimes_equal(left: Expr, right: Expr) -> bool:
    """Return whether two expressions with floors are equal wherever their symbols leave certain remainders.

    >>> n = sympy.Symbol("n")
    >>> sometimes_equal(2 * FloorDiv(n, 2), n), sometimes_equal(2 * FloorDiv(n, 2), n + 2)
    (True, False)
    """
    if not has_floor(to_polynomial(left) - to_polynomial(right)):
        return False
    rests = _on_residues(sympy.sympify(left, strict=True) - sympy.sympify(right, strict=True))
    return any(rest is not None and not rest for rest in rests)


def as_division(differences: Sequence[Expr]) -> Divisible | None:
    """Return the assumption that a number divides a size, where all differences are 0 just under that one.

    >>> n = sympy.Symbol("n")
    >>> as_division([3 * FloorDiv(n, 9) - FloorDiv(n, 3)]).text()
    '3 divides ⌊n/3⌋'
    >>> as_division([2 * FloorDiv(n, 2) - n, 2 * FloorDiv(n, 4) - FloorDiv(n, 2)]).text()
    '4 divides n'
    >>> N = sympy.Symbol("N")
    >>> as_division([2**N * FloorDiv(n, 2**N) - n]).text()
    '2^N divides n'
    """
    of_symbol = _of_symbol(differences)
    if of_symbol is not None or len(differences) != 1:
        return of_symbol
    difference = to_polynomial(differences[0])
    return _of_floor(difference) or _of_rest(difference)


def as_divisions(differences: Sequence[Expr], known: Iterable[Divisible] = ()) -> list[Divisible] | None:
    """Return the assumptions under which differences are 0: one for all of them, or one for each in turn; else None.

    What is ``known`` to divide does so in them.

    >>> n, s = sympy.symbols("n s")
    >>> differences = [s * FloorDiv(n, s) - n, 2 * s * FloorDiv(n, 2 * s) - s * FloorDiv(n, s)]
    >>> [each.text() for each in as_divisions(differences)]
    ['s divides n', '2*s divides n']
    """
    exact = exact_floors(known)
    differences = [substitute(difference, exact) for difference in differences]
    of_all = as_division(differences)
    if of_all is not None:
        return [of_all]
    found: list[Divisible] = []
    for difference in differences:
        division = as_division([substitute(difference, exact)])
        if division is None:
            return None
        found.append(division)
        exact |= exact_floors([division])
    return found


def exact_floors(divisions: Iterable[Divisible]) -> dict[Expr, Expr]:
    """Return the floors that are quotients where something divides something, each with its quotient."""
    return {FloorDiv(each.dividend, each.divisor): each.dividend / each.divisor for each in divisions}


def _of_floor(difference: Polynomial) -> Divisible | None:
    """That a divides ``floor(x/b)``, which is what ``a*floor(x/(a*b)) - floor(x/b)`` says where it is 0."""
    terms = [(x, Polynomial({m: 1}).only_generator) for m, x in difference.terms.items()]
    if len(terms) != 2 or not all(isinstance(floor, FloorDiv) for _, floor in terms):
        return None
    (times, inner), (one, outer) = sorted(terms, key=lambda term: -term[0] * term[0])
    if abs(one) != 1 or times * one > 0 or FloorDiv(outer, abs(times)) != inner:
        return None
    return Divisible(sympy.Integer(abs(times)), outer)


def _of_rest(difference: Polynomial) -> Divisible | None:
    """That b divides x, which is what ``b*floor(x/b) - x`` says where it is 0."""
    for floor in dict.fromkeys(each for each in difference.generators if isinstance(each, FloorDiv)):
        above, below = map(to_polynomial, floor.args)
        rest = below * Polynomial.generator(floor) - above
        if difference in (rest, -rest):
            return Divisible(floor.args[1], floor.args[0])
    return None


def _of_symbol(differences: Sequence[Expr]) -> Divisible | None:
    found = [_moduli(difference) for difference in differences]
    symbols = {symbol for moduli in found for symbol in (moduli or ())}
    if len(symbols) != 1 or not all(found):
        return None
    (symbol,) = symbols
    modulus = lcm(*(number for moduli in found for number in (moduli or {}).values()))
    if modulus > MOST_COMBINATIONS:
        return None
    fitting: list[int] = []
    for residue in range(modulus):
        fits = _all_vanish(differences, {symbol: modulus * symbol + residue})
        if fits is None:
            return None
        fitting += [residue] if fits else []
    divisor = modulus // len(fitting) if fitting else 0
    if not divisor or fitting != list(range(fitting[0], modulus, divisor)):
        return None
    return Divisible(sympy.Integer(divisor), symbol - fitting[0])


def _all_vanish(expressions: Sequence[Expr], values: dict[Expr, Expr]) -> bool | None:
    """Return whether all expressions are 0 with these values; None where none is a number but 0."""
    vanish = True
    for expression in expressions:
        rest = to_polynomial(substitute(expression, values))
        if rest.number:
            return False
        vanish = vanish and not rest
    return vanish or None


def _on_residues(expression: Expr) -> Iterator[Polynomial | None]:
    """The expression for each combination of remainders of its symbols; None where these do not settle its floors."""
    moduli = _moduli(expression)
    if moduli is None or prod(moduli.values()) > MOST_COMBINATIONS:
        yield None
        return
    for residues in product(*(range(modulus) for modulus in moduli.values())):
        values = {
            symbol: modulus * symbol + residue
            for (symbol, modulus), residue in zip(moduli.items(), residues, strict=True)
        }
        rest = to_polynomial(substitute(expression, values))
        yield None if has_floor(rest) else rest


def _moduli(expression: Expr) -> dict[Expr, int] | None:
    """A period for each symbol inside floors: adding it changes every such floor by an integer."""
    moduli: dict[Expr, int] = {}
    floors = expression.atoms(SizeFunction)
    if not all(isinstance(floor, FloorDiv) and floor.args[1].is_Integer for floor in floors):
        return None
    for floor in floors:
        # nested floors multiply: the outer one sees the inner one's quotient
        depth = prod(int(part.args[1]) for part in floor.atoms(FloorDiv))
        for symbol in floor.free_symbols:
            moduli[symbol] = lcm(moduli.get(symbol, 1), depth)
    return moduli

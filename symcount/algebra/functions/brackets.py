"""`Bracket`: a comparison of sizes as a number, 1 where it is true and 0 where not, in a normal form.

``[x >= 0]`` is the only one. Of whole numbers ``x > y`` is ``x - y - 1 >= 0``, and what is false is ``1 - [x >= 0]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, lcm
from typing import Any

import sympy

from symcount.algebra.functions.expressions import (
    calculated,
    is_letter,
    parts_of,
    to_expression,
    to_polynomial,
)
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.ordering import in_order, term_key
from symcount.algebra.functions.size_function import Expr, SizeFunction, check_length
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.division import with_constant
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial


class Bracket(SizeFunction):
    """1 where a size is at least 0, else 0.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> Bracket(2*n - 5), Bracket(4 - n), Bracket(7)
    ([n - 3 >= 0], 1 - [n - 5 >= 0], 1)
    """

    nargs = 1

    @classmethod
    def eval(cls, size: Expr) -> Expr | None:
        """Return the normal form, or None where this is it."""
        normal = to_expression(bracket(to_polynomial(size)))
        return None if normal.func is cls and normal.args == (size,) else normal

    def _sympystr(self, printer: Any) -> str:
        return f"[{printer._print(self.args[0])} >= 0]"

    def _pythoncode(self, printer: Any) -> str:
        return f"min(1, max(0, {printer._print(self.args[0])} + 1))"

    _numpycode = _mpmathcode = _lambdacode = _pythoncode

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"\left[{printer._print(self.args[0])} \ge 0\right]"
        return text if exp is None else f"{text}^{{{exp}}}"


def bracket(form: Polynomial) -> Polynomial:
    """Return 1 where a form is at least 0, else 0; a fraction has its divisor multiplied out.

    >>> import sympy
    >>> to_expression(bracket(to_polynomial(sympy.Symbol("n")/2 - 3)))
    [n - 6 >= 0]
    """
    form = _whole(form.expand())
    if form.number is not None:
        return ONE if form.number >= 0 else Polynomial({})
    if _leads_negative(form):
        return ONE - bracket(ONE.times(-1) - form)
    return Polynomial.generator(Bracket(check_length(to_expression(form)), evaluate=False))


def _whole(form: Polynomial) -> Polynomial:
    """Whole coefficients without a content, and no divisors: one that might be negative is multiplied by twice."""
    below: dict[Generator, int] = {}
    for monomial in form.terms:
        for generator, exponent in monomial:
            below[generator] = min(below.get(generator, 0), exponent)
    up = frozenset((g, -e if is_letter(g) else -e + e % 2) for g, e in below.items() if e)
    number = lcm(*(x.denominator for x in form.terms.values()))
    form = (form * Polynomial({up: number})).expand()
    shared = gcd(*(int(x) for monomial, x in form.terms.items() if monomial))
    if shared < 2:
        return form
    rest = {monomial: int(x) // shared for monomial, x in form.terms.items() if monomial}
    return with_constant(rest, int(form.constant_term) // shared)


def _leads_negative(form: Polynomial) -> bool:
    """Whether the first term, in the order in which people write them, is negative."""
    terms = ((number, in_order(tuple(monomial))) for monomial, number in form.terms.items())
    return min(terms, key=term_key)[0] < 0


def has_comparison(size: Expr) -> bool:
    """Return whether a size depends on a comparison, so that a part of it may count where another does not."""
    return bool(size.has(Bracket))


def parted(generator: Bracket) -> tuple[Polynomial, int]:
    """Return what is compared without its constant, and that: of several the one with the largest holds first."""
    size = to_polynomial(generator.args[0])
    return size - Polynomial.constant(size.constant_term), int(size.constant_term)


MOST_COMPARED = 2
"""The most sizes that are compared in a form whose comparisons are told apart: each doubles the cases."""

Case = tuple[Polynomial, tuple[Polynomial, ...]]
"""A form without comparisons, and what is not negative where it is that."""


def told_apart(form: Polynomial) -> list[Case]:
    """Return what a form is where its comparisons hold, and where not; the form itself where there are too many.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> for case, facts in told_apart(to_polynomial(n * Bracket(n - 4))):
    ...     print(to_expression(case), [to_expression(fact) for fact in facts])
    0 [3 - n]
    n [n - 4]
    """
    compared: dict[Polynomial, list[Bracket]] = {}
    for generator in calculated(form):
        for each in parts_of(generator, Bracket):
            several = compared.setdefault(parted(each)[0], [])
            several += [each] if each not in several else []
    if len(compared) > MOST_COMPARED:
        return [(form, ())]
    cases: list[tuple[Expr, tuple[Polynomial, ...]]] = [(to_expression(form), ())] if compared else []
    # the factors of a product have no order, and that of the cases is seen
    for size in sorted(compared, key=lambda each: str(to_expression(each))):
        several = compared[size]
        cases = [(part, (*facts, *more)) for whole, facts in cases for part, more in _by_truth(whole, several)]
    return [(to_polynomial(part), facts) for part, facts in cases] or [(form, ())]


def where_positive(form: Polynomial) -> list[tuple[Polynomial, ...]]:
    """Return the cases in which a form that is at least 0 is at least 1, each by what is not negative just in it.

    >>> import sympy
    >>> c, n = sympy.symbols("c n")
    >>> is_other = to_polynomial(1 - Bracket(c - n) + Bracket(c - n - 1))
    >>> [[to_expression(fact) for fact in facts] for facts in where_positive(is_other)]
    [[-c + n - 1], [c - n - 1]]
    >>> where_positive(to_polynomial(8 - 6*Bracket(c - n)))
    [()]
    """
    cases = told_apart(form)
    if any(case.number is None for case, _ in cases):
        return [(form - ONE,)]
    positive = [facts for case, facts in cases if case.number is not None and case.number > 0]
    return [()] if len(positive) == len(cases) else positive


def _by_truth(expression: Expr, several: list[Bracket]) -> Iterator[tuple[Expr, tuple[Polynomial, ...]]]:
    """An expression for each number of comparisons that hold, of those of one size with a number."""
    in_turn = sorted(several, key=lambda each: -parted(each)[1])
    for held in range(len(in_turn) + 1):
        values = {each: sympy.Integer(place < held) for place, each in enumerate(in_turn)}
        facts = [to_polynomial(each.args[0]) for each in in_turn[:held][-1:]]
        facts += [-to_polynomial(each.args[0]) - ONE for each in in_turn[held : held + 1]]
        yield substitute(expression, values), tuple(facts)


def merged(form: Polynomial) -> Polynomial:
    """Return a sum whose products hold a bracket once, and of two that follow from each other the stronger one.

    A bracket is left out beside a floor that is 0 wherever the bracket is.

    >>> import sympy
    >>> n = sympy.Symbol("n")
    >>> to_expression(merged(to_polynomial(Bracket(n - 3)**2 * Bracket(n - 5))))
    [n - 5 >= 0]
    >>> to_expression(merged(to_polynomial(Bracket(n - 2) * FloorDiv(n, 2))))
    (n//2)
    """
    if not any(isinstance(generator, Bracket) for generator in form.generators):
        return form
    return Polynomial.total(Polynomial({_merged(monomial): number}) for monomial, number in form.terms.items())


def _merged(monomial: Monomial) -> Monomial:
    least: dict[Polynomial, int] = {}
    rest = [power for power in monomial if not isinstance(power[0], Bracket)]
    for generator, _ in monomial:
        if isinstance(generator, Bracket):
            varying, constant = parted(generator)
            least[varying] = min(constant, least.get(varying, constant))
    for generator, exponent in rest:
        if isinstance(generator, FloorDiv) and exponent > 0:
            varying, constant = _from_one_on(generator)
            if least.get(varying, constant - 1) >= constant:
                del least[varying]
    kept = [(Bracket(to_expression(x + Polynomial.constant(c)), evaluate=False), 1) for x, c in least.items()]
    return frozenset([*rest, *kept])


def _from_one_on(floor: FloorDiv) -> tuple[Polynomial, int]:
    """What is compared, as by `parted`, where a floor is at least 1; nothing where it may be negative."""
    above, below = map(to_polynomial, floor.args)
    # the number of a pass in a trial, whose name nobody can write, may be -1
    is_size = all(is_letter(generator) and "'" not in str(generator) for generator in above.generators)
    if is_size and above.is_integral and min(above.terms.values()) > 0 and below.number is not None:
        found = bracket(above - below).only_generator
        if isinstance(found, Bracket):
            return parted(found)
    return Polynomial({}), 0

"""Inequalities that must hold too where some symbols are 0: each is tried with them 0 and with them at least 1."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product

import sympy

from symcount.algebra.domain.inequalities import is_never_positive
from symcount.algebra.domain.signs import follows, is_never_negative
from symcount.algebra.functions.expressions import symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import Polynomial
from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError

MOST_ZEROS = 4
"""Of more symbols that may be 0 in one bound nothing is known."""


class Cases:
    """The cases that symbols which may be 0 make: all others are at least 1."""

    def __init__(self, zeros: Collection[str]) -> None:
        self.zeros = frozenset(map(sympy.Symbol, zeros))

    def never_negative(self, form: Polynomial, facts: Iterable[Polynomial] = ()) -> bool:
        """Return whether a form is not negative in any case in which none of the facts is.

        >>> n, p = sympy.symbols("n p")
        >>> form = to_polynomial(n + 2*p - 3)
        >>> Cases(()).never_negative(form), Cases("p").never_negative(form)
        (True, False)
        """
        facts = list(facts)
        if not self.zeros:
            return is_never_negative(form) or follows(form, facts)
        open_zeros = self.zeros & _free(form).union(*map(_free, facts))
        if len(open_zeros) > MOST_ZEROS:
            # of a fact about more of them nothing is known
            open_zeros = self.zeros & _free(form)
            facts = [fact for fact in facts if self.zeros & _free(fact) <= open_zeros]
        if len(open_zeros) > MOST_ZEROS:
            return False
        try:
            return all(
                is_never_negative(at) or follows(at, (_put(fact, values) for fact in facts))
                for values in _choices(open_zeros)
                for at in (_put(form, values),)
            )
        except ArchitectureError:
            # something is divided by one of them
            return False

    def never_positive(self, form: Polynomial) -> bool:
        """Return whether a form is less than 1 in every case.

        >>> p = sympy.Symbol("p")
        >>> form = to_polynomial(1 - 2*p)
        >>> Cases(()).never_positive(form), Cases("p").never_positive(form)
        (True, False)
        """
        open_zeros = self.zeros & _free(form) if self.zeros else self.zeros
        if len(open_zeros) > MOST_ZEROS:
            return False
        try:
            return all(is_never_positive(_put(form, values)) for values in _choices(open_zeros))
        except ArchitectureError:
            return False

    def is_one(self, form: Polynomial) -> bool:
        """Return whether the factors of a form are at least 1: none of them may be 0."""
        return not self.zeros or not self.zeros & _free(form)


@remembered
def _free(form: Polynomial) -> frozenset[Expr]:
    return frozenset().union(*map(symbols_of, dict.fromkeys(form.generators)))


def _choices(symbols: Collection[Expr]) -> Iterator[dict[Expr, Expr]]:
    ordered = sorted(symbols, key=str)
    for chosen in product((False, True), repeat=len(ordered)):
        yield {symbol: sympy.Integer(0) for symbol, is_zero in zip(ordered, chosen, strict=True) if is_zero}


def _put(form: Polynomial, values: dict[Expr, Expr]) -> Polynomial:
    return to_polynomial(substitute(to_expression(form), values)) if values.keys() & _free(form) else form

"""Inequalities that must hold too where some symbols are 0: each is tried with them 0 and with them at least 1."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

import sympy

from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.inequalities import is_never_positive
from symcount.algebra.domain.signs import follows, is_never_negative
from symcount.algebra.functions.expressions import is_letter, symbols_of, to_expression, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError

MOST_BESIDE = 12
"""The most bounds that are asked whether they follow from several others together; more are all kept."""

MOST_ZEROS = 4
"""Of more symbols that may be 0 in one bound nothing is known."""


Facts = tuple[Polynomial, ...]
"""What is not negative, wherever a size is asked for."""


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
                _is_met_or_excluded(form, [_put(fact, values) for fact in facts], values)
                for values in _choices(open_zeros)
            )
        except ArchitectureError:
            # something is divided by one of them
            return False

    def independent(self, bounds: Sequence[Polynomial], known: Iterable[Polynomial] = ()) -> list[Polynomial]:
        """Return those of some bounds that do not follow from the others, and from the least values that these leave.

        >>> n, N = sympy.symbols("n N")
        >>> bounds = [to_polynomial(form) for form in (n - 2 * N + 1, n - 3, N - 2)]
        >>> [to_expression(bound) for bound in Cases("N").independent(bounds)]
        [-2*N + n + 1, N - 2]
        """
        kept, known = [*bounds], [*known]
        if len(kept) > MOST_BESIDE:
            return kept
        for each in bounds:
            others = [*known, *(bound for bound in kept if bound is not each)]
            least = {
                symbol: symbol + (value - 1)
                for symbol, value in self.least_where(others).items()
                if value > (symbol not in self.zeros)
            }
            if least and Cases({str(symbol) for symbol in self.zeros - least.keys()}).never_negative(
                _put(each, least), [_put(bound, least) for bound in others]
            ):
                kept.remove(each)
        return kept

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

    def never_negative_at(self, forms: Iterable[Polynomial], facts: Facts, values: Mapping[Expr, Expr]) -> bool:
        """Return whether forms are known not to be negative where facts hold and some symbols have values."""
        try:
            known = [_put(fact, values) for fact in facts]
            return all(self.never_negative(_put(form, values), known) for form in forms)
        except ArchitectureError:
            return False

    def divides_at(self, divisor: Polynomial, dividend: Polynomial, values: Mapping[Expr, Expr]) -> bool:
        """Return whether a size is known to divide another where some symbols have values."""
        try:
            divisor, dividend = _put(divisor, values), _put(dividend, values)
            return self.never_negative(divisor - ONE) and divisibility(divisor, dividend) is None
        except ArchitectureError:
            return False

    def least_where(self, forms: Iterable[Polynomial]) -> dict[Expr, int]:
        """Return the least values of symbols that forms keep above a number where none of them is negative.

        >>> n, p = sympy.symbols("n p")
        >>> Cases(()).least_where([to_polynomial(n - 3), to_polynomial(n + p - 9)])
        {n: 3}
        """
        least: dict[Expr, int] = {}
        for form in forms:
            bound = _bound(form)
            if bound is not None:
                least[bound[0]] = max(bound[1], least.get(bound[0], 0))
        return least

    def needed(
        self, facts: Facts, least: Mapping[Expr, int], is_evident: Callable[[Mapping[Expr, Expr]], bool]
    ) -> Facts:
        """Leave out a fact that a symbol is more than its least value, where at that all is evident.

        >>> n = sympy.Symbol("n")
        >>> fact = to_polynomial(n - 1)
        >>> [len(Cases("n").needed((fact,), {}, lambda values: is_evident)) for is_evident in (True, False)]
        [0, 1]
        """
        return tuple(fact for fact in facts if not self._is_idle(fact, least, is_evident))

    def _is_idle(
        self, fact: Polynomial, least: Mapping[Expr, int], is_evident: Callable[[Mapping[Expr, Expr]], bool]
    ) -> bool:
        bound = _bound(fact)
        if bound is None:
            return False
        symbol, value = bound
        lowest = max(least.get(symbol, 0), symbol not in self.zeros)
        return value <= lowest or (value == lowest + 1 and is_evident({symbol: sympy.Integer(lowest)}))

    def is_one(self, form: Polynomial) -> bool:
        """Return whether the factors of a form are at least 1: none of them may be 0."""
        return not self.zeros or not self.zeros & _free(form)


def _is_met_or_excluded(form: Polynomial, facts: Sequence[Polynomial], values: Mapping[Expr, Expr]) -> bool:
    """Whether a form is not negative where symbols have some values, or facts exclude these values."""
    if any(fact.number is not None and fact.number < 0 for fact in facts):
        return True
    at = _put(form, values)
    return is_never_negative(at) or follows(at, facts)


@remembered
def _free(form: Polynomial) -> frozenset[Expr]:
    return frozenset().union(*map(symbols_of, dict.fromkeys(form.generators)))


def _bound(form: Polynomial) -> tuple[Expr, int] | None:
    """The symbol and the number that a form is the difference of."""
    constant = form.constant_term
    letter = (form - Polynomial.constant(constant)).only_generator
    return (letter, -int(constant)) if letter is not None and is_letter(letter) else None


def _choices(symbols: Collection[Expr]) -> Iterator[dict[Expr, Expr]]:
    ordered = sorted(symbols, key=str)
    for chosen in product((False, True), repeat=len(ordered)):
        yield {symbol: sympy.Integer(0) for symbol, is_zero in zip(ordered, chosen, strict=True) if is_zero}


def _put(form: Polynomial, values: Mapping[Expr, Expr]) -> Polynomial:
    return to_polynomial(substitute(to_expression(form), dict(values))) if values.keys() & _free(form) else form

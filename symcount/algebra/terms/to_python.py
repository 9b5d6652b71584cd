"""Closed forms as Python source that is exact on ints: a quotient is taken once, where it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from math import lcm

import sympy

from symcount.algebra.functions.expressions import to_polynomial
from symcount.algebra.functions.ordering import Powers, in_order
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.poly.coefficient import Coefficient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.terms.summands import Summand, in_human_order, is_whole
from symcount.algebra.terms.to_term import TermBuilder, sum_of
from symcount.arithmetic import FloorDiv, Max, Power, Ratio, Size, by_name
from symcount.arithmetic.notation import PYTHON


def to_python(form: Expr | Polynomial) -> str:
    """Write in Python's syntax: names, ints, ``+ - * ** //``, parentheses, min and max.

    >>> N, d = sympy.symbols("N d")
    >>> to_python(N**2*d/2 + 3*N*d/2 + d)
    'd + ((N**2*d + 3*N*d)//2)'
    """
    return exact_python(exact_term(form))


def exact_python(size: Size) -> str:
    """Write an exact term in Python's syntax, with no parentheses around it."""
    text = by_name(size, PYTHON)
    return text[1:-1] if _is_wrapped(text) else text


def exact_term(form: Expr | Polynomial) -> Size:
    """Return the written term with ``+ - * ** //``, min and max alone, and no quotient of what need not be whole."""
    if isinstance(form, sympy.Expr) and any(
        (part.is_Rational and not part.is_Integer) or (part.is_Pow and part.exp.could_extract_minus_sign())
        for part in sympy.preorder_traversal(form)
    ):
        # a fraction inside a factor need not be whole by itself: multiply out, then divide once
        form = to_polynomial(form)
    return _ExactTermBuilder({}).size(form)


class _ExactTermBuilder(TermBuilder):
    """Puts all fractions of a sum over one denominator: only their sum is known to be whole."""

    def series(self, ratio: Expr, count: Expr) -> Size:
        """A quotient where the ratio, which is at least 1, is larger, and the count where it is 1."""
        r, n = self.size(ratio), self.size(count)
        return FloorDiv(Power(r, n) - 1, Max((1, r - 1))) + n * Max((0, 2 - r))

    def sum(self, terms: list[Summand]) -> Size:
        whole = [term for term in terms if is_whole(term)]
        rest = [term for term in terms if not is_whole(term)]
        if not rest:
            return super().sum(whole)
        number = lcm(*(number.denominator for number, _ in rest))
        lowest: dict[Generator, int] = {}
        for _, powers in rest:
            for generator, exponent in powers:
                lowest[generator] = min(lowest.get(generator, 0), exponent)
        up = {generator: -exponent for generator, exponent in lowest.items() if exponent}
        above = [(_whole(x * number), _scale(powers, up)) for x, powers in rest]
        below = self.term(number, in_order(list(up.items())))
        return sum_of([*(self.term(*term) for term in whole), Ratio(super().sum(in_human_order(above)), below)])


def _whole(number: Coefficient) -> int:
    return number.numerator // number.denominator


def _scale(powers: Powers, up: Mapping[Generator, int]) -> Powers:
    exponents = dict(powers)
    for generator, exponent in up.items():
        exponents[generator] = exponents.get(generator, 0) + exponent
    return [(generator, exponent) for generator, exponent in exponents.items() if exponent]


def _is_wrapped(text: str) -> bool:
    """Whether one pair of parentheses encloses the whole text."""
    if not text.startswith("("):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place == len(text) - 1
    return False

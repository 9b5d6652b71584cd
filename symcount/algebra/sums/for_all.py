"""An assumption about one pass of a repeated block, made one about every pass.

Refuses a divisor that changes from pass to pass in a way that no one division covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.algebra.domain.assumptions import AtLeast, Divisible, divisibility
from symcount.algebra.functions.expressions import to_expression
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.summation import refusal


def for_all(passes: IndexRange, assumptions: Iterable[Divisible | AtLeast]) -> Iterator[Divisible | AtLeast]:
    """Yield assumptions that do not name the index, and from which the given ones follow in every pass.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> c, i, n, t = sympy.symbols("c i n t")
    >>> passes = IndexRange(i, to_polynomial(0), to_polynomial(n))
    >>> [each.text() for each in for_all(passes, [Divisible(sympy.Integer(2), c + i*t)])]
    ['2 divides c', '2 divides t']
    >>> [each.text() for each in for_all(passes, [Divisible(2**i, c)])]
    ['2^n divides c']
    """
    for assumption in assumptions:
        sides = assumption.sides()
        if not any(map(passes.occurs_in, sides)):
            yield assumption
        elif isinstance(assumption, Divisible):
            yield from _divisions(passes, *sides)
        else:
            raise refusal(passes, assumption.left)


def _divisions(passes: IndexRange, divisor: Polynomial, dividend: Polynomial) -> Iterator[Divisible]:
    for left, right in _pairs(passes, divisor, dividend):
        assumption = divisibility(left, right)
        if assumption is not None:
            yield assumption


def _pairs(passes: IndexRange, divisor: Polynomial, dividend: Polynomial) -> list[tuple[Polynomial, Polynomial]]:
    """Divisors and dividends without the index; none where every division is exact anyhow."""
    ratio = dividend * divisor.inverse()
    if len(divisor) == 1 and passes.keeps_whole(ratio):
        return []
    if not passes.occurs_in(divisor) and _is_polynomial(passes, dividend):
        return [(divisor, difference) for difference in _differences(passes, dividend)]
    last = passes.at(divisor, passes.last)
    if len(divisor) == 1 and not passes.occurs_in(dividend) and passes.keeps_whole(last * divisor.inverse()):
        return [(last, dividend)]
    if passes.is_short:
        return [(passes.at(divisor, place), passes.at(dividend, place)) for place in passes.values()]
    raise refusal(passes, to_expression(ratio))


def _is_polynomial(passes: IndexRange, form: Polynomial) -> bool:
    """Whether the index occurs only as a factor."""
    return not passes.occurs_in(Polynomial({frozenset(((g, 1),)): 1 for g in form.generators if g != passes.index}))


def _differences(passes: IndexRange, form: Polynomial) -> Iterator[Polynomial]:
    """The value at the first pass, the first difference there, the second, and so on.

    A number that divides all of them divides the form in every pass.
    """
    while form:
        yield passes.at(form, passes.first)
        form = passes.at(form, Polynomial.generator(passes.index) + ONE) - form

"""Turns an assumption about one value of an index into assumptions that cover every value.

Refuses a divisor that changes from value to value in a way that no one division covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.algebra.domain.assumptions import AtLeast, Divisible, at_least
from symcount.algebra.domain.cases import Facts
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.domain.under import facts_of, only_where, under
from symcount.algebra.functions.expressions import power, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.lowest import lowest
from symcount.algebra.sums.restricted import restricted
from symcount.algebra.sums.summation import refusal
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import by_name
from symcount.errors import ArchitectureError
from symcount.records import replace

Pair = tuple[Polynomial, Polynomial, Facts]
"""A divisor, a dividend, and what is not negative where it has to divide."""


def for_all(indices: IndexRange, assumptions: Iterable[Divisible | AtLeast]) -> Iterator[Divisible | AtLeast]:
    """Yield assumptions that do not name the index, and from which the given ones follow for every value of it.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> c, i, n, t = sympy.symbols("c i n t")
    >>> indices = IndexRange(i, to_polynomial(0), to_polynomial(n))
    >>> [each.text() for each in for_all(indices, [Divisible(sympy.Integer(2), c + i*t)])]
    ['2 divides c', '2 divides t if n ≥ 1']
    >>> [each.text() for each in for_all(indices, [Divisible(2**i, c)])]
    ['2^n divides c']
    """
    for assumption in assumptions:
        bare = replace(assumption, where=())
        for each, facts in restricted(indices, facts_of(assumption)):
            for one in _for_all(each, bare):
                found = only_where(one, facts)
                if found is not None:
                    yield found


def _for_all(indices: IndexRange, assumption: Divisible | AtLeast) -> Iterator[Divisible | AtLeast]:
    sides = assumption.sides()
    if not any(map(indices.occurs_in, sides)):
        yield assumption
    elif isinstance(assumption, Divisible):
        yield from _divisions(indices, *sides)
    else:
        left, right = sides
        ends = (end - ONE for end in lowest(indices, left - right + ONE))
        yield from (at_least(end) for end in ends if not is_never_negative(end))


def _divisions(indices: IndexRange, divisor: Polynomial, dividend: Polynomial) -> Iterator[Divisible | AtLeast]:
    for left, right, facts in _pairs(indices, divisor, dividend):
        assumption = divisibility(left, right)
        if assumption is not None and assumption.is_impossible:
            if facts:
                # there are fewer values than that
                yield from under(assumption, facts)
                continue
            sides = (by_name(to_term(side)) for side in (divisor, dividend))
            message = "{} does not divide {} in two passes in a row, whatever the input".format(*sides)
            raise ArchitectureError("no-closed-form", message, hint="give the count a number")
        found = None if assumption is None else only_where(assumption, facts)
        if found is not None:
            yield found


def _pairs(indices: IndexRange, divisor: Polynomial, dividend: Polynomial) -> list[Pair]:
    """Divisors and dividends without the index; none where every division is exact anyhow."""
    ratio = dividend * divisor.inverse()
    if len(divisor) == 1 and indices.keeps_whole(ratio):
        return []
    if not indices.occurs_in(divisor) and _is_polynomial(indices, dividend):
        return [(divisor, *each) for each in _differences(indices, dividend)]
    return [(*pair, ()) for pair in _wherever(indices, divisor, dividend, ratio)]


def _wherever(
    indices: IndexRange, divisor: Polynomial, dividend: Polynomial, ratio: Polynomial
) -> list[tuple[Polynomial, Polynomial]]:
    """The divisors and dividends of any number of values."""
    again = _of_each_quotient(indices, divisor, dividend)
    if again is not None:
        return [again]
    last = indices.at(divisor, indices.last)
    if len(divisor) == 1 and not indices.occurs_in(dividend) and indices.keeps_whole(last * divisor.inverse()):
        return [(last, dividend)]
    if indices.is_short or indices.is_geometric(ratio):
        places = indices.values() if indices.is_short else _ends_that_settle(indices, ratio)
        return [(indices.at(divisor, place), indices.at(dividend, place)) for place in places]
    terms = (Polynomial({monomial: number}) for monomial, number in dividend.terms.items())
    found = [_of_term(indices, divisor, term) for term in terms]
    if None in found:
        raise refusal(indices, to_expression(ratio))
    return [pair for pairs in found for pair in pairs or ()]


def _ends_that_settle(indices: IndexRange, ratio: Polynomial) -> list[Polynomial]:
    """The values at which a ratio must be whole, where each prime comes in it steadily more or less often.

    It is whole between two ends at which it is; where it grows by whole factors the first value settles all, even
    where there is none, and where it shrinks by them the last.
    """
    following = indices.at(ratio, Polynomial.generator(indices.index) + ONE)
    if _is_multiple(indices, following, ratio):
        return [indices.first]
    if _is_multiple(indices, ratio, following):
        return [indices.last]
    return [indices.first, indices.last]


def _of_each_quotient(
    indices: IndexRange, divisor: Polynomial, dividend: Polynomial
) -> tuple[Polynomial, Polynomial] | None:
    """What ``b divides floor(x/b^i)`` says for every i from 0 on: that ``b^t`` divides x, for so many values t."""
    floor = dividend.only_generator
    if not isinstance(floor, FloorDiv) or indices.occurs_in(divisor):
        return None
    above, below = (to_polynomial(part) for part in floor.args)
    following = indices.at(below, Polynomial.generator(indices.index) + ONE)
    if indices.occurs_in(above) or following != below * divisor:
        return None
    return power(divisor, indices.last - indices.first + ONE), indices.at(dividend, indices.first)


def _of_term(indices: IndexRange, divisor: Polynomial, term: Polynomial) -> list[tuple[Polynomial, Polynomial]] | None:
    """The divisor that all divide, and what divides every value of a term; None where either is not known."""
    if len(divisor) == 1 and indices.keeps_whole(term * divisor.inverse()):
        return []
    ends = (indices.last, indices.first)
    multiples = (at for at in (indices.at(divisor, end) for end in ends) if _is_multiple(indices, at, divisor))
    if _is_polynomial(indices, term):
        parts = [difference for difference, _ in _differences(indices, term)]
    else:
        # a power of the index itself is whole: what divides the rest divides the term
        rest = term.replaced(indices.index, ONE)
        parts = [at for at in (indices.at(rest, end) for end in ends) if _is_multiple(indices, rest, at)][:1]
    multiple = next(multiples, None)
    return None if multiple is None or not parts else [(multiple, part) for part in parts]


def _is_multiple(indices: IndexRange, one: Polynomial, of: Polynomial) -> bool:
    return one == of or (len(of) == 1 and indices.keeps_whole(one * of.inverse()))


def _is_polynomial(indices: IndexRange, form: Polynomial) -> bool:
    """Whether the index occurs only as a factor."""
    return not indices.occurs_in(Polynomial({frozenset(((g, 1),)): 1 for g in form.generators if g != indices.index}))


def _differences(indices: IndexRange, form: Polynomial) -> Iterator[tuple[Polynomial, Facts]]:
    """The value where the index is first, the first difference there, the second, and so on.

    A number that divides all of them divides the form for every value of the index: each where there are as many more.
    """
    more = indices.last - indices.first
    facts: Facts = ()
    while form:
        yield indices.at(form, indices.first), facts
        form = indices.at(form, Polynomial.generator(indices.index) + ONE) - form
        more = more - ONE
        if more.number is None:
            facts = (more,)
        elif more.number < 0:
            return

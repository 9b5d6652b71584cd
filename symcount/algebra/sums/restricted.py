"""The values of an index at which facts hold that name it: where ``i >= 3``, those from 3 on."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.algebra.domain.cases import Facts
from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.domain.under import together, without_floors
from symcount.algebra.functions.expressions import is_letter
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.sums.index_range import IndexRange
from symcount.records import replace

MOST_APART = 4
"""The most ranges that facts part one range into; a fact that would make more of them is taken to hold."""

Range = tuple[IndexRange, Facts]
"""Values of an index, and what is not negative where there are such values."""


def restricted(indices: IndexRange, facts: Facts) -> Iterator[Range]:
    """Yield the values of an index at which facts hold, and what else is not negative where there are any.

    More values than that are yielded where a fact says nothing of an end.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_expression, to_polynomial
    >>> i, n = sympy.symbols("i n")
    >>> for each, there in restricted(IndexRange(i, ONE, to_polynomial(n)), (to_polynomial(i - 3),)):
    ...     print(to_expression(each.first), to_expression(each.last), [*map(to_expression, there)])
    3 n [n - 3]
    """
    ranges: list[Range] = [(indices, tuple(fact for fact in facts if not indices.occurs_in(fact)))]
    for fact in (bound for each in facts for bound in without_floors(each)):
        if indices.occurs_in(fact):
            parted = [part for each in ranges for part in _where(fact, *each)]
            ranges = parted if len(parted) <= MOST_APART else ranges
    for each, there in ranges:
        more = each.last - each.first
        both = together(there, () if _is_evident(more) else (more,))
        if both is not None and not (more.number is not None and more.number < 0):
            yield each, both


def _is_evident(form: Polynomial) -> bool:
    """Whether a form is not negative for all symbols from 0 on."""
    return all(number > 0 for number in form.terms.values()) and all(map(is_letter, form.generators))


def _where(fact: Polynomial, indices: IndexRange, there: Facts) -> Iterator[Range]:
    """The values of an index where ``i + x`` or ``x - i`` is not negative; all of them for any other fact."""
    index = Polynomial.generator(indices.index)
    if not indices.occurs_in(fact - index):
        first = index - fact
        yield from _parted(first - indices.first, replace(indices, first=first), indices, there)
    elif not indices.occurs_in(fact + index):
        last = index + fact
        yield from _parted(indices.last - last, replace(indices, last=last), indices, there)
    else:
        yield indices, there


def _parted(less: Polynomial, ended: IndexRange, indices: IndexRange, there: Facts) -> Iterator[Range]:
    """The range that a fact ends, where so many values are left out, and where there are none to leave out all."""
    if is_never_negative(less):
        yield ended, there
    elif is_never_negative(-less):
        yield indices, there
    else:
        for each, fact in ((ended, less), (indices, -less - ONE)):
            both = together(there, (fact,))
            if both is not None:
                yield each, both

"""Sums over an index in closed form: polynomials in the index, and powers to it.

A few terms of a known number are added one by one where there is no closed form. Any other term
that depends on the index inside a floor, a minimum or a base is refused, with the assumption that
would close the sum where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import sympy

from symcount.algebra.domain.assumptions import AtLeast, at_least
from symcount.algebra.domain.decisions import at_least_zero
from symcount.algebra.functions.expressions import (
    changes_sign,
    generator_expression,
    power,
    symbols_of,
    to_expression,
    to_polynomial,
)
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.series import MOST_POWERS, GeometricSum, series
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.coefficient import Coefficient, too_large
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import ONE, Polynomial, Whole
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.pieces import outgrown, pieces
from symcount.algebra.sums.power_sums import geometric_sum, power_sum
from symcount.algebra.terms.to_term import to_term
from symcount.arithmetic import by_name
from symcount.errors import ArchitectureError

MOST_SUMMED = 500
"""The most terms of what is summed over an index: each is multiplied out in the ends of the index."""

_LETTERS_OF_PASSES = ("i", "j", "t", *(f"i_{number}" for number in range(1_000)))

Progressions = dict[Polynomial, dict[int, Polynomial]]
"""For each ratio a polynomial in the index: the sum of all ``p(index)*ratio^index``."""


class _OpenSumError(Exception):
    """A power depends on the index in a way that no closed form is known for."""

    def __init__(self, factor: Expr) -> None:
        super().__init__(factor)
        self.factor = factor


def indexed_sum(indices: IndexRange, term: Polynomial) -> tuple[Polynomial, list[AtLeast]]:
    """Return the sum of a term over the values of an index, and what it takes for granted.

    >>> d, i, n = sympy.symbols("d i n")
    >>> total, assumed = indexed_sum(IndexRange(i, ONE, to_polynomial(n)), to_polynomial(6*i*d + 2**i))
    >>> to_expression(total), assumed
    (2*2**n + 3*d*n**2 + 3*d*n - 2, [])
    """
    count = indices.count
    if count is not None and count <= 0:
        return Polynomial({}), []
    inside = _series_of_index(indices, term)
    if inside is not None:
        return _with_quotient(indices, term, inside)
    if len(term) > MOST_SUMMED:
        raise too_large(f"a sum over {indices.index} of more than {MOST_SUMMED} terms")
    expanded = indices.expand(term)
    factors = _open_factors(indices, expanded)
    if not factors:
        try:
            progressions = _progressions(indices, expanded)
            return _added([_sum_progression(indices, ratio, powers) for ratio, powers in progressions.items()])
        except _OpenSumError as open_sum:
            factors = {open_sum.factor}
    in_pieces = pieces(indices, expanded)
    if in_pieces is not None:
        total, assumed = _added(indexed_sum(*piece) for piece in in_pieces)
        needed = outgrown(indices, expanded)
        return total, assumed if at_least_zero(needed) else [*assumed, at_least(needed)]
    factor = min(factors, key=_by_length)
    if not indices.is_short:
        raise refusal(indices, factor)
    return Polynomial.total(_one_by_one(indices, term, factor)), []


def _series_of_index(indices: IndexRange, term: Polynomial) -> GeometricSum | None:
    """A sum of powers in a term, so many as the index says."""
    generators = dict.fromkeys(each for each in term.generators if indices.index in symbols_of(each))
    found = (sums for each in generators for sums in generator_expression(each).atoms(GeometricSum))
    return next((each for each in found if indices.index in each.args[1].free_symbols), None)


def _with_quotient(indices: IndexRange, term: Polynomial, inside: GeometricSum) -> tuple[Polynomial, list[AtLeast]]:
    """The sum with ``(r^n - 1)/(r - 1)`` in the place of a sum of powers, so that no ratio may be 1."""
    ratio, count = map(to_polynomial, inside.args)
    closed = to_expression((power(ratio, count) - ONE) * (ratio - ONE).inverse())
    total, assumed = indexed_sum(indices, to_polynomial(substitute(to_expression(term), {inside: closed})))
    other = _other_than_one(indices, ratio)
    for each in [generator for generator in dict.fromkeys(total.generators) if isinstance(generator, GeometricSum)]:
        ratio, count = map(to_polynomial, each.args)
        if _other_than_one(indices, ratio) == other:
            total = total.replaced(each, geometric_sum({0: ONE}, ratio, Polynomial({}), count - ONE))
    return total, [*assumed, *other]


def _added(sums: Iterable[tuple[Polynomial, list[AtLeast]]]) -> tuple[Polynomial, list[AtLeast]]:
    parts = [*sums]
    return Polynomial.total(total for total, _ in parts), [each for _, assumed in parts for each in assumed]


def _one_by_one(indices: IndexRange, term: Polynomial, factor: Expr) -> list[Polynomial]:
    try:
        return [indices.at(term, place) for place in indices.values()]
    except ZeroDivisionError:
        raise refusal(indices, factor) from None


def refusal(indices: IndexRange, factor: Expr) -> ArchitectureError:
    """Return the error for a sum with this factor, which depends on the index in no way that can be summed."""
    if "'" in indices.index.name:
        # the number of a pass that only the walk has a name for: an outer one in the ends is shown as the first letter
        ends = symbols_of(Whole(indices.first)) | symbols_of(Whole(indices.last))
        letters = _LETTERS_OF_PASSES[any("'" in each.name for each in ends) :]
        letter = next(each for each in map(sympy.Symbol, letters) if each not in factor.free_symbols | ends)
        factor = substitute(factor, {indices.index: letter})
        indices = IndexRange(letter, indices.first, indices.last)
    index, first, last = (by_name(to_term(part)) for part in (indices.index, indices.first, indices.last))
    message = (
        f"the sum over {index} from {first} to {last} has no closed form: {index} occurs in {by_name(to_term(factor))}"
    )
    return ArchitectureError("no-closed-form", message, hint=_remedy(indices, factor))


def _remedy(indices: IndexRange, factor: Expr) -> str | None:
    """The advice that closes a sum of ``floor(n/2^i)`` or ``ceil(n/2^i)``: write n so that each power divides it."""
    if not isinstance(factor, FloorDiv) or indices.last.number is not None:
        return None
    above, below = (to_polynomial(part) for part in factor.args)
    size = to_expression(above - ONE.times(above.constant_term))
    if above.constant_term not in (0, -1) or not size.is_Symbol or len(below) != 1:
        return None
    if not all(indices.is_progression(generator) for generator in below.generators):
        return None
    names = {symbol.name for symbol in factor.free_symbols | symbols_of(Whole(indices.last))}
    letter = next((letter for letter in "mqtuvwxyz" if letter not in names), "m_1")
    whole = indices.at(below, indices.last) * Polynomial.generator(sympy.Symbol(letter))
    shown = by_name(to_term(whole.times(whole.content.denominator)))
    return f"say {size} = {shown}: then every pass divides exactly"


def _progressions(indices: IndexRange, term: Polynomial) -> Progressions:
    found: dict[Polynomial, dict[int, list[Polynomial]]] = defaultdict(lambda: defaultdict(list))
    for monomial, number in term.terms.items():
        ratio, exponent, rest = _split(indices, monomial, number)
        found[ratio][exponent].append(rest)
    return {
        ratio: {exponent: Polynomial.total(rests) for exponent, rests in powers.items()}
        for ratio, powers in found.items()
    }


def _split(indices: IndexRange, monomial: Monomial, number: Coefficient) -> tuple[Polynomial, int, Polynomial]:
    """Part a term without open factors into ``ratio^index``, a power of the index, and what does not depend on it."""
    ratio, degree = ONE, 0
    rest: list[tuple[Generator, int]] = []
    for generator, exponent in monomial:
        if indices.index not in symbols_of(generator):
            rest.append((generator, exponent))
        elif generator == indices.index and exponent > 0:
            degree = exponent
        else:
            base, slope = indices.progression(generator)
            ratio = ratio * power(base, slope.times(exponent))
    return ratio, degree, Polynomial({frozenset(rest): number})


def _open_factors(indices: IndexRange, term: Polynomial) -> set[Expr]:
    """The factors of terms that depend on the index and are no power of it, nor a power to it."""
    return {
        _factor(generator, exponent)
        for monomial in term.terms
        for generator, exponent in monomial
        if indices.index in symbols_of(generator)
        and not (generator == indices.index and exponent > 0)
        and not indices.is_progression(generator)
    }


def _factor(generator: Generator, exponent: int) -> Expr:
    """What depends on the index in a way that cannot be summed: a factor, or 1 over a power of it."""
    if exponent > 0:
        return generator_expression(generator)
    return to_expression(Polynomial.generator(generator, exponent))


def _by_length(factor: Expr) -> tuple[int, str]:
    """The shortest first, whatever the order of a set is."""
    text = by_name(to_term(factor))
    return len(text), text


def _sum_progression(
    indices: IndexRange, ratio: Polynomial, powers: dict[int, Polynomial]
) -> tuple[Polynomial, list[AtLeast]]:
    if ratio.is_one:
        return power_sum(powers, indices.first, indices.last), []
    if changes_sign(ratio):
        raise _OpenSumError(to_expression(power(ratio, Polynomial.generator(indices.index))))
    if ratio.number is None and indices.count is not None and indices.count <= MOST_POWERS:
        return Polynomial.total(_write_out(indices, ratio, powers)), []
    if [*powers] == [0] and _may_be_one(ratio):
        return _series(indices, ratio, powers[0]), []
    total = geometric_sum(powers, ratio, indices.first, indices.last)
    if ratio.number is None and any(exponent < 0 for monomial in total.terms for _, exponent in monomial):
        return total, _other_than_one(indices, ratio)
    return total, []


def _may_be_one(ratio: Polynomial) -> bool:
    """Whether a symbolic ratio is a whole number that is not known to be larger than 1."""
    return ratio.number is None and ratio.is_integral and not at_least_zero(ratio - ONE - ONE)


def _series(indices: IndexRange, ratio: Polynomial, coefficient: Polynomial) -> Polynomial:
    """``c*(r^a + … + r^b)``; a coefficient that is a multiple of ``r - 1`` needs no sum."""
    share = quotient(coefficient, ratio - ONE)
    after = indices.last + ONE
    if share.is_integral:
        return share * (power(ratio, after) - power(ratio, indices.first))
    return coefficient * power(ratio, indices.first) * series(ratio, after - indices.first)


def _write_out(indices: IndexRange, ratio: Polynomial, powers: dict[int, Polynomial]) -> Iterator[Polynomial]:
    for place in indices.values():
        for exponent, coefficient in powers.items():
            yield coefficient * place**exponent * power(ratio, place)


def _other_than_one(indices: IndexRange, ratio: Polynomial) -> list[AtLeast]:
    """What keeps a symbolic ratio from being 1, at which the sum has another closed form."""
    (monomial, number), *more = ratio.terms.items()
    if not more and number.numerator == 1 and all(exponent < 0 for _, exponent in monomial):
        return _other_than_one(indices, ratio.inverse())
    if ratio.is_integral and all(x > 0 for x in ratio.terms.values()) and sum(ratio.terms.values()) > 1:
        return []
    if more:
        return [_at_least_two(ratio)]
    if not ratio.is_integral:
        raise _OpenSumError(to_expression(power(ratio, Polynomial.generator(indices.index))))
    bases = dict.fromkeys(generator_expression(generator).as_base_exp()[0] for generator, _ in monomial)
    if number < 0 or any(base.is_Integer for base in bases):
        return []
    return [_at_least_two(to_polynomial(sympy.Mul(*bases)))]


def _at_least_two(size: Polynomial) -> AtLeast:
    return AtLeast(to_expression(size), sympy.Integer(2))

"""Which assumptions follow from others, so that a reader is told each thing once.

That e divides ``s + r`` says that s is ``e*t - r`` for some whole t. Put into another dividend, it shows
whether that is divided anyhow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible, Statement
from symcount.algebra.domain.cases import Cases, Facts
from symcount.algebra.domain.divisibility import divisibility, powers
from symcount.algebra.domain.signs import follows
from symcount.algebra.domain.under import are_sure, facts_of, nowhere, weaker_first
from symcount.algebra.functions.expressions import symbols_of, to_polynomial
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import Polynomial
from symcount.errors import ArchitectureError
from symcount.records import replace


def independent(assumptions: Sequence[Divisible], conditions: Iterable[AtLeast] = ()) -> list[Divisible]:
    """Return those of the assumptions that say what neither the others do nor the conditions.

    >>> n, k, w = sympy.symbols("n k w")
    >>> stated = Divisible(sympy.Integer(3), k*n + 2*k), Divisible(sympy.Integer(6), n - 4)
    >>> [each.text() for each in independent(stated)]
    ['6 divides n - 4']
    >>> independent([Divisible(sympy.Integer(2), 2**n*w)], [AtLeast(n, sympy.Integer(1))])
    []
    >>> independent([Divisible(2**k, 2**n*w)], [AtLeast(n, k)])
    []
    >>> [each.text() for each in independent([Divisible(k, n), Divisible(w, k), Divisible(k, 2*n*w)])]
    ['k divides n', 'w divides k']
    >>> one, two = sympy.Integer(1), sympy.Integer(2)
    >>> bounds = [AtLeast(n, one), AtLeast(one, n)]
    >>> [each.text() for each in independent([Divisible(two, k + n), Divisible(two, k + 1)], bounds)]
    ['2 divides k + 1']
    """
    conditions = [*conditions]
    least, bounds = _least(conditions), [left - right for left, right in (each.sides() for each in conditions)]
    kept = {
        place: each
        for place, each in enumerate(assumptions)
        if not (_is_evident(each, least) or _is_in_each_term(each, bounds))
    }
    fixed = _fixed(conditions)
    known = {place: _with_values(each, fixed) if fixed else each for place, each in kept.items()}
    # one that names a symbol of one value says the same as another without it
    order = sorted(kept, key=lambda place: (kept[place] != known[place], _length(kept[place]), place), reverse=True)
    for place in order:
        others = _strongest_first([each for other, each in known.items() if other != place])
        if _follows(known[place], others):
            del kept[place], known[place]
    return list(kept.values())


def strongest_of(stated: Iterable[AtLeast], known: Iterable[AtLeast] = ()) -> list[AtLeast]:
    """Return those of the conditions that follow neither from the others nor from those that are known.

    >>> n = sympy.Symbol("n")
    >>> [each.text() for each in strongest_of([AtLeast(n, sympy.Integer(3)), AtLeast(2**n, sympy.Integer(3))])]
    ['n ≥ 3']
    """
    forms = {each: left - right for each in stated for left, right in (each.sides(),)}
    bounds = [left - right for left, right in (each.sides() for each in known)]
    kept = [each for each in forms if not follows(forms[each], bounds)]
    for each in [*kept]:
        others = [forms[other] for other in kept if other != each]
        if follows(forms[each], others):
            kept.remove(each)
    return kept


def said_once(stated: Iterable[AtLeast | Divisible], known: Iterable[AtLeast] = ()) -> list[AtLeast | Divisible]:
    """Return what follows neither from the rest of it, nor from conditions that are known, where each has to hold.

    >>> n = sympy.Symbol("n")
    >>> here = (AtLeast(sympy.Symbol("N"), sympy.Integer(1)),)
    >>> two, four = (Divisible(sympy.Integer(divisor), n) for divisor in (2, 4))
    >>> [each.text() for each in said_once([two, replace(four, where=here), replace(two, where=here)])]
    ['2 divides n', '4 divides n if N ≥ 1']
    """
    cases: dict[Facts, list[AtLeast | Divisible]] = {}
    for each in stated:
        cases.setdefault(facts_of(each), []).append(each)
    known = [*known]
    kept: list[AtLeast | Divisible] = []
    for facts in weaker_first(cases):
        beside = [replace(each, where=()) for each in (*known, *kept) if are_sure(facts_of(each), facts)]
        here = {replace(each, where=()): each for each in cases[facts]}
        bounds = [each for each in beside if isinstance(each, AtLeast)]
        sizes = strongest_of((each for each in here if isinstance(each, AtLeast)), bounds)
        divisions = [each for each in dict.fromkeys((*beside, *here)) if isinstance(each, Divisible)]
        left = independent(divisions, (*sizes, *bounds)) if divisions else []
        kept += (here[each] for each in (*sizes, *left) if each in here and each not in beside)
    return kept


def contradiction(assumptions: Sequence[Divisible]) -> Divisible | None:
    """Return an assumption that no input can make true beside the others, None where there is none.

    >>> w = sympy.Symbol("w")
    >>> two = sympy.Integer(2)
    >>> contradiction([Divisible(two, w), Divisible(two, w + 1)]).text()
    '2 divides w'
    """
    for place, each in enumerate(assumptions):
        divisor, dividend = each.sides()
        for other in _strongest_first([*assumptions[:place], *assumptions[place + 1 :]]):
            dividend = _given(dividend, other)
        left = divisibility(divisor, dividend)
        if left is not None and left.is_impossible:
            return each
    return None


def only_where_possible(stated: Iterable[Statement]) -> Iterator[Statement | AtLeast]:
    """Yield statements; in place of a division that contradicts those that always hold, that its conditions fail.

    >>> w, n = sympy.symbols("w n")
    >>> two = sympy.Integer(2)
    >>> odd = Divisible(two, w + 1, (AtLeast(n, two),))
    >>> [each.text() for each in only_where_possible([Divisible(two, w), odd])]
    ['2 divides w', 'n ≤ 1']
    """
    stated = [*stated]
    sure = [each for each in stated if isinstance(each, Divisible) and not each.where]
    for each in stated:
        if isinstance(each, Divisible) and each.where and contradiction([replace(each, where=()), *sure]) is not None:
            yield from nowhere(facts_of(each))
        else:
            yield each


def _strongest_first(assumptions: list[Divisible]) -> list[Divisible]:
    """The largest divisors first: once a symbol is solved for, no other assumption says more of it."""
    return sorted(assumptions, key=lambda each: -int(each.divisor) if each.divisor.is_Integer else 0)


def _length(assumption: Divisible) -> int:
    return len(assumption.sides()[1])


def _least(conditions: Iterable[AtLeast]) -> dict[Expr, Expr]:
    """The symbols that are at least a number, each written as that number more than another."""
    bounds: dict[Expr, Expr] = {}
    for each in conditions:
        if each.left.is_Symbol and each.right.is_Integer:
            bounds[each.left] = each.left + max(each.right, bounds.get(each.left, each.left) - each.left)
    return bounds


def _fixed(conditions: Iterable[AtLeast]) -> dict[Expr, Expr]:
    """The symbols that can have one value alone, with that value."""
    ends = {(each.left, each.right) for each in conditions}
    return {symbol: number for symbol, number in ends if symbol.is_Symbol and (number, symbol) in ends}


def _with_values(assumption: Divisible, values: dict[Expr, Expr]) -> Divisible:
    return replace(
        assumption, divisor=substitute(assumption.divisor, values), dividend=substitute(assumption.dividend, values)
    )


def _is_evident(assumption: Divisible, least: dict[Expr, Expr]) -> bool:
    """Whether it holds of all symbols that are large enough: 2 divides ``2^n`` from n = 1 on."""
    exponents = {symbol for power in assumption.dividend.atoms(sympy.Pow) for symbol in power.exp.free_symbols}
    shifts = {symbol: value for symbol, value in least.items() if symbol in exponents}
    if not shifts:
        return False
    sides = (to_polynomial(substitute(side, shifts)) for side in (assumption.divisor, assumption.dividend))
    return divisibility(*sides) is None


def _is_in_each_term(assumption: Divisible, bounds: Sequence[Polynomial]) -> bool:
    """Whether each term of the dividend holds the divisor, where no bound is negative: ``2^w`` in ``2^N*w``, N ≥ w."""
    divisor, dividend = assumption.sides()
    if len(divisor) != 1:
        return False
    # a count may be 0, and nothing here says of which symbols it is one
    cases = Cases(assumption.symbols)
    for monomial, number in (dividend * divisor.inverse()).terms.items():
        exponents, left = powers(monomial, number)
        if left.denominator != 1 or not all(cases.never_negative(each, bounds) for each in exponents.values()):
            return False
    return True


def _follows(assumption: Divisible, others: Iterable[Divisible]) -> bool:
    divisor, dividend = assumption.sides()
    try:
        for other in others:
            dividend = _given(dividend, other)
            # at each step: what another assumption says of the divisor would hide that it is a factor
            if _is_multiple(divisor, dividend, other) or divisibility(divisor, dividend) is None:
                return True
        return False
    except ArchitectureError:
        # what is too large to write out is not known to follow
        return False


def _is_multiple(divisor: Polynomial, dividend: Polynomial, other: Divisible) -> bool:
    """Whether both are multiples of what another assumption says: of its divisor and of its dividend."""
    below, above = other.sides()
    return quotient(below, divisor).is_integral and quotient(dividend, above).is_integral


def _given(form: Polynomial, other: Divisible) -> Polynomial:
    """The form with a multiple of the divisor in the place of what another assumption says of one."""
    divisor, dividend = other.sides()
    solved = _alone(dividend)
    if solved is None or solved[0] not in form.generators:
        return form
    generator, sign = solved
    rest = Polynomial.generator(generator) - dividend.times(sign)
    value = rest + divisor * Polynomial.generator(sympy.Dummy("t"))
    return form.replaced(generator, value)


def _alone(form: Polynomial) -> tuple[Generator, int] | None:
    """A generator with the coefficient 1 or -1 that is a term by itself, and occurs in no other."""
    for monomial, number in form.terms.items():
        if abs(number) == 1 and len(monomial) == 1:
            ((generator, exponent),) = monomial
            rest = form - Polynomial({monomial: number})
            if exponent == 1 and not any(symbols_of(generator) & symbols_of(other) for other in rest.generators):
                return generator, int(number)
    return None

"""What a symbol is by formulas in others that stay open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.algebra import (
    EQUAL,
    AtLeast,
    ClosedForm,
    Isolated,
    Polynomial,
    Relation,
    Same,
    factor,
    isolated,
    to_expression,
    to_term,
)
from symcount.arithmetic import Quotient, Size, by_name
from symcount.counts.assumptions import Assumption
from symcount.errors import ArchitectureError
from symcount.records import record


@record
class Solved:
    """What a symbol is by formulas, where others stay open: its name, its bounds, and what must hold besides."""

    name: str
    low: Size | None
    high: Size | None
    needs: tuple[Assumption, ...] = ()


def solved(name: str, relations: Sequence[Relation], refusal: ArchitectureError) -> Solved:
    """Return what a symbol is by relations in others, or raise the refusal."""
    found: list[Isolated] = []
    needs: list[Assumption] = []
    for each in relations:
        if name not in each.symbols:
            needs += _open(each)
            continue
        one = isolated(each, name)
        if one is None:
            raise refusal
        found.append(one)
    if not found:
        raise refusal
    lows = dict.fromkeys(each.low for each in found if each.low is not None)
    highs = dict.fromkeys(each.high for each in found if each.high is not None)
    if len(lows) > 1 or len(highs) > 1:
        raise refusal
    needs += [each.needs for each in found if each.needs is not None]
    low, high = next(iter(lows), None), next(iter(highs), None)
    return Solved(name, _shortest(low), _shortest(high), tuple(dict.fromkeys(needs)))


def _shortest(form: Polynomial | None) -> Size | None:
    """A size over one denominator, factored, where that is no longer."""
    if form is None:
        return None
    plain, below = to_term(form), form.denominator
    factored = to_term(factor(ClosedForm((form * below).expand())))
    over_one = factored if below.is_one else Quotient(factored, to_term(below))
    return over_one if len(by_name(over_one)) <= len(by_name(plain)) else plain


def _open(relation: Relation) -> Iterator[Assumption]:
    """What a condition asks of other symbols; nothing where it always holds, and an error where it never does."""
    if relation.symbols:
        yield _stated(relation)
    elif not relation.holds({}):
        message = f"no sizes meet the condition: of what it compares, one is {relation.form.number} more than the other"
        raise ArchitectureError("no-sizes", message)


def _stated(relation: Relation) -> Assumption:
    form = relation.form.expand()
    left = Polynomial({monomial: number for monomial, number in form.terms.items() if number > 0})
    sides = to_expression(left), to_expression(left - form)
    return Same(*sides) if relation.sign == EQUAL else AtLeast(*sides)

"""Reads assumptions about a network's symbols, such as ``n % 32 == 0``, and settles by them what the network needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from symcount.algebra import (
    EQUAL,
    NOT_NEGATIVE,
    ONE,
    AtLeast,
    Divisible,
    Expr,
    Region,
    Relation,
    Residue,
    Same,
    closed_expression,
    conditions,
    divisibility,
    is_sure,
    placed,
    residue_of,
    substitute,
    to_polynomial,
)
from symcount.arithmetic import Remainder, Size, Symbol, Term
from symcount.counts.assumptions import Assumption, Stated
from symcount.counts.domain import Domain
from symcount.errors import ArchitectureError, near
from symcount.layers import Value
from symcount.program import Names, evaluated
from symcount.program.condition import Condition
from symcount.program.condition import conditions as read
from symcount.records import replace

Assumed = Residue | Divisible | AtLeast | Same
"""What can be assumed: a remainder, that one size divides another, a bound, or that two sizes are equal."""


def read_assumptions(given: Iterable[str | Assumed], symbols: Collection[str]) -> tuple[Assumed, ...]:
    """Return what is assumed of these symbols; refuse what no values make true together.

    >>> [each.text() for each in read_assumptions(["n % 32 == 0", "k odd", "h divides d"], "nkhd")]
    ['n mod 32 = 0', 'k mod 2 = 1', 'h divides d']
    """
    found = [
        each
        for text in given
        for each in ([text] if not isinstance(text, str) else (_assumed(one, symbols) for one in read(text)))
    ]
    for each in found:
        _check_known(each, symbols)
    stated = [*map(as_stated, found)]
    if Region(
        dict.fromkeys(sorted({*symbols, *(name for each in found for name in each.symbols)}), 0), stated
    ).is_empty:
        texts = " and ".join(map(str, found))
        raise ArchitectureError(
            "bad-assumption", f"nothing meets what is assumed: {texts}", hint="leave one of them out"
        )
    return tuple(dict.fromkeys(found))


def as_stated(assumed: Assumed) -> AtLeast | Divisible | Relation:
    """Return an assumption as a region takes it."""
    if isinstance(assumed, Residue):
        return assumed.division
    if isinstance(assumed, Same):
        return Relation(to_polynomial(assumed.left - assumed.right), EQUAL)
    return assumed


def _check_known(assumed: Assumed, symbols: Collection[str]) -> None:
    """Refuse an assumption that says nothing of any symbol, or something of one that is not there."""
    names, known = assumed.symbols, ", ".join(symbols)
    new = names - set(symbols)
    gives = isinstance(assumed, Same) and assumed.left.is_Symbol and assumed.left.name in symbols
    if not names & set(symbols) or (new and not gives):
        name = min(new, default=None)
        if name is None:
            message = f"{assumed} says nothing of the network's symbols"
            raise ArchitectureError("bad-assumption", message, hint=f"its symbols are: {known}" if known else None)
        message = f"the network has no open symbol {name!r} of which to assume anything"
        close = near(name, symbols)
        hint = f"did you mean {close}?" if close else f"its symbols are: {known}" if known else None
        raise ArchitectureError("unknown-symbol", message, hint=hint)


class Letters(Names):
    """Every name is a symbol."""

    def value(self, name: str, node: object) -> Value:
        return Symbol(name)

    def labelled(self, label: object, node: object) -> Value:
        raise ArchitectureError("bad-condition", "a label is no size")


def _assumed(condition: Condition, symbols: Collection[str]) -> Assumed:
    left, right = (_size(evaluated(each, Letters()), condition) for each in (condition.left, condition.right))
    match condition.sign:
        case "divides":
            return _divides(left, right)
        case "==":
            return _equal(left, right, condition)
        case ">=":
            return AtLeast(closed_expression(left), closed_expression(right))
        case ">":
            return _more(left, right)
        case "<=":
            return AtLeast(closed_expression(right), closed_expression(left))
        case "<":
            return _more(right, left)
        case _:
            message = f"{condition.given!r} is not an assumption that can be used"
            raise ArchitectureError(
                "bad-assumption", message, hint="assume a remainder, a bound, or that sizes are equal"
            )


def _more(left: Size, right: Size) -> AtLeast:
    """That one whole size is more than another: at least 1 more."""
    if isinstance(left, int):
        return AtLeast(closed_expression(left - 1), closed_expression(right))
    return AtLeast(closed_expression(left), closed_expression(right) + 1)


def _size(value: Value, condition: Condition) -> Size:
    if isinstance(value, Size):
        return value
    raise ArchitectureError("bad-condition", f"{condition.given}: a condition is about whole sizes")


def _equal(left: Size, right: Size, condition: Condition) -> Assumed:
    if isinstance(right, Remainder) and not isinstance(left, Remainder):
        left, right = right, left
    if not isinstance(left, Remainder):
        if isinstance(right, Symbol) and not isinstance(left, Symbol):
            left, right = right, left
        return Same(closed_expression(left), closed_expression(right))
    if isinstance(right, int) and isinstance(left.denominator, int) and not 0 <= right < left.denominator:
        message = (
            f"{condition.given!r} is never true: a remainder by {left.denominator} is less than {left.denominator}"
        )
        raise ArchitectureError("bad-assumption", message)
    above = left.numerator - right if isinstance(left.numerator, Term) or isinstance(right, Term) else 0
    return _divides(left.denominator, above)


def _divides(divisor: Size, dividend: Size) -> Assumed:
    """That one size divides another: a remainder, where a number divides a symbol and a number."""
    found = Divisible(closed_expression(divisor), closed_expression(dividend))
    return residue_of(found) or found


def assumed_of_values(assumed: Iterable[Assumed], values: Mapping[str, Size]) -> tuple[Assumed, ...]:
    """Return what is still to be assumed where symbols have values; refuse values that it makes impossible."""
    put = {closed_expression(Symbol(name)): closed_expression(value) for name, value in values.items()}
    left: dict[Assumed, None] = {}
    for each in assumed:
        one = _of_values(each, put) if each.symbols & values.keys() else each
        if one.symbols:
            left[one] = None
        elif not one.holds({}):
            given = ", ".join(f"{name} = {values[name]}" for name in sorted(each.symbols & values.keys()))
            raise ArchitectureError("bad-assumption", f"it is assumed that {each}, and {given}")
    return tuple(left)


def _of_values(assumed: Assumed, put: dict[Expr, Expr]) -> Assumed:
    match assumed.division if isinstance(assumed, Residue) else assumed:
        case Divisible(divisor, dividend):
            found = Divisible(substitute(divisor, put), substitute(dividend, put))
            return residue_of(found) or found
        case AtLeast(left, right):
            return AtLeast(substitute(left, put), substitute(right, put))
        case Same(left, right):
            return Same(substitute(left, put), substitute(right, put))


def left_to_state(domain: Domain, known: Sequence[Assumed], inputs: Sequence[str] = ()) -> Stated:
    """Return what is left of a domain where something is assumed; refuse this where it makes any of it false."""
    known_stated = [*map(as_stated, known)]
    left = dict.fromkeys(
        one for each in (*domain.conditions, *domain.assumptions) for one in _left(each, known, known_stated, inputs)
    )
    bounds = tuple(each for each in left if isinstance(each, AtLeast) and each not in domain.assumptions)
    return Stated(bounds, tuple(each for each in left if each not in bounds))


def _left(
    stated: Assumption, known: Sequence[Assumed], known_stated: Sequence[AtLeast | Divisible | Relation],
    inputs: Sequence[str],
) -> Iterable[Assumption]:  # fmt: skip
    if not {name for each in known for name in each.symbols} & stated.symbols:
        return (stated,)
    region = Region(
        dict.fromkeys(sorted({*stated.symbols, *(n for each in known for n in each.symbols)}), 1), known_stated
    )
    if stated.where:
        return _left_where(stated, known, known_stated, region, inputs)
    if isinstance(stated, Divisible):
        left = divisibility(*(placed(to_polynomial(side), region) for side in (stated.divisor, stated.dividend)))
        if left is not None and left.is_impossible:
            raise _contradicted(stated)
        return () if left is None else (stated,)
    parted = placed(to_polynomial(stated.left - stated.right), region)
    if parted.number is not None:
        holds = parted.number >= 0 if isinstance(stated, AtLeast) else parted.number == 0
        if not holds:
            raise _contradicted(stated)
        return ()
    if isinstance(stated, Same):
        return (stated,)
    return _bound(stated, region, inputs)


def _left_where(
    stated: Assumption, known: Sequence[Assumed], known_stated: Sequence[AtLeast | Divisible | Relation],
    region: Region, inputs: Sequence[str],
) -> Iterable[Assumption]:  # fmt: skip
    """What is left of something that must hold where other bounds do: these are sure, false, or open."""
    forms = {each: to_polynomial(each.left - each.right) for each in stated.where}
    if any(is_sure(Relation(-form - ONE, NOT_NEGATIVE), region) for form in forms.values()):
        return ()
    where = tuple(each for each, form in forms.items() if not is_sure(Relation(form, NOT_NEGATIVE), region))
    try:
        left = _left(replace(stated, where=()), known, known_stated, inputs)
    except ArchitectureError:
        if not where:
            raise
        return (replace(stated, where=where),)
    return [replace(each, where=where) for each in left]


def _bound(stated: AtLeast, region: Region, inputs: Sequence[str]) -> Iterable[Assumption]:
    """A bound, where it does not follow from what is known: in the symbols that equations leave."""
    form = to_polynomial(stated.left - stated.right)
    if is_sure(Relation(form, NOT_NEGATIVE), region):
        return ()
    if Region(dict.fromkeys(region.symbols, 0), [*region.stated, stated]).is_empty:
        raise _contradicted(stated)
    if not stated.symbols & region.determined.keys():
        return (stated,)
    return conditions([region.solved(form) + ONE], inputs)


def _contradicted(stated: Assumption) -> ArchitectureError:
    return ArchitectureError("bad-assumption", f"what is assumed contradicts what the network needs: {stated}")

"""What keeps the divisors of a text from being 0, wherever the text divides by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.algebra import ONE, Cases, Polynomial, to_term, unsigned, without_factors
from symcount.arithmetic import Bracket, Power, Product, Term, by_name
from symcount.counts.closed_sizes import ClosedSizes
from symcount.counts.passes import Stated, at_the_ends
from symcount.errors import ArchitectureError
from symcount.program import Divisor
from symcount.records import replace
from symcount.trace import Around, Required


def kept_from_zero(closed: ClosedSizes, cases: Cases, required: Iterable[Required]) -> Iterator[Stated]:
    """Yield what must be at least 1 so that no divisor of a text is 0, and where; what is so anyhow is left out."""
    every = ((each.constraint, each.around) for each in required if isinstance(each.constraint, Divisor))
    for divisor, around in dict.fromkeys(every):
        for each in (divisor,) if divisor.is_rounded else _factors(divisor):
            yield from _kept_from_zero(closed, cases, each, around)


def _factors(divisor: Divisor) -> Iterator[Divisor]:
    """The factors of what is divided by exactly: it is 0 where one of them is."""
    match divisor.size:
        case Power(Term() as base, int(exponent)):
            yield from _factors(replace(divisor, size=base)) if exponent else ()
        case Product(factors):
            for each in factors:
                if isinstance(each, Term):
                    yield from _factors(replace(divisor, size=each))
        case _:
            yield divisor


def _kept_from_zero(closed: ClosedSizes, cases: Cases, divisor: Divisor, around: Around) -> list[Stated]:
    form = _whole(closed.conversion.expand(divisor.size))
    if not (divisor.where or around):
        _refuse_never(form, cases, divisor)
    form = without_factors(form) if form and cases.is_one(form) else form
    if not (divisor.is_rounded or cases.never_negative(form)):
        form = form * form
    if cases.never_negative(form - ONE):
        return []
    return at_the_ends(closed, around, form, tuple(_facts(closed, divisor.where)))


def _refuse_never(form: Polynomial, cases: Cases, divisor: Divisor) -> None:
    """Refuse a divisor that is 0 for every input, or in a floor less than 1 for every input."""
    if not form:
        raise ArchitectureError("division-by-zero", f"{by_name(divisor.size)} is 0, and something is divided by it")
    if divisor.is_rounded and cases.never_positive(form):
        message = f"a floor divides by more than 0, and {by_name(to_term(form))} is not"
        raise ArchitectureError("too-small", message)


def _facts(closed: ClosedSizes, where: Iterable[Bracket]) -> Iterator[Polynomial]:
    """What is not negative just where comparisons hold."""
    for each in where:
        more = _whole(closed.conversion.expand(each.left) - closed.conversion.expand(each.right))
        match each.sign:
            case ">=":
                yield more
            case ">":
                yield more - ONE
            case "<=":
                yield -more
            case "<":
                yield -more - ONE
            case "==":
                yield from (more, -more)
            case _:
                yield more * more - ONE


def _whole(form: Polynomial) -> Polynomial:
    """A form without fractions that has the same sign: it is multiplied by its denominator, made positive."""
    return (form * unsigned(form.denominator)).expand()

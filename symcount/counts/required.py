"""What sizes and the constraints of layers need of the symbols; what no input makes true is refused at its layer."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.algebra import (
    ONE,
    Cases,
    Facts,
    Polynomial,
    Same,
    by_truth,
    divisibility,
    equal_by_truth,
    to_expression,
    to_term,
)
from symcount.arithmetic import Size, by_name
from symcount.counts.assumptions import Assumption
from symcount.counts.closed_sizes import ClosedSizes
from symcount.counts.passes import Stated, at_the_ends, in_every_pass, only_there
from symcount.errors import ArchitectureError
from symcount.layers import Assumable, AtLeastOne, Divisible, Equal, LayerError
from symcount.program import Divisor
from symcount.trace import Around, Part, Required, Step


def positive(closed: ClosedSizes, cases: Cases, part: Part, around: Around, size: Size) -> list[Stated]:
    """Return a size that must be at least 1, at the ends of the repeats around it, or refuse what no input makes so."""
    forms = at_the_ends(closed, around, closed.conversion.expand(size), zeros=cases.zeros)
    for form, facts in forms:
        if cases.never_positive(form) and _is_of_any_pass(facts):
            shown = f"{by_name(to_term(form))} is less than 1, whatever the input"
            if not isinstance(part, Step):
                raise ArchitectureError("too-small", f"a size that leaves here, {shown}", span=part.item.span)
            raise ArchitectureError("too-small", f"{part.name}: {shown}", span=part.call.span, source=part.call.source)
    return forms


def required_positive(closed: ClosedSizes, cases: Cases, required: Required, size: Size) -> list[Stated]:
    """Return what a constraint or a repeat needs to be at least 1, at the ends of the repeats around it."""
    forms = at_the_ends(closed, required.around, closed.conversion.expand(size), zeros=cases.zeros)
    for form, facts in forms:
        if cases.never_positive(form) and _is_of_any_pass(facts):
            left = by_name(to_term(form - ONE))
            if required.call is None:
                raise ArchitectureError("bad-count", f"a count is at least 0, and {left} is not")
            message = f"{required.call.name}: {left} is less than 0, whatever the input"
            raise ArchitectureError("too-small", message, span=required.call.span, source=required.call.source)
    return forms


def _is_of_any_pass(facts: Facts) -> bool:
    """Whether facts say no more than that there are passes at all, of counts that are symbols."""
    return all((fact + ONE).only_generator is not None for fact in facts)


def assumed_by(closed: ClosedSizes, required: Required) -> Iterator[Assumption]:
    """Return what a constraint assumes of the symbols, in every iteration that meets it; nothing if it always holds."""
    try:
        assumption = _assumption(closed, required.constraint)
    except LayerError as error:
        if required.call is None:
            raise ArchitectureError(error.code, error.message) from None
        raise required.call.placed(error).within(required.call.source) from None
    if assumption is None:
        return iter(())
    if isinstance(assumption, Same):
        met = only_there(closed, required.around, assumption)
        return (one for each in met for one in equal_by_truth(each))
    in_all = in_every_pass(closed, required.around, (assumption,))
    return (one for each in in_all for one in by_truth(each))


def _assumption(closed: ClosedSizes, constraint: Assumable | Divisor) -> Assumption | None:
    """What a constraint says of the symbols alone; None where it holds anyhow, or is a bound on a size."""
    match constraint:
        case Divisible(divisor, dividend):
            assumption = divisibility(closed.conversion.expand(divisor), closed.conversion.expand(dividend))
            if assumption is not None and assumption.is_impossible:
                sizes = map(by_name, (divisor, dividend))
                message = "{}: {} would have to divide {}".format(constraint.dividend_name, *sizes)
                raise LayerError("not-divisible", message, argument=constraint.divisor_name)
            return assumption
        case Equal(left, right):
            sides = closed.conversion.expand(left), closed.conversion.expand(right)
            number = (sides[0] - sides[1]).number
            if number is not None and number != 0:
                message = f"{constraint.left_name} are {number} more than {constraint.right_name}"
                raise LayerError("not-equal", message)
            up = Polynomial.total(sides).denominator
            return None if number == 0 else Same(*(to_expression(side * up) for side in sides))
        case AtLeastOne() | Divisor():
            return None

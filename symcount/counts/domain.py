"""For which symbols a network exists: the sizes that must be at least 1, the divisions that must be exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from symcount.algebra import (
    AtLeast,
    ClosedForm,
    Divisible,
    IndexRange,
    Polynomial,
    conditions,
    divisibility,
    for_all,
    has_floor,
    is_never_negative,
    to_expression,
    to_term,
)
from symcount.arithmetic import Named, Product, Size, Symbol, Term, by_name
from symcount.counts.assumptions import Assumption, Same, briefly, implied
from symcount.counts.closed_sizes import ClosedSizes
from symcount.errors import ArchitectureError
from symcount.layers import Argument, Assumable, AtLeastOne, Equal, LayerError
from symcount.layers import Divisible as Division
from symcount.trace import Iterations, Part, Required, Step


class Domain:
    """For which symbols the layers of a network exist, and some sizes of it can be counted."""

    def __init__(self, closed: ClosedSizes, sizes: Iterable[Size]) -> None:
        self.closed = closed
        self.sizes = tuple(sizes)

    @cached_property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way is at least 1."""
        closed, trace = self.closed, self.closed.trace
        # the channels that leave a block are those of a layer in it
        sizes = ((each, size) for each in trace.every for size in _calculated(each))
        inputs = [size.name for size in reversed(trace.input.sizes) if isinstance(size, Symbol)]
        forms = (_positive(closed, each, size) for each, size in sizes)
        # a size inside the passes of a repeat depends on its index; what leaves the last pass stands for it
        solved = conditions((form for form in forms if _is_open(closed, form)), inputs)
        required = ((each, each.constraint.size) for each in trace.required if isinstance(each.constraint, AtLeastOne))
        ends = (form for each, size in required for form in _at_the_ends(closed, each, size))
        stated = (_at_least_one(form) for form in ends if form.number is None and _is_open(closed, form))
        return tuple(dict.fromkeys((*solved, *stated)))

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What must hold of the symbols for every shape to fit, and every division to be exact."""
        closed, trace = self.closed, self.closed.trace
        written = (size for each in trace.every for size in _written(each))
        _, divisions = closed.conversion.total([*trace.sizes, *self.sizes, *written])
        required = [each for found in trace.required for each in _assumed(closed, found)]
        stated = dict.fromkeys((*briefly(required), *divisions))
        named = [each for each in stated if each.symbols <= trace.symbols.keys()]
        return tuple(each for each in named if not any(implied(each, other) for other in named))


def _positive(closed: ClosedSizes, part: Part, size: Size) -> Polynomial:
    """A size that must be at least 1, refused where no input makes it so."""
    form = closed.conversion.expand(size)
    if isinstance(part, Step) and not has_floor(form) and is_never_negative(-form):
        message = f"{part.name}: {by_name(to_term(form))} is less than 1, whatever the input"
        raise ArchitectureError("too-small", message, span=part.call.span, source=part.call.source)
    return form


def _at_the_ends(closed: ClosedSizes, required: Required, size: Size) -> list[Polynomial]:
    """A size that goes up or down evenly from pass to pass, at the first pass and at the last."""
    forms = [closed.conversion.expand(size)]
    for over in required.over:
        index = _range(closed, over)
        forms = [end for each in forms for end in index.ends(each)]
    return forms


def _is_open(closed: ClosedSizes, form: Polynomial) -> bool:
    """Whether a form has symbols of the network alone, and no index of a repeat."""
    return all(name in closed.trace.symbols for name in ClosedForm(form).symbols)


def _calculated(part: Part) -> Iterator[Size]:
    """The sizes that are calculations, so that each must be at least 1: of outputs, and of a layer's arguments."""
    if not isinstance(part, Step):
        yield from (size for size in part.output.axes if isinstance(size, Named))
        return
    for size in part.output.sizes:
        yield from _factors(size) if isinstance(size, Named) else ()
    for argument, size in _arguments(part):
        yield size + (1 - argument.least)


def _written(part: Part) -> Iterator[Size]:
    """The calculations that stand in a text besides the shapes: of arguments, and how often a part happens."""
    if isinstance(part, Step):
        yield from (size for _, size in _arguments(part))
    else:
        yield part.times


def _arguments(step: Step) -> Iterator[tuple[Argument, Term]]:
    """The arguments of a layer that are calculations."""
    for name, argument in step.layer.arguments.items():
        value = getattr(step.layer, name)
        for size in value if isinstance(value, tuple) else (value,):
            if argument.counted and isinstance(size, Term) and not isinstance(size, Symbol):
                yield argument, size


def _factors(size: Size) -> Iterator[Size]:
    """The sizes of which a size is the product: two that are both negative would make a positive one."""
    match size:
        case Named(value=Product(factors)) if all(not isinstance(each, int) or each > 0 for each in factors):
            for factor in factors:
                yield from _factors(factor)
        case _:
            yield size


def _at_least_one(count: Polynomial) -> AtLeast:
    """That a repeat has a pass, its constant on the right: a count may be 0, other than a size."""
    constant = count.constant_term
    return AtLeast(
        to_expression(count - Polynomial.constant(constant)), to_expression(Polynomial.constant(1 - constant))
    )


def _assumed(closed: ClosedSizes, required: Required) -> Iterator[Assumption]:
    """What a constraint leaves to be assumed, in every pass that it is met in; nothing where it is evident."""
    try:
        assumption = _left_of(closed, required.constraint)
    except LayerError as error:
        if required.call is None:
            raise ArchitectureError(error.code, error.message) from None
        raise required.call.placed(error).within(required.call.source) from None
    if assumption is None or isinstance(assumption, Same):
        return iter(()) if assumption is None else iter((assumption,))
    assumed: Iterator[Divisible | AtLeast] = iter((assumption,))
    for over in required.over:
        assumed = for_all(_range(closed, over), assumed)
    return assumed


def _range(closed: ClosedSizes, over: Iterations) -> IndexRange:
    return IndexRange.over(over.index.name, closed.conversion.expand(over.first), closed.conversion.expand(over.last))


def _left_of(closed: ClosedSizes, constraint: Assumable) -> Divisible | Same | None:
    match constraint:
        case Division(divisor, dividend):
            assumption = divisibility(closed.conversion.expand(divisor), closed.conversion.expand(dividend))
            if assumption is not None and assumption.is_impossible:
                shown = assumption.text(template="{} would have to divide {}")
                message = f"{constraint.dividend_name}: {shown}"
                raise LayerError("not-divisible", message, argument=constraint.divisor_name)
            return assumption
        case Equal(left, right):
            sides = closed.conversion.expand(left), closed.conversion.expand(right)
            number = (sides[0] - sides[1]).number
            if number is not None and number != 0:
                message = f"{constraint.left_name} are {number} more than {constraint.right_name}"
                raise LayerError("not-equal", message)
            return None if number == 0 else Same(*map(to_expression, sides))
        case AtLeastOne():
            return None

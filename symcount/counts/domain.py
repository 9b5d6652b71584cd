"""For which symbols a network exists: the sizes that must be at least 1, the divisions that must be exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from symcount.algebra import (
    ONE,
    AtLeast,
    Cases,
    ClosedForm,
    Divisible,
    Polynomial,
    by_truth,
    conditions,
    contradiction,
    divisibility,
    independent,
    strongest_of,
    to_expression,
    to_term,
)
from symcount.arithmetic import Named, Power, Product, Size, Symbol, Term, all_parts, by_name, divisors
from symcount.counts.assumptions import Assumption, Same, briefly
from symcount.counts.closed_sizes import ClosedSizes
from symcount.counts.passes import Around, Over, at_the_ends, facts, in_every_pass, placed
from symcount.errors import ArchitectureError
from symcount.layers import Argument, Assumable, AtLeastOne, Equal, LayerError
from symcount.layers import Divisible as Division
from symcount.records import replace
from symcount.trace import Optional, Part, Required, Step, Trace


class Domain:
    """For which symbols the layers of a network exist, and some sizes of it can be counted."""

    def __init__(self, closed: ClosedSizes, sizes: Iterable[Size]) -> None:
        self.closed = closed
        self.sizes = tuple(sizes)

    @cached_property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way is at least 1."""
        closed, trace = self.closed, self.closed.trace
        inputs = [size.name for size in reversed(trace.input.sizes) if isinstance(size, Symbol)]
        required = [(each, each.constraint.size) for each in trace.required if isinstance(each.constraint, AtLeastOne)]
        once = dict.fromkeys(size for _, size in required if isinstance(size, Symbol) and size.name in trace.symbols)
        zeros = [each.name for each in self._zeros.difference(once)]
        cases = Cases(zeros)
        # the channels that leave a block are those of a layer in it
        sizes = ((each, around, size) for each, around in placed(closed) for size in _calculated(closed, each))
        forms = [
            (end, given)
            for each, around, size in sizes
            for end in _positive(closed, cases, each, around.over, size)
            for given in facts(closed, around.there)
        ]
        forms += (
            (form, given)
            for each, size in required
            for form in _required(closed, cases, each, size)
            for given in facts(closed, each.there)
        )
        stated = [each for each in self.stated if not isinstance(each, Same)]
        open_forms = (each for each in forms if _is_open(closed, each[0]))
        solved = conditions(open_forms, inputs, zeros, stated)
        return (*solved, *(AtLeast(closed.symbols[each.name], to_expression(ONE)) for each in once))

    @cached_property
    def _zeros(self) -> frozenset[Symbol]:
        return may_be_zero(self.closed.trace)

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What must hold of the symbols for every shape to fit, and every division to be exact."""
        stated = [each for each in self.stated if not isinstance(each, Same) and not each.where]
        divisions = [each for each in stated if isinstance(each, Divisible)]
        impossible = contradiction(divisions)
        if impossible is not None:
            message = f"{impossible.text(template='{} would have to divide {}')}, and no input makes it so"
            raise ArchitectureError("not-divisible", message)
        known = [each for each in self.conditions if not each.where]
        bounds = [each for each in stated if isinstance(each, AtLeast)]
        self._refuse_impossible(bounds)
        sizes = strongest_of(bounds, known)
        kept = {*sizes, *(independent(divisions, (*sizes, *known)) if divisions else ())}
        return tuple(
            each
            for each in self.stated
            if isinstance(each, Same) or each in kept or (each.where and replace(each, where=()) not in kept)
        )

    def _refuse_impossible(self, bounds: Iterable[AtLeast]) -> None:
        """Raise the error of a bound that no symbols meet."""
        cases = Cases([each.name for each in self._zeros])
        for each in bounds:
            left, right = each.sides()
            if cases.never_positive(left - right + ONE):
                raise ArchitectureError("too-small", f"{each.text()} would have to hold, and no input makes it so")

    @cached_property
    def stated(self) -> tuple[Assumption, ...]:
        """Every assumption, also those that follow from others."""
        closed, trace = self.closed, self.closed.trace
        required = [each for found in trace.required for each in _assumed(closed, found)]
        named = [each for each in (*briefly(required), *self._divisions) if each.symbols <= trace.symbols.keys()]
        # what is counted repeats what its layers need, though they may not be there
        elsewhere = {replace(each, where=()) for each in named if not isinstance(each, Same) and each.where}
        named += (each for each in self._of_total if each.symbols <= trace.symbols.keys() and each not in elsewhere)
        return tuple(dict.fromkeys(named))

    @cached_property
    def _of_total(self) -> tuple[Divisible | AtLeast, ...]:
        """What these sizes take for granted: they are calculated with sizes that are whole themselves."""
        assumed = self.closed.assumed_of_whole(self.sizes)
        return tuple(one for each in assumed for one in by_truth(each))

    @cached_property
    def _divisions(self) -> tuple[Divisible | AtLeast, ...]:
        """What the shapes and what is written in the text take for granted, in every pass."""
        closed = self.closed
        return tuple(
            one
            for around, assumed in self._in_places()
            for each in in_every_pass(closed, around.over, assumed)
            for given in facts(closed, around.there)
            for one in by_truth(each, given)
        )

    def _in_places(self) -> Iterator[tuple[Around, tuple[Divisible | AtLeast, ...]]]:
        """What sizes take for granted, with what is around them."""
        closed = self.closed
        sizes: dict[Around, list[Size]] = {Around(): []}
        for each, around in placed(closed):
            sizes.setdefault(around, []).extend((*each.output.sizes, *_written(each)))
        yield from ((around, closed.conversion.total(several)[1]) for around, several in sizes.items())
        for found in closed.trace.required:
            if isinstance(found.constraint, AtLeastOne):
                assumed = closed.conversion.total((found.constraint.size,))[1]
                yield Around(found.over, found.there), tuple(each for each in assumed if isinstance(each, AtLeast))


def taken_for_granted(closed: ClosedSizes) -> tuple[Assumption, ...]:
    """Return what a network assumes of its symbols wherever it exists, whatever is counted of it."""
    return tuple(each for each in Domain(closed, ()).stated if isinstance(each, Same) or not each.where)


def may_be_zero(trace: Trace) -> frozenset[Symbol]:
    """Return the symbols that may be 0: paddings and their like, and counts, where they are no size and no divisor."""
    parts = [*trace.every]
    steps = [each for each in parts if isinstance(each, Step)]
    given = [(argument.least, size) for each in steps for argument, size in _arguments(each)]
    times = [each.times for each in parts if not isinstance(each, Step)]
    counts = [size for each in times for size in all_parts(each)]
    divided_by = [size for each in times for size in divisors(each)]
    may = {size for size in (*counts, *(size for least, size in given if not least)) if isinstance(size, Symbol)}
    outputs = (size for each in parts for size in each.output.sizes)
    return frozenset(may.difference(outputs, divided_by, (size for least, size in given if least)))


def least_values(trace: Trace) -> dict[str, int]:
    """Return the smallest value of each open symbol: 0 of one that may be 0, else 1."""
    zeros = {each.name for each in may_be_zero(trace)}
    return {name: 0 if name in zeros else 1 for name in trace.symbols}


def _positive(closed: ClosedSizes, cases: Cases, part: Part, over: Over, size: Size) -> list[Polynomial]:
    """A size that must be at least 1, at the ends of the repeats around it; refused where no input makes it so."""
    forms = at_the_ends(closed, over, closed.conversion.expand(size))
    for form in forms:
        if cases.never_positive(form):
            shown = f"{by_name(to_term(form))} is less than 1, whatever the input"
            if not isinstance(part, Step):
                raise ArchitectureError("too-small", f"a size that leaves here, {shown}", span=part.item.span)
            raise ArchitectureError("too-small", f"{part.name}: {shown}", span=part.call.span, source=part.call.source)
    return forms


def _required(closed: ClosedSizes, cases: Cases, required: Required, size: Size) -> list[Polynomial]:
    """What a constraint or a repeat needs to be at least 1, at the ends of the repeats around it."""
    forms = at_the_ends(closed, required.over, closed.conversion.expand(size))
    for form in forms:
        if cases.never_positive(form):
            left = by_name(to_term(form - ONE))
            if required.call is None:
                raise ArchitectureError("bad-count", f"a count is at least 0, and {left} is not")
            message = f"{required.call.name}: {left} is less than 0, whatever the input"
            raise ArchitectureError("too-small", message, span=required.call.span, source=required.call.source)
    return forms


def _is_open(closed: ClosedSizes, form: Polynomial) -> bool:
    """Whether a form has symbols of the network alone, and no index of a repeat."""
    return all(name in closed.trace.symbols for name in ClosedForm(form).symbols)


def _calculated(closed: ClosedSizes, part: Part) -> Iterator[Size]:
    """The sizes that are calculations, so that each must be at least 1: of outputs, and of a layer's arguments."""
    if not isinstance(part, Step):
        yield from (size for size in part.output.axes if isinstance(size, Named))
        if isinstance(part, Optional):
            yield 2 - part.there
        return
    for size in part.output.sizes:
        yield from _factors(closed, size) if isinstance(size, Named) else ()
    for argument, size in _arguments(part):
        if not isinstance(size, Symbol):
            yield size + (1 - argument.least)
        if argument.most is not None:
            yield argument.most + 1 - size


def _written(part: Part) -> Iterator[Size]:
    """The calculated sizes that are no axes or channels: arguments, and how often a part happens."""
    if isinstance(part, Step):
        yield from (size for _, size in _arguments(part))
    else:
        yield part.times


def _arguments(step: Step) -> Iterator[tuple[Argument, Term]]:
    """The arguments of a layer that are open, with their sizes."""
    for name, argument in step.layer.arguments.items():
        value = getattr(step.layer, name)
        for size in value if isinstance(value, tuple) else (value,):
            if argument.counted and isinstance(size, Term):
                yield argument, size


def _factors(closed: ClosedSizes, size: Size) -> Iterator[Size]:
    """The whole sizes of which a size is the product: two that are both negative would make a positive one."""
    match size:
        case Named(value=Product(factors)) if all(
            each > 0 if isinstance(each, int) else closed.conversion.is_whole(each) for each in factors
        ) and not any(isinstance(part, Power) for each in factors for part in all_parts(each)):
            several = [each for factor in factors for each in _factors(closed, factor)]
            # of two that nothing else keeps from being negative the product may be positive all the same
            is_known = [each in closed.conversion.sizes or isinstance(each, int | Symbol) for each in several]
            yield from several if is_known.count(False) < 2 else (size,)
        case _:
            yield size


def _assumed(closed: ClosedSizes, required: Required) -> Iterator[Assumption]:
    """The assumptions that a constraint needs, for every iteration that it is met in; none where it is evident."""
    try:
        assumption = _left_of(closed, required.constraint)
    except LayerError as error:
        if required.call is None:
            raise ArchitectureError(error.code, error.message) from None
        raise required.call.placed(error).within(required.call.source) from None
    if assumption is None or isinstance(assumption, Same):
        return iter(()) if assumption is None else iter((assumption,))
    in_all = in_every_pass(closed, required.over, (assumption,))
    places = facts(closed, required.there)
    return (one for each in in_all for given in places for one in by_truth(each, given))


def _left_of(closed: ClosedSizes, constraint: Assumable) -> Assumption | None:
    match constraint:
        case Division(divisor, dividend):
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
        case AtLeastOne():
            return None

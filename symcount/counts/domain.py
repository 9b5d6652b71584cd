"""For which symbols a network exists: the sizes that must be at least 1, the divisions that must be exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial

from symcount.algebra import (
    ONE,
    AtLeast,
    Cases,
    ClosedForm,
    Divisible,
    Expr,
    Polynomial,
    Same,
    by_truth,
    conditions,
    contradiction,
    facts_of,
    in_either,
    only_where_possible,
    said_once,
    to_expression,
)
from symcount.arithmetic import Named, Power, Product, Size, Symbol, all_parts
from symcount.counts.assumptions import Assumption, briefly
from symcount.counts.closed_sizes import ClosedSizes
from symcount.counts.divisors import kept_from_zero
from symcount.counts.least import may_be_zero, open_arguments
from symcount.counts.passes import in_every_pass, placed
from symcount.counts.required import assumed_by, positive, required_positive
from symcount.errors import ArchitectureError
from symcount.layers import AtLeastOne
from symcount.records import replace
from symcount.trace import Around, Optional, Part, Step


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
        forms = [end for each, around, size in sizes for end in positive(closed, cases, each, around, size)]
        forms += (end for each, size in required for end in required_positive(closed, cases, each, size))
        forms += kept_from_zero(closed, cases, trace.required)
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
        stated = [each for each in self.stated if not isinstance(each, Same)]
        impossible = contradiction([each for each in stated if isinstance(each, Divisible) and not each.where])
        if impossible is not None:
            message = f"{impossible.text(template='{} would have to divide {}')}, and no input makes it so"
            raise ArchitectureError("not-divisible", message)
        self._refuse_impossible(each for each in stated if isinstance(each, AtLeast) and not each.where)
        kept = {*said_once(stated, self.conditions)}
        # a bound keeps what others divide by from being 0
        in_turn = sorted(self.stated, key=lambda each: not isinstance(each, AtLeast))
        return tuple(in_either(each for each in in_turn if isinstance(each, Same) or each in kept))

    def _refuse_impossible(self, bounds: Iterable[AtLeast]) -> None:
        """Raise the error of a bound that no symbols meet."""
        for each in bounds:
            left, right = each.sides()
            if self.closed.cases.never_positive(left - right + ONE):
                raise ArchitectureError("too-small", f"{each.text()} would have to hold, and no input makes it so")

    @cached_property
    def stated(self) -> tuple[Assumption, ...]:
        """Every assumption, also those that follow from others."""
        closed, trace = self.closed, self.closed.trace
        required = [each for found in trace.required for each in assumed_by(closed, found)]
        named = [each for each in (*briefly(required), *self._divisions) if each.symbols <= trace.symbols.keys()]
        # what is counted repeats what its layers need, though they may not be there
        elsewhere = {replace(each, where=()) for each in named}
        named += (
            each
            for each in self._of_total
            if each.symbols <= trace.symbols.keys() and replace(each, where=()) not in elsewhere
        )
        open_ones = (each for each in named if not self._is_evident(each))
        return tuple(dict.fromkeys(only_where_possible(map(self._needed, open_ones))))

    def _is_evident(self, stated: Assumption) -> bool:
        """Whether a bound holds whatever the symbols are."""
        if not isinstance(stated, AtLeast):
            return False
        left, right = stated.sides()
        return self.closed.cases.never_negative(left - right)

    def _needed(self, stated: Assumption) -> Assumption:
        """An assumption without the facts that are idle, as that there is a pass where it is evident without one."""
        if isinstance(stated, Same) or not stated.where:
            return stated
        left, right = stated.sides()
        cases = self.closed.cases
        kept = {
            *cases.needed(
                facts_of(stated),
                self._least,
                partial(cases.never_negative_at, [left - right], ())
                if isinstance(stated, AtLeast)
                else partial(cases.divides_at, left, right),
            )
        }
        where = (each for each, fact in zip(stated.where, facts_of(stated), strict=True) if fact in kept)
        return replace(stated, where=tuple(where))

    @cached_property
    def _least(self) -> dict[Expr, int]:
        """The least values of symbols that must not be 0, or not be small."""
        sizes = (
            each.constraint.size
            for each in self.closed.trace.required
            if not each.around and isinstance(each.constraint, AtLeastOne)
        )
        return Cases(()).least_where(self.closed.conversion.expand(size) - ONE for size in sizes)

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
            for each in in_every_pass(closed, around, assumed)
            for one in by_truth(each)
        )

    def _in_places(self) -> Iterator[tuple[Around, tuple[Divisible | AtLeast, ...]]]:
        """What sizes take for granted, with what is around them."""
        closed = self.closed
        sizes: dict[Around, list[Size]] = {(): []}
        for each, around in placed(closed):
            sizes.setdefault(around, []).extend((*each.output.sizes, *_written(each)))
        yield from ((around, closed.conversion.total(several)[1]) for around, several in sizes.items())
        for found in closed.trace.required:
            if isinstance(found.constraint, AtLeastOne):
                assumed = closed.conversion.total((found.constraint.size,))[1]
                yield found.around, tuple(each for each in assumed if isinstance(each, AtLeast))


def taken_for_granted(closed: ClosedSizes) -> tuple[Assumption, ...]:
    """Return what a network assumes of its symbols wherever it exists, whatever is counted of it."""
    return tuple(each for each in Domain(closed, ()).stated if not each.where)


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
    for argument, size in open_arguments(part):
        if not isinstance(size, Symbol):
            yield size + (1 - argument.least)
        if argument.most is not None:
            yield argument.most + 1 - size


def _written(part: Part) -> Iterator[Size]:
    """The calculated sizes that are no axes or channels: arguments, and how often a part happens."""
    if isinstance(part, Step):
        yield from (size for _, size in open_arguments(part))
    else:
        yield part.times


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

"""What is so of one pass of a repeat as what is so of all: sizes at the ends of the index, divisions at each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.algebra import AtLeast, Divisible, IndexRange, Polynomial, for_all, lowest, settled, together, where_one
from symcount.arithmetic import Size, Symbol
from symcount.counts.closed_sizes import ClosedSizes
from symcount.errors import ArchitectureError
from symcount.records import record
from symcount.trace import Iterations, Optional, Part, Repeat

Over = tuple[Iterations, ...]
"""The repeats around a part whose indices its sizes may name, innermost first."""

MOST_AT_ENDS = 2_000
"""The most terms of one size at the ends of the repeats around it, of which there are two for each that it is in."""


@record
class Around:
    """What is around a part: the repeats whose indices its sizes may name, and whether the layers are there at all."""

    over: Over = ()
    there: tuple[Size, ...] = ()

    def inside(self, closed: ClosedSizes, part: Part) -> Around:
        """Return what is around the parts of a part."""
        over = part.over if isinstance(part, Repeat) else None
        is_choice = isinstance(part, Optional) or (isinstance(part, Repeat) and _is_there_or_not(closed, part.times))
        return Around(
            self.over if over is None else (over, *self.over), (*self.there, part.times) if is_choice else self.there
        )


def placed(closed: ClosedSizes) -> Iterator[tuple[Part, Around]]:
    """Yield every part of a network at any depth with what is around it, outer before inner."""
    pending = [(part, Around()) for part in closed.trace.parts][::-1]
    while pending:
        part, around = pending.pop()
        yield part, around
        within = around.inside(closed, part) if part.parts else around
        pending += [(each, within) for each in reversed([*part.parts])]


def _is_there_or_not(closed: ClosedSizes, times: Size) -> bool:
    """Whether a number of times is 0 or 1, as a comparison is."""
    if isinstance(times, int | Symbol):
        return False
    form = closed.conversion.expand(times)
    return settled(form * form) == form


def facts(closed: ClosedSizes, there: Iterable[Size]) -> tuple[tuple[Polynomial, ...], ...]:
    """Return what is not negative just where layers are there: once, or for each case in which they are."""
    cases: list[tuple[Polynomial, ...]] = [()]
    for each in there:
        more = where_one(closed.conversion.expand(each))
        cases = [both for case in cases for one in more if (both := together(case, one)) is not None]
    return tuple(cases)


def at_the_ends(closed: ClosedSizes, over: Over, form: Polynomial) -> list[Polynomial]:
    """Return a size in the first and the last pass of the repeats around it, between which all others lie."""
    forms = [form]
    for index in (_range(closed, each) for each in over):
        forms = [end for each in forms for end in lowest(index, each)]
        if sum(map(len, forms)) > MOST_AT_ENDS:
            message = (
                f"a size in {len(over)} repeats within one another has more than {MOST_AT_ENDS:,} terms at their ends"
            )
            raise ArchitectureError("too-large", message, hint="give some of the counts a value")
    return forms


def in_every_pass(
    closed: ClosedSizes, over: Over, assumed: Iterable[Divisible | AtLeast]
) -> Iterator[Divisible | AtLeast]:
    """Yield what must hold of the symbols for assumptions to hold in every pass of the repeats around."""
    for each in over:
        assumed = for_all(_range(closed, each), assumed)
    return iter(assumed)


def _range(closed: ClosedSizes, over: Iterations) -> IndexRange:
    return IndexRange.over(over.index.name, closed.conversion.expand(over.first), closed.conversion.expand(over.last))

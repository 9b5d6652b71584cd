"""What is so of one pass of a repeat as what is so of all: sizes at the ends of the index, divisions at each value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from symcount.algebra import (
    ONE,
    AtLeast,
    Divisible,
    Expr,
    Facts,
    IndexRange,
    Polynomial,
    Same,
    for_all,
    lowest,
    only_where,
    restricted,
    together,
    where_positive,
)
from symcount.counts.closed_sizes import ClosedSizes
from symcount.errors import ArchitectureError
from symcount.trace import Around, Iterations, Optional, Part, Repeat

Stated = tuple[Polynomial, Facts]
"""A size that must be at least 1, and what is not negative where it must be."""

MOST_AT_ENDS = 2_000
"""The most terms of one size at the ends of the repeats around it, of which there are two for each that it is in."""


def placed(closed: ClosedSizes) -> Iterator[tuple[Part, Around]]:
    """Yield every part of a network at any depth with what is around it, outer before inner."""
    pending: list[tuple[Part, Around]] = []
    pending += ((part, ()) for part in reversed(closed.trace.parts))
    while pending:
        part, around = pending.pop()
        yield part, around
        within = (*_times(part), *around) if part.parts else around
        pending += [(each, within) for each in reversed([*part.parts])]


def _times(part: Part) -> Around:
    """How often the parts of a part happen, where that is open."""
    if not isinstance(part, Repeat | Optional) or isinstance(part.times, int):
        return ()
    over = part.over if isinstance(part, Repeat) else None
    return (part.times,) if over is None else (over,)


def at_the_ends(
    closed: ClosedSizes, around: Around, form: Polynomial, facts: Facts = (), zeros: Collection[Expr] = ()
) -> list[Stated]:
    """Return a size in the first and the last pass of the repeats around it, and what is so where there is such a pass.

    All others lie between these. ``facts`` are what is so in each pass that it is asked in, ``zeros`` are symbols that
    may be 0.
    """
    found: list[Stated] = [(form, facts)]
    for each in around:
        if isinstance(each, Iterations):
            found = [
                (end, there)
                for one, facts in found
                for indices, there in restricted(_range(closed, each), facts)
                for end in lowest(indices, one, zeros)
            ]
        else:
            cases = where_positive(closed.conversion.expand(each))
            joined = ((one, together(facts, case)) for one, facts in found for case in cases)
            found = [(one, both) for one, both in joined if both is not None]
        if sum(len(one) for one, _ in found) > MOST_AT_ENDS:
            message = (
                f"a size in {len(around)} repeats within one another has more than {MOST_AT_ENDS:,} terms at their ends"
            )
            raise ArchitectureError("too-large", message, hint="give some of the counts a value")
    return found


def in_every_pass(
    closed: ClosedSizes, around: Around, assumed: Iterable[Divisible | AtLeast]
) -> Iterator[Divisible | AtLeast]:
    """Yield what must hold of the symbols for assumptions to hold in every pass of the repeats around."""
    for each in around:
        if isinstance(each, Iterations):
            assumed = for_all(_range(closed, each), assumed)
        else:
            cases = where_positive(closed.conversion.expand(each))
            placed = (only_where(one, case) for one in assumed for case in cases)
            assumed = [one for one in placed if one is not None]
    return iter(assumed)


def only_there(closed: ClosedSizes, around: Around, met: Same) -> Iterator[Same]:
    """Yield that sizes are equal, of which none names an index, where there is a pass of the repeats around."""
    for _, facts in at_the_ends(closed, around, ONE):
        found = only_where(met, facts)
        if found is not None:
            yield found


def _range(closed: ClosedSizes, over: Iterations) -> IndexRange:
    return IndexRange.over(over.index.name, closed.conversion.expand(over.first), closed.conversion.expand(over.last))

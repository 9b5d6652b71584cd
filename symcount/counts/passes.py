"""What is so of one pass of a repeat as what is so of all: sizes at the ends of the index, divisions at each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.algebra import AtLeast, Divisible, IndexRange, Polynomial, for_all, lowest
from symcount.counts.closed_sizes import ClosedSizes
from symcount.errors import ArchitectureError
from symcount.trace import Iterations, Part, Repeat

Over = tuple[Iterations, ...]
"""The repeats around a part whose indices its sizes may name, innermost first."""

MOST_AT_ENDS = 2_000
"""The most terms of one size at the ends of the repeats around it, of which there are two for each that it is in."""


def placed(parts: Iterable[Part], over: Over = ()) -> Iterator[tuple[Part, Over]]:
    """Yield every part at any depth with the repeats around it, outer before inner."""
    pending = [(part, over) for part in parts][::-1]
    while pending:
        part, around = pending.pop()
        yield part, around
        inside = part.over if isinstance(part, Repeat) else None
        within = around if inside is None else (inside, *around)
        pending += [(each, within) for each in reversed([*part.parts])]


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

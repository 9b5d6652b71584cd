"""The passes of a repeat, and what a trial keeps of them: what leaves for what arrives."""

from __future__ import annotations

from symcount.arithmetic import Named, Size, Symbol, substitute
from symcount.layers import Value
from symcount.records import record
from symcount.trace.blocks import Repeat as RepeatBlock
from symcount.trace.context import Labelled
from symcount.trace.shape_equality import plain


@record
class Passes:
    """The passes of a repeat: how many, and the name and the first value of their index."""

    count: Size
    name: str | None = None
    first: Size = 0

    def without_first(self) -> Passes:
        """Return the passes behind the first."""
        return Passes(plain(self.count - 1), self.name, plain(self.first + 1))

    def values(self, index: Size) -> dict[str, Value]:
        """Return what is in scope in a pass for a value of the index."""
        return {} if self.name is None else {self.name: index}


@record
class Transfer:
    """What leaves a repeat, and how often it and those inside it happen, in the unknowns that stand for what arrives.

    ``labelled`` are the parts in its sight: while they are kept, no others have their identity.
    """

    block: RepeatBlock
    unknowns: tuple[Symbol, ...]
    sizes: tuple[Size, ...]
    counts: tuple[Size, ...]
    labelled: tuple[Labelled, ...]

    def at(self, values: tuple[Size, ...]) -> tuple[tuple[Size, ...], tuple[Size, ...]]:
        """Return what leaves, and the counts, for values of the unknowns."""
        known: dict[Size, Size] = dict(zip(self.unknowns, values, strict=True))

        def value(letter: Symbol | Named) -> Size:
            return known.get(letter, letter)

        sizes, counts = ([substitute(size, value) for size in several] for several in (self.sizes, self.counts))
        return tuple(sizes), tuple(counts)

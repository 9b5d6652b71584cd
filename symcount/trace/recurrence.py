"""How the sizes change from pass to pass of a repeat, found by trial passes that leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcount.arithmetic import Size, Symbol
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.records import record
from symcount.trace.shape_equality import agree, depends
from symcount.trace.walk import Walk

Pass = Callable[[Shape, Size], Shape]
"""Walks one pass: from the shape that arrives and the value of the index to the shape that leaves."""


@record
class Recurrence:
    """How a pass changes each size: the size at the start, its symbol before, and its value after.

    ``earlier`` is the same from one pass before on: a size whose closed form holds from there has that form.
    """

    starts: Sequence[Size]
    states: Sequence[Size]
    steps: Sequence[Size]
    passed: Symbol
    earlier: Recurrence | None = None

    @property
    def changed(self) -> bool:
        """Whether a pass changes any size."""
        return tuple(self.starts) != tuple(self.states)

    def begin(self) -> bool:
        """Return whether every size has a closed form that holds from the first pass on."""
        return all(self._begins())

    def at(self, times: Size) -> list[Size]:
        """Return the sizes after so many passes."""
        found = self._at(times)
        if self.earlier is not None:
            rows = zip(self.earlier._begins(), self.earlier._at(times + 1), found, strict=True)
            found = [before if begins else size for begins, before, size in rows]
        return [size for size in found if size is not None]

    def _begins(self) -> list[bool]:
        """Whether each size has a closed form that holds from the first pass on."""
        rows = zip(self._at(0), self.starts, strict=True)
        return [size is not None and agree(size, start) is True for size, start in rows]

    def _at(self, times: Size) -> list[Size | None]:
        from symcount.algebra import iterate

        rows = zip(self.starts, self.states, self.steps, strict=True)
        return [
            iterate(step, state, self.passed, start, times)
            if isinstance(state, Symbol) and state is not start
            else step
            for start, state, step in rows
        ]


def recurrence(walk: Walk, start: Shape, first: Size, one: Pass) -> Recurrence | None:
    """Return how each size changes, None where the passes differ in more than their sizes."""
    passed = walk.unknown()
    with walk.trial():
        try:
            after = one(start, first)
            if after.rank != start.rank:
                return None
            states = _states(walk, start, after)
            later = one(Shape(states[0], tuple(states[1:])), first + passed)
            moving = _moving(start, states, later, passed)
            if moving:
                # two passes leave the same, and a later one does not
                states = [walk.unknown() if i in moving else state for i, state in enumerate(states)]
                later = one(Shape(states[0], tuple(states[1:])), first + passed)
        except ArchitectureError as error:
            if error.code != "branches-differ":
                raise
            return None
    return Recurrence(start.sizes, states, later.sizes, passed) if later.rank == start.rank else None


def _moving(start: Shape, states: Sequence[Size], later: Shape, passed: Symbol) -> list[int]:
    """The places of sizes that the first pass keeps, and that depend on the number of the pass."""
    if later.rank != start.rank:
        return []
    rows = enumerate(zip(start.sizes, states, later.sizes, strict=True))
    return [i for i, (before, state, step) in rows if state is before and depends(step, passed)]


def _states(walk: Walk, start: Shape, after: Shape) -> list[Size]:
    """Return a shape with a symbol for each size that a pass changes; the other sizes stay as they are."""
    symbols: dict[Size, Size] = {}
    for before, behind in zip(start.sizes, after.sizes, strict=True):
        if not agree(before, behind):
            symbols.setdefault(before, walk.unknown())
    return [symbols.get(size, size) for size in start.sizes]

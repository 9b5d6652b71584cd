"""How the sizes change from pass to pass of a repeat, found by trial passes that leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from symcount.arithmetic import Size, Symbol, substitute
from symcount.errors import ArchitectureError
from symcount.layers import Shape, axis_letters
from symcount.records import Unchanging, record
from symcount.trace.shape_equality import agree, depends, plain
from symcount.trace.walk import Walk

Pass = Callable[[Shape, Size], Shape]
"""Walks one pass: from the shape that arrives and the value of the index to the shape that leaves."""


@record
class Recurrence(Unchanging):
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

        return [
            iterate(step, state, self.passed, start, times)
            if isinstance(state, Symbol) and state is not start and step is not None
            else step
            for start, state, step in zip(self.starts, self.states, self._alone, strict=True)
        ]

    @cached_property
    def _alone(self) -> list[Size | None]:
        """Each step by its own state and the number of the pass: others in it are put in closed form; None if unknown.

        A size whose others wait for it in turn has no closed form here.
        """
        changing = {x: start for x, start in zip(self.states, self.starts, strict=True) if x is not start}
        closed: dict[Size, Size] = {}
        found: list[Size | None] = [None] * len(self.steps)
        waiting = [*range(len(self.steps))]
        while waiting:
            ready = [place for place in waiting if self._others(place) <= closed.keys()]
            for place in ready:
                state = self.states[place]
                alone = found[place] = _put(self.steps[place], closed) if self._others(place) else self.steps[place]
                if state in changing and state not in closed:
                    closed |= self._closed(alone, state, changing[state])
            waiting = [place for place in waiting if place not in ready]
            if not ready:
                break
        return found

    def _others(self, place: int) -> set[Size]:
        """The changing states that a step depends on besides its own."""
        pairs = zip(self.states, self.starts, strict=True)
        changing = {state for state, start in pairs if isinstance(state, Symbol) and state is not start}
        return {x for x in changing - {self.states[place]} if depends(self.steps[place], x)}

    def _closed(self, step: Size, state: Size, start: Size) -> dict[Size, Size]:
        """A state in each pass, where it has a closed form that holds from the first on."""
        from symcount.algebra import iterate

        if not isinstance(state, Symbol):
            return {}
        first, after = (iterate(step, state, self.passed, start, times) for times in (0, self.passed))
        return {} if first is None or after is None or agree(first, start) is not True else {state: after}


def _put(size: Size, values: dict[Size, Size]) -> Size:
    return substitute(plain(size), lambda letter: values.get(letter, letter))


def recurrence(walk: Walk, start: Shape, first: Size, one: Pass) -> Recurrence | None:
    """Return how each size changes, None where the passes differ in more than their sizes."""
    passed = walk.unknown("i")
    letters = "cin", *axis_letters(start.rank)
    with walk.trial():
        try:
            after = one(start, first)
            if after.rank != start.rank:
                return None
            states = _states(walk, start, after)
            later = one(Shape(states[0], tuple(states[1:])), first + passed)
            if later.rank == start.rank and not _are_alike(states, later):
                rows = zip(start.sizes, states, letters, strict=True)
                states = [state if state is size else walk.unknown(letter) for size, state, letter in rows]
                later = one(Shape(states[0], tuple(states[1:])), first + passed)
            moving = _moving(start, states, later, passed)
            if moving:
                # two passes leave the same, and a later one does not
                states = [walk.unknown(letters[i]) if i in moving else state for i, state in enumerate(states)]
                later = one(Shape(states[0], tuple(states[1:])), first + passed)
        except ArchitectureError as error:
            if error.code == "branches-differ":
                return None
            raise error.naming(walk.unknowns) from None
    return Recurrence(start.sizes, states, later.sizes, passed) if later.rank == start.rank else None


def _moving(start: Shape, states: Sequence[Size], later: Shape, passed: Symbol) -> list[int]:
    """The places of sizes that the first pass keeps, and that depend on the number of the pass."""
    if later.rank != start.rank:
        return []
    rows = enumerate(zip(start.sizes, states, later.sizes, strict=True))
    return [i for i, (before, state, step) in rows if state is before and depends(step, passed)]


def _states(walk: Walk, start: Shape, after: Shape) -> list[Size]:
    """Return a shape with a symbol for each size that a pass changes; the other sizes stay as they are."""
    symbols: dict[tuple[Size, Size], Size] = {}
    for *sizes, letter in zip(start.sizes, after.sizes, ("cin", *axis_letters(start.rank)), strict=True):
        pair = sizes[0], sizes[1]
        if pair not in symbols:
            symbols[pair] = pair[0] if agree(*pair) else walk.unknown(letter)
    return [symbols[pair] for pair in zip(start.sizes, after.sizes, strict=True)]


def _are_alike(states: Sequence[Size], later: Shape) -> bool:
    """Whether sizes that were given one symbol, as the sides of a square are, leave a pass alike."""
    steps: dict[Size, Size] = {}
    return all(agree(steps.setdefault(state, step), step) for state, step in zip(states, later.sizes, strict=True))

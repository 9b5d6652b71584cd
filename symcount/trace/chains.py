"""Walks chains of known sizes by what is known of their links: a shape that arrives, a link, the shape that leaves.

Most of many lines are made of links that were met before, at a shape that arrived there before. A link that needs
anything else of its text, or of a symbol, is not walked here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from symcount.errors import ArchitectureError
from symcount.layers import Convention, Shape
from symcount.program import Program, ProgramScope, is_input
from symcount.program.links import PLACE, Link, link
from symcount.records import record
from symcount.syntax import tree
from symcount.trace.context import Frame, Here, Labels
from symcount.trace.items import visitor
from symcount.trace.steps import Part, Step
from symcount.trace.walk import MOST_LAYERS, Walk

MOST_KNOWN = 20_000
"""The most passages that are kept."""

_NOTHING = Program("", tree.Program(tree.NO_SPAN, ()), (), {}, {}, frozenset())


_Made = TypeVar("_Made")


class Passage(Generic[_Made]):
    """A shape that passed a link: what was made of it, how many layers the walk met, and where it goes on."""

    def __init__(self, link: Link, output: Shape, met: int, behind: Station[_Made], made: _Made) -> None:
        self.link = link
        self.output = output
        self.met = met
        self.behind = behind
        self.made = made


class Station(Generic[_Made]):
    """A place between links: the shape that arrives, what a layer might say of the one before it, and where to go."""

    def __init__(self, shape: Shape | None, before: Step | None) -> None:
        self.shape = shape
        self.before = before
        self.ways: dict[str, Passage[_Made] | None] = {}


@record
class _Identity:
    shape: Shape
    layer: Hashable


class Chains(Generic[_Made]):
    """The links and passages that were met so far, under one convention; they are forgotten when they are too many.

    ``make`` makes of each part that a walk records what is wanted of it, or None where that looks beyond the part.
    """

    def __init__(self, make: Callable[[Link, Part], _Made | None], convention: Convention, *, exact: bool) -> None:
        self.make = make
        self.convention = convention
        self.exact = exact
        self._forget()

    def _forget(self) -> None:
        self._known = 0
        self._links: dict[tuple[str, bool], Link | None] = {}
        self._stations: dict[_Identity, Station[_Made]] = {}
        self._start: Station[_Made] = Station(None, None)

    def passages(self, links: list[str]) -> list[Passage[_Made]] | None:
        """Return the passages of a chain of links; None where it must be read as a whole."""
        if self._known > MOST_KNOWN:
            self._forget()
        at, met = self._start, 0
        found: list[Passage[_Made]] = []
        for text in links:
            try:
                passage = at.ways[text]
            except KeyError:
                passage = at.ways[text] = self._walked(at, text)
                self._known += 1
            if passage is None:
                return None
            found.append(passage)
            met += passage.met
            at = passage.behind
        return found if met <= MOST_LAYERS else None

    def known(self, links: list[str]) -> list[Passage[_Made]] | None:
        """Return the passages of a chain if every one of them is known; None where any is not."""
        at, found, met = self._start, [], 0
        for text in links:
            passage = at.ways.get(text)
            if passage is None:
                return None
            found.append(passage)
            met += passage.met
            at = passage.behind
        return found if met <= MOST_LAYERS else None

    def _walked(self, at: Station[_Made], text: str) -> Passage[_Made] | None:
        found = self._link(text, first=at is self._start)
        if found is None or is_input(found.item.written) is not (at is self._start):
            return None
        scope = ProgramScope({}, frozenset(), self.convention)
        walk = Walk(scope, visitor(_NOTHING), exact=self.exact)
        walk.before = at.before
        place = 0 if at is self._start else PLACE
        try:
            part = walk.item(found.item, Here(at.shape, Frame(scope, Labels()), (place,)))
            is_known = not (scope.symbols or walk.required) and all(isinstance(size, int) for size in part.output.sizes)
            made = self.make(found, part) if is_known else None
        except ArchitectureError:
            return None
        if made is None:
            return None
        return Passage(found, part.output, walk.met, self._station(part.output, walk.before), made)

    def _link(self, text: str, *, first: bool) -> Link | None:
        if (text, first) not in self._links:
            self._links[text, first] = link(text, first=first)
        return self._links[text, first]

    def _station(self, shape: Shape, before: Step | None) -> Station[_Made]:
        """The station at a shape; one for each layer of which the next one might say something."""
        if before is not None and before.output != shape:
            before = None
        identity = _Identity(shape, None if before is None else _said_of(before))
        return self._stations.setdefault(identity, Station(shape, before))


def _said_of(step: Step) -> Hashable:
    layer = step.layer
    return type(layer), tuple(repr(getattr(layer, name)) for name in layer.arguments)

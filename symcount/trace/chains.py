"""Walks chains of known sizes by what is known of their links: a shape that arrives, a link, the shape that leaves.

Most of many lines are made of links that were met before, at a shape that arrived there before. A link that needs
anything else of its text, or of a symbol, is not walked here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar, cast

from symcount.errors import ArchitectureError
from symcount.layers import Convention, Shape
from symcount.program import Chain, Item, Program, ProgramScope, is_input
from symcount.program.links import Link, Occurrence, block, is_balanced, link, series, skeleton, split, whole_branch
from symcount.program.marks import PLACE, WITHIN
from symcount.syntax import tree
from symcount.trace.blocks import Known
from symcount.trace.context import Frame, Here, Labels
from symcount.trace.items import visitor
from symcount.trace.steps import Part, Step
from symcount.trace.walk import MOST_LAYERS, Walk

MOST_KNOWN = 60_000
"""The most passages that are kept, one of a block counting as many as it has layers."""

_NOTHING = Program("", tree.Program(tree.NO_SPAN, ()), (), {}, {}, {}, frozenset())


_Made = TypeVar("_Made")


class Passage(Generic[_Made]):
    """A shape that passed a link: what was made of it, how many layers the walk met, and where it goes on."""

    def __init__(self, link: Link, output: Shape, walk: Walk, behind: Station[_Made], made: _Made) -> None:
        self.link = link
        self.output = output
        self.met = walk.met
        self.before = walk.before
        self.behind = behind
        self.made = made


class Station(Generic[_Made]):
    """A place between links: the shape that arrives, what a layer might say of the one before it, and where to go.

    ``number`` is that of a link here: in a block another than in a chain.
    ``ways`` are the passages of links that arrive here, ``branches`` those of whole branches, by their texts.
    """

    def __init__(self, shape: Shape | None, before: Step | None, number: tuple[int, ...]) -> None:
        self.shape = shape
        self.before = before
        self.number = number
        self.ways: dict[str, Passage[_Made] | None] = {}
        self.branches: dict[str, Passage[_Made] | None] = {}


class _UnknownError(Exception):
    """A link of a block cannot be walked by what is known."""


class Chains(Generic[_Made]):
    """The links and passages that were met so far, under one convention; they are forgotten when they are too many.

    ``make`` makes of each part that a walk records what is wanted of it, or None where that looks beyond the part;
    a part inside of it that was met before is `Known`. Where ``parted`` is not set, blocks are walked as a whole.
    """

    def __init__(
        self, make: Callable[[Link, Part], _Made | None], convention: Convention, *, exact: bool, parted: bool
    ) -> None:
        self.make = make
        self.convention = convention
        self.exact = exact
        self.parted = parted
        self._visit_whole = visitor(_NOTHING)
        self._forget()

    def _forget(self) -> None:
        self._known = self._most_met = 0
        self._links: dict[str, Link | None] = {}
        self._blocks: dict[str, Link | None] = {}
        self._series: dict[str, Link | None] = {}
        self._stations: dict[Hashable, Station[_Made]] = {}
        self._said: dict[int, tuple[Step, Hashable]] = {}
        self._start: Station[_Made] = Station(None, None, (0,))

    def passages(self, links: list[str]) -> list[Passage[_Made]] | None:
        """Return the passages of a chain of links; None where it must be read as a whole."""
        if self._known > MOST_KNOWN:
            self._forget()
        at, ways = self._start, self._start.ways
        found: list[Passage[_Made]] = []
        for text in links:
            passage = ways.get(text) or self._passage(at, text)
            if passage is None:
                return None
            found.append(passage)
            at = passage.behind
            ways = at.ways
        few = len(found) * self._most_met <= MOST_LAYERS
        return found if few or sum(passage.met for passage in found) <= MOST_LAYERS else None

    def _passage(self, at: Station[_Made], text: str) -> Passage[_Made] | None:
        if text in at.ways:
            return at.ways[text]
        if not is_balanced(text):
            return None
        return self._kept(at.ways, text, self._walked(at, self._block(text)) or self._walked(at, self._link(text, at)))

    def _branch(self, at: Station[_Made], branch: Occurrence) -> Passage[_Made] | None:
        if branch.text in at.branches:
            return at.branches[branch.text]
        return self._kept(at.branches, branch.text, self._walked(at, branch.link))

    def _kept(
        self, ways: dict[str, Passage[_Made] | None], text: str, found: Passage[_Made] | None
    ) -> Passage[_Made] | None:
        ways[text] = found
        self._known += 1
        if found is not None:
            self._known += len(found.link.layers)
            self._most_met = max(self._most_met, found.met)
        return found

    def _walked(self, at: Station[_Made], link: Link | None) -> Passage[_Made] | None:
        if link is None:
            return None
        is_first = not isinstance(link.item, Chain) and is_input(link.item.written)
        if is_first is not (at is self._start):
            return None
        scope = ProgramScope({}, frozenset(), self.convention)
        walk = Walk(scope, self._visit, exact=self.exact)
        walk.before = at.before
        try:
            part = walk.item(link.item, Here(at.shape, Frame(scope, Labels()), at.number))
            is_known = not (scope.symbols or walk.required) and all(isinstance(size, int) for size in part.output.sizes)
            made = self.make(link, part) if is_known else None
        except (ArchitectureError, _UnknownError):
            return None
        if made is None:
            return None
        number = at.number if len(at.number) > 1 else (PLACE,)
        return Passage(link, part.output, walk, self._station(part.output, walk.before, number), made)

    def _visit(self, walk: Walk, item: Item | Chain, here: Here) -> Part:
        """Walk an item or a branch; one that is an occurrence of a link by what is known of that."""
        known: object = whole_branch(item) if isinstance(item, Chain) else item
        if not isinstance(known, Occurrence):
            return self._visit_whole(walk, item, here)
        assert here.shape is not None
        at = self._station(here.shape, walk.before, (PLACE, WITHIN))
        passage = self._branch(at, known) if isinstance(item, Chain) else self._passage(at, known.text)
        if passage is None:
            raise _UnknownError
        walk.met += passage.met
        walk.before = passage.before
        return Known(here.number, cast("Item", known), (), here.shape, passage.output, made=passage.made)

    def _link(self, text: str, at: Station[_Made] | None = None) -> Link | None:
        """The link that a text is as a whole."""
        if at is self._start:
            return link(text, first=True)
        if text not in self._links:
            self._links[text] = link(text, first=False)
        return self._links[text]

    def _block(self, text: str) -> Link | None:
        """The link that a text is by those that are in it; None for what is no block of links."""
        if text not in self._blocks:
            self._blocks[text] = self._joined(text) if self.parted else None
        return self._blocks[text]

    def _joined(self, text: str) -> Link | None:
        parts = skeleton(text)
        outside = parts and self._link(parts[0])
        if not (parts and outside):
            return None
        chains = _all_known((chain, self._chain(chain)) for chain in parts[1])
        return None if chains is None else block(outside, chains)

    def _chain(self, text: str) -> Link | None:
        """The links of a chain in a block as one."""
        if text not in self._series:
            links = _all_known((each, self._block(each) or self._link(each)) for each in split(text))
            self._series[text] = None if links is None else series(links)
        return self._series[text]

    def _station(self, shape: Shape, before: Step | None, number: tuple[int, ...]) -> Station[_Made]:
        """The station at a shape; one for each layer of which the next one might say something."""
        if before is not None and before.output != shape:
            before = None
        identity = shape, len(number), None if before is None else self._said_of(before)
        try:
            return self._stations[identity]
        except KeyError:
            return self._stations.setdefault(identity, Station(shape, before, number))

    def _said_of(self, step: Step) -> Hashable:
        """What is said of a step; the step is kept, so that none takes its place in memory."""
        if id(step) not in self._said:
            layer = step.layer
            values = tuple(repr(getattr(layer, name)) for name in layer.arguments)
            self._said[id(step)] = step, (type(layer), values)
        return self._said[id(step)][1]


def _all_known(links: Iterable[tuple[str, Link | None]]) -> list[tuple[str, Link]] | None:
    """Links with their texts; None where one of them is none."""
    found = []
    for text, each in links:
        if each is None:
            return None
        found.append((text, each))
    return found

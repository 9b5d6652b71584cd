"""Holds the skeleton of a network in numbers against that of a family in letters, and finds the letters' values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from math import prod
from typing import Any

from symcount.arithmetic import CeilDiv, Difference, FloorDiv, Named, Power, Product, Ratio, Size, Sum, Symbol, Term
from symcount.arithmetic.traversal import all_parts, parts
from symcount.interop.writing.config.skeleton import Again, Item, Leaf, Run, Split
from symcount.records import record, replace
from symcount.trace import Part

_MOST_ORDERS = 4
"""The most branches whose order is tried out."""

_ORDERED_FREELY = ("+", "×")
"""The joints of branches whose order does not matter."""

Reached = tuple[int, int]
"""How far a match came: the layers that are equal, and what of the next one is."""


@record
class Match:
    """What is known so far: how many layers are equal and which is which, values of letters, equations that wait."""

    letters: Mapping[str, int] = {}
    waiting: tuple[tuple[Size, int], ...] = ()
    places: Mapping[int, int] = {}
    equal: int = 0


class Matching:
    """One attempt, and where it first failed."""

    def __init__(self, network: Sequence[Item]) -> None:
        self.network = network
        self.reached: Reached = (-1, 0)
        self.last = network[0]
        self.differs: tuple[Part, Item | None, bool] = (self.last.part, None, False)

    def of(self, family: Sequence[Item]) -> Match | None:
        """Return the match with a family, None where there is none."""
        found = self._prefix(family, self.network, 0, Match())
        if found is None:
            return None
        match, end = found
        if end < len(self.network):
            self._failed(match, self.network[end], None)
            return None
        self.reached = (match.equal + 1, 0)
        return solved(match)

    def _failed(self, match: Match, item: Item | None, wanted: Item | None, equal: int = 0) -> None:
        """Note where it failed, where nothing came as far: at an item, or behind the last that was equal."""
        reached = (match.equal, equal)
        if reached >= self.reached:  # what stands behind a repeat is wanted, not another pass of it
            self.reached = reached
            self.differs = (self.last.part if item is None else item.part, wanted, item is None)

    def _prefix(
        self, family: Sequence[Item], network: Sequence[Item], start: int, match: Match
    ) -> tuple[Match, int] | None:
        """Match the whole of a family's chain with the beginning of a network's."""
        at = start
        for item in family:
            if isinstance(item, Run):
                found = self._run(item, network, at, match)
                if found is None:
                    return None
                match, at = found
                continue
            if at == len(network):
                self._failed(match, None, item)
                return None
            one = self._item(item, network[at], match)
            if one is None:
                return None
            match, at = one, at + 1
        return match, at

    def _run(self, run: Run, network: Sequence[Item], at: int, match: Match) -> tuple[Match, int] | None:
        times = 0
        while not (isinstance(run.count, int) and times == run.count):
            found = self._prefix(run.body, network, at, match)
            if found is None or found[1] == at:
                break
            match, at = found
            times += 1
        counted = unified(run.count, times, match)
        return None if counted is None else (counted, at)

    def _item(self, wanted: Item, item: Item, match: Match) -> Match | None:
        found: Match | None = None
        equal = 0
        match wanted, item:
            case Leaf(), Leaf() if wanted.kind == item.kind:
                equal, found = self._leaf(wanted, item, match)
            case Again(), Again() if wanted.with_weights == item.with_weights:
                found = match if match.places.get(wanted.source) == item.source else None
            case Split(), Split() if wanted.joint == item.joint and len(wanted.branches) == len(item.branches):
                found = self._split(wanted, item, match)
        if found is None:
            self._failed(match, item, wanted, equal)
            return None
        self.last = item
        equal = found.equal + isinstance(item, Leaf)
        return replace(found, places={**found.places, wanted.number: item.number}, equal=equal)

    def _leaf(self, wanted: Leaf, item: Leaf, match: Match) -> tuple[int, Match | None]:
        equal, found = 1, match
        failed = {*wanted.sources} != {*item.sources}
        for name, source in wanted.sources.items():
            failed = failed or match.places.get(source) != item.sources[name]
        equal += not failed
        for name in {**wanted.values, **item.values}:
            if _is_text(wanted) and _is_text(item):
                break
            usual = item.part.layer.arguments[name].default
            pairs = _pairs(wanted.values.get(name, usual), item.values.get(name, usual))
            for one, other in pairs:
                each = unified(one, other, found)
                failed = failed or each is None
                equal += each is not None
                found = found if each is None else each
        return equal, None if failed else found

    def _split(self, wanted: Split, item: Split, match: Match) -> Match | None:
        free = wanted.joint in _ORDERED_FREELY and len(wanted.branches) <= _MOST_ORDERS
        for order in permutations(item.branches) if free else (item.branches,):
            found: Match | None = match
            for one, other in zip(wanted.branches, order, strict=True):
                assert found is not None
                inside = self._prefix(one, other, 0, found)
                if inside is not None and inside[1] < len(other):
                    self._failed(inside[0], other[inside[1]], None)
                    inside = None
                found = None if inside is None else inside[0]
                if found is None:
                    break
            if found is not None:
                return found
        return None


def _is_text(leaf: Leaf) -> bool:
    """Whether it is an input of ids, whose number decides nothing."""
    return leaf.kind == "I" and not leaf.part.output.rank


def _pairs(one: Any, other: Any) -> list[tuple[Any, Any]]:
    """The values of an argument side by side, those for each axis or part one by one."""
    size = max(len(each) if isinstance(each, tuple) else 1 for each in (one, other))
    several = [each if isinstance(each, tuple) else (each,) * size for each in (one, other)]
    return [*zip(*several, strict=False)] if len(several[0]) == len(several[1]) else [(0, 1)]


def unified(wanted: Any, value: Any, match: Match) -> Match | None:
    """Return what is known when a size in letters has a value; None where it cannot."""
    if not isinstance(wanted, Term):
        return match if wanted == value and isinstance(wanted, str) == isinstance(value, str) else None
    if not isinstance(value, int):
        return None
    known = value_of(wanted, match.letters)
    if known is not None:
        return match if known == value else None
    if isinstance(wanted, Symbol):
        return replace(match, letters={**match.letters, wanted.name: value})
    return replace(match, waiting=(*match.waiting, (wanted, value)))


def solved(match: Match) -> Match | None:
    """Return a match in which the equations that waited hold; a letter that they leave open is 1."""
    while match.waiting:
        unknown = {size: _unknown(size, match.letters) for size, _ in match.waiting}
        size, value = min(match.waiting, key=lambda each: len(unknown[each[0]]))
        rest = tuple(each for each in match.waiting if each != (size, value))
        names = unknown[size]
        letters = dict(match.letters)
        for name in names[1:]:
            letters[name] = 1
        if names:
            found = _solution(size, value, names[0], letters)
            if found is None:
                return None
            letters[names[0]] = found
        if value_of(size, letters) != value:
            return None
        match = replace(match, letters=letters, waiting=rest)
    return match


def _solution(size: Size, value: int, name: str, letters: Mapping[str, int]) -> int | None:
    """The value of the one letter of a linear equation that is not known."""
    one, two = (value_of(size, {**letters, name: each}) for each in (1, 2))
    if one is None or two is None or one == two:
        return None
    found = 1 + (value - one) / (two - one)
    return int(found) if found.denominator == 1 else None


def _unknown(size: Size, letters: Mapping[str, int]) -> list[str]:
    return [name for name in dict.fromkeys(_letters(size)) if name not in letters]


def _letters(size: Size) -> Iterator[str]:
    for part in all_parts(size):
        if isinstance(part, Symbol):
            yield part.name
        elif isinstance(part, Named):
            yield from _letters(part.value)


def value_of(size: Size, letters: Mapping[str, int]) -> Fraction | None:
    """Return what a size is, given the values of letters; None where one is not known, or the size is no such sum."""
    match size:
        case int():
            return Fraction(size)
        case Symbol(name):
            return Fraction(letters[name]) if name in letters else None
        case Named(_, value):
            return value_of(value, letters)
    inner = [value_of(each, letters) for each in parts(size)]
    known = [each for each in inner if each is not None]
    if len(known) < len(inner):
        return None
    match size:
        case Sum():
            return sum(known, Fraction(0))
        case Difference():
            return known[0] - known[1]
        case Product():
            return prod(known, start=Fraction(1))
        case Ratio():
            return known[0] / known[1] if known[1] else None
        case Power() if known[1].denominator == 1:
            return known[0] ** int(known[1])
        case _:
            return _rounded(size, known)


def _rounded(size: Size, known: list[Fraction]) -> Fraction | None:
    match size:
        case FloorDiv() if known[1]:
            return Fraction(known[0] // known[1])
        case CeilDiv() if known[1]:
            return Fraction(-(-known[0] // known[1]))
        case _:
            return None

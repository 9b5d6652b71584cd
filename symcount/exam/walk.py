"""`Walk`: one walk of a network, right or with mistakes in its sizes, and what the other mistakes change in it.

What mistakes with amounts add is worked out for each layer and added up, so pairs of them cost no walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from symcount.counts import Count
from symcount.exam.explanation import PLACES, Explanation
from symcount.exam.mistakes import MISTAKES, Mistake
from symcount.exam.spoiled import Answer, Counted, Made, counted_layers, value
from symcount.quantities import Quantity


def possible(count: Count, quantity: Quantity) -> list[Made]:
    """Return every mistake that can be made: everywhere, and at each layer where there are several that it concerns."""
    usual = [each for each in MISTAKES if not each.of or quantity.name in each.of]
    steps = {id(step.call): step for step in count.trace.steps}.values()
    concerned = {each.name: [step.call for step in steps if each.concerns(step.layer)] for each in usual}
    everywhere = [Made(each) for each in usual if not each.once and (concerned[each.name] or each.block)]
    slips = [
        Made(each, call)
        for each in usual
        for call in concerned[each.name]
        if not each.everywhere and (each.once or len(concerned[each.name]) > 1)
    ]
    return [*everywhere, *slips]


class Walk:
    """One walk, right or with mistakes in its sizes, and what the other mistakes change in it."""

    def __init__(
        self, count: Count, quantity: Quantity, at: str | None, possible: Sequence[Made], made: tuple[Made, ...] = ()
    ) -> None:
        self.count, self.quantity, self.at, self.possible, self.made = count, quantity, at, possible, made
        for each in made:
            if each.mistake.quantity is not None:
                quantity = each.mistake.quantity(quantity)
        self.answer: Answer = value(count, quantity, at) or ()

    @cached_property
    def layers(self) -> tuple[Counted, ...]:
        """The layers that a sum is made of; none where it is no sum."""
        return tuple(counted_layers(self.count, self.quantity, self.at))

    @property
    def _amounts(self) -> list[Made]:
        return [each for each in self.possible if each.mistake.amount is not None]

    @cached_property
    def _apart(self) -> dict[Made, dict[int, int]]:
        """What each mistake with amounts adds at the layers where it changes anything, by their places."""
        base = [each.amount() for each in self.layers]
        found = {}
        for made in self._amounts:
            changes = {}
            for at, (each, right) in enumerate(zip(self.layers, base, strict=True)):
                if right is not None and made.is_made(each.step.call, each.step.layer):
                    wrong = each.amount(made.mistake)
                    if wrong is not None and wrong != right:
                        changes[at] = wrong - right
            if changes:
                found[made] = changes
        return found

    @cached_property
    def _totals(self) -> dict[Made, int]:
        """What the total is under each mistake with amounts."""
        return {made: self.answer[0] + sum(changes.values()) for made, changes in self._apart.items()}

    @property
    def singles(self) -> Iterator[Explanation]:
        """What each mistake with amounts, or with blocks, gives in this walk."""
        for made, total in self._totals.items():
            yield Explanation((*self.made, made), (total,), self.layers)
        if self.layers:
            for made in self.possible:
                if made.mistake.block is not None:
                    yield from self._by_block(made)

    def _by_block(self, made: Made) -> Iterator[Explanation]:
        assert made.mistake.block is not None
        layers = counted_layers(self.count, self.quantity, self.at, made.mistake.block)
        before, after = (_known(each.amount() for each in found) for found in (self.layers, layers))
        if before is not None and after is not None and before != after:
            yield Explanation((*self.made, made), (self.answer[0] + after - before,), tuple(layers))

    def found(self, answer: Answer) -> Iterator[Explanation]:
        """What gives the answer with one more mistake."""
        for each in self.singles:
            if each.answer == answer:
                yield each

    @property
    def pairs(self) -> Iterator[Explanation]:
        """What each pair of mistakes with amounts gives in this walk."""
        for one, other in combinations(self._apart, 2):
            added = self._both(one, other)
            if added is not None and (one.mistake is not other.mistake or None not in (one.at, other.at)):
                yield Explanation((one, other), (self.answer[0] + added,), self.layers)

    def pairs_for(self, answer: Answer) -> Iterator[Explanation]:
        """Pairs of mistakes with amounts that give the answer together."""
        if len(answer) != 1:
            return
        wanted = answer[0] - self.answer[0]
        by_sum: dict[int, list[Made]] = {}
        for made, changes in self._apart.items():
            by_sum.setdefault(sum(changes.values()), []).append(made)
        for one in self._apart:
            here = self._apart[one]
            for other in by_sum.get(wanted - sum(here.values()), ()):
                if _before(one, other) and here.keys().isdisjoint(self._apart[other]):
                    yield Explanation((one, other), answer, self.layers)
        for one, other in combinations(self._apart, 2):
            together = self._apart[one].keys() & self._apart[other].keys()
            if together and one.mistake is not other.mistake and self._both(one, other) == wanted:
                yield Explanation((one, other), answer, self.layers)

    def _both(self, one: Made, other: Made) -> int | None:
        """What two mistakes add that meet at some layers."""
        total = 0
        first, second = self._apart[one], self._apart[other]
        for at in first.keys() | second.keys():
            if at not in first:
                total += second[at]
            elif at not in second:
                total += first[at]
            else:
                change = self._change(at, one.mistake, other.mistake)
                if change is None:
                    return None
                total += change
        return total

    def _change(self, at: int, one: Mistake, other: Mistake) -> int | None:
        key = at, one.name, other.name
        if key not in self._changes:
            each = self.layers[at]
            wrong, right = each.amount(one, other), each.amount()
            self._changes[key] = None if wrong is None or right is None else wrong - right
        return self._changes[key]

    @cached_property
    def _changes(self) -> dict[tuple[int, str, str], int | None]:
        return {}


def _before(one: Made, other: Made) -> bool:
    return (PLACES[one.mistake.name], id(one.at)) < (PLACES[other.mistake.name], id(other.at))


def _known(amounts: Iterable[int | None]) -> int | None:
    total = 0
    for each in amounts:
        if each is None:
            return None
        total += each
    return total

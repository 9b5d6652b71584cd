"""`explained`: the mistakes of the catalogue, single ones and pairs, that give just this answer, the simplest first.

Mistakes with sizes need a walk each; what the others change is worked out for each layer and added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations

from symcount.architecture import Architecture
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.exam.answers import read_answer
from symcount.exam.mistakes import MISTAKES, Mistake
from symcount.exam.spoiled import Answer, Counted, Made, answer_of, counted_layers, spoiled_walk, value
from symcount.quantities import Quantity, quantity_named
from symcount.records import record

MOST_WALKS = 600
"""The most pairs of mistakes with sizes that are walked; larger networks have those alone that are made everywhere."""

_PLACES = {mistake.name: place for place, mistake in enumerate(MISTAKES)}
"""The places of the mistakes in the catalogue."""

NEAREST = 3
"""How many answers of known mistakes are told where none fits."""


@record
class Explanation:
    """Mistakes that together give an answer, and the layers with the amounts that they lead to."""

    made: tuple[Made, ...]
    answer: Answer
    layers: tuple[Counted, ...] = ()

    @property
    def cost(self) -> tuple[int, int, int]:
        """How far-fetched it is: fewer mistakes before more, made everywhere before made at one layer."""
        slips = sum(each.at is not None for each in self.made)
        return len(self.made), slips, sum(_PLACES[each.mistake.name] for each in self.made)


@record
class Diagnosis:
    """An answer, the right one, and what explains it; ``nearest`` is what known mistakes give where nothing does."""

    answer: Answer
    right: Answer
    explanations: tuple[Explanation, ...] = ()
    nearest: tuple[Explanation, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether the answer is right."""
        return self.answer == self.right

    @property
    def is_known(self) -> bool:
        """Whether it is right, or known mistakes give it."""
        return self.is_right or bool(self.explanations)


def explained(count: Count, answer: Answer, quantity: Quantity, at: str | None = None) -> Diagnosis:
    """Return the mistakes that give an answer to a quantity of a network, or of one layer of it.

    >>> from symcount.counts import counted
    >>> from symcount.quantities import quantity_named
    >>> found = explained(counted("I(96,32x32)-C(32,3)", {}), (27648,), quantity_named("params"))
    >>> [made.mistake.name for made in found.explanations[0].made], found.right
    (['no-bias'], (27680,))
    """
    return Mistaken(count, quantity, at).diagnosis(answer)


def explain(network: Architecture | str, answer: int | str, of: str = "params", at: str | None = None) -> Diagnosis:
    """Return the mistakes that give an answer: a number, or a text such as ``"27,648"`` or ``"64x222x222"``.

    >>> explain("I(3,224x224)-C(64,3,p=1)", "64x222x222", of="output").explanations[0].made[0].mistake.feedback
    'the padding is ignored'
    """
    net = Architecture(network) if isinstance(network, str) else network
    mistaken = Mistaken(net.counted, quantity_named(of), at)
    return mistaken.diagnosis(read_answer(str(answer), len(mistaken.right)))


class Mistaken:
    """What the mistakes of the catalogue make of one quantity of one network; worked out once for many answers."""

    def __init__(self, count: Count, quantity: Quantity, at: str | None = None) -> None:
        self.count, self.quantity, self.at = count, quantity, at
        right = answer_of(count, quantity, at)
        if right is None:
            message, hint = _open(count, quantity)
            raise ArchitectureError("open-answer", message, hint=hint)
        self.right = right

    def diagnosis(self, answer: Answer) -> Diagnosis:
        """Return what explains an answer."""
        answer = _as_wide(answer, self.right)
        if answer == self.right:
            return Diagnosis(answer, self.right)
        found = _simplest(self._found(answer))
        return Diagnosis(answer, self.right, found, () if found else self._nearest(answer))

    @property
    def singles(self) -> Iterator[Explanation]:
        """Every single mistake that gives another answer than the right one, the simplest first."""
        return iter(_simplest(each for each in self._every_single if each.answer != self.right))

    @property
    def everywhere(self) -> Iterator[Explanation]:
        """Every single mistake that is made wherever it can be, and gives another answer than the right one."""
        walked = (Explanation(walk.made, walk.answer, walk.layers) for walk in self._walks_everywhere)
        amounts = (each for each in self._first.singles if each.made[0].at is None)
        return iter(_simplest(each for each in (*walked, *amounts) if each.answer != self.right))

    @property
    def pairs(self) -> Iterator[Explanation]:
        """Every pair of mistakes that is known of a network; of many in sizes those that are made everywhere."""
        for walk in self._walks:
            if walk.made:
                yield from walk.singles
        yield from self._first.pairs
        yield from (Explanation(walk.made, walk.answer, walk.layers) for walk in self._walks_of_two)

    @cached_property
    def _every_single(self) -> list[Explanation]:
        walked = (Explanation(walk.made, walk.answer, walk.layers) for walk in self._walks if walk.made)
        return [*walked, *self._first.singles]

    @cached_property
    def _first(self) -> _Walk:
        return _Walk(self, self.count, ())

    @cached_property
    def _walks(self) -> list[_Walk]:
        """The network as it is, and with each mistake in its sizes: everywhere, and at each layer."""
        made = [made for made in self._possible if made.mistake.changes_walk and made.at is not None]
        return [self._first, *self._walks_everywhere, *self._walked((each,) for each in made)]

    @cached_property
    def _walks_everywhere(self) -> list[_Walk]:
        made = [made for made in self._possible if made.mistake.changes_walk and made.at is None]
        return [*self._walked((each,) for each in made)]

    def _walked(self, every: Iterable[tuple[Made, ...]]) -> Iterator[_Walk]:
        for made in every:
            count = spoiled_walk(self.count, made)
            if count is not None:
                walk = _Walk(self, count, made)
                if walk.answer:
                    yield walk

    @cached_property
    def _possible(self) -> list[Made]:
        return possible(self.count, self.quantity)

    def _found(self, answer: Answer) -> Iterator[Explanation]:
        yield from (each for each in self._every_single if each.answer == answer)
        for walk in self._walks:
            if walk.made:
                yield from walk.found(answer)
        yield from self._first.pairs_for(answer)
        for walk in self._walks_of_two:
            if walk.answer == answer:
                yield Explanation(walk.made, walk.answer, walk.layers)

    @cached_property
    def _walks_of_two(self) -> list[_Walk]:
        made = [walk.made[0] for walk in self._walks if walk.made]
        pairs = [*combinations(made, 2)]
        if len(pairs) > MOST_WALKS:
            pairs = [*combinations([each for each in made if each.at is None], 2)]
        return [*self._walked(pairs)]

    def _nearest(self, answer: Answer) -> tuple[Explanation, ...]:
        if any(len(each.answer) != len(answer) for each in self._every_single):
            return ()
        apart = [*self.singles]
        apart.sort(key=lambda each: sum(abs(a - b) for a, b in zip(each.answer, answer, strict=True)))
        return tuple(apart[:NEAREST])


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


class _Walk:
    """One walk, right or with mistakes in its sizes, and what the other mistakes change in it."""

    def __init__(self, of: Mistaken, count: Count, made: tuple[Made, ...]) -> None:
        self.of, self.count, self.made = of, count, made
        quantity = of.quantity
        for each in made:
            if each.mistake.quantity is not None:
                quantity = each.mistake.quantity(quantity)
        self.answer: Answer = value(count, quantity, of.at) or ()

    @cached_property
    def layers(self) -> tuple[Counted, ...]:
        """The layers that a sum is made of; none where it is no sum."""
        return tuple(counted_layers(self.count, self.of.quantity, self.of.at))

    @property
    def _amounts(self) -> list[Made]:
        return [each for each in self.of._possible if each.mistake.amount is not None]

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
            for made in self.of._possible:
                if made.mistake.block is not None:
                    yield from self._by_block(made)

    def _by_block(self, made: Made) -> Iterator[Explanation]:
        assert made.mistake.block is not None
        layers = counted_layers(self.count, self.of.quantity, self.of.at, made.mistake.block)
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
    return (_PLACES[one.mistake.name], id(one.at)) < (_PLACES[other.mistake.name], id(other.at))


def _known(amounts: Iterable[int | None]) -> int | None:
    total = 0
    for each in amounts:
        if each is None:
            return None
        total += each
    return total


def _simplest(found: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """Explanations, the simplest first; none of which a part gives the same answer, or the same mistake everywhere."""
    once = {frozenset(each.made): each for each in found}
    enough = {(made, each.answer) for made, each in once.items()}

    def is_spare(made: frozenset[Made], answer: Answer) -> bool:
        parts = [made - {each} for each in made if len(made) > 1]
        wider = [made - {each} | {Made(each.mistake)} for each in made if each.at is not None]
        return any((part, answer) in enough for part in (*parts, *wider))

    kept = (each for made, each in once.items() if not is_spare(made, each.answer))
    return tuple(sorted(kept, key=lambda each: each.cost))


def _as_wide(answer: Answer, right: Answer) -> Answer:
    """An answer with a size for each axis as one size, where the right one is."""
    return answer[:1] if len(right) == 1 and len(set(answer)) == 1 else answer


def _open(count: Count, quantity: Quantity) -> tuple[str, str]:
    symbols = [*count.trace.symbols]
    if not symbols:
        return f"{quantity.words}: a fraction here, and an answer is a whole number", "ask for another quantity"
    are = f"{', '.join(symbols)} {'is' if len(symbols) == 1 else 'are'} left open"
    return (
        f"{quantity.words}: a formula here, which no number answers, as {are}",
        f"give {'it a value' if len(symbols) == 1 else 'each a value'}: {symbols[0]}=28",
    )

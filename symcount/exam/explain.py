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
from symcount.exam.explanation import Diagnosis, Explanation, simplest
from symcount.exam.spoiled import Answer, Made, answer_of, spoiled_walk
from symcount.exam.walk import Walk, possible
from symcount.quantities import Quantity, quantity_named

MOST_WALKS = 600
"""The most pairs of mistakes with sizes that are walked; larger networks have those alone that are made everywhere."""

NEAREST = 3
"""How many answers of known mistakes are told where none fits."""


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
        found = simplest(self._found(answer))
        return Diagnosis(answer, self.right, found, () if found else self._nearest(answer))

    @property
    def singles(self) -> Iterator[Explanation]:
        """Every single mistake that gives another answer than the right one, the simplest first."""
        return iter(simplest(each for each in self._every_single if each.answer != self.right))

    @property
    def everywhere(self) -> Iterator[Explanation]:
        """Every single mistake that is made wherever it can be, and gives another answer than the right one."""
        walked = (Explanation(walk.made, walk.answer, walk.layers) for walk in self._walks_everywhere)
        amounts = (each for each in self._first.singles if each.made[0].at is None)
        return iter(simplest(each for each in (*walked, *amounts) if each.answer != self.right))

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
    def _first(self) -> Walk:
        return Walk(self.count, self.quantity, self.at, self._possible)

    @cached_property
    def _walks(self) -> list[Walk]:
        """The network as it is, and with each mistake in its sizes: everywhere, and at each layer."""
        made = [made for made in self._possible if made.mistake.changes_walk and made.at is not None]
        return [self._first, *self._walks_everywhere, *self._walked((each,) for each in made)]

    @cached_property
    def _walks_everywhere(self) -> list[Walk]:
        made = [made for made in self._possible if made.mistake.changes_walk and made.at is None]
        return [*self._walked((each,) for each in made)]

    def _walked(self, every: Iterable[tuple[Made, ...]]) -> Iterator[Walk]:
        for made in every:
            count = spoiled_walk(self.count, made)
            if count is not None:
                walk = Walk(count, self.quantity, self.at, self._possible, made)
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
    def _walks_of_two(self) -> list[Walk]:
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

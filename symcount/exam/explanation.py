"""`Explanation` and `Diagnosis`: mistakes that give an answer, and what is found of one; the simplest stand first."""

from __future__ import annotations

from collections.abc import Iterable

from symcount.exam.mistakes import MISTAKES
from symcount.exam.spoiled import Answer, Counted, Made
from symcount.records import record

PLACES = {mistake.name: place for place, mistake in enumerate(MISTAKES)}
"""The places of the mistakes in the catalogue."""


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
        return len(self.made), slips, sum(PLACES[each.mistake.name] for each in self.made)


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


def simplest(found: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """Explanations, the simplest first; none where fewer mistakes, or one made everywhere, give the same answer."""
    once = {frozenset(each.made): each for each in found}
    enough = {(made, each.answer) for made, each in once.items()}

    def is_spare(made: frozenset[Made], answer: Answer) -> bool:
        parts = [made - {each} for each in made if len(made) > 1]
        wider = [made - {each} | {Made(each.mistake)} for each in made if each.at is not None]
        alone = [frozenset({Made(each.mistake)}) for each in made if len({one.mistake.name for one in made}) == 1]
        return any((part, answer) in enough and part != made for part in (*parts, *wider, *alone))

    kept = (each for made, each in once.items() if not is_spare(made, each.answer))
    return tuple(sorted(kept, key=lambda each: each.cost))

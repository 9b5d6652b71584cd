"""`checked`: many variants of each question, and a report of what they are like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from symcount.exam.questions import Exam, Question
from symcount.exam.variant import Variant, letter
from symcount.exam.variants import drawn

VARIANTS = 1_000
"""How many variants of a question are made."""


def checked(exam: Exam, variants: int = VARIANTS, done: Callable[[], object] = lambda: None) -> Iterator[str]:
    """Yield a few lines on each question: the spread of its answers, of the right place, and what was rejected."""
    for question in exam.questions:
        yield from _lines(question, exam, variants, done)


def _lines(question: Question, exam: Exam, variants: int, done: Callable[[], object]) -> Iterator[str]:
    made: list[Variant] = []
    rejected: Counter[str] = Counter()
    for each in drawn(exam, question, variants):
        if isinstance(each, Variant):
            made.append(each)
            done()
        else:
            rejected[each] += 1
    if not made:
        why, times = rejected.most_common(1)[0]
        yield f"{question.name}: no variant: {times:,} draws failed at: {why}"
        return
    keys = Counter(each.key.plain for each in made)
    common, times = keys.most_common(1)[0]
    yield f"{question.name}: {len(made):,} variants, {len(keys):,} different answers, {_span(made)}"
    if times * _OFTEN > len(made):
        yield f"  the answer {common} comes {times:,} times: widen the ranges"
    if made[0].options:
        places = Counter(each.place for each in made)
        yield "  right at " + ", ".join(f"{letter(place)} {places[place]:,}" for place in range(len(made[0].options)))
        mistakes = Counter(one.mistake.name for each in made for option in each.options for one in option.made)
        if mistakes:
            yield "  wrong by " + ", ".join(f"{name} {number:,}" for name, number in mistakes.most_common(_SHOWN))
    if rejected:
        yield "  rejected " + "; ".join(f"{number:,} at: {why}" for why, number in rejected.most_common())


_OFTEN = 4
_SHOWN = 6


def _span(made: list[Variant]) -> str:
    """From the smallest to the largest answer."""
    answers = sorted((each.key for each in made if each.key.answer), key=lambda each: each.answer)
    return f"from {answers[0].plain} to {answers[-1].plain}" if answers else "formulas"

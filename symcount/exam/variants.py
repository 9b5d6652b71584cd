"""Draws variants: values that fulfil the conditions, and options among which the right one is evenly placed.

A variant is drawn from the exam's title and seed, the student and the question alone, so its code makes it again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Set
from functools import partial
from itertools import islice
from math import prod

from symcount.errors import ArchitectureError
from symcount.exam.asked import (
    FORMS,
    SHUFFLED,
    Asked,
    Unfit,
    Values,
    answer_number,
    drawn_network,
    drawn_order,
)
from symcount.exam.questions import Exam, Question
from symcount.exam.variant import Option, Sheet, Variant, option

MOST_DRAWS = 400
"""The most values that are drawn for one variant."""

MOST_MISTAKES = 2
"""The most options of a choice that are mistakes; the others are plausible."""

_LARGEST = 2**53
"""The largest number that every platform holds exactly."""

_NEIGHBOURS = 8
CHOICES = ("choice", "value", "line", "formula")
"""The forms that offer options."""


def variant(exam: Exam, question: Question, student: int) -> Variant:
    r"""Return the variant of a question for a student.

    >>> from symcount.exam.questions import read_exam
    >>> exam = read_exam('[[question]]\nname = "q"\narchitecture = "I784-H(h)"\nwith = {h = "10..20"}')
    >>> variant(exam, exam.questions[0], 1) == variant(exam, exam.questions[0], 1)
    True
    """
    draw = random.Random(f"{exam.title}|{exam.seed}|{student}|{question.name}")
    if question.after:
        return _following(exam, question, student, draw)
    rejected: Counter[str] = Counter()
    taken = _taken(exam, question, student)
    for values in islice(_drawn(question, draw), MOST_DRAWS):
        try:
            return _made(question, values, draw, f"{exam.seed}-{student}", taken)
        except Unfit as unfit:
            rejected[unfit.why] += 1
    raise _none(question, rejected)


def _following(exam: Exam, question: Question, student: int, draw: random.Random) -> Variant:
    """Return the variant of a question that asks more of the network of another one."""
    first = next(each for each in exam.questions if each.name == question.after)
    try:
        return _made(question, variant(exam, first, student).values, draw, f"{exam.seed}-{student}")
    except Unfit as unfit:
        raise _none(question, Counter((unfit.why,))) from None


def sheet(exam: Exam, student: int) -> Sheet:
    """Return the variants of all questions for a student."""
    return Sheet(student, f"{exam.seed}-{student}", tuple(variant(exam, each, student) for each in exam.questions))


def drawn(exam: Exam, question: Question, students: int) -> Iterator[Variant | str]:
    """Yield for every draw the variant that it makes, or why it makes none, for so many students."""
    for student in range(1, students + 1):
        draw = random.Random(f"{exam.title}|{exam.seed}|{student}|{question.name}")
        taken = _taken(exam, question, student)
        for values in islice(_drawn(question, draw), MOST_DRAWS):
            try:
                yield _made(question, values, draw, f"{exam.seed}-{student}", taken)
                break
            except Unfit as unfit:
                yield unfit.why


def _taken(exam: Exam, question: Question, student: int) -> set[str]:
    """The answers of the sheet that this question must not have; none where no condition says so."""
    if not any(each.is_of_the_sheet for each in question.where):
        return set()
    before = exam.questions[: exam.questions.index(question)]
    return {variant(exam, each, student).key.plain for each in before}


def _drawn(question: Question, draw: random.Random) -> Iterator[Values]:
    """Draw values for the symbols, one set after another."""
    while True:
        yield {name: draw.choice(values) for name, values in question.ranges.items()}


def _made(question: Question, values: Values, draw: random.Random, code: str, taken: Set[str] = frozenset()) -> Variant:
    """Return the variant of these values, or refuse them."""
    _check(question, values)
    neighbours = partial(_neighbours, question, values, random.Random(draw.random()))
    try:
        asked = FORMS[question.form](question, values, neighbours)
    except ArchitectureError as error:
        raise _unfit(error) from None
    if asked.key.answer and not 0 < max(asked.key.answer) < _LARGEST:
        raise Unfit("the answer is 0, or 2^53 and more")
    if asked.key.plain in taken:
        raise Unfit(next(each.text for each in question.where if each.is_of_the_sheet))
    options = _options(question, asked, draw) if question.form in CHOICES else ()
    known = () if options else tuple(_apart(asked.key, asked.wrong))
    networks = values, asked.count, asked.other
    return Variant(question, code, *networks, asked.key, options, known, asked.target, asked.solved)


def _check(question: Question, values: Values) -> None:
    """Refuse values for which the network does not exist, or a condition does not hold."""
    try:
        count = drawn_network(question, question.architecture, values)
        _ = count.trace
        for condition in question.where:
            if not condition.is_of_the_sheet and not condition.holds(
                count, values, partial(answer_number, question, values)
            ):
                raise Unfit(condition.text)
    except ArchitectureError as error:
        raise _unfit(error) from None


def _unfit(error: ArchitectureError) -> Exception:
    """An error of values as a reason to draw others; any other is the question's own."""
    return Unfit(_OF_VALUES[error.code]) if error.code in _OF_VALUES else error


_OF_VALUES = {
    "too-small": "a size falls below 1",
    "not-divisible": "a size does not divide another",
    "inexact": "a division leaves a rest",
    "branches-differ": "branches differ",
}
"""What may be wrong with values, and not with a question."""


def _neighbours(question: Question, values: Values, draw: random.Random) -> Iterator[Values]:
    """Draw values that differ in one symbol, then in several, and fulfil the conditions."""
    names = [name for name, given in question.ranges.items() if len(given) > 1 and name != question.solve]
    for turn in range(_NEIGHBOURS * 2 if names else 0):
        changed = [draw.choice(names)] if turn < _NEIGHBOURS else names
        other = {**values, **{name: draw.choice(question.ranges[name]) for name in changed}}
        try:
            if other != values:
                _check(question, other)
                yield other
        except Unfit:
            continue


def _options(question: Question, asked: Asked, draw: random.Random) -> tuple[Option, ...]:
    """Choose the wrong options, so that the right one is as likely at each place."""
    mistakes = [*_apart(asked.key, asked.wrong)]
    likely = draw.sample(mistakes[:_LIKELY], min(MOST_MISTAKES, len(mistakes[:_LIKELY])))
    others = _shuffled(mistakes, draw) if question.form == "formula" else _around(question, asked.key, draw)
    pool = [*_apart(asked.key, (*likely, *asked.fillers, *others))]
    wanted = question.options - 1
    if question.form in SHUFFLED:
        chosen = pool[:wanted]
    else:
        chosen = _placed(asked.key, pool, draw.randrange(question.options), wanted)
    if len(chosen) < wanted:
        raise Unfit("there are too few answers that differ")
    return drawn_order([asked.key, *chosen], question.form, draw)


_LIKELY = 8
"""From how many mistakes, the most frequent first, those of a choice are drawn."""


def _placed(key: Option, pool: list[Option], place: int, wanted: int) -> list[Option]:
    """The first of the pool that leave the key at this place of all, or as near to it as the pool has."""
    below = [each for each in pool if each.answer < key.answer]
    above = [each for each in pool if each.answer > key.answer]
    under = max(min(place, len(below)), wanted - len(above))
    return [*below[:under], *above[: wanted - under]]


def _apart(key: Option, options: Iterator[Option] | tuple[Option, ...]) -> Iterator[Option]:
    """The options that are shown unlike the key and unlike each other."""
    met = {key.shown}
    for each in options:
        if each.shown not in met:
            met.add(each.shown)
            yield each


def _shuffled(options: list[Option], draw: random.Random) -> list[Option]:
    return draw.sample(options, len(options))


def _around(question: Question, key: Option, draw: random.Random) -> Iterator[Option]:
    """Numbers around the key, where a question has no symbols whose other values would give some."""
    if question.form != "choice" or not key.answer:
        return
    *before, last = key.answer
    for step in draw.sample(range(1, 12), 11):
        for moved in (last - step * max(1, last // 20), last + step * max(1, last // 20)):
            if moved > 0:
                yield option(question, (*before, moved))


def _none(question: Question, rejected: Counter[str]) -> ArchitectureError:
    """The error of a question that no values fulfil: what rejected them, and the nearest that would do."""
    total = prod(len(values) for values in question.ranges.values())
    why, times = rejected.most_common(1)[0]
    drawn = sum(rejected.values())
    share = "all" if times == drawn else f"{times} of {drawn}"
    message = f"{question.name}: no variant among {total:,}: {share} that were drawn fail at: {why}"
    return ArchitectureError("no-variant", message, hint=_nearest(question, why))


def _nearest(question: Question, why: str) -> str:
    """What the condition that rejects would have to be, from the values that come nearest to it."""
    failing = [each for each in question.where if each.text == why and not each.is_of_the_sheet]
    if not failing:
        return "widen the ranges of its symbols"
    [condition] = failing[:1]
    draw = random.Random(0)
    best: tuple[int, str] | None = None
    for values in islice(_drawn(question, draw), MOST_DRAWS):
        try:
            count = drawn_network(question, question.architecture, values)
            apart, left = condition.apart(count, values, partial(answer_number, question, values))
        except (ArchitectureError, Unfit):
            continue
        shown = ", ".join(f"{name} = {number}" for name, number in values.items())
        found = f"the nearest is {left:,} on its left side, for {shown}" if isinstance(left, int) else shown
        if best is None or apart < best[0]:
            best = apart, found
    return best[1] if best else "widen the ranges of its symbols"

"""`marked`: what each answer is worth, why, and which mistakes a class made.

A wrong answer that one known mistake gives earns the exam's share of the points, two mistakes half of that; an answer
that is right for an earlier wrong one, to the same network, earns all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from symcount.errors import ArchitectureError, visible
from symcount.exam.answered import Answered
from symcount.exam.answers import read_answer
from symcount.exam.explain import Mistaken
from symcount.exam.explanation import Diagnosis
from symcount.exam.following import Asked, Source, followed, follows_from_shapes
from symcount.exam.questions import Exam
from symcount.exam.told import reason, reasons, source
from symcount.exam.variant import Option, Variant, in_unit, letter
from symcount.exam.variants import sheet
from symcount.exam.wording import wording
from symcount.quantities import quantity_named
from symcount.records import record

_WHOLE = 100
_NEAR = Fraction(1, 200)
"""How far off an answer may be that is rounded to two decimals."""


@record
class Mark:
    """What one answer is worth: its points of so many, a word for it, and feedback.

    ``verdict`` is right, known, consistent, wrong, missing or unreadable; ``mistakes`` are those that give it.
    """

    question: str
    given: str
    key: str
    points: Fraction
    of: int
    verdict: str
    feedback: str = ""
    mistakes: tuple[str, ...] = ()


@record
class Marked:
    """The marks of one student."""

    student: int
    code: str
    marks: tuple[Mark, ...]

    @property
    def points(self) -> Fraction:
        """The sum of the points."""
        return sum((each.points for each in self.marks), start=Fraction(0))

    @property
    def of(self) -> int:
        """The points that there were."""
        return sum(each.of for each in self.marks)


def marked(exam: Exam, answered: Answered) -> Marked:
    """Return the marks of a student."""
    made = sheet(exam, answered.student)
    marks: dict[str, Mark] = {}
    for variant in made.variants:
        marks[variant.question.name] = _mark(exam, variant, answered.answers, made.variants)
    return Marked(made.student, made.code, tuple(marks.values()))


def class_mistakes(students: Iterable[Marked]) -> list[tuple[str, str, int]]:
    """Return which mistakes were made in which question, and how often, the most frequent first."""
    found = Counter((name, mark.question) for each in students for mark in each.marks for name in mark.mistakes)
    return [(name, question, times) for (name, question), times in found.most_common()]


class _Marking(Protocol):
    """Makes the mark of one answer: a word for it, its share of the points, feedback, and the mistakes that give it."""

    def __call__(self, verdict: str, share: int = 0, feedback: str = "", mistakes: tuple[str, ...] = ()) -> Mark: ...


def _mark(exam: Exam, variant: Variant, answers: Mapping[str, str], variants: Sequence[Variant]) -> Mark:
    question = variant.question
    given = answers.get(question.name, "")

    def mark(verdict: str, share: int = 0, feedback: str = "", mistakes: tuple[str, ...] = ()) -> Mark:
        points = Fraction(question.points * share, _WHOLE)
        return Mark(question.name, given, _key(variant), points, question.points, verdict, feedback, mistakes)

    if not given:
        return mark("missing")
    if variant.options:
        return _chosen(exam, variant, given, mark)
    try:
        answer = _read(variant, given)
    except ArchitectureError:
        return mark("unreadable", feedback=_unreadable(exam, variant, given))
    if isinstance(answer, Fraction):
        return _measured(exam, variant, answer, mark)
    if answer == variant.key.answer:
        return mark("right", _WHOLE)
    if variant.other is not None:
        return _known(exam, variant, answer, mark)
    carried = _carried(variant, answer, answers, variants)
    if carried:
        words = wording(exam.language)["marks"]
        return mark("consistent", _WHOLE, words["follows"].format(source=source(carried, exam.language)))
    return _diagnosed(exam, Mistaken(variant.count, quantity_named(question.ask), question.at).diagnosis(answer), mark)


def _key(variant: Variant) -> str:
    return f"{variant.letter}) {variant.key.shown}" if variant.options else variant.key.shown


def _chosen(exam: Exam, variant: Variant, given: str, mark: _Marking) -> Mark:
    """A letter, or what stands behind it."""
    plain = given.strip().rstrip(").").upper()
    chosen = next((each for place, each in enumerate(variant.options) if letter(place) == plain), None)
    if chosen is None:
        wanted = _spaceless(given)
        chosen = next(
            (each for each in variant.options if wanted in (_spaceless(each.plain), _spaceless(each.shown))), None
        )
    if chosen is None:
        return mark("unreadable", feedback=_unreadable(exam, variant, given))
    if chosen.is_right:
        return mark("right", _WHOLE)
    return mark("known" if chosen.made else "wrong", 0, reason(chosen, exam.language), _names(chosen))


def _names(option: Option) -> tuple[str, ...]:
    return tuple(made.mistake.name for made in option.made)


def _spaceless(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def _read(variant: Variant, given: str) -> tuple[int, ...] | Fraction:
    """The answer as a number, or as a size in a unit."""
    unit = variant.question.unit
    if not unit:
        return read_answer(given, len(variant.key.answer))
    plain = re.sub(rf"\s*{unit}$", "", given.strip(), flags=re.IGNORECASE).replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise ArchitectureError("bad-answer", f"{given!r} is no number of {unit}", hint="write 1.50")
    return Fraction(plain)


def _unreadable(exam: Exam, variant: Variant, given: str) -> str:
    """What would be an answer, where what was given is none."""
    words, unit = wording(exam.language)["marks"], variant.question.unit
    kind = "option" if variant.options else "size" if unit else "shape" if len(variant.key.answer) > 1 else "number"
    last = letter(len(variant.options) - 1) if variant.options else ""
    return words[f"no-{kind}"].format(given=visible(given), unit=unit, first=letter(0), last=last)


def _measured(exam: Exam, variant: Variant, answer: Fraction, mark: _Marking) -> Mark:
    """A size in a unit, which may be rounded."""
    unit = variant.question.unit
    for option, share in (variant.key, _WHOLE), *((each, exam.partial) for each in variant.known):
        if abs(in_unit(option.answer[0], unit) - answer) <= _NEAR:
            verdict = "right" if option.is_right else "known"
            return mark(verdict, share, reason(option, exam.language), _names(option))
    return mark("wrong")


def _known(exam: Exam, variant: Variant, answer: tuple[int, ...], mark: _Marking) -> Mark:
    """An answer to a question whose wrong ones are known beforehand."""
    for option in variant.known:
        if option.answer == answer:
            return mark("known", exam.partial, reason(option, exam.language), _names(option))
    return mark("wrong")


def _diagnosed(exam: Exam, diagnosis: Diagnosis, mark: _Marking) -> Mark:
    if not diagnosis.explanations:
        return mark("wrong")
    best = diagnosis.explanations[0]
    alike = [each for each in diagnosis.explanations if len(each.made) == len(best.made)]
    names = tuple(made.mistake.name for made in best.made)
    share = exam.partial if len(best.made) == 1 else exam.partial // 2
    told = wording(exam.language)["marks"]["or"].join(reasons(each, exam.language) for each in alike[:_ALIKE])
    return mark("known", share, told, names)


_ALIKE = 3
"""How many explanations that are as simple are told of one answer."""


def _carried(
    variant: Variant, answer: tuple[int, ...], answers: Mapping[str, str], variants: Sequence[Variant]
) -> Source | None:
    """From which earlier answer to the same network a wrong one follows; None where it does not."""
    question = variant.question
    if not question.after:
        return None
    quantity = quantity_named(question.ask)
    before = [*_before(variant, answers, variants)]
    asked = Asked(question.at, answer)
    alike = [each for ask, each in before if ask == question.ask]
    said = followed(variant.count, quantity, [*alike, asked])[-1].carried
    if said:
        return said
    shapes = {each.at: each.answer for ask, each in before if ask == "output" and each.at is not None}
    if shapes and follows_from_shapes(variant.count, quantity, asked, shapes):
        return Source("answer", [*shapes][-1])
    return None


def _before(variant: Variant, answers: Mapping[str, str], variants: Sequence[Variant]) -> Iterator[tuple[str, Asked]]:
    """The answers that were given before to the same network, and to which quantity each."""
    root = variant.question.after
    for each in variants:
        question = each.question
        if each is variant:
            return
        if root not in (question.name, question.after) or each.is_choice or question.unit:
            continue
        try:
            yield question.ask, Asked(question.at, read_answer(answers.get(question.name, ""), len(each.key.answer)))
        except ArchitectureError:
            continue

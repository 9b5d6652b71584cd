"""GIFT, Moodle's plain text format, which other platforms read too: https://docs.moodle.org/en/GIFT_format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as in_html

from symcount.exam.platforms.moodle import credit, tolerance
from symcount.exam.platforms.pieces import html, name
from symcount.exam.questions import Exam
from symcount.exam.told import reason
from symcount.exam.variant import Option, Sheet, Variant


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the questions of all students, a category for each question of the exam."""
    return ("\n\n".join(_questions(exam, sheets)) + "\n").encode()


def _questions(exam: Exam, sheets: Sequence[Sheet]) -> Iterator[str]:
    for place, question in enumerate(exam.questions):
        title = " ".join(exam.title.replace("/", "//").split())
        yield f"$CATEGORY: $course$/top/{title}/{question.name}"
        for sheet in sheets:
            variant = sheet.variants[place]
            asked = html(exam, variant) + _pattern(variant)
            yield f"::{escaped(name(variant))}::[html]{escaped(asked)} {{{_answers(exam, variant)}}}"


def _pattern(variant: Variant) -> str:
    """How a shape is written in: GIFT has one field for it, whose text is compared letter by letter."""
    sizes = 0 if variant.is_choice else len(variant.key.answer)
    return f"<p><code>{'x'.join('_' * sizes)}</code></p>" if sizes > 1 else ""


def escaped(text: str) -> str:
    r"""Return a text in which no sign is GIFT's.

    >>> escaped("f = {1: ~2}")
    'f \\= \\{1\\: \\~2\\}'
    """
    return "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)


def _answers(exam: Exam, variant: Variant) -> str:
    if variant.is_choice:
        return "".join(
            f"\n\t{'=' if each.is_right else '~'}{_shown(each)}{_feedback(exam, each)}" for each in variant.options
        )
    if len(variant.key.answer) > 1:
        rows = [
            f"={variant.key.plain}",
            *(f"=%{_credit(exam)}%{each.plain}{_feedback(exam, each)}" for each in variant.known),
        ]
        return "".join(f"\n\t{row}" for row in rows)
    rows = [
        f"={variant.key.plain}:{tolerance(variant, variant.key)}",
        *(
            f"=%{_credit(exam)}%{each.plain}:{tolerance(variant, each)}{_feedback(exam, each)}"
            for each in variant.known
        ),
    ]
    return "#" + "".join(f"\n\t{row}" for row in rows)


def _credit(exam: Exam) -> str:
    return credit(exam.partial)


def _shown(option: Option) -> str:
    return escaped(in_html(option.shown))


def _feedback(exam: Exam, option: Option) -> str:
    return f"#{escaped(in_html(reason(option, exam.language)))}" if option.made else ""

"""Marks in a medium: a row for each answer, the sums, and the table of which mistakes a class made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from symcount.exam.answered import Odd
from symcount.exam.asked import MISTAKEN_UNIT
from symcount.exam.marking import Mark, Marked, class_mistakes
from symcount.exam.mistakes import MISTAKES
from symcount.exam.told import sentence
from symcount.exam.variant import THIN, decimal
from symcount.exam.wording import ENGLISH, wording
from symcount.records import record
from symcount.render.media import media_for, medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table

FORMATS = (*media_for("table"), "json")

_MISTAKES = {each.name: each for each in (*MISTAKES, MISTAKEN_UNIT)}


def marks_text(students: Sequence[Marked], odd: Sequence[Odd], medium: str, language: str = ENGLISH) -> str:
    """Return the marks of a class in a medium, and its mistakes; a CSV has the marks alone.

    What programs read has its headings and marks in English, in every language.
    """
    if medium == "json":
        return json.dumps(_data(students, odd), ensure_ascii=False, indent=2)
    kind = medium_named(medium)
    setting = _Setting(kind, wording(ENGLISH if kind.for_programs else language)["marks"], language)
    tables = [setting.marks(students)]
    if not kind.for_programs:
        tables += [setting.sums(students), *setting.mistakes(students)]
    lines = [] if kind.for_programs else [kind.escape(f"line {each.line}: {each.why}") for each in odd]
    return "\n\n".join((*map(kind.table, tables), *(["\n".join(lines)] if lines else [])))


@record
class _Setting:
    """A medium, and the words of the tables in it."""

    medium: Medium
    words: Mapping[str, str]
    language: str

    def marks(self, students: Sequence[Marked]) -> Table:
        columns = self.columns("student question answer key points of mark feedback")
        rows = (
            (str(each.student), *map(self.medium.escape, self.row(mark))) for each in students for mark in each.marks
        )
        return Table(columns, tuple(rows))

    def row(self, mark: Mark) -> tuple[str, ...]:
        key, verdict = mark.key.replace(THIN, " "), self.words[mark.verdict]
        return mark.question, mark.given, key, decimal(mark.points), str(mark.of), verdict, mark.feedback

    def sums(self, students: Sequence[Marked]) -> Table:
        escape = self.medium.escape
        rows = ((str(each.student), escape(each.code), decimal(each.points), str(each.of)) for each in students)
        mean = sum((each.points for each in students), start=Fraction(0)) / max(1, len(students))
        foot = "", escape(self.words["mean"]), decimal(mean), ""
        return Table(self.columns("student code points of"), tuple(rows), foot)

    def mistakes(self, students: Sequence[Marked]) -> Iterator[Table]:
        """The mistakes of the class, if it made any that are known."""
        found = class_mistakes(students)
        if found:
            escape = self.medium.escape
            rows = (
                (name, escape(question), str(times), escape(sentence(_MISTAKES[name], self.language)))
                for name, question, times in found
            )
            yield Table(self.columns("mistake question times is"), tuple(rows))

    def columns(self, names: str) -> tuple[Column, ...]:
        return tuple(Column(self.words[name], numeric=name in _NUMERIC) for name in names.split())


_NUMERIC = ("student", "points", "of", "times")


def _data(students: Sequence[Marked], odd: Sequence[Odd]) -> dict[str, Any]:
    return {
        "students": [
            {
                "student": each.student,
                "code": each.code,
                "points": decimal(each.points),
                "of": each.of,
                "marks": [_mark(mark) for mark in each.marks],
            }
            for each in students
        ],
        "mistakes": [
            {"name": name, "question": question, "times": times} for name, question, times in class_mistakes(students)
        ],
        "unread": [{"line": each.line, "why": each.why} for each in odd],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "question": mark.question,
        "answer": mark.given,
        "key": mark.key,
        "points": decimal(mark.points),
        "of": mark.of,
        "mark": mark.verdict,
        "feedback": mark.feedback,
        "mistakes": [*mark.mistakes],
    }

"""Marks in a medium: a row for each answer, the sums, and the table of which mistakes a class made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from symcount.exam.answered import Odd
from symcount.exam.asked import MISTAKEN_UNIT
from symcount.exam.marking import Mark, Marked, class_mistakes
from symcount.exam.mistakes import MISTAKES
from symcount.exam.variant import decimal
from symcount.render.media import media_for, medium_named
from symcount.render.table import Column, Table

FORMATS = (*media_for("table"), "json")

_SAID = {each.name: each.feedback for each in (*MISTAKES, MISTAKEN_UNIT)}


def marks_text(students: Sequence[Marked], odd: Sequence[Odd], medium: str) -> str:
    """Return the marks of a class in a medium, and its mistakes; a CSV has the marks alone."""
    if medium == "json":
        return json.dumps(_data(students, odd), ensure_ascii=False, indent=2)
    kind = medium_named(medium)
    tables = [_marks(students, medium)]
    if not kind.for_programs:
        tables += [_sums(students, medium), *_mistakes(students, medium)]
    lines = [] if kind.for_programs else [kind.escape(f"line {each.line}: {each.why}") for each in odd]
    return "\n\n".join((*map(kind.table, tables), *(["\n".join(lines)] if lines else [])))


def _marks(students: Sequence[Marked], medium: str) -> Table:
    kind = medium_named(medium)
    headings = ("student", "question", "answer", "key", "points", "of", "mark", "feedback")
    numeric = ("student", "points", "of")
    rows = tuple((str(each.student), *map(kind.escape, _row(mark))) for each in students for mark in each.marks)
    return Table(tuple(Column(name, numeric=name in numeric) for name in headings), rows)


def _row(mark: Mark) -> tuple[str, ...]:
    return (
        mark.question, mark.given, mark.key.replace("\u202f", " "), decimal(mark.points), str(mark.of), mark.verdict,
        mark.feedback,
    )  # fmt: skip


def _sums(students: Sequence[Marked], medium: str) -> Table:
    kind = medium_named(medium)
    columns = (
        Column("student", numeric=True),
        Column("code"),
        Column("points", numeric=True),
        Column("of", numeric=True),
    )
    rows = tuple((str(each.student), kind.escape(each.code), decimal(each.points), str(each.of)) for each in students)
    mean = sum((each.points for each in students), start=Fraction(0)) / max(1, len(students))
    return Table(columns, rows, ("", "mean", decimal(mean), ""))


def _mistakes(students: Sequence[Marked], medium: str) -> Iterator[Table]:
    """The mistakes of the class, if it made any that are known."""
    kind = medium_named(medium)
    found = class_mistakes(students)
    if found:
        columns = (Column("mistake"), Column("question"), Column("times", numeric=True), Column("is"))
        rows = ((name, kind.escape(question), str(times), kind.escape(_SAID[name])) for name, question, times in found)
        yield Table(columns, tuple(rows))


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

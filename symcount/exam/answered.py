"""Reads a file of answers: a row for each student with a column for each question, or a row for each answer.

A row that says nothing of a student or a question that there is, is told with its line, and the others are read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from io import StringIO

from symcount.errors import ArchitectureError, near, visible
from symcount.exam.questions import Exam
from symcount.records import record

MOST_STUDENTS = 100_000
"""The largest number of a student."""

_STUDENT = ("code", "version", "student", "number")
"""The columns that may say whose answers a row has, the surest first: a student may be a name."""

_OF_A_PERSON = (*_STUDENT, "name")
"""The columns that are no questions."""

_CODE = re.compile(r"(?:(\d+)-)?(\d+)")


@record
class Answered:
    """The answers of one student, as they were written, by the names of the questions; ``line`` is that of the file."""

    student: int
    answers: Mapping[str, str]
    line: int


@record
class Odd:
    """A row that could not be read: its line, and why."""

    line: int
    why: str


def read_answers(text: str, exam: Exam) -> Iterator[Answered | Odd]:
    """Yield the answers of each student, and what could not be read."""
    rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text))
    head = [cell.strip() for cell in next(rows, [])]
    lower = [name.lower() for name in head]
    place = next((lower.index(name) for name in _STUDENT if name in lower), None)
    if place is None:
        found = ", ".join(map(visible, head)) or "nothing"
        message = f"the answers have no column for the student, found {found}"
        raise ArchitectureError("bad-answers", message, hint="begin with: student,question,answer")
    if {"question", "answer"} <= {*lower}:
        yield from _long(rows, lower, place, exam)
    else:
        yield from _wide(rows, head, place, exam)


def _delimiter(text: str) -> str:
    """The sign between columns, that of a spreadsheet: a comma, a semicolon or a tab."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _wide(rows: Iterator[list[str]], head: list[str], place: int, exam: Exam) -> Iterator[Answered | Odd]:
    names = [each.name for each in exam.questions]
    columns = {at: name for at, name in enumerate(head) if name in names}
    for name in filter(None, head):
        if name not in names and name.lower() not in _OF_A_PERSON:
            close = near(name, names)
            yield Odd(1, f"no question is called {visible(name)!r}" + (f": did you mean {close}?" if close else ""))
    met: dict[int, int] = {}
    for line, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        student = _student(row[place] if place < len(row) else "", exam, line)
        if isinstance(student, Odd):
            yield student
        elif student in met:
            yield Odd(line, f"student {student} stands on line {met[student]} already")
        else:
            met[student] = line
            if len(row) > len(head):
                yield Odd(line, f"{len(row)} cells, and {len(head)} columns: those that are too many are left out")
            yield Answered(student, {name: row[at].strip() for at, name in columns.items() if at < len(row)}, line)


def _long(rows: Iterator[list[str]], head: list[str], place: int, exam: Exam) -> Iterator[Answered | Odd]:
    names = [each.name for each in exam.questions]
    asked, given = head.index("question"), head.index("answer")
    students: dict[int, dict[str, str]] = {}
    lines: dict[int, int] = {}
    for line, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(place, asked, given):
            yield Odd(line, f"{len(row)} cells, and {len(head)} columns")
            continue
        student, name = _student(row[place], exam, line), row[asked].strip()
        if isinstance(student, Odd):
            yield student
        elif name not in names:
            close = near(name, names)
            yield Odd(line, f"no question is called {visible(name)!r}" + (f": did you mean {close}?" if close else ""))
        elif name in students.setdefault(student, {}):
            yield Odd(line, f"student {student} answers {name} twice: the first answer counts")
        else:
            lines.setdefault(student, line)
            students[student][name] = row[given].strip()
    yield from (Answered(student, answers, lines[student]) for student, answers in students.items() if answers)


def _student(cell: str, exam: Exam, line: int) -> int | Odd:
    """The number of a student, alone or in the code of his sheet."""
    found = _CODE.fullmatch(cell.strip())
    if found is None or int(found[2]) > MOST_STUDENTS:
        return Odd(line, f"{visible(cell.strip())!r} is no student: write the number, or the code of the sheet, 7-12")
    if found[1] is not None and int(found[1]) != exam.seed:
        why = f"{cell.strip()} is of an exam with seed {found[1]}, and this one has {exam.seed}: add --seed {found[1]}"
        return Odd(line, why)
    return int(found[2])

"""A row for each question of each student, for a spreadsheet: numbers are ungrouped, the options are columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from symcount.exam.platforms.pieces import plain
from symcount.exam.questions import Exam
from symcount.exam.variant import Sheet, letter

COLUMNS = ("student", "code", "question", "points", "network", "text", "key", "letter")


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the questions with their keys."""
    widest = max((len(each.options) for sheet in sheets for each in sheet.variants), default=0)
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow((*COLUMNS, *map(letter, range(widest))))
    for sheet in sheets:
        for each in sheet.variants:
            options = [one.plain for one in each.options]
            head = (sheet.student, sheet.code, each.question.name, each.question.points)
            asked = (each.line, plain(exam, each), each.key.plain, each.letter)
            rows.writerow((*head, *asked, *options, *[""] * (widest - len(options))))
    return out.getvalue().encode()

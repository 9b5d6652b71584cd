"""PrairieLearn: a folder for each question, whose ``server.py`` asks symcount, which must be installed there.

``generate`` and ``grade`` are what that file calls; https://prairielearn.readthedocs.io/en/latest/question/ tells what
PrairieLearn passes to them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from symcount.exam.answered import Answered
from symcount.exam.marking import marked
from symcount.exam.platforms.archive import zipped
from symcount.exam.platforms.pieces import html, solution
from symcount.exam.questions import Exam, Question, read_exam
from symcount.exam.told import reason
from symcount.exam.variant import Sheet
from symcount.exam.variants import CHOICES, variant

_STUDENTS = 100_000
"""How many variants there are of a question."""

_SERVER = '''\
"""Asks symcount for a variant of the question, and for the marks of an answer."""

from pathlib import Path

from symcount.exam.platforms import prairielearn

EXAM = Path(__file__).with_name("exam.toml").read_text(encoding="utf-8")
QUESTION = {name!r}


def generate(data):
    prairielearn.generate(EXAM, QUESTION, data)


def grade(data):
    prairielearn.grade(EXAM, QUESTION, data)
'''


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the folders as a zip, to be unpacked in ``questions``; every student has a variant of his own there."""
    files = {}
    for place, question in enumerate(exam.questions):
        folder = f"symcount-{question.name.replace(' ', '-')}"
        made = sheets[0].variants[place]
        fields = 0 if made.is_choice else max(1, len(made.key.answer))
        files[f"{folder}/info.json"] = _info(exam, question)
        files[f"{folder}/question.html"] = _page(fields, bool(question.unit)).encode()
        files[f"{folder}/server.py"] = _SERVER.format(name=question.name).encode()
        files[f"{folder}/exam.toml"] = exam.source.encode()
    return zipped(files)


def _info(exam: Exam, question: Question) -> bytes:
    found = {
        "uuid": str(uuid5(NAMESPACE_URL, f"symcount:{exam.title}:{question.name}")),
        "title": question.name,
        "topic": question.topic or exam.title,
        "tags": ["symcount"],
        "type": "v3",
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def _page(fields: int, is_measured: bool) -> str:
    """The page of a question: options, or a field for each number."""
    if not fields:
        answer = (
            '<pl-multiple-choice answers-name="key1" order="fixed">\n{{#params.options}}\n'
            '<pl-answer correct="{{correct}}" feedback="{{feedback}}">{{shown}}</pl-answer>\n'
            "{{/params.options}}\n</pl-multiple-choice>"
        )
    else:
        kind = "pl-number-input" if is_measured else "pl-integer-input"
        answer = " &times; ".join(f'<{kind} answers-name="key{at}"></{kind}>' for at in range(1, fields + 1))
    return (
        f"<pl-question-panel>\n{{{{{{params.question}}}}}}\n</pl-question-panel>\n{answer}\n"
        "<pl-submission-panel>{{feedback.mistake}}</pl-submission-panel>\n"
        "<pl-answer-panel><pre>{{params.solution}}</pre></pl-answer-panel>\n"
    )


def generate(source: str, name: str, data: dict[str, Any]) -> None:
    """Fill in the variant of a question for the seed that PrairieLearn gives."""
    exam, question = _named(source, name)
    made = variant(exam, question, _student(data))
    data["params"] |= {"question": html(exam, made), "solution": solution(exam, made)}
    if made.is_choice:
        data["params"]["options"] = [
            {
                "shown": each.shown,
                "correct": str(each.is_right).lower(),
                "feedback": escape(reason(each, exam.language)),
            }
            for each in made.options
        ]
    elif question.unit:
        data["correct_answers"]["key1"] = float(made.key.plain)  # its elements format a number, and no text
    else:
        sizes = enumerate(made.key.answer, 1)
        data["correct_answers"] |= {f"key{at}": size for at, size in sizes}


def grade(source: str, name: str, data: dict[str, Any]) -> None:
    """Give an answer that known mistakes explain its share of the points, and say which they are."""
    exam, question = _named(source, name)
    given = [data["submitted_answers"].get(f"key{at}") for at in range(1, len(data["correct_answers"]) + 1)]
    if question.form in CHOICES or any(each is None for each in given):
        return
    written = {question.name: "x".join(map(str, given))}
    marks = marked(exam, Answered(_student(data), written, 0)).marks
    [mark] = [each for each in marks if each.question == name]
    data["score"] = float(mark.points / mark.of) if mark.of else 1.0
    data["feedback"]["mistake"] = mark.feedback
    for at in range(1, len(given) + 1):
        data["partial_scores"].setdefault(f"key{at}", {})["score"] = data["score"]


def _student(data: dict[str, Any]) -> int:
    return int(data["variant_seed"]) % _STUDENTS


def _named(source: str, name: str) -> tuple[Exam, Question]:
    exam = read_exam(source)
    return exam, next(each for each in exam.questions if each.name == name)

"""All of an exam as data: questions, values, keys, options, the mistakes that give them, and the solution."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from symcount.exam.platforms.pieces import html, plain, solution
from symcount.exam.questions import Exam
from symcount.exam.told import reason
from symcount.exam.variant import Option, Sheet, Variant


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the exam as JSON."""
    answer = {
        "title": exam.title,
        "language": exam.language,
        "seed": exam.seed,
        "partial": exam.partial,
        "sheets": [
            {"student": each.student, "code": each.code, "questions": [_question(exam, one) for one in each.variants]}
            for each in sheets
        ],
    }
    return (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode()


def _question(exam: Exam, variant: Variant) -> dict[str, Any]:
    question = variant.question
    return {
        "name": question.name,
        "as": question.form,
        "ask": question.ask,
        "at": question.at,
        "points": question.points,
        "network": variant.line,
        "values": dict(variant.values),
        "text": plain(exam, variant),
        "html": html(exam, variant),
        "key": _option(exam, variant.key),
        "letter": variant.letter or None,
        "options": [_option(exam, each) for each in variant.options],
        "known_mistakes": [_option(exam, each) for each in variant.known],
        "solution": solution(exam, variant),
    }


def _option(exam: Exam, option: Option) -> dict[str, Any]:
    return {
        "shown": option.shown,
        "plain": option.plain,
        "right": option.is_right,
        "mistakes": [made.mistake.name for made in option.made],
        "feedback": reason(option, exam.language),
    }

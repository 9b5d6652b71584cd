"""The catalogue of mistakes as a page, ``docs/mistakes.md``: each with what is said of it, and an answer that it gives.

Written by ``python -m tests.documents``; the answers are those of ``tests/cases/mistakes.txt``.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import symcount as sc
from symcount.exam.mistakes import FAMILIES, Mistake

CASES = Path(__file__).parent / "cases" / "mistakes.txt"


class Case(NamedTuple):
    """An answer that a mistake gives: to which quantity of which network."""

    name: str
    line: str
    of: str
    wrong: str


def cases() -> dict[str, Case]:
    """Return the answer of each mistake, by its name."""
    rows = (line.split(" | ") for line in CASES.read_text(encoding="utf-8").splitlines())
    return {row[0]: Case(*row) for row in rows}


_HEAD = """\
# Mistakes that students make

Made by `python -m tests.documents` from the catalogue itself. [`symcount explain`](teachers.md#what-did-they-do) tells
which of them give an answer. Each is the rule of the layer run with something spoiled, or what is done to its result,
so none has a number of its own. A mistake is made wherever it can be, or at one layer alone; what later layers make of
a wrong size is worked out.

"""


def mistakes_page() -> str:
    """Return the catalogue as a document."""
    return _HEAD + "\n".join(_family(name, family) for name, family in FAMILIES.items())


def _family(name: str, family: tuple[Mistake, ...]) -> str:
    rows = "".join(_row(each, cases()[each.name]) for each in family)
    head = "| mistake | is | for example | of | gives | in place of |\n|---|---|---|---|--:|--:|\n"
    return f"## {name[0].upper()}{name[1:]}\n\n{head}{rows}"


def _row(mistake: Mistake, case: Case) -> str:
    right = sc.parse(case.line).of(case.of)
    shown = "×".join(map(str, right)) if isinstance(right, tuple) else f"{right:,}"
    wrong = case.wrong.replace("x", "×") if "x" in case.wrong else f"{int(case.wrong):,}"
    return f"| `{mistake.name}` | {mistake.feedback} | `{case.line}` | {case.of} | {wrong} | {shown} |\n"

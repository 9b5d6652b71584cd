"""Counts that others found, one in each line of a file: a network, what is given beside it, the count, its source."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """A network, what is given beside its text, and the count that others found, perhaps with that of each layer."""

    text: str
    bindings: dict[str, str]
    convention: str
    quantity: str
    rows: list[int] | None
    total: int
    source: str


def cases(file: str) -> list[Case]:
    """The cases of a file; a line that begins with ## is a remark."""
    lines = (_FOLDER / file).read_text(encoding="utf-8").split("\n")
    return [_case(line) for line in lines if line and line[:2] != "##"]


def _case(line: str) -> Case:
    text, given, count, source = line.split("\t")
    words = dict(word.split("=") for word in given.split() if word != "-")
    convention, quantity = words.pop("convention", "textbook"), words.pop("of", "params")
    rows, equals, total = count.rpartition(" = ")
    numbers = [int(row) for row in rows.split()] if equals else None
    return Case(text, words, convention, quantity, numbers, int(total), source)

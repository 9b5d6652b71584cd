from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from symcount import Architecture

_FILE = Path(__file__).parent / "cases" / "counts.txt"


class Case(NamedTuple):
    """A network, what is given beside its text, and the count that others found."""

    text: str
    bindings: dict[str, str]
    convention: str
    quantity: str
    rows: list[int] | None
    total: int
    source: str


def cases() -> list[Case]:
    return [_case(line) for line in _FILE.read_text(encoding="utf-8").split("\n") if line and line[:2] != "##"]


def _case(line: str) -> Case:
    text, given, count, source = line.split("\t")
    words = dict(word.split("=") for word in given.split() if word != "-")
    convention, quantity = words.pop("convention", "textbook"), words.pop("of", "params")
    rows, equals, total = count.rpartition(" = ")
    numbers = [int(row) for row in rows.split()] if equals else None
    return Case(text, words, convention, quantity, numbers, int(total), source)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:60])
def test_a_count_is_what_others_found(case: Case) -> None:
    net = Architecture(case.text, case.bindings, convention=case.convention)
    assert net.of(case.quantity) == case.total
    if case.rows is not None:
        assert sum(case.rows) == case.total
        assert [layer.of(case.quantity) for layer in net.layers] == case.rows


def test_every_count_has_a_source() -> None:
    assert len(cases()) > 50
    assert all(case.source.strip() for case in cases())

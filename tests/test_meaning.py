from __future__ import annotations

from pathlib import Path

import pytest

from symcount import Architecture, ArchitectureError
from tests.test_errors import Case

_FILE = Path(__file__).parent / "cases" / "meaning.txt"


def cases() -> list[Case]:
    return [_case(line) for line in _FILE.read_text(encoding="utf-8").split("\n") if line and line[:2] != "##"]


def _case(line: str) -> Case:
    text, code, column, part = line.split("\t")
    return Case(text, code, None if column == "-" else int(column), part)


@pytest.mark.parametrize("case", cases(), ids=lambda case: ascii(case.text))
def test_a_mistake_of_meaning_is_told(case: Case) -> None:
    with pytest.raises(ArchitectureError) as raised:
        Architecture(case.text).of()
    error = raised.value
    assert (error.code, error.column) == (case.code, case.column), error
    assert case.part in error.message or case.part in (error.hint or ""), error


def test_there_are_cases() -> None:
    assert len(cases()) > 90

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from symcount.errors import ArchitectureError, Span
from symcount.syntax import parse

_FILE = Path(__file__).parent / "cases" / "errors.txt"
_TERMINAL = re.compile(r"\b[A-Z]{3,}\b|__ANON|Token\(|\$END")


class Case(NamedTuple):
    text: str
    code: str
    column: int | None
    part: str
    last: int | None = None
    """The last column of a caret that is wider than one character."""


def cases() -> list[Case]:
    return [_case(line) for line in _FILE.read_text(encoding="utf-8").split("\n") if line and line[:2] != "##"]


def _case(line: str) -> Case:
    text, code, columns, part = line.split("\t")
    if columns == "-":
        return Case(_unescaped(text), code, None, part)
    column, _, last = columns.partition("-")
    return Case(_unescaped(text), code, int(column), part, int(last or column))


def _unescaped(text: str) -> str:
    plain = {"n": "\n", "\\": "\\"}
    return re.sub(r"\\(n|\\|u[0-9a-f]{4})", lambda m: plain.get(m[1]) or chr(int(m[1][1:], 16)), text)


def judge(text: str) -> object:
    """What is asked to refuse each text."""
    return parse(text)


@pytest.mark.parametrize("case", cases(), ids=lambda case: ascii(case.text))
def test_a_mistake_is_told(case: Case) -> None:
    with pytest.raises(ArchitectureError) as raised:
        judge(case.text)
    error = raised.value
    assert (error.code, error.column) == (case.code, case.column)
    assert case.part in error.message or case.part in (error.hint or "")
    assert error.source == case.text
    if case.column is not None and case.last is not None:
        assert error.span is not None
        width = error.span.end - error.span.start
        assert width == case.last - case.column + 1 or (width == 0 and case.last == case.column)


def test_there_are_cases() -> None:
    assert len(cases()) > 130


@pytest.mark.parametrize("text", ["C(32 5)", "I-C^2", "C(())", "I-C?5", "H-(3)", "I*(i=3)", "let x"])
def test_no_name_of_a_terminal_is_told(text: str) -> None:
    with pytest.raises(ArchitectureError) as raised:
        parse(text)
    assert not _TERMINAL.search(str(raised.value).replace(text, ""))


@pytest.mark.parametrize("text", ["let x", "let x =", "I-", "I-C*", "def f", "I-C@"])
def test_at_the_end_the_caret_is_at_the_end(text: str) -> None:
    with pytest.raises(ArchitectureError) as raised:
        parse(text)
    assert raised.value.span is not None
    assert raised.value.span.end == len(text)


def test_six_things_at_most_could_stand_there() -> None:
    with pytest.raises(ArchitectureError) as raised:
        parse("I-C(32,5)(3)")
    hint = raised.value.hint or ""
    assert 1 < len(re.split(", | or ", hint)) <= 6


@pytest.mark.parametrize("text", ["let on = 3", "def f(same) = C", "I*(map in [1])", "def none = C"])
def test_a_word_of_the_language_cannot_be_bound(text: str) -> None:
    with pytest.raises(ArchitectureError) as raised:
        parse(text)
    assert raised.value.code == "reserved-word"


def test_a_layer_may_be_called_as_a_keyword_of_python() -> None:
    parse("def lambda = C; I-lambda-while(3)")


def test_an_error_is_not_changed() -> None:
    error = ArchitectureError("code", "what was found")
    placed = error.within("I-C")
    assert (error.source, placed.source, placed.within("P").source) == (None, "I-C", "I-C")
    with pytest.raises(AttributeError, match="source is not changed"):
        error.source = "I-C"


@pytest.mark.parametrize("span", [Span(3, 3), Span(3, 9), Span(5, 9), Span(100, 200)])
def test_a_caret_stands_under_the_text(span: Span) -> None:
    assert str(ArchitectureError("code", "found", span=span, source="I-C")) == "found\n  I-C\n     ^"

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from symcount.errors import ArchitectureError, Span, near
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


def shown(source: str, start: int, end: int) -> list[str]:
    """The lines under the message of an error at this place."""
    return str(ArchitectureError("x", "wrong", span=Span(start, end), source=source)).split("\n")[1:]


@pytest.mark.parametrize(
    ("source", "start", "end", "lines"),
    [
        ("I-C", 0, 1, ["  I-C", "  ^"]),
        ("I-C", 2, 3, ["  I-C", "    ^"]),
        ("I-C", 3, 3, ["  I-C", "     ^"]),
        ("I-\nC-P\n-O", 3, 6, ["  C-P", "  ^^^"]),
        ("I-\nC-P\n-O", 4, 9, ["  C-P", "   ^^"]),
        ("\n\nI-C", 2, 3, ["  I-C", "  ^"]),
        ("\nI-C", 1, 2, ["  I-C", "  ^"]),
        ("\nI-C", 0, 1, ["  ", "  ^"]),
        ("x" * 60 + "\n" + "y" * 60, 120, 121, ["  " + "y" * 60, "  " + " " * 59 + "^"]),
        ("I\t-\x1bC", 4, 5, ["  I�-�C", "      ^"]),
        ("x" * 100, 99, 100, ["  " + "x" * 100, "  " + " " * 99 + "^"]),
        ("a" + "x" * 100, 0, 1, ["  a" + "x" * 99 + "…", "  ^"]),
        ("x" * 80 + "y" + "x" * 80, 80, 81, ["  …" + "x" * 50 + "y" + "x" * 49 + "…", "  " + " " * 51 + "^"]),
        ("x" * 160 + "y", 160, 161, ["  …" + "x" * 50 + "y", "  " + " " * 51 + "^"]),
        ("I\n" + "x" * 50 + "y" * 200, 52, 252, ["  " + "x" * 50 + "y" * 50 + "…", "  " + " " * 50 + "^" * 50]),
    ],
)  # fmt: skip
def test_the_caret_stands_under_the_whole_place(source: str, start: int, end: int, lines: list[str]) -> None:
    assert shown(source, start, end) == lines


def test_line_and_column_count_from_one() -> None:
    places = [
        (error.line, error.column)
        for start in range(6)
        for error in [ArchitectureError("x", "wrong", span=Span(start, start + 1), source="\nab\n\nc")]
    ]
    assert places == [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1), (4, 1)]


@pytest.mark.parametrize(("span", "source"), [(None, None), (Span(0, 1), None), (None, "I-C")])
def test_an_error_without_a_place_is_its_message(span: Span | None, source: str | None) -> None:
    error = ArchitectureError("x", "wrong", span=span, source=source)
    assert (error.line, error.column, str(error), error.args) == (None, None, "wrong", ("x", "wrong"))
    assert str(error.hinted("right")) == "wrong\nhint: right"


def test_a_source_is_given_once() -> None:
    error = ArchitectureError("x", "wrong", span=Span(0, 1)).within("I-C")
    assert (error.source, error.within("H").source, error.span) == ("I-C", "I-C", Span(0, 1))


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        (0, []),
        (1, ["f0"]),
        (4, ["f0", "f1", "f2", "f3"]),
        (5, ["f0", "f1", "f2", "… 1 calls further out …", "f4"]),
        (9, ["f0", "f1", "f2", "… 5 calls further out …", "f8"]),
    ],
)
def test_of_many_calls_the_innermost_and_the_outermost_are_shown(calls: int, told: list[str]) -> None:
    error = ArchitectureError("x", "wrong", span=Span(0, 1), source="C")
    for i in range(calls):
        error = error.called(Span(1, 3), f"-f{i}", f"f{i}")
    lines = [line for name in told for line in _call(name)]
    assert str(error).split("\n") == ["wrong", "  C", "  ^", *lines]
    assert str(pickle.loads(pickle.dumps(error.hinted("right")))) == str(error) + "\nhint: right"


def _call(name: str) -> list[str]:
    return [name] if name.startswith("…") else [f"in {name}, called here:", f"  -{name}", "   ^^"]


def test_the_nearest_name_is_the_one_spelled_most_alike() -> None:
    known = ["Conv", "conve", "stride", "Kernel"]
    assert [near(name, known) for name in ("CONV", "strid", "kernels", "xyz", "")] == [
        "Conv", "stride", "Kernel", None, None,
    ]  # fmt: skip
    assert near("abcde", ["abcxy", "abxyz"]) == "abcxy"
    assert near("abcde", ["abxyz"]) is None

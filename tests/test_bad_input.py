from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcount.errors import ArchitectureError
from symcount.syntax import parse, text
from symcount.syntax.limits import DEEPEST_NESTING, LONGEST_NAME, LONGEST_TEXT, MOST_DIGITS
from symcount.syntax.tree import Program
from tests.test_roundtrip import CASES

_SIGNS = [
    *list("()[]{}-+*/%^<>=!×.,;|?@&#_ \n\t0123456789IxCPk:\"'λ\u200b�\x00→"),
    "->",
    "..",
    "let ",
    "def ",
]
_soup = st.lists(st.sampled_from(_SIGNS), max_size=30).map("".join)


def answers(source: str) -> Program | ArchitectureError:
    """The tree or the error; anything else that is raised fails the test."""
    try:
        program = parse(source)
    except ArchitectureError as refusal:
        error = refusal
    else:
        assert parse(text(program)) == program
        return program
    assert str(error)
    assert error.span is None or 0 <= error.span.start <= error.span.end <= len(source)
    return error


@settings(max_examples=500)
@given(st.text() | _soup)
def test_any_text_is_answered(source: str) -> None:
    answers(source)


@settings(max_examples=200)
@given(st.binary())
def test_any_bytes_are_answered(source: bytes) -> None:
    answers(source.decode("utf-8", "surrogateescape"))
    answers(source.decode("latin-1"))


@settings(max_examples=500)
@given(st.sampled_from(CASES), st.data())
def test_any_change_to_a_text_is_answered(case: str, data: st.DataObject) -> None:
    source = case.partition("\t")[0]
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(len(source), start + 4)))
    answers(source[:start] + data.draw(_soup | st.just("")) + source[end:])


REFUSED = {
    "brackets": ("[" * 1_000_000, "too-long"),
    "parentheses": ("C" + "(" * 200_000, "too-deep"),
    "series": ("[" * 101 + "C" + "]" * 101, "too-deep"),
    "powers": ("C(x" + "^x" * 100_000 + ")", "too-deep"),
    "signs": ("C(" + "-" * 200_000 + "x)", "too-deep"),
    "sum": ("let x = a" + "+a" * 100_000, "too-deep"),
    "counts": ("C" + "*2" * 100_000, "too-deep"),
    "maybes": ("C" + "?" * 200_000, "too-deep"),
    "labels": ("C" + "@a" * 100_000, "too-deep"),
    "digits": ("C(" + "9" * 10_000 + ")", "too-many-digits"),
    "digits of an area": ("C(1x" + "9" * 10_000 + ")", "too-many-digits"),
    "surrogate": ("I-\udc80", "unknown-character"),
    "null": ("I-\0-C", "unknown-character"),
    "new lines": ("\n" * 249_000 + "C(", "unclosed-bracket"),
    "spaces": ("1" + " " * 249_000 + "=", "number-first"),
    "sizes": ("1-" * 120_000 + "1", "foreign-notation"),
    "escape": ("\x1b[31mC", "unclosed-bracket"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_text_is_refused(name: str) -> None:
    source, code = REFUSED[name]
    error = answers(source)
    assert isinstance(error, ArchitectureError)
    assert error.code == code


@pytest.mark.parametrize(
    "source",
    [
        "[" * DEEPEST_NESTING + "C" + "]" * DEEPEST_NESTING,
        "C(" + "min(" * 99 + "1" + ")" * 100,
        "C(" + "(" * 50 + "x" + "+1)^2" * 24 + ")" * 27,
        "C(x" + "^x" * 98 + ")",
        "C(" + "[" * 99 + "1" + "]" * 99 + ")",
        "C(" + "9" * MOST_DIGITS + ")",
        ("x" * LONGEST_NAME + "-") * (LONGEST_TEXT // (LONGEST_NAME + 1)) + "y",
    ],
    ids=lambda source: source[:12],
)
def test_what_the_limits_allow_is_read_and_walked(source: str) -> None:
    program = answers(source)
    assert isinstance(program, Program)
    assert hash(program) == hash(parse(source))
    assert repr(program)


def test_another_exception_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> Program:
        raise RecursionError

    monkeypatch.setitem(answers.__globals__, "parse", broken)
    with pytest.raises(RecursionError):
        answers("I")

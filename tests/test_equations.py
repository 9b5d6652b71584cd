"""Equations on a page: where a line that is too wide is broken, and what the short form leaves out."""

from __future__ import annotations

import pytest

import symcount as sc
from symcount.arithmetic import Named, Symbol
from symcount.arithmetic.notation import LATEX, TEXT, UNICODE
from symcount.derivation import Equation
from symcount.render.equations import Side, Signs, bounded, letter, lines, sides, word

A, B, C = (Side((sign * 4,), (4,)) for sign in "abc")
PLAIN = Signs(UNICODE, UNICODE)
WIDE = Side(("xxxx", " + yyyy", " + zzzz"), (4, 7, 7))


@pytest.mark.parametrize(
    ("chain", "widest", "shown"),
    [
        ([A, B], 11, ["aaaa = bbbb"]),
        ([A, B], 10, ["aaaa", " = bbbb"]),
        ([A, B, C], 18, ["aaaa = bbbb = cccc"]),
        ([A, B, C], 17, ["aaaa = bbbb", " = cccc"]),
        ([A, B, C], 10, ["aaaa", " = bbbb", " = cccc"]),
        ([A, B, C, A], 14, ["aaaa = bbbb", " = cccc = aaaa"]),
        ([A, WIDE], 21, ["aaaa", " = xxxx + yyyy + zzzz"]),
        ([A, WIDE], 20, ["aaaa = xxxx", " + yyyy + zzzz"]),
        ([A, WIDE], 0, ["aaaa", " = xxxx", " + yyyy", " + zzzz"]),
        ([WIDE, A], 21, ["xxxx + yyyy + zzzz", " = aaaa"]),
        ([WIDE, A], 25, ["xxxx + yyyy + zzzz = aaaa"]),
        ([WIDE, A], 24, ["xxxx + yyyy + zzzz", " = aaaa"]),
        ([WIDE], 20, ["xxxx + yyyy", " + zzzz"]),
        ([WIDE], 14, ["xxxx + yyyy", " + zzzz"]),
        ([WIDE], 13, ["xxxx", " + yyyy", " + zzzz"]),
    ],
)
def test_where_a_line_is_broken(chain: list[Side], widest: int, shown: list[str]) -> None:
    assert lines(chain, TEXT, widest) == shown


def test_a_third_side_that_is_broken_starts_a_line() -> None:
    assert lines([A, WIDE], TEXT, 20)[0] == "aaaa = xxxx"
    assert lines([A, B, WIDE], TEXT, 20) == ["aaaa = bbbb", " = xxxx + yyyy", " + zzzz"]


def test_a_condition_is_broken_where_its_left_side_leaves_no_room() -> None:
    assert bounded(A, WIDE, TEXT, 25) == ["aaaa ≥ xxxx + yyyy + zzzz"]
    assert bounded(A, WIDE, TEXT, 24) == ["aaaa ≥ xxxx + yyyy", " + zzzz"]


def test_how_wide_a_side_is_to_the_eye_is_its_width_in_plain_signs() -> None:
    side = letter(Symbol("alpha") ** 12 + 1, Signs(LATEX, UNICODE))
    assert (side.text, side.terms, side.widths, side.width) == (r"\alpha^{12} + 1", (r"\alpha^{12}", " + 1"), (3, 4), 7)
    assert word("two words", LATEX) == Side((r"\text{two words}",), (9,))


def test_a_side_that_fits_no_line_is_left_out_where_another_does() -> None:
    k, n = Named("k", 12345), Named("n", 123456)
    step = Equation("width", n * k, 24690, Named("m", 24690))
    by = [side.text for side in sides(step, PLAIN, {}, 12)]
    assert by == ["m", "n·k", "123456·12345", "24690"]
    assert [side.text for side in sides(step, PLAIN, {}, 11)] == ["m", "n·k", "24690"]
    assert [side.text for side in sides(step, PLAIN, {}, 0)] == by
    assert [side.text for side in sides(step, PLAIN, {"k": "w"}, 11)] == ["m", "n·w", "24690"]


def last_row(source: str) -> list[str]:
    """The row of the last layer in the short form, cell by cell; the row below it is the total."""
    table = sc.parse(source).derive(detail="short").to("markdown").split("\n\n")[2].splitlines()
    return [cell.strip().strip("$`") for cell in table[-2].strip("|").split("|")]


@pytest.mark.parametrize(("digits", "fits"), [(12, True), (13, False)])
def test_a_calculation_of_a_size_is_left_out_where_it_is_long(digits: int, fits: bool) -> None:
    """``⌊(100000000001 + 2·300 − 7)/2⌋ + 1`` has 34 characters."""
    pixels = 10 ** (digits - 1) + 1
    cells = last_row(f"I(1,{pixels})-C(1,7,s=2,p=300)")
    assert any("lfloor" in cell for cell in cells) == fits
    assert f"1 \\times {(pixels + 593) // 2 + 1}" in cells


@pytest.mark.parametrize(("letters", "shown"), [(58, r"(784 + 1)"), (59, "785")])
def test_a_calculation_of_an_amount_may_be_twice_as_long(letters: int, shown: str) -> None:
    assert last_row(f"I784-H({'y' * letters})")[-1] == rf"{shown} \cdot \text{{{'y' * letters}}}"

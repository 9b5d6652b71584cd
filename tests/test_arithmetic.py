"""Written arithmetic: what a term keeps and drops, and what is exact."""

from __future__ import annotations

import pytest

from symcount.arithmetic import (
    CeilDiv,
    IndexedSum,
    InexactRatioError,
    Max,
    Min,
    Named,
    Product,
    Ratio,
    Size,
    Sum,
    Symbol,
    addends_by_name,
    by_name,
    by_value,
    ceil_div,
    known_sum,
    maximum,
    minimum,
    product,
    ratio,
    substitute,
)
from symcount.arithmetic.notation import LATEX, UNICODE, Notation

A, B, INDEX = (Symbol(name) for name in "abi")


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (A + 0, A), (0 + A, A), (A - 0, A), (A * 1, A), (1 * A, A), (A * 0, 0), (0 * A, 0), (A // 1, A), (A % 1, 0),
        (A**1, A), (-A, Product((-1, A))), (A + 1, Sum((A, 1))), (A * 2, Product((A, 2))), (1 + A, Sum((1, A))),
        (2 * A, Product((2, A))), (A + B + 1, Sum((A, B, 1))), (A * B * 2, Product((A, B, 2))),
        (product([]), 1), (product([2, A, 3]), Product((2, A, 3))),
    ],
)  # fmt: skip
def test_only_what_an_unused_option_leaves_is_dropped(made: Size, kept: Size) -> None:
    assert made == kept


@pytest.mark.parametrize(("left", "right"), [(A - 1, "a - 1"), (A // 2, "⌊a/2⌋"), (A % 2, "a mod 2"), (A**0, "a^0")])
def test_what_is_not_neutral_stays(left: Size, right: str) -> None:
    assert by_name(left) == right


@pytest.mark.parametrize(("above", "below", "quotient"), [(12, 4, 3), (0, 3, 0), (5, 1, 5), (-6, 2, -3), (-6, -2, 3)])
def test_a_ratio_of_ints_is_exact(above: int, below: int, quotient: int) -> None:
    assert ratio(above, below) == ceil_div(above, below) == quotient


@pytest.mark.parametrize(("above", "below"), [(7, 2), (1, 3), (1, 0), (0, 0)])
def test_a_ratio_with_a_rest_is_refused(above: int, below: int) -> None:
    with pytest.raises(InexactRatioError) as caught:
        ratio(above, below)
    assert (caught.value.numerator, caught.value.denominator) == (above, below)


def test_a_quotient_with_a_letter_is_written() -> None:
    assert (ratio(A, 1), ratio(A, 2), ratio(2, A)) == (A, Ratio(A, 2), Ratio(2, A))
    assert (ceil_div(A, 1), ceil_div(A, 2), ceil_div(2, A)) == (A, CeilDiv(A, 2), CeilDiv(2, A))
    assert (ceil_div(7, 2), ceil_div(-7, 2), ceil_div(8, 2)) == (4, -3, 4)


def test_the_smallest_and_largest_of_ints_are_ints() -> None:
    assert (minimum(3, 2), maximum(3, 2)) == (2, 3)
    assert (minimum(3, A, 2), maximum(3, A)) == (Min((3, A, 2)), Max((3, A)))


def test_a_sum_is_known_where_every_size_is() -> None:
    assert (known_sum([2, 3]), known_sum([]), known_sum([2, A])) == (5, 0, None)


def test_the_index_of_a_sum_stays_where_letters_are_replaced() -> None:
    size = IndexedSum(INDEX, 1, A, Product((INDEX, A))) + INDEX
    assert by_name(substitute(size, lambda letter: Named(letter.name, 7))) == "Σ(i=1..a) i*a + i"
    assert by_value(substitute(size, lambda letter: Named(letter.name, 7))) == "Σ(i=1..7) i*7 + 7"


@pytest.mark.parametrize(
    ("size", "parted"),
    [
        (Sum((A, -5)), ["a", " - 5"]), (Sum((A, Product((-1, B)))), ["a", " - b"]), (A, ["a"]), (Sum(()), None),
        (Sum((A, Product((-2, B)), 0)), ["a", " - 2*b", " + 0"]), (A * B, ["a*b"]),
        (Sum((A, Product((-1, Sum((A, B)))))), ["a", " - (a + b)"]),
    ],
)  # fmt: skip
def test_a_sum_term_by_term(size: Size, parted: list[str] | None) -> None:
    if parted is None:
        with pytest.raises(ValueError, match="not enough values"):
            addends_by_name(size)
    else:
        assert addends_by_name(size) == parted


K, C = Named("k", 5), Named("c", 1)


@pytest.mark.parametrize(
    ("size", "notation", "name", "value"),
    [
        (K * K * C, UNICODE, "k²·c", "5·5·1"),
        (K * K * K, UNICODE, "k³", "5·5·5"),
        (C * K * K, LATEX, r"c k^{2}", r"1 \cdot 5 \cdot 5"),
        ((K + 1) * (K + 1), UNICODE, "(k + 1)²", "(5 + 1)·(5 + 1)"),
        (Product((K**2, K**2)), UNICODE, "k²·k²", "5²·5²"),
        (Product((Product((K, C)), Product((K, C)))), UNICODE, "k·c·k·c", "5·1·5·1"),
        (Product((2, 2, A)), LATEX, r"2 \cdot 2 a", r"2 \cdot 2 a"),
        (Product((A, 2, A)), LATEX, r"a \cdot 2 a", r"a \cdot 2 a"),
        (Product((-1, A)), UNICODE, "−a", "−a"),
        (Product((-3, A)), UNICODE, "−3·a", "−3·a"),
        (Product((-1, A + 1)), UNICODE, "−(a + 1)", "−(a + 1)"),
        (A**-1, UNICODE, "a^(−1)", "a^(−1)"),
    ],
)
def test_factors_that_come_twice_are_a_power_by_name_and_never_by_value(
    size: Size, notation: Notation, name: str, value: str
) -> None:
    assert (by_name(size, notation), by_value(size, notation)) == (name, value)

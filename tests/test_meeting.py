"""Sizes that meet in every pass of a repeat: where the division that is said leaves no rest, and only there."""

from __future__ import annotations

from itertools import product

import pytest

from symcount.algebra import division_where_equal
from symcount.arithmetic import Power, Size, Symbol, by_name, ceil_div
from tests.test_sums import value

D, c, i, n, s = (Symbol(name) for name in "D c i n s".split())


def halved(size: Size, times: Size) -> Size:
    return size // Power(2, times)


def shrunk(size: Size, times: Size) -> Size:
    return size // Power(s, times)


MEETING: dict[str, tuple[Size, Size, Size, Size, str]] = {
    "what was halved D times is doubled up to the last pass": (
        2**i * halved(n, D),
        halved(n, D - i),
        0,
        D,
        "2^D divides n",
    ),
    "what is halved pass by pass is as large as in the first": (
        2 ** (D - i) * halved(n, D),
        halved(n, i),
        0,
        D,
        "2^D divides n",
    ),
    "passes from 1 on": (2 ** (i - 1) * halved(n, D), halved(n, D + 1 - i), 1, D + 1, "2^D divides n"),
    "what was halved once less often": (
        2 ** (i - 1) * halved(n, D - 1),
        halved(n, D - i),
        1,
        D,
        "2^D divides 2*n",
    ),
    "a multiple of a size": (2**i * halved(3 * n, D), halved(3 * n, D - i), 0, D, "2^D divides 3*n"),
    "a number of passes": (2**i * (n // 8), halved(n, 3 - i), 0, 3, "8 divides n"),
    "one pass": (2 * (n // 2), n, 1, 1, "2 divides n"),
    "the same several times": (3 * 2**i * halved(n, D), halved(n, D - i) * 3, 0, D, "2^D divides n"),
    "the other way round": (halved(n, D - i), 2**i * halved(n, D), 0, D, "2^D divides n"),
    "a sum": (2**i * halved(n + c, D), halved(n + c, D - i), 0, D, "2^D divides c + n"),
    "a size with an offset": (2**i * halved(n + 3, D), halved(n + 3, D - i), 0, D, "2^D divides n + 3"),
    "an open stride": (s**i * shrunk(n, D), shrunk(n, D - i), 0, D, "s^D divides n"),
    "each pass doubles what the next has halved": (2 * halved(n, i + 1), halved(n, i), 0, D - 1, "2^D divides n"),
    "each pass doubles, from 1 on": (2 * halved(n, i), halved(n, i - 1), 1, D, "2^D divides n"),
    "each pass doubles, back from the last": (
        2 * halved(n, D - i),
        halved(n, D - i - 1),
        0,
        D - 1,
        "2^D divides n",
    ),
    "each pass triples": (3 * (n // 3 ** (i + 1)), n // 3**i, 0, D - 1, "3^D divides n"),
    "each pass doubles, in a number of passes": (2 * halved(n, i + 1), halved(n, i), 0, 2, "8 divides n"),
    "each pass doubles, several times": (10 * halved(n, i + 1), 5 * halved(n, i), 0, D - 1, "2^D divides n"),
    "each pass doubles what was a product": (2 * halved(c * n, i + 1), halved(c * n, i), 0, D - 1, "2^D divides c*n"),
    "each pass doubles, the other way round": (halved(n, i), 2 * halved(n, i + 1), 0, D - 1, "2^D divides n"),
}


@pytest.mark.parametrize("name", MEETING)
def test_the_division_holds_just_where_the_sizes_are_equal_in_every_pass(name: str) -> None:
    left, right, first, last, text = MEETING[name]
    division = division_where_equal(left, right, i, first, last)
    assert division is not None
    divisor, dividend = division
    assert "{} divides {}".format(*map(by_name, division)) == text
    for size, deep, other, stride in product(range(1, 40), range(1, 5), (1, 2, 3), (2, 3)):
        values = {"n": size, "D": deep, "c": other, "s": stride}
        passes = range(value(first, values), value(last, values) + 1)
        equal = all(value(left, values | {"i": place}) == value(right, values | {"i": place}) for place in passes)
        assert equal == (value(dividend, values) % value(divisor, values) == 0), values


@pytest.mark.parametrize(
    ("left", "right", "first", "last"),
    [
        # never equal: one is larger by 1
        (halved(n, i) + 1, halved(n, i), 0, D),
        # equal for some n that no division tells: of 3*(n//2) and n these are 0, 3 and no others
        (3 * (n // 2), n, 0, D),
        (3 * halved(n, i + 1), halved(n, i), 0, D - 1),
        # equal in the first pass where 2 divides n, and never in the second
        (2 * halved(n, i), n, 1, D),
        # equal where a power of 2 divides a quarter of n that is rounded down: 5 will do as well as 4
        (2 * halved(n, i + 3), halved(n, i + 2), 0, D),
        # the divisor of the first floor grows twice as fast as the factor tells
        (2 * (n // (2 * 4**i)), n // 4**i, 0, D),
        # a sum of two floors is no multiple of one
        (2 * halved(n, i + 1) + 1, halved(n, i), 0, D - 1),
        (2 * halved(n, i + 1) + 2 * halved(c, i + 1), halved(n, i) + halved(c, i), 0, D - 1),
        # the larger is no whole number of times the smaller
        (2 * halved(n, i + 1), 3 * halved(n, i), 0, D - 1),
        # equal where 2 divides n, but for any n too where c is 3
        (2 * c * (n // 2) + 3 * n, c * n + 6 * (n // 2), 1, 1),
        # ceilings, of which the first pass asks for more than floors do
        (2 * ceil_div(n, Power(2, i + 1)), ceil_div(n, Power(2, i)), 0, D - 1),
        # equal where 2^D divides a product, of which neither factor need be a multiple
        (2**i * halved(c * n, D), halved(c * n, D - i), 0, D),
    ],
)
def test_what_no_division_makes_equal_is_not_told_to_be(left: Size, right: Size, first: Size, last: Size) -> None:
    assert division_where_equal(left, right, i, first, last) is None

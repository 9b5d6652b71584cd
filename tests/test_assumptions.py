"""What a closed form takes for granted: stated with the sizes that need it, and with no others."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

import symcount as sc
from symcount.algebra import Conversion, closed_form
from symcount.arithmetic import IndexedSum, Named, Ratio, Size, Symbol
from tests.seeds import chosen_seed

c, d, g, i, k, m, n, N = (Symbol(name) for name in "c d g i k m n N".split())

Assumed = Callable[[Conversion, list[Size]], list[str]]


def assumed(conversion: Conversion, sizes: list[Size]) -> list[str]:
    """What the sum of sizes takes for granted, as text."""
    return [each.text() for each in conversion.total(sizes)[1]]


def test_a_size_states_what_it_needs_whatever_was_asked_before() -> None:
    conversion = Conversion()
    padding = Named("p", Ratio(k - 1, 2))
    output, params = Named("n_1", n + 2 * padding), Named("w", Ratio(c, g) * 9)
    assert assumed(conversion, [params]) == ["g divides c"]
    assert assumed(conversion, [output]) == ["2 divides k - 1"]
    assert assumed(conversion, [params]) == ["g divides c"]
    assert assumed(conversion, [params, output, params]) == ["g divides c", "2 divides k - 1"]
    assert assumed(conversion, [n, 4]) == []
    assert assumed(conversion, []) == []


def test_a_name_needs_what_the_names_in_it_need() -> None:
    left, right = Named("l", Ratio(c, 2)), Named("r", Ratio(d, 3))
    both = Named("b", left + right)
    alone = Named("a", left * n)
    top = Named("t", Ratio(both * m, 5) + alone)
    conversion = Conversion()
    assert assumed(conversion, [top]) == ["2 divides c", "3 divides d", "30 divides 3*c*m + 2*d*m"]
    assert assumed(conversion, [both]) == ["3 divides d", "2 divides c"]
    assert assumed(conversion, [alone]) == ["2 divides c"]


def test_a_sum_needs_of_every_value_what_its_term_needs_of_one() -> None:
    share = Named("s", Ratio(c + d * i, 2))
    total = IndexedSum(i, 0, N, share)
    conversion = Conversion()
    assert assumed(conversion, [share]) == ["2 divides d*i + c"]
    assert assumed(conversion, [total]) == ["2 divides c", "2 divides d if N ≥ 1"]
    assert assumed(conversion, [share]) == ["2 divides d*i + c"]
    assert assumed(conversion, [Ratio(m, 7) + total]) == ["7 divides m", "2 divides c", "2 divides d if N ≥ 1"]


def test_names_may_be_thousands_deep() -> None:
    size: Size = Named("n_0", Ratio(n, 2))
    for step in range(4000):
        size = Named(f"n_{step + 1}", size + 1)
    conversion = Conversion()
    assert assumed(conversion, [size]) == ["2 divides n"]
    assert assumed(conversion, [size + Ratio(c, g)]) == ["2 divides n", "g divides c"]


def sized(draw: random.Random, known: list[Size]) -> Size:
    """A random size over sizes that are known already, often named, often an exact quotient."""
    left, right = draw.choice(known), draw.choice(known)
    divisors: list[Size] = [2, 3, g]
    forms: list[Size] = [left + right, left + 1, left * 2, Ratio(left, draw.choice(divisors)), left - right]
    if draw.random() < 0.1:
        forms.append(IndexedSum(i, 0, N, draw.choice([c, d, n]) * i + Ratio(m * i, 2)))
    size = draw.choice(forms)
    return Named(f"x_{len(known)}", size) if draw.random() < 0.7 else size


def check_independence(rounds: int, of: Assumed) -> None:
    """Each size, asked for amid others, needs what it needs when asked for alone."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(rounds):
        known: list[Size] = [c, d, k, m, n]
        for _ in range(8):
            known.append(sized(draw, known))
        conversion = Conversion()
        for size in draw.choices(known, k=12):
            assert of(conversion, [size]) == [each.text() for each in closed_form([size]).assumptions]


def test_what_a_size_needs_does_not_depend_on_the_order_of_questions() -> None:
    check_independence(200, assumed)


def test_assumptions_that_pile_up_would_be_noticed() -> None:
    def piled_up(conversion: Conversion, sizes: list[Size], before: list[Size] = []) -> list[str]:  # noqa: B006
        before += sizes
        return assumed(conversion, before)

    with pytest.raises(AssertionError):
        check_independence(20, piled_up)


@pytest.mark.parametrize(("divisor", "python"), [("i^w", "0**w >= 1"), ("(0-1)^w", "(-1)**w >= 1")])
def test_a_power_of_0_or_less_is_no_power_that_divides_by_its_exponent(divisor: str, python: str) -> None:
    conditions = sc.parse(f"I(2,n)-[MHA({divisor})]*(i=0..2)").formula().data()["conditions"]
    assert python in conditions


def test_that_sizes_are_equal_is_written_for_python_without_rounding_apart() -> None:
    """Of two odd sizes half of each rounds down, and half of their sum does not."""
    said = sc.parse("I(2,n)-{U2|[U2]*((i+N)/2-i//k)}").formula().data()["assumptions"]
    assert "2*2**(i//k)*n == 2**((N + i)//2)*n" in said

"""Branches whose sizes are the same for some inputs: assumed and stated; for none: refused."""

from __future__ import annotations

import pytest
import sympy

import symcount as sc
from symcount.algebra import FloorDiv, Same, equal
from symcount.counts.assumptions import briefly

FITTING = {
    "I(c,n×n)-{P2-U2|_}": "2 divides n",
    "I(c,n×n)-{C(c,3,s=2,p=1)-U2+_}": "2 divides n",
    "I(c,n×n)-{P2-P2-U2-U2|_}": "4 divides n",
    "I(c,n×n)-P2@a-P2-U2-{@a|_}-U2": "⌊n/2⌋ = 2*⌊n/4⌋",
    "I(c,n)-{P3-U3|_}": "3 divides n",
}


@pytest.mark.parametrize("text", FITTING)
def test_what_some_inputs_fit_is_assumed(text: str) -> None:
    assert sc.parse(text).assumptions == (FITTING[text],)


def test_each_axis_has_its_assumption() -> None:
    assert sc.parse("I(c,h×w)-{P2-U2|_}").assumptions == ("2 divides h", "2 divides w")


@pytest.mark.parametrize("text", FITTING)
def test_an_assumption_holds_just_where_numbers_fit(text: str) -> None:
    net = sc.parse(text)
    for n in range(12, 40):
        assert _fits(net, n) == all(each.holds({"n": n}) for each in net.formula().assumptions)


def _fits(net: sc.Architecture, n: int) -> bool:
    try:
        net(n=n, c=3).output  # noqa: B018  # the walk is what refuses
    except sc.ArchitectureError as error:
        if error.code != "branches-differ":
            raise
        return False
    return True


@pytest.mark.parametrize("text", ["I(c,n×n)-{C(c,3)|_}", "I(c,n×n)-{P2-U2-C(c,3)|_}", "I(c,n×n)-{P2-U2-pad(1)|_}"])
def test_what_no_input_fits_is_refused(text: str) -> None:
    with pytest.raises(sc.ArchitectureError, match="branches differ"):
        assert sc.parse(text).params


def test_a_floor_of_a_floor_by_a_symbol_is_left_open() -> None:
    n, s = sympy.symbols("n s")
    inner = FloorDiv(n, s)
    assert equal(FloorDiv(3 * inner * inner, 2), inner) is None


def test_equal_sizes_that_say_one_division_together_are_said_as_one() -> None:
    m, n = sympy.symbols("m n")
    first = Same(n + 2 * FloorDiv(m, 2), n + m)
    second = Same(2 * FloorDiv(m, 4), FloorDiv(m, 2))
    (division,) = briefly([first, second])
    assert division.text() == "4 divides m"
    for size in range(1, 17):
        values = {"m": size, "n": 3}
        assert division.holds(values) == (first.holds(values) and second.holds(values)) == (size % 4 == 0)

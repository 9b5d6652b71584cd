"""What is assumed holds in every answer: tables, worked solutions and formulas are those of the sizes that meet it."""

from __future__ import annotations

import json
import pickle
import re
from itertools import product

import pytest

import symcount as sc
from tests.running import Run

POOLED = "I(c,n×n)-C(f,3)-P2-H10"

# a network, what is assumed, and the sizes that meet it
CASES: list[tuple[str, tuple[str, ...], dict[str, tuple[int, ...]]]] = [
    (POOLED, ("n % 2 == 0",), {"c": (1, 3), "n": (4, 6, 12), "f": (1, 5)}),
    (POOLED, ("n % 2 == 0", "c == 3"), {"c": (3,), "n": (4, 10), "f": (1, 5)}),
    ("I(c,n×n)-C(f,3,s=2,p=same)-C(f,3,s=2,p=same)-H7", ("n % 4 == 1",), {"c": (2,), "n": (1, 5, 13), "f": (1, 5)}),
    ("I(d,T)-[MHA(h)-FF(4*d)]*N", ("N >= 1", "h == 4"), {"d": (4, 8), "T": (3,), "h": (4,), "N": (1, 5)}),
    ("I(1,n×n)-[C(f*2^i,3,p=same)-P2]*(i=0..D-1)-GAP-O9", ("2^D divides n",), {"n": (8,), "f": (3,), "D": (1, 3)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "assumed", "sizes"), CASES)
def test_each_row_and_total_is_that_of_sizes_that_meet_it(
    run: Run, text: str, assumed: tuple[str, ...], sizes: dict[str, tuple[int, ...]]
) -> None:
    words = [word for each in assumed for word in ("--assume", each)]
    done = run("count", text, "--of", "macs", "--format", "json", *words)
    assert done.status == 0, done.out
    told = json.loads(done.out)
    points = [dict(zip(sizes, point, strict=True)) for point in product(*sizes.values())]
    for point in points:
        known = json.loads(
            run("count", text, *(f"{n}={v}" for n, v in point.items()), "--of", "macs", "--format=json").out
        )
        for row, same in zip((*told["layers"], told["total"]), (*known["layers"], known["total"]), strict=True):
            for name in ("params", "macs"):
                assert eval(str(row.get(name)), {}, dict(point)) == same.get(name), (name, point)


def test_the_table_and_what_stands_under_it_follow(run: Run) -> None:
    done = run("count", POOLED, "--assume", "n % 2 == 0", "--assume", "c == 3")
    assert "28*f" in done.out
    assert "n_2 = n/2 - 1" in done.out
    assert done.out.splitlines()[-5:-2] == ["for n ≥ 4", "assuming n mod 2 = 0", "assuming c = 3"]
    assert "⌊" not in done.out


def test_a_worked_solution_has_no_floor_in_its_results(run: Run) -> None:
    done = run("derive", POOLED, "--assume", "n % 2 == 0")
    assert "⌊(n₁ − 2)/2⌋ + 1 = n/2 − 1" in done.out
    assert "It is assumed that n mod 2 = 0." in done.out
    data = json.loads(run("derive", POOLED, "--assume", "n % 2 == 0", "--format=json").out)
    assert data["assumptions"] == ["(n % 2) == 0"]
    assert re.search(r"\\lfloor", json.dumps(data["total"])) is None


@pytest.mark.parametrize("name", ["count", "derive", "formula"])
@pytest.mark.parametrize(
    ("assumed", "message"),
    [
        (("n <= 3",), "contradicts what the network needs: n ≥ 4"),
        (("q odd",), "no open symbol 'q'"),
        (("4 > 3",), "says nothing of the network's symbols"),
        (("n odd", "n even"), "no n leaves the remainder 1 by 2 and 0 by 2"),
        (("n is nice",), "is not a condition"),
    ],
)
def test_what_cannot_be_assumed_is_refused(run: Run, name: str, assumed: tuple[str, ...], message: str) -> None:
    words = [word for each in assumed for word in ("--assume", each)]
    done = run(name, POOLED, *words)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_many_lines_have_nothing_to_assume(run: Run) -> None:
    done = run("count", "-", "--lines", "--assume", "n odd", stdin="I(n)-H3\n")
    assert (done.status, done.out) == (2, "")


def test_values_meet_what_is_assumed_and_settle_it() -> None:
    net = sc.parse("I(c,n×n)-P4-O2").assuming("n % 4 == 0", "c >= 3")
    assert pickle.loads(pickle.dumps(net)) == net != sc.parse("I(c,n×n)-P4-O2")
    assert (net(n=8).params, net(n=8).assumptions) == (sc.parse("I(c,8×8)-P4-O2").params, ("c ≥ 3",))
    assert net(n="2*m").assumptions == ("m mod 2 = 0", "c ≥ 3")
    with pytest.raises(sc.ArchitectureError, match=r"it is assumed that n mod 4 = 0, and n = 6"):
        net(n=6)


def test_an_answer_is_held_to_the_sizes_that_are_assumed(run: Run) -> None:
    words = ("explain", "I(1,n×n)-P2-H10", "10*(n/2)^2+10")
    assert run(*words).status == 1
    assert run(*words, "--assume", "n % 2 == 0").out == "10*(n/2)^2+10 is right.\n"
    wrong = run(*words[:2], "10*(n/2)^2", "--assume", "n % 2 == 0")
    assert "the biases are left out (right: 5*n^2/2 + 10)" in wrong.out

"""How two totals go beside one another: what is told of all sizes is so at each that is counted."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from click.testing import CliRunner

from symcount import ArchitectureError, compare, parse
from symcount.answers import course as courses_of
from symcount.answers.course import Course, courses, sensitivities, shown
from symcount.answers.shares import shares
from symcount.arithmetic import by_name
from symcount.arithmetic.notation import TEXT
from symcount.cli.commands import command
from symcount.quantities import QUANTITIES
from tests.pairs import counted, pair
from tests.seeds import chosen_seed

PARAMS = QUANTITIES["params"]
NARROW, WIDE = "I(n)-H(100)-O10", "I(n)-H(n)-O10"


def run(*words: str) -> str:
    done = CliRunner().invoke(command, ["compare", *words])
    assert done.exit_code == 0, done.output
    return done.output


def signs(first: str, second: str, values: range) -> Iterator[tuple[int, int]]:
    """What a count at each value says: -1 where the second has less, 1 where it has more."""
    nets = parse(first), parse(second)
    for value in values:
        one, other = (counted(net, "params", {"n": value}) for net in nets)
        if isinstance(one, int) and isinstance(other, int):
            yield value, (other > one) - (other < one)


def told(course: Course, value: int) -> int:
    if course.always is not None:
        return course.always
    return next(sign for start, end, sign in shown(course.pieces) if start <= value and (end is None or value < end))


def check_crossings(rounds: int) -> int:
    """Hold which of two totals is smaller against a count; return how often it changes."""
    seed = chosen_seed()
    print("seed", seed)
    draw, changes = random.Random(seed), 0
    for _ in range(rounds):
        one, other = (text.replace("(c,n", "(2,n").replace("H(h)", "H9") for text in pair(draw, open_sizes=False))
        (course,) = courses(parse(one).counted, parse(other).counted, PARAMS, ()) or (None,)
        if course is None or not course.symbol:
            continue
        changes += len(course.pieces) > 1
        for value, sign in signs(one, other, range(1, 30)):
            assert told(course, value) == sign, (one, other, value)
    return changes


def test_crossings_are_those_of_a_count() -> None:
    assert check_crossings(40) > 0


def test_a_wrong_crossing_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courses_of, "_sign", lambda value: 1)
    monkeypatch.setattr(courses_of, "_always", lambda parted, region: None)
    with pytest.raises(AssertionError):
        check_crossings(40)


def test_where_two_totals_cross() -> None:
    lines = run(NARROW, WIDE).splitlines()
    assert "the second has fewer params up to n = 99, as many at n = 100, more from n = 101 on" in lines
    assert "the ratio of the second to the first grows without end as n grows" in lines
    assert "one more n adds 2*(n + 6) params to the second, which grow as n^2" in lines
    assert [sign for _, sign in signs(NARROW, WIDE, range(98, 103))] == [-1, -1, 0, 1, 1]


def test_the_limit_of_a_ratio() -> None:
    (course,) = courses(parse("I(d)-H(4*d)-H(d)").counted, parse("I(d)-H(d)-H(d)").counted, PARAMS)
    assert (course.limit, course.always) == (Fraction(1, 4), -1)
    far = [parse(text)(d=10**9).params for text in ("I(d)-H(d)-H(d)", "I(d)-H(4*d)-H(d)")]
    assert abs(Fraction(*far) - Fraction(1, 4)) < Fraction(1, 10**8)


def test_several_symbols_are_told_of_when_they_are_named() -> None:
    plain, separable = "I(c,n×n)-C(f,k,p=same,bias=off)", "I(c,n×n)-DW(k,p=same,bias=off)-C(f,1,bias=off)"
    assert "tends" not in run(plain, separable)
    assert "the ratio of the second to the first tends to 1/k^2 as f grows" in run(plain, separable, "--in", "f")
    assert "the second has always more params" in run("I(c,n)-C(f,3)", "I(c,n)-C(f,5)", "--in", "f")
    with pytest.raises(ArchitectureError, match="does not depend on n"):
        courses(parse(plain).counted, parse(separable).counted, PARAMS, ["n"])


def test_a_comparison_under_an_assumption() -> None:
    out = run("I(c,n)-C(f,3,s=2,p=same)-H2", "I(c,n)-C(f,3,p=same)-P2-H2", "--assume", "n % 2 == 0")
    assert "the second has as many params" in out


def test_three_networks_and_two_quantities() -> None:
    out = run(NARROW, WIDE, "I(n)-H(2*n)-O10", "--of", "params", "--of", "macs")
    assert sum(line.startswith("the third has fewer") for line in out.splitlines()) == 2


@pytest.mark.parametrize("text", [NARROW, WIDE, "I(n)-H(4*n)-H(n)", "I(n,T)-MHA(1,dk=n+3)", "I(n)-[H(n)]*3-O(7)"])
def test_growth_in_proportion_is_that_of_a_count(text: str) -> None:
    """A derivative is what a small step adds: of a polynomial, exactly by its values at whole steps."""
    (course,) = sensitivities(parse(text).counted, PARAMS, ["n"])
    for value in (4, 10, 77):
        values = [parse(text)(n=value + step).params for step in range(-3, 4)]
        a, b, c, _, d, e, f = values
        slope = Fraction(45 * (d - c) - 9 * (e - b) + (f - a), 60)  # exact up to degree 6
        elasticity = course.elasticity
        assert elasticity is not None
        written = str(elasticity) if isinstance(elasticity, Fraction) else by_name(elasticity, TEXT)
        known = eval(re.sub(r"\b(\d+)\b", r"F(\1)", written.replace("^", "**")), {"F": Fraction, "n": Fraction(value)})
        assert known == slope * value / values[3]


def test_growth_in_proportion_is_told_of_each_network() -> None:
    lines = run(NARROW, WIDE).splitlines()
    assert "in proportion, params of the first grow 10*n/(10*n + 111) times as fast as n" in lines
    assert "in proportion, params of the second grow n*(2*n + 11)/((n + 1)*(n + 10)) times as fast as n" in lines
    assert "in proportion, params of the second grow as fast as m" in run("I(n)-H3", "I(n)-H(m)", "--in", "m")
    floored = run("I(1,n)-P2-H3", "I(1,n)-P4-H3")
    assert "in proportion" not in floored
    assert "in proportion" in run("I(1,n)-P2-H3", "I(1,n)-P4-H3", "--assume", "n % 4 == 0")


def test_several_quantities_stand_in_one_table() -> None:
    lines = run("I784-H100", "I784-H200", "I784-H300", "--of", "params", "--of", "macs").splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["quantity", "network", "total"],
        ["params", "I784-H100", "78,500"],
        ["I784-H200", "157,000", "78,500"],
        ["I784-H300", "235,500", "157,000"],
        ["macs", "I784-H100", "78,400"],
        ["I784-H200", "156,800", "78,400"],
        ["I784-H300", "235,200", "156,800"],
    ]
    assert str(compare("I784-H100", "I784-H200", of=["params", "macs"])).count("I784-H200") == 2


def test_a_shape_has_no_difference() -> None:
    with pytest.raises(ArchitectureError, match="output is a shape"):
        compare("I784-H100", "I784-H200", of="output")


def test_an_assumption_may_be_of_any_of_the_networks() -> None:
    out = run("I(n)-H(3)", "I(n)-H(m)", "I(n)-H(q)", "--assume", "m == 2*q", "--in", "n")
    assert "2*n*q + 2*q" in out
    assert "2*n*q + 2*q" in str(compare("I(n)-H3", "I(n)-H(m)", "I(n)-H(q)", assume="m == 2*q"))
    done = CliRunner().invoke(command, ["compare", "I(n)-H3", "I(n)-H(m)", "--shares", "--assume", "m == 4*n"])
    assert (done.exit_code, "4*n*(n + 1)" in done.output) == (0, True)


def test_data_of_a_course() -> None:
    row = json.loads(run(NARROW, WIDE, "--format", "json"))["networks"][1]["courses"][0]
    assert (row["stretches"], row["sure"]) == (
        [{"from": 1, "is": "fewer"}, {"from": 100, "is": "as many"}, {"from": 101, "is": "more"}],
        True,
    )
    assert "courses" not in json.loads(run("I784-O10", "I784-O9", "--format", "json"))["networks"][1]


def test_shares_add_up_to_the_whole() -> None:
    for name in ("vgg16", "resnet50", "gpt2"):
        found = shares(name, parse(f"zoo:{name}").counted, PARAMS)
        assert sum(each.share for each in found.rows if isinstance(each.share, Fraction)) == 1
        amounts = [each.amount for each in found.rows if isinstance(each.amount, int)]
        assert sum(amounts) == parse(f"zoo:{name}").params


def test_which_family_has_most() -> None:
    out = run("I(3,n×n)-C(64,3,p=same)-P2-C(128,3,p=same)-P2-H10", "--shares")
    assert "most is in convolution from n = 4, dense from n = 32 on" in out
    told = json.loads(run("zoo:vgg16", "--shares", "--format", "json"))
    assert told["families"][0] == {"family": "convolution", "amount": 14714688, "share": "1839336/17294693"}
    assert CliRunner().invoke(command, ["compare", "zoo:vgg16", "--shares", "--of", "size"]).exit_code == 2

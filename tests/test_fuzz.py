"""Random texts, as ``python -m tests.fuzz`` draws them; and what it holds them to can fail."""

from __future__ import annotations

import random
from itertools import product

import pytest

import symcount as sc
from tests.fuzz.__main__ import fuzzed
from tests.fuzz.checks import FindingError, Funnel, check, check_at, found, shortened
from tests.fuzz.texts import FIXTURES, text
from tests.seeds import chosen_seed

TEXTS = 2_000


def test_nothing_is_found_in_random_texts(capsys: pytest.CaptureFixture[str]) -> None:
    funnel = fuzzed(TEXTS, chosen_seed())
    assert funnel.findings == [], capsys.readouterr().out
    reached = funnel.reached
    assert reached["read"] > TEXTS // 5
    assert reached["symbolic"] > TEXTS // 20
    assert reached["points inside"] > TEXTS // 10
    assert reached["points outside"] > TEXTS // 20
    assert sum(times for stage, times in reached.items() if stage.startswith("derived")) > TEXTS // 40


def test_the_text_of_a_number_is_always_the_same() -> None:
    assert text(random.Random("1 7")) == text(random.Random("1 7"))
    assert len({text(random.Random(f"1 {number}")) for number in range(200)}) > 190


def test_many_of_the_fixtures_are_networks() -> None:
    funnel = Funnel()
    for each in FIXTURES[::10]:
        check(each, funnel, random.Random(1))
    assert funnel.reached["counted"] > funnel.reached["texts"] // 2


def test_a_wrong_formula_would_be_noticed() -> None:
    net = sc.parse("I(n)-[H(cin+1)]*N")
    said = net.formula().data()
    check_at(net, said, {"n": 2, "N": 3}, Funnel())
    with pytest.raises(FindingError, match="wrong-formula"):
        check_at(net, {**said, "python": f"{said['python']} + N - 2"}, {"n": 2, "N": 3}, Funnel())


def test_a_domain_that_is_too_wide_or_too_narrow_would_be_noticed() -> None:
    net = sc.parse("I(1,n)-C(1,3)")
    said = net.formula().data()
    for size in (1, 5):
        check_at(net, said, {"n": size}, Funnel())
    with pytest.raises(FindingError, match="holds-without-a-network"):
        check_at(net, {**said, "conditions": []}, {"n": 1}, Funnel())
    with pytest.raises(FindingError, match="network-outside-the-domain"):
        check_at(net, {**said, "conditions": ["n >= 6"]}, {"n": 5}, Funnel())


@pytest.mark.parametrize(
    "text",
    [
        "I(3)-H(5//(n//N))",
        "I(3)-H(w//(N%k))",
        "I(n)-H(ceil(5/ceil(2/(n-N))))",
        "I(9,w)-P(3//(w//(4-N)))",
        "I(4,6)-GN(ceil(1/(3-N)))",
        "I(4,6)-GN(1+(1/2)//(N%3))",
        "I(4,6)-GN(1+0//(n%(3//k)))",
        "I(n)-[H3]*(3%ceil((2//N)/n))",
        "I(n)-[H3]*(max(0//(1%k),w))",
        "I(n)-[H3]*((8%8)/(n-k))",
        "I(n,4)-[GN(k)]*(if(k==w,2,8))",
        "I(2,n)-{[P(i+(N-4))]*3+_}",
        "I(4)-H(((n-w)//2)*(2//k-k))",
        "I(4)-H(n//(2*k-3)+ceil(n/(w-k)))",
        "I(3)-H(max(2,5/i))",
        "I(3)-H(min(n/k,w/(n+k)))",
        "I(n,3)-GN(min(k,i-n))",
        "I(n)-[O3]*(max(1,5/i))",
        "I(2,n)-[P2]*(3/(i-k))",
    ],
)
def test_a_formula_holds_just_where_there_is_a_network(text: str) -> None:
    net = sc.parse(text)
    said = net.formula().data()
    funnel = Funnel()
    for values in product(range(1, 6), repeat=len(net.symbols)):
        check_at(net, said, dict(zip(net.symbols, values, strict=True)), funnel)
    assert funnel.reached["points inside"]


def test_a_sum_of_powers_is_divided_once_where_it_is_whole() -> None:
    net = sc.parse("I(3)-[H(cin*(w-3)+5)]*N-H2")
    said = net.formula().data()
    for w, passes in product((5, 6, 7), (1, 2, 3)):
        check_at(net, said, {"w": w, "N": passes}, Funnel())


@pytest.mark.parametrize(
    "text", ["I(4)-H(9//(1-n))", "I(4,6)-GN(ceil(1/(1-N)))", "I(n)-GN(max(n+k,N))", "I(4)-H(9//(0-2))"]
)
def test_what_no_size_makes_a_network_has_no_formula(text: str) -> None:
    with pytest.raises(sc.ArchitectureError):
        _ = sc.parse(text).formula().data()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I(3,8)-[[C(4,1)]*(N-1)]*(n>3)", {"n": 5, "N": 1}),
        ("I(3)-[H(w)]*N", {"w": 2, "N": 0}),
    ],
)
def test_a_formula_of_repeats_that_happen_says_so_by_their_counts(text: str, values: dict[str, int]) -> None:
    net, funnel = sc.parse(text), Funnel()
    check_at(net, net.formula().data(), values, funnel)
    assert funnel.reached["points of fewer passes"] == 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I(3,9)-[C(4,1)]*(1-min(n,1))", {"n": 1}),
        ("I(3,9)-[C(4,1)]*(max(n,k)-4)", {"n": 1, "k": 4}),
        ("I(3,9)-[C(4,1)]*(if(w,i,n)%5)-GAP-O2", {"w": 1, "i": 5, "n": 2}),
        ("I(3)-[H(w+i)]*(i=1..N//2)-H2", {"N": 1, "w": 4}),
        ("I(3)-[H(w+i)]*(i=1..N//2)-H2", {"N": 5, "w": 4}),
        ("I(3,8)-[GRU(r)-swap]*N", {"N": 1, "r": 3}),
        ("I(3,8)-[GRU(r)-swap]*N", {"N": 4, "r": 3}),
        ("I(3)-[[H(w)]*i]*(i=0..N)-H2", {"N": 0, "w": 5}),
        ("I(3,n)-{[P(k-3)]*(N-1)|_}-GAP-O2", {"n": 2, "k": 2, "N": 1}),
        ("I(3,n)-{[P(k-3)]*(N-1)|_}-GAP-O2", {"n": 2, "k": 3, "N": 1}),
        ("I(3,n)-[P(k-3)]*(N-1)-C(3,3)", {"n": 5, "k": 1, "N": 1}),
    ],
)
def test_a_formula_holds_where_no_pass_happens(text: str, values: dict[str, int]) -> None:
    net, funnel = sc.parse(text), Funnel()
    check_at(net, net.formula().data(), values, funnel)
    assert funnel.reached["points inside"] == 1


def test_that_a_count_is_whole_is_stated_also_where_it_is_less_than_one() -> None:
    net, funnel = sc.parse("I(2,n)-[T(4,k)]*((k//4)/n)"), Funnel()
    check_at(net, net.formula().data(), {"n": 5, "k": 4}, funnel)
    assert funnel.reached["points outside"] == 1


def test_a_network_outside_by_a_size_that_is_no_count_is_found() -> None:
    net = sc.parse("I(3,8)-[[C(f,1)]*(N-1)]*(n>3)")
    said = {**net.formula().data(), "conditions": ["not (n >= 4) or min(f, 9) >= 2"]}
    with pytest.raises(FindingError, match="network-outside-the-domain"):
        check_at(net, said, {"n": 5, "N": 1, "f": 1}, Funnel())


def test_another_exception_and_a_name_of_the_walk_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(text: str) -> sc.Architecture:
        if "H" in text:
            raise KeyError(text)
        raise sc.ArchitectureError("limit", "x'1 is too large")

    monkeypatch.setattr(sc, "parse", fails)
    kinds = [finding.args[0] for each in ("I-H", "I-C") if (finding := found(each, Funnel(), random.Random(1)))]
    assert kinds == ["KeyError", "names-of-the-walk"]


def test_a_finding_is_shortened_to_what_it_needs() -> None:
    assert shortened("I(3,8x8)-C(4,3)-[P2]*N-H10", lambda shorter: "P2" in shorter) == "P2"

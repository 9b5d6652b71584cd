"""Formulas at the edges of where they hold: inside their domain they are the walk's number, outside it refuses."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator

import pytest

from symcount import Architecture, ArchitectureError, zoo
from symcount.algebra import AtLeast, Polynomial, conditions, is_never_negative, to_expression, value_of
from symcount.algebra.domain.cases import Cases
from symcount.counts import domain
from tests.drawn_edges import FAMILIES, Chain, Convolution, Network, Resized
from tests.networks import refusal
from tests.seeds import chosen_seed

Values = dict[str, int]


def walked(text: str, values: Values) -> int | None:
    """What the walk over numbers counts, None where it refuses."""
    try:
        found = Architecture(text)(**values).params
    except ArchitectureError:
        return None
    assert isinstance(found, int)
    return found


def check_at(net: Architecture, text: str, points: Iterator[Values]) -> tuple[int, int]:
    """See that the printed formula is right where its printed conditions hold, and the network none where not."""
    said = net.formula().data()
    stated = [*said["conditions"], *said["assumptions"]]
    inside = outside = 0
    for values in points:
        found = walked(text, values)
        if all(eval(each, {"min": min, "max": max}, dict(values)) for each in stated):
            inside += 1
            assert found == eval(said["python"], {"min": min, "max": max}, dict(values)), (text, values, stated)
        else:
            outside += 1
            assert found is None, (text, values, stated)
    return inside, outside


@pytest.mark.parametrize(
    ("text", "conditions", "assumptions"),
    [
        ("I(3,32x32)-C(ceil(0.25*w/8)*8,3,p=1)-O10", [], []),
        ("I(5)-H(ceil((w+0.5)/2))", [], []),
        ("I(3,8x8)-C(0.5*w,3,p=1)", [], ["2 divides w"]),
        ("let a=1/2; I(3,8x8)-C(a*w,3,p=1)", [], ["2 divides w"]),
        ("I(5)-H(ceil(0.5/w))", [], []),
        ("I(5)-H(w*2^(0-1)*4)", [], []),
        ("I(5)-H(2^(N-3)+1)", [], ["N ≥ 3"]),
        ("I(5)-[H(3*2^(N-i))]*(i=1..N)", ["N ≥ 1"], []),
        ("I(w,n)-[C(w,1)]*((N+1)/2)-GAP-O2", [], ["2 divides N + 1"]),
        ("I(2)-[H(i*(i+1)/2)]*(i=1..N)", ["N ≥ 1"], []),
        ("I(3,8)-[{_|C(i,1)}]*(i=1..N)", [], []),
        ("I(3,8)-C((w^2+w)/2,1)", [], []),
        ("I(2)-H(w/2+1/2)", [], ["2 divides w + 1"]),
        ("I((w+v)/2,n)-C(2,1)", [], ["2 divides v + w"]),
        ("I(w,n)-[C(w*2^i,1)]*(i=0..N-1)", ["N ≥ 1"], []),
        ("I(4)-H(w)-[O2-H3]*(w-w)", [], []),
        ("I(2,w)-P2-H((w//2+1)/2)", ["w ≥ 2"], ["2 divides ⌊w/2⌋ + 1"]),
        ("I(2)-H(w/v+1/N)", [], ["N*v divides N*w + v"]),
        ("I(w,n)-[C(cin-1,1)]*N-Lin3", ["w ≥ N + 1"], []),
        ("I(2)-[H(w-i)]*(i=1..N)", ["w ≥ N + 1", "N ≥ 1"], []),
        ("I(2)-[FF(w-i)]*(i=1..N)", ["w ≥ N + 1"], []),
        ("I(w,n)-[C(cin,3)-pad(2)]*N-GAP", ["n ≥ 3 if N ≥ 1"], []),
        ("I(3,9)-[DW(w-i,p=same)]*(i=1..N)", ["w ≥ N + 1"], []),
        ("I(3,9)-[pad(w-i)]*(i=1..N)", ["w ≥ N"], []),
        ("I(w,n)-[P2]*N-F-O2", ["n ≥ 2^N"], []),
        ("I(2,n)-[C(cin,3,s=2,p=1)]*N-GAP-O2", [], []),
        ("I(w,n)-[C(2*cin-v,1)]*N-O2", ["2^N*w + v ≥ 2^N*v + 1", "2*w ≥ v + 1 if N ≥ 1"], []),
        ("I(2)-[H(w+v*i-9)]*(i=1..N)", ["v + w ≥ 10", "N ≥ 1"], []),
        ("I(4)-SE(w-4)*(w>3)", ["w ≥ 5 if w ≥ 4"], []),
        ("I(4)-SE(w/2)*(w>3)", [], ["2 divides w if w ≥ 4"]),
        ("I(4)-[SE(w/2)]*(w>3)-H(w/2)", [], ["2 divides w"]),
        ("I(4,w)-[C(4,3)-pad(1)]*(N>2)-O2", ["w ≥ 3 if N ≥ 3"], []),
        ("I(4,w)-C(4,3)*(N>2)-O2", ["w ≥ 3 if N ≥ 3"], []),
        ("I(4)-H(if(w>3,w/2,1))", [], ["2 divides w if w ≥ 4"]),
        ("I(4)-H(if(w>3,w-4,w))", ["w ≥ 5 if w ≥ 4"], []),
        ("I(4)-H(if(w>3,w-3,w))", [], []),
        ("I(4)-H(if(w>v,w-v,v-w+1))", [], []),
        ("I(4)-H(if(w>3,v-3,1))", ["v ≥ 4 if w ≥ 4"], []),
        ("I(4)-H(if(w>3,if(v>2,1,0),0))", ["v ≥ 3", "w ≥ 4"], []),
        ("I(2,n)-P3-C(4,1)-crop(p)-C(2,3,p=p)-O2", ["n ≥ 9", "n ≥ 6*p + 3"], []),
        ("I(4,1)-crop(p)-O3", ["p ≤ 0"], []),
        ("I(4,9)-crop(p)-O3", ["p ≤ 4"], []),
        ("I(2,n)-crop(p)-pad(p)-P3-O2", ["n ≥ 2*p + 1", "n ≥ 3"], []),
        ("I(4,n)-[[C(i+1,1)]*i]*(i=0..N)", [], []),
        ("I(4,n)-{P2|C(3,3,s=2)}", ["n ≥ 3"], ["2 divides n - 1"]),
        ("I(w,n)-[C(w,3,s=v,p=1)]*N-O2", [], []),
        ("I(w,n)-[C(w,v,s=k)]*N-O2", ["n ≥ (v - 1)*(Σ(i=0..N - 1) k^i) + 1"], []),
        ("I(2,n)-[[P(2,ceil=on)]*M]*N-O2", [], []),
        ("I(w,n)-[pad(cin)-C(2*cin,1)]*N-O2", [], []),
        ("I(w,n)-[C(1,ceil(3/cin))]*N-O2", ["n*w + 2*w ≥ 2*N*w + 3", "N ≥ 1"], []),
        ("I(2)-H((w^2+w)//2)", [], []),
        ("I(2,n)-[P2]*(N*(N+1)/2)-O2", ["n ≥ 2^(N^2/2 + N/2)"], []),
        ("I(2,n)-[C(2,1)]*(i=w..N)-O2", ["N ≥ w - 1"], []),
        (
            "I(w,n)-[U(v^(3-w))]*N-O2",
            [],
            ["v^(N*w) divides n*v^(3*N)", "v^3*v^(N*w) divides n*v^(3*N)*v^w if N ≥ 1", "v^w divides v^3 if N ≥ 1"],
        ),
        ("I(w,n)-[[Lin(2*cin)]*(n>3)]*N-O2", [], []),
        ("I(w,n)-[[Lin(u)]*(n>3)]*N-O2", ["N ≥ 1"], []),
        ("I(2,n)-C(4//w,1)-C(4,1,g=4//w)-O2", ["w ≤ 4"], ["⌊4/w⌋ divides 4"]),
        ("I(9)-Lin(2/(4//w))-O2", ["w ≤ 4"], ["⌊4/w⌋ divides 2"]),
        ("I(2,n)-{P(w)-U(w)|_}-{P(2*w)-U(2*w)|_}-P(2*w)-O3", [], ["2*w divides n"]),
        ("I(2,n)-{P4-U4|_}-{P6-U6|_}-P12-O3", [], ["12 divides n"]),
        ("I(v,w)-[C(u-3,1)]*(v!=w)-GAP-O2", ["u ≥ 4 if w ≥ v + 1", "u ≥ 4 if v ≥ w + 1"], []),
        ("I(4)-SE(w/2)*(w!=3)", [], ["2 divides w if w ≤ 2", "2 divides w if w ≥ 4"]),
        ("I(9)-H(min(w,v/2))-O2", [], ["2 divides min(v, 2*w)"]),
        ("I(2)-[H(w-i)-[FF(v-i+j)]*(j=1..i)]*(i=1..N)", ["w ≥ N + 1", "v ≥ N", "N ≥ 1"], []),
        ("I(3)-H(2^(8/w))", [], ["w divides 8"]),
        ("I(4)-[[FF(w-4)]*(i>2)]*(i=1..N)", ["w ≥ 5 if N ≥ 3"], []),
        ("I(4,n)-[[C(4,3)-pad(1)]*(i==2)]*(i=1..N)-GAP-O2", ["n ≥ 3 if N ≥ 2"], []),
        ("I(4)-[[FF(w-i)]*(i<3)]*(i=1..N)", ["w ≥ 3 if N ≥ 2", "w ≥ N + 1 if N ≤ 1"], []),
        ("I(4)-[[FF(w/2)]*(i//2)]*(i=1..N)", [], ["2 divides w if N ≥ 2"]),
        ("I(4)-[FF((w+v*i)/2)]*(i=1..N)", [], ["2 divides v + w if N ≥ 1", "2 divides v if N ≥ 2"]),
        ("I(4)-[FF(w-3)]*N-[FF(w-3)]*v", ["w ≥ 4 if N + v ≥ 1"], []),
        ("I(4,n)-[{P2-U2+_}]*(n>3)-GAP-O2", [], ["2 divides n if n ≥ 4"]),
        ("I(8,w)-[U2]*(i=w..N)-O2", ["N ≥ w - 1"], []),
        ("I(w,9)-MHA(v-w)-O2", ["v ≥ w + 1"], ["v - w divides w"]),
        ("I(3,n)-[crop(i)-P2]*(i=1..N)-O2", ["n ≥ 2*2^N*N - 2^N + 2"], []),
        ("I(4)-[FF(p+i)]*(i=0..p)", ["p ≥ 1"], []),
        ("I(v,n)-C(v,3,s=2,p=1)-{P2-U2+_}-crop(p)-O2", ["n ≥ 4*p + 3"], ["2 divides ⌈n/2⌉"]),
        ("I(v,n)-[C((w+i)/2,1)]*(i=1..N)-O2", ["N ≥ 1"], ["N ≤ 1", "2 divides w + 1"]),
        ("I(3,n)-[C(2,2*i+1,p=1)]*(i=2..N+1)-O2", ["n ≥ N^2 + N + 1", "N ≥ 1"], []),
        ("I(w,n)-[{_|C(v,1)}]*(N-1)-GAP-O2", ["N ≥ 1"], []),
        ("I(w,n)-[C(2*cin,1)]*((N+1)/2)-GAP-O2", [], ["2 divides N + 1"]),
        ("I(4)-[FF((w+i)/2)]*(i=1..p)", [], ["p ≤ 1", "2 divides w + 1 if p ≥ 1"]),
        ("I(4)-FF((w+2)/3)-[FF((w+i)/3)]*(i=1..p)", [], ["p ≤ 0", "3 divides w + 2"]),
        (
            "I(w,n)-[C(cin,ceil(3/cin))-C(cin+1,1)]*N-GAP-O2",
            ["n*w ≥ 3 if N ≥ 1", "n - ⌊2/(w + 1)⌋ - ⌊2/w⌋ ≥ 1 if N ≥ 2"],
            [],
        ),
        ("I(3,n)-[crop(i)-P3]*(i=0..N-1)-O2", ["2*n ≥ 2*3^N*N - 3^N + 3"], []),
        ("I(4)-[FF((w+i)/2)]*(i=1..N//4)", [], ["N ≤ 7 if N ≥ 4", "2 divides w + 1 if N ≥ 4"]),
        ("I(2,w)-[C((v+i)/2,1)]*(i=1..v)-GAP-O2", ["v ≥ 1"], ["v ≤ 1", "2 divides v + 1"]),
        ("I(w,2)-[C(cin/2,1)-C(cin-1,1)]*N-GAP-O2", ["w ≥ 3*2^N - 2"], ["2^N divides w + 2"]),
    ],
)
def test_what_is_stated_is_just_what_must_hold(text: str, conditions: list[str], assumptions: list[str]) -> None:
    net = Architecture(text)
    assert [*map(str, net.formula().conditions)] == conditions
    assert [*map(str, net.formula().assumptions)] == assumptions
    names = net.counted.trace.symbols
    draw = random.Random(text)
    points = [{name: draw.randint(name != "p", 8 if name != "n" else 16) for name in names} for _ in range(30)]
    inside, outside = check_at(net, text, iter(points))
    assert inside
    assert outside or not (conditions or assumptions) or conditions == ["N ≥ 1"]


@pytest.mark.parametrize(
    ("text", "values", "code"),
    [
        ("I(4,8,8)-C(8,2*t,p=(2*t-1)/2)", {}, "not-divisible"),
        ("I(4)-H((4*t+2)/4)", {}, "not-divisible"),
        ("I(4)-H(w/2)-H((w+1)/2)", {}, "not-divisible"),
        ("I(4,1)-C(3,3,s=s)", {}, "too-small"),
        ("I(4)-H(min(0,q))", {}, "too-small"),
        ("I(4)-H(max(0,1-q))", {}, "too-small"),
        ("I(d)-[H(d)]*(d-d-2)", {}, "bad-count"),
        ("I(d)-[H(d)]*(0-d)", {}, "bad-count"),
    ],
)
def test_what_no_input_makes_true_is_refused_and_not_stated(text: str, values: Values, code: str) -> None:
    net = Architecture(text)
    with pytest.raises(ArchitectureError) as error:
        net.formula().data()
    assert error.value.code == code
    names = [name for name in "dqstw" if name in text.replace("pad", "")]
    assert all(refusal(text, **{name: at for name in names if name in text}) for at in range(1, 13))


def test_the_index_of_a_sum_has_a_letter_that_is_not_in_the_sum() -> None:
    net = Architecture("I(w,n)-[C(w,3,s=i)]*N-O2")
    assert "⌊((i - 3)*(Σ(j=0..N - 1) i^j) + n)/i^N⌋" in net.formula().to("text")
    assert check_at(net, str(net), iter([{"w": 1, "n": 9, "i": 1, "N": 2}])) == (1, 0)


def test_a_closed_network_with_a_negative_exponent_is_exact() -> None:
    assert Architecture("I(5)-H(2^(0-1)*4)").params == 12


@pytest.mark.parametrize(
    "text",
    [
        "I(w,n)-[C(cin,ceil(3/cin))-C(cin+1,1)]*N-GAP-O2",
        "I(w,n)-[C(2*cin,1)-C(cin,ceil(3/cin))]*(N-1)-GAP-O2",
        "I(w,n)-[C(cin,ceil(5/cin))-C(cin+v,1)]*N-O2",
    ],
)
def test_a_floor_that_fades_is_told_value_by_value(text: str) -> None:
    net = Architecture(text)
    assert not net.formula().assumptions
    names = net.counted.trace.symbols
    grid = ({"w": w, "n": n, "N": N, "v": v} for w in range(1, 4) for n in (1, 2, 4) for N in range(5) for v in (1, 2))
    points = [{name: values[name] for name in names} for values in grid if "v" in names or values["v"] == 1]
    inside, outside = check_at(net, text, iter(points))
    assert inside
    assert outside


def test_a_floor_that_may_not_fade_is_assumed_to() -> None:
    text = "I(2,3)-pad(v)-[C(4//(i*v+w)+1,1)]*(i=0..N)-O2"
    net = Architecture(text)
    assert [*map(str, net.formula().assumptions)] == ["4*v + w ≥ 5"]
    points = [{"v": v, "w": w, "N": N} for v, w in ((0, 5), (0, 7), (1, 1), (1, 2), (2, 1)) for N in range(7)]
    assert check_at(net, text, iter(points)) == (len(points), 0)


def test_a_power_is_not_known_to_be_even_where_its_exponent_may_be_zero() -> None:
    text = "I(w,5)-[C(2*cin,1)]*N-C(cin/2,1)-O2"
    assert check_at(Architecture(text), text, iter([{"w": 3, "N": 0}, {"w": 3, "N": 1}, {"w": 4, "N": 0}])) == (2, 1)


def test_powers_of_halves_are_exact() -> None:
    text = "I(w,2)-[C(cin/2,1)-C(cin,1)]*((N+1)/2)-GAP-O2"
    found = eval(Architecture(text).formula().python(), {"w": 16, "N": 5})
    assert isinstance(found, int)
    assert found == walked(text, {"w": 16, "N": 5})


def test_exact_windows_in_a_repeat_state_one_division() -> None:
    net = Architecture("I(4,n)-[P2]*N-O2", exact=True)
    assert [*map(str, net.formula().assumptions)] == ["2^N divides n"]
    for text in ("I(4,n)-[P2]*N-O2", "I(4,n)-[P2-C(5,3,p=1)]*N-O2", "I(4,n)-[C(5,3,s=2,p=1)]*N-O2"):
        net = Architecture(text, exact=True)
        stated = [*net.formula().conditions, *net.formula().assumptions]
        for n, passes in ((n, passes) for n in range(1, 34) for passes in range(1, 4)):
            values = {"n": n, "N": passes}
            try:
                found = net(**values).params
            except ArchitectureError:
                found = None
            assert (found is not None) == all(each.holds(values) for each in stated), (text, values)
            assert found is None or found == eval(net.formula().python(), {}, dict(values))


def test_a_choice_whose_first_pass_stands_apart_holds_where_there_is_one() -> None:
    net = Architecture("I(3,8)-[H5@a-{@a|_}]*(w%2)")
    assert [*map(str, net.formula().conditions)] == ["w mod 2 ≥ 1"]
    assert net(w=3).params == eval(net.formula().python(), {"w": 3})


def test_a_remainder_by_a_symbol_inside_a_floor() -> None:
    formula = Architecture("I(5)-H(1+(4%w)//3)").formula()
    for value in range(1, 9):
        assert eval(formula.data()["python"], {"w": value}) == walked("I(5)-H(1+(4%w)//3)", {"w": value})


def test_transitions_that_halve_state_one_division() -> None:
    net = zoo("densenet121")(b_1="b", k="k", w="w")
    assert [*map(str, net.formula().assumptions)] == ["8 divides b*k + w"]
    wide = zoo("wrn-28-10")(b="(n-4)/6", k="k")
    assert [*map(str, wide.formula().assumptions)] == ["6 divides n - 4"]
    assert [*map(str, wide.formula().conditions)] == ["n ≥ 10"]
    assert eval(wide.formula().python(), {"n": 28, "k": 10}) == zoo("wrn-28-10").params


def _size(draw: random.Random, letters: str, depth: int = 2) -> str:
    """A random size: fractions, roundings, quotients of sums."""
    if not depth or draw.random() < 0.2:
        return draw.choice(letters) if draw.random() < 0.8 else str(draw.randint(1, 4))

    one, other = (_size(draw, letters, depth - 1) for _ in range(2))
    k = draw.randint(2, 4)
    return draw.choice([
        f"({one}+{other})", f"({one}-{draw.randint(1, 2)})", f"{draw.choice(['0.5', '0.25', '1.5', '2'])}*{one}",
        f"({one}+{other})/{k}", f"ceil(({one}+{draw.choice(['0.5', '1', '0'])})/{k})", f"({one})//{k}",
        f"floor({draw.choice(['0.5', '0.75'])}*{one}/{k})", f"ceil({draw.choice(['0.5', '1.5'])}*{one}/{k})*{k}",
        f"({one})*({other}+1)/2",
    ])  # fmt: skip


def _network(draw: random.Random) -> str:
    """A random network whose sizes and counts are such calculations."""

    def layer(letters: str) -> str:
        size = _size(draw, letters)
        return draw.choice([f"H({size})", f"FF({size})", f"H({size})-R", "Lin(cin)"])

    def block() -> str:
        match draw.randrange(5):
            case 0:
                return f"[H({draw.choice(['w-i', 'i*(i+1)/2', 'w+2*i-1', '(w+2*i)/2', 'v*i', 'i+w//2'])})]*(i=1..N)"
            case 1:
                return f"[FF({_size(draw, 'wv')})]*{draw.choice(['N', '((N+1)/2)', '(N//2+1)', '(N*(N+1)/2)'])}"
            case 2:
                return f"[FF({draw.choice(['w-i', 'i*(i+1)/2', 'v*i', '2*i+w'])})]*(i=1..N)"
            case _:
                return layer("wv")

    return "-".join(["I(3)", *(block() for _ in range(draw.randint(1, 2))), "O2"])


IMPOSSIBLE = ("too-small", "not-divisible", "bad-count", "bad-argument")


def check_edges(networks: int) -> None:
    """Random networks at random points: the formula inside its domain, a refusal outside of it."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    counted = within = without = 0
    while counted < networks:
        text = _network(draw)
        print(text)
        points = [{name: draw.randint(1, 9) for name in "wvN"} for _ in range(8)]
        try:
            net = Architecture(text)
            names = net.counted.trace.symbols
            points = [{name: value for name, value in values.items() if name in names} for values in points]
            net.formula().data()
        except ArchitectureError as error:
            if error.code in IMPOSSIBLE:
                for values in points:
                    known = {name: value for name, value in values.items() if name in text}
                    assert walked(text, known) is None, (text, known, error.code)
            continue
        if not names:
            continue
        counted += 1
        inside, outside = check_at(net, text, iter(points))
        within, without = within + inside, without + outside
    assert within > networks
    assert without > networks


def test_formulas_hold_inside_their_domain_and_networks_nowhere_else() -> None:
    check_edges(100)


def check_family(family: Callable[[random.Random], Network], networks: int) -> int:
    """Random networks of a family at random points, against a count in plain Python; return how many were closed."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    closed = within = without = 0
    for _ in range(networks):
        drawn = family(draw)
        text = drawn.text()
        print(text)
        points = [{**{name: draw.randint(1, 9) for name in "uvwN"}, "p": draw.randint(0, 4)} for _ in range(8)]
        try:
            said = Architecture(text).formula().data()
        except ArchitectureError as error:
            counted = [values for values in points if drawn.count(values) is not None]
            assert error.code not in IMPOSSIBLE or all(map(drawn.is_empty, counted)), (text, error)
            continue
        closed += 1
        stated = [*said["conditions"], *said["assumptions"]]
        for values in points:
            found = drawn.count(values)
            unmet = [each for each in stated if not eval(each, {"min": min, "max": max}, dict(values))]
            if not unmet:
                within += 1
                assert found == eval(said["python"], {"min": min, "max": max}, dict(values)), (text, values, stated)
            else:
                without += 1
                assert found is None or drawn.may_be_left_out(values, unmet), (text, values, unmet)
    assert within
    assert without
    return closed


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: str(family.__name__))
def test_networks_with_axes_exist_just_where_their_formula_says(family: Callable[[random.Random], Network]) -> None:
    assert check_family(family, 100) > 75


def check_left_out(networks: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """See at the points of a grid that every size is at least 1 where the printed conditions hold."""
    asked: list[tuple[Polynomial, tuple[Polynomial, ...]]] = []

    def noted(sizes: Iterable[tuple[Polynomial, tuple[Polynomial, ...]]], *rest: object) -> list[AtLeast]:
        asked[:] = sizes
        return conditions(asked, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(domain, "conditions", noted)
    draw = random.Random(chosen_seed())
    grid = [{**{name: draw.randint(1, 7) for name in "uvwN"}, "p": draw.randint(0, 2)} for _ in range(40)]
    compared = 0
    for _ in range(networks):
        text = draw.choice(FAMILIES)(draw).text()
        try:
            formula = Architecture(text).formula()
            stated = [*formula.conditions, *formula.assumptions]
        except ArchitectureError:
            continue
        sizes = [(to_expression(size), [*map(to_expression, facts)]) for size, facts in asked]
        for values in (values for values in grid if all(each.holds(values) for each in stated)):
            for size, facts in sizes:
                if all(value_of(fact, values) >= 0 for fact in facts):
                    compared += 1
                    assert value_of(size, values) >= 1, (text, size, values, [*map(str, stated)])
    return compared


def test_what_is_left_out_follows_from_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_left_out(150, monkeypatch) > 10_000


def test_a_condition_that_is_dropped_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def drops(self: Cases, form: Polynomial, facts: Iterable[Polynomial] = ()) -> bool:
        return bool([*facts]) or is_never_negative(form)

    monkeypatch.setattr(Cases, "never_negative", drops)
    with pytest.raises(AssertionError, match=">="):
        check_left_out(150, monkeypatch)


def test_the_count_in_plain_python_agrees_with_a_layer_counted_by_hand() -> None:
    one = Network(Chain((Convolution("u", "3", "2", "1"),)))
    # 5 filters of 3 places over 4 channels and a bias each, and two outputs from 5 means
    assert one.count({"u": 5, "v": 4, "w": 7}) == 5 * (3 * 4 + 1) + 2 * 5 + 2
    assert Network(Chain((Resized("P", "3"),))).count({"v": 4, "w": 2}) is None


def test_a_domain_that_is_forgotten_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from symcount.counts.domain import Domain

    monkeypatch.setattr(Domain, "assumptions", ())
    with pytest.raises(AssertionError):
        check_edges(100)


def test_a_fraction_that_is_rounded_up_as_a_whole_number_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from symcount.algebra.closed import walk
    from symcount.algebra.functions.floors import floor_quotient
    from symcount.algebra.poly.polynomial import ONE

    def naive(above: Polynomial, below: Polynomial) -> Polynomial:
        return floor_quotient(above + below - ONE, below)

    monkeypatch.setattr(walk, "ceil_quotient", naive)
    with pytest.raises(AssertionError):
        check_edges(100)


def test_where_a_statement_is_idle_nothing_in_it_is_divided_by_zero() -> None:
    net = Architecture("I(n)-[[GN((3//i))]*N]*(n>3)")
    assert [*map(str, net.formula().assumptions)] == ["⌊3/i⌋ divides n if N ≥ 1 and n ≥ 4"]
    assert check_at(net, str(net), iter([{"n": 2, "i": 5, "N": 1}, {"n": 6, "i": 1, "N": 2}])) == (2, 0)
    assert check_at(net, str(net), iter([{"n": 6, "i": 5, "N": 2}, {"n": 5, "i": 1, "N": 2}])) == (0, 2)

"""A repeat with a symbolic count equals the same text with the count put in, for every count that is tried."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import pytest

import symcount as sc
from symcount.algebra import evaluate
from symcount.errors import ArchitectureError

SEED = 20261120
ROUNDS = 400
COUNTS = (0, 1, 2, 3, 5, 8)
LEAST_CLOSED = 0.5


def sizes(draw: random.Random, index: str | None) -> str:
    choices = ["f", "2*f", "cin", "2*cin", "cin+k", "cin+3", "8", "k", "cin*k"]
    if index is not None:
        choices += [f"f*2^{index}", f"f*({index}+1)", f"{index}*{index}+1", f"k+{index}"]
    return draw.choice(choices)


def image_layer(draw: random.Random, index: str | None) -> str:
    width = sizes(draw, index)
    match draw.randrange(10):
        case 0 | 1:
            return f"C({width},3,p=same)"
        case 2:
            return f"C({width},1)"
        case 3:
            return f"C({width},3,s=2,p=1)"
        case 4:
            return f"C({width},{draw.choice([2, 3])})"
        case 5:
            return "BN-R"
        case 6:
            return f"{{_|C({draw.choice(['k', '12', width])},3,p=1)}}"
        case 7:
            return "res[C(cin,3,p=1)-BN-R]"
        case 8:
            return draw.choice(["DW3", "P2", "U2", "C(cin,3,p=1)*2"])
        case _:
            return f"[C({width},1)]*M"


def vector_layer(draw: random.Random, index: str | None) -> str:
    width = sizes(draw, index)
    return draw.choice([f"H({width})-R", f"narrow({width})", f"H({width},bias=off)", "BN", f"{{_|H({width})}}"])


def text(draw: random.Random) -> str:
    index = draw.choice([None, None, "i"])
    vector = draw.random() < 0.3
    layer = vector_layer if vector else image_layer
    body = "-".join(layer(draw, index) for _ in range(draw.randint(1, 3)))
    count = "*N" if index is None else draw.choice(["*(i=1..N)", "*(i=0..N-1)", "*(i=2..N+1)"])
    if vector:
        return f"def narrow(w, m=cin) = res[H(w)-R-H(m)]; I(d)-[{body}]{count}-H10"
    return f"I(c,n×n)-[{body}]{count}-{draw.choice(['GAP-O10', 'C(4,1)-GAP', 'GAP-H(k)'])}"


def values(draw: random.Random) -> dict[str, int]:
    return {name: draw.randint(2, 5) for name in ("f", "k", "c", "d", "M")} | {"n": 4000 + draw.randrange(3000)}


def rounds() -> Iterator[tuple[str, dict[str, int]]]:
    draw = random.Random(SEED)
    for _ in range(ROUNDS):
        yield text(draw), values(draw)


def counted(source: str, count: int) -> sc.Architecture:
    return sc.parse(source)(N=count)


def test_a_closed_form_equals_the_walk_with_the_count_put_in() -> None:
    closed = 0
    for source, sizes_ in rounds():
        net = sc.parse(source)
        try:
            formulas = [net.formula(quantity).expr for quantity in ("params", "size", "biases")]
            holds = net.formula().conditions
        except sc.ArchitectureError as error:
            assert error.code == "no-closed-form", (SEED, source, str(error))
            continue
        closed += 1
        names = net.symbols
        for count in COUNTS:
            at = {**sizes_, "N": count}
            walked = net(**{name: value for name, value in at.items() if name in names})
            if not all(condition.holds(at) for condition in holds):
                if count > 0:
                    with pytest.raises(sc.ArchitectureError, match="falls"):
                        walked.of("params")
                continue
            found = [evaluate(each, at) for each in formulas]
            assert found == [walked.of("params"), walked.of("size"), walked.of("biases")], (SEED, source, at)
    assert closed >= LEAST_CLOSED * ROUNDS


def test_a_repeat_of_a_number_equals_its_passes_written_out() -> None:
    draw = random.Random(SEED)
    for _ in range(100):
        body = "-".join(image_layer(draw, None) for _ in range(2)).replace("M", "2")
        count = draw.randint(0, 4)
        at = {"f": 2, "k": 3}
        repeated = sc.parse(f"I(3,2000x2000)-[{body}]*{count}-GAP-O10")
        written = sc.parse("-".join(["I(3,2000x2000)", *[body] * count, "GAP-O10"]))
        at = {name: value for name, value in at.items() if name in written.symbols}
        assert repeated(**at).params == written(**at).params, (SEED, body, count)


@pytest.mark.parametrize(
    ("source", "closed"),
    [
        ("I(d)-[H(d)-R]*N-O10", "N*d**2 + N*d + 10*d + 10"),
        ("I(d)-[{H(i*d)-R-H(d)+_}]*(i=1..N)-O(1)", "N**2*d**2 + N*d**2 + N**2*d/2 + 3*N*d/2 + d + 1"),
        ("I1-[H(1,bias=off)]*N", "N"),
        # what arrives is as wide as what the first pass leaves, and only that one
        (
            "I(d)-[H(d+3*(i-1))]*(i=1..N)-H1",
            "d*(d+1) + (N-1)*(d+1)*(d+3) + (6*d+12)*(N-1)*(N-2)/2 + 9*(N-2)*(N-1)*(2*N-3)/6 + d+3*(N-1)+1",
        ),
        # an inner repeat that not every width could go through, only the one that arrives
        ("I(d)-[[{H(d)+_}]*M-H(d)]*N", "N*(M+1)*(d**2+d)"),
        # M*N passes, each of which adds d channels
        (
            "I(d,9x9)-[[C(cin+d,1)]*M]*N",
            "d*(d*M*N*(M*N+1)*(2*M*N+1)/6 + (d+1)*M*N*(M*N+1)/2 + M*N)",
        ),
        ("I1-[H(1,bias=off)]*(i=1..N)", "N"),
        ("I(d)-[H(d)-R]*(N-1)-O10", "(N - 1)*(d**2 + d) + 10*d + 10"),
    ],
)
def test_closed_forms_worked_out_by_hand(source: str, closed: str) -> None:
    sympy = pytest.importorskip("sympy")
    names = {name: sympy.Symbol(name) for name in "MNd"}
    assert sympy.expand(sc.parse(source).params - sympy.sympify(closed, locals=names)) == 0


def test_equal_passes_are_walked_once() -> None:
    net = sc.parse("I(3,32x32)-[C(3,3,p=same)-BN]*1000000000000")
    assert net.params == 10**12 * 90
    assert len(net.counted.trace.steps) == 3


def test_passes_that_grow_without_number_are_added_in_closed_form() -> None:
    count = 10**6
    expected = sum((9 * (3 + 12 * i) + 1) * 12 for i in range(count)) + (3 + 12 * count + 1) * 10
    assert sc.parse(f"I(3,32x32)-[{{_|C(12,3,p=1)}}]*{count}-GAP-O10").params == expected


@pytest.mark.parametrize(
    ("source", "conditions"),
    [
        ("I(d)-[H(d)-R]*(N-f)-O10", ["N ≥ f"]),
        ("I(d)-[H(k)-R]*(N-1)-O10", ["N ≥ 2"]),
        ("I(c,n×n)-[C(f,3,p=same)]*N-GAP", ["N ≥ 1"]),
        ("I(d)-[H(d)-R]*N-O10", []),
    ],
)
def test_a_formula_says_how_many_passes_it_holds_for(source: str, conditions: list[str]) -> None:
    assert [condition.text() for condition in sc.parse(source).formula().conditions] == conditions


def test_what_is_assumed_of_one_pass_is_assumed_of_all() -> None:
    net = sc.parse("I(8,n×n)-[C(8*i,1,g=g)-C(8,1)]*(i=1..N)-GAP")
    assert [each.text() for each in net.formula().assumptions] == ["g divides 8 if N ≥ 1"]


def test_branches_that_meet_in_some_passes_alone_are_refused() -> None:
    with pytest.raises(sc.ArchitectureError, match="depends on the pass"):
        sc.parse("I(c,n×n)-[{C(cin,3,s=N,p=1)+_}]*M-GAP-O10").params  # noqa: B018


def test_open_passes_without_a_closed_form_are_walked_up_to_a_limit() -> None:
    body, width, expected = "H(10//cin+1)", 3, 0
    for _ in range(64):
        width, arriving = 10 // width + 1, width
        expected += (arriving + 1) * width
    assert evaluate(sc.parse(f"I(c)-[{body}]*64").params, {"c": 3}) == expected
    with pytest.raises(sc.ArchitectureError, match="no closed form in the number of the pass"):
        sc.parse(f"I(c)-[{body}]*65").params  # noqa: B018


def test_branches_that_meet_alike_in_every_pass_are_one_assumption() -> None:
    net = sc.parse("I(9,n)-[{C(cin,1)+C(min(9,m),1)}-C(i,1)-C(9,1)]*(i=1..N)-GAP-O2")
    assert [str(each) for each in net.formula().assumptions] == ["9 = min(9, m) if N ≥ 1"]
    assert net(N=2, m=9, n=4).params == sum(2 * (9 + 1) * 9 + (9 + 1) * i + (i + 1) * 9 for i in (1, 2)) + (9 + 1) * 2


def test_no_name_of_the_walk_is_in_an_error() -> None:
    with pytest.raises(sc.ArchitectureError, match="the sum over i from 0 to") as caught:
        _ = sc.Architecture("I(c,n)-[[C(cin+i^i,1)]*(i=1..M)]*N").params
    assert "'" not in str(caught.value)
    with pytest.raises(sc.ArchitectureError, match="whether branches meet here depends on the pass") as other:
        _ = sc.Architecture("I(1,n)-[{U(2^(i-1))-AAP(n//2^(D-i))|_}]*(i=1..D)").params
    assert "n_1" not in str(other.value)


def test_a_range_that_counts_down_is_refused_with_numbers_as_its_formula_refuses_it() -> None:
    net = sc.parse("I(3)-[H3]*(i=w..N)")
    assert [*map(str, net.formula().conditions)] == ["N ≥ w - 1"]
    assert [net(w=5, N=last).params for last in (4, 5)] == [0, 12]
    with pytest.raises(sc.ArchitectureError, match=r"here i=5\.\.2, where w=5, N=2") as error:
        _ = net(w=5, N=2).params
    assert error.value.code == "downwards"
    assert net(w=5, N="max(M,4)")(M=2).params == 0
    assert error.value.hint == "i=w..max(N,w-1) has no pass where it would count down"


def test_widths_that_grow_are_whole_in_all_passes_where_they_are_in_the_first() -> None:
    """The width that arrives at a pass is no further demand, where there is no second pass either."""
    net = sc.Architecture("I(c,n)-[C(2^i*c/9,1)]*(i=0..N)")
    assert net.assumptions == ("9 divides c",)
    for channels, last in ((9, 0), (18, 0), (9, 2)):
        number = sc.Architecture("I(c,n)-[C(2^i*c/9,1)]*(i=0..N)", {"c": channels, "N": last, "n": 4}).params
        assert evaluate(net.params, {"c": channels, "N": last}) == number


@pytest.mark.parametrize("count", ["N", "(i=0..N)", "(t=1..N)"])
@pytest.mark.parametrize("inside", ["{DW((cin%N))|_}", "{DW((cin%N))@a1-{@a1|_}|_}"])
def test_what_has_no_closed_form_in_a_repeat_is_told_in_letters_that_can_be_written(count: str, inside: str) -> None:
    with pytest.raises(ArchitectureError, match=r"the sum over j from 0 to i - 1 has no closed form: j") as caught:
        sc.parse(f"I(3,8x8)-[{inside}]*{count}").params  # noqa: B018
    assert "'" not in str(caught.value)


@pytest.mark.parametrize("text", ["I(3,8)-[P(w%cin,n)]*N", "I(2,n)-[P(w,n%8)]*N"])
def test_a_stride_or_window_may_be_what_a_division_leaves(text: str) -> None:
    assert sc.parse(text).params == 0


@pytest.mark.parametrize("text", ["I(4,n)-[Lin(r*cin)]*(i=w..N)", "I(4,n)-[[Lin(2*cin)]*M]*(i=w..N)"])
def test_a_sum_over_no_pass_has_no_power_below_the_first(text: str) -> None:
    """In Python too, where a power below it would be a float."""
    net = sc.parse(text)
    python = net.formula().python()
    for r, M, w, N in product(range(1, 4), range(3), range(4), range(4)):  # noqa: N806
        values = {"n": 5, "r": r, "M": M, "w": w, "N": N}
        if w - 1 <= N:
            number = net(**{name: value for name, value in values.items() if name in net.symbols}).params
            assert eval(python, dict(values)) == number, values


def test_a_quotient_in_an_exponent_is_written_as_one() -> None:
    """``8/k`` is whole where k divides 8, and ``1/k`` is not."""
    (condition,) = sc.parse("I(n,9)-[P(p)]*(8/k)").formula().data()["conditions"]
    assert [p for p in range(1, 5) if eval(condition, {"p": p, "k": 4})] == [1, 2, 3]


def test_a_size_that_no_pass_before_the_first_could_have_is_refused_for_its_sum() -> None:
    with pytest.raises(ArchitectureError, match=r"no closed form: i occurs in i\^i$"):
        sc.Architecture("I(5,n)-[C(i^i,1)]*(i=1..N)").formula().data()


def test_a_tower_that_is_no_output_may_leave_another_shape_where_it_is_there() -> None:
    net = sc.parse("I(3,n×n)-C(4,3)@a-GAP-O2@out; @a-[AP3-GAP-O5]*(w>0)")
    assert str(net.params) == "25*[w - 1 >= 0] + 122"
    assert [*map(str, net.formula().conditions)] == ["n ≥ 3", "n ≥ 5 if w ≥ 1"]
    assert str(sc.parse("I(3,9×9)-C(4,3)@a-GAP-O2@out; @a-[GAP-O5]?").params) == "25*z_1 + 122"
    with pytest.raises(ArchitectureError, match="changes the shape"):
        assert sc.parse("I(3,9×9)-C(4,3)-[GAP-O5]?").params


def test_fractions_are_reduced_by_what_is_below() -> None:
    assert str(sc.parse("I(n,9)-MHA(i-n)").params) == "4*n**2 + 4*n"


@pytest.mark.parametrize("layer", ["F", "reshape(3,2,2)"])
def test_a_pass_may_leave_other_axes_than_the_first(layer: str) -> None:
    net = sc.parse(f"I(3,4)-[[{layer}]*(i//2)]*(i=1..N)-O2")
    assert net.params == net(N=2).params == 3 * 4 * 2 + 2

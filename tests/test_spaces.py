"""Search spaces: how many networks there are and how far a quantity goes, beside every network counted by itself."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest

import symcount as sc
from symcount.answers.space import Space
from symcount.counts import counted
from symcount.errors import ArchitectureError
from tests.seeds import chosen_seed

DRAWN = 40
"""Random spaces of which every network is counted."""

CELLS = """
let a_1..a_6 in 1..5;
def op(k) = pick(k){zero | _ | AP(3,s=1,p=1) | R-C(cin,1,bias=off)-BN | R-C(cin,3,p=1,bias=off)-BN};
def cell = _@x-op(a_1)@n1-{[@x-op(a_2)]+op(a_3)}@n2-{[@x-op(a_4)]+[@n1-op(a_5)]+op(a_6)};
def down(f) = {R-C(f,3,s=2,p=1,bias=off)-BN-R-C(f,3,p=1,bias=off)-BN + AP2-C(f,1,bias=off)};
I(3,32x32)-cb(16,3,1,1)-cell*5-down(32)-cell*5-down(64)-cell*5-BN-R-GAP-O10
"""

MOBILE = """
let k_1..k_7 in [3,5,7]; let e_1..e_7 in [3,6]; let w in [8,16,24,32];
def mb(f,k,e,s=1) = cb(e*cin,1)-R6-cb(cin,k,s,(k-1)/2,cin)-R6-cb(f,1);
I(3,224x224)-cb(2*w,3,2,1)-R6
-[mb(f,k[i],e[i],s)]*(i,f,s in [(1,w,1),(2,24,2),(3,40,2),(4,80,2),(5,96,1),(6,192,2),(7,320,1)])
-cb(1280,1)-R6-GAP-O1000
"""


def every(text: str, quantity: str) -> list[int]:
    """The quantity of every network of a space, each counted by itself."""
    count = counted(text, {})
    options = {name: values for name, values in count.program.options.items() if name in count.trace.symbols}
    found = []
    for values in product(*options.values()):
        try:
            one = counted(text, dict(zip(options, values, strict=True)))
            found.append(one.of(quantity))
        except ArchitectureError:
            continue
    return [each for each in found if isinstance(each, int)]


def agrees(text: str, quantity: str) -> int:
    try:
        space = Space(counted(text, {}))
        networks = space.networks
    except ArchitectureError as error:
        assert error.code in ("not-divisible", "too-small"), text
        return 0
    found = every(text, quantity)
    assert networks == len(found), text
    if found:
        went = space.range(quantity)
        assert (went.least, went.most) == (min(found), max(found)), text
    return len(found)


@pytest.mark.parametrize("quantity", ["params", "macs", "size"])
@pytest.mark.parametrize(
    "text",
    [
        "let f in [16,32]; let k in (3,5,9); I(3,8x8)-C(f,k)-GAP-O10",
        "let s in 1..3; let p in 0..1; I(3,9x9)-C(4,3,s=s,p=p)-P2-O2",
        "let g in 1..6; let c in [4,6,9]; I(3,8x8)-C(c,1)-C(2*c,1,g=g)-GAP-O2",
        "let op in 1..3; I(8,6x6)-pick(op){C(8,3,p=1)|DW(3,p=1)-R|_}-C(4,3)-GAP-O2",
        "let op in 1..3; I(8,6x6)-pick(op){C(8,3)|C(4,3,s=2)|P2}-GAP-O2",
        "let op in 1..4; I(8,6x6)-pick(op){C(8,3)|_}-GAP-O2",
        "let n in 0..3; let f in [2,4]; I(8,6x6)-[C(f,3,p=1)-R]*n-GAP-O2",
        "let n in 0..3; let m in [1,2]; I(8,6x6)-[C(4,1)]*(n-m)-[C(5,1)]*m-GAP-O2",
        "let n in 0..3; let m in [1,2]; I(8,6x6)-[F]*(n>m)-O2",
        "let on_ in 0..1; I(8,6x6)-C(8,1)-SE(2)*on_-GAP-O2",
        "let a in 1..2; let b in 1..2; def op(k) = pick(k){C(4,1)|C(4,3,p=1)}; I(4,6x6)-{op(a)+op(b)}-[op(a)]*3-O2",
    ],
)
def test_a_space_is_its_networks(text: str, quantity: str) -> None:
    assert agrees(text, quantity)


def test_random_spaces_are_their_networks() -> None:
    seed = chosen_seed()
    print(f"seed {seed}")
    draw = random.Random(seed)
    networks = 0
    for _ in range(DRAWN):
        networks += agrees(_drawn(draw), draw.choice(["params", "macs"]))
    assert networks > DRAWN


def _drawn(draw: random.Random) -> str:
    names = [f"x_{number}" for number in range(1, draw.randint(2, 4))]
    values = (sorted(draw.sample(range(1, 7), draw.randint(1, 3))) for _ in names)
    lets = "".join(f"let {name} in {options}; " for name, options in zip(names, values, strict=True))
    lets += f"let t in {sorted(draw.sample(range(4), 2))}; "

    def size() -> str:
        return draw.choice([*names, *names, f"2*{draw.choice(names)}", str(draw.randint(1, 3))])

    def layer() -> str:
        return draw.choice([
            f"C({size()},{size()},p={draw.randint(0, 2)})", f"C({size()},3,s={size()},p=1)",
            f"[C({size()},1)-R]*{draw.choice([*names, 't'])}",
            f"pick({draw.choice(names)}){{C(3,1)|C(3,3,p=1)|C({size()},1)}}",
            "BN", f"DW({size()},p=1)", f"C({size()},1,g={size()})",
        ])  # fmt: skip

    return f"{lets}I(2,8x8)-{'-'.join(layer() for _ in range(draw.randint(1, 4)))}-GAP-O3"


def test_nas_bench_201() -> None:
    """15,625 cells, whose published totals go from 0.073306 to 1.531546 million."""
    space = Space(counted(CELLS, {}))
    went = space.range("params")
    assert (space.networks, went.least, went.most) == (15_625, 73_306, 1_531_546)
    one = counted(CELLS, {"a_1": 4, "a_2": 5, "a_3": 1, "a_4": 2, "a_5": 5, "a_6": 3})
    assert one.of("params") == counted("zoo:nasbench201-largest", {"a": 2, "b": 1}).of("params")


def test_a_million_networks_are_not_counted_one_by_one() -> None:
    space = Space(counted(MOBILE, {}))
    assert space.networks == 3**7 * 2**7 * 4
    went = space.range("params")
    ends = [
        {f"{name}_{i}": value for name, value in (("k", k), ("e", e)) for i in range(1, 8)} for k, e in ((3, 3), (7, 6))
    ]
    assert went.least == counted(MOBILE, {**ends[0], "w": 8}).of("params")
    assert went.most == counted(MOBILE, {**ends[1], "w": 32}).of("params")


def test_what_depends_on_too_much_at_once_is_refused() -> None:
    names = ", ".join(f"x_{number}" for number in range(1, 9))
    space = Space(counted(f"let x_1..x_8 in 1..8; I4-H(max({names}))", {}))
    with pytest.raises(ArchitectureError, match="depend on each other"):
        space.range("params")


def test_a_value_for_a_choice_is_one_of_its_own() -> None:
    net = sc.parse("let f in [16,32]; I(3,8x8)-C(f,3)-GAP-O10")
    assert net(f=32).params == 32 * 28 + 330
    with pytest.raises(ArchitectureError, match="one of 16, 32, found 48"):
        _ = net(f=48).params


def test_a_sweep_has_the_values_of_the_choices(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from symcount.cli.commands import command

    text = "let f in [16,32,64]; let k in [3,5]; I(3,n×n)-C(f,k)-GAP-O10"
    found = CliRunner().invoke(command, ["sweep", text, "n=8,9", "k=3"])
    assert found.stdout.splitlines() == ["n,f,params"] + [
        f"{n},{f},{counted(text, {'n': n, 'k': 3, 'f': f}).of('params')}" for n in (8, 9) for f in (16, 32, 64)
    ]


def test_the_space_of_a_network() -> None:
    net = sc.parse("let f in [16,32]; let k in 1..3; I(3,8x8)-C(f,k)-GAP-O10")
    assert net.space.networks == 6
    assert net(f=16).space.choices == {"k": (1, 2, 3)}
    assert net.space.range("params").most == net(f=32, k=3).params


def test_a_search_goes_through_no_choices() -> None:
    with pytest.raises(ArchitectureError, match="f is a choice"):
        sc.parse("let f in [16,32]; I(3,8x8)-C(f,3)-GAP-O10").find("params <= 1000")

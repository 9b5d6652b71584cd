"""`symcount prove`: what is found to be so for all sizes is so at every point, counted in whole numbers."""

from __future__ import annotations

import json
import random

import pytest
from click.testing import CliRunner, Result

from symcount import Architecture, ArchitectureError, parse, prove
from symcount.algebra import Reason
from symcount.algebra.region import reasons, search
from symcount.cli.commands import command
from tests.pairs import counted, grid, pair
from tests.seeds import chosen_seed

ROUNDS = 60
SIDES = {"n": range(1, 15), "k": range(1, 3), "f": range(1, 3), "c": range(1, 2), "h": range(1, 2)}

STRIDED = "I(c,n×n)-C(f,k,s=2,p=same)-C(g,k,s=2,p=same)-H(m)-O10"
POOLED = "I(c,n×n)-C(f,k,p=same)-P(2{0})-C(g,k,p=same)-P(2{0})-H(m)-O10"


def run(*words: str) -> Result:
    return CliRunner().invoke(command, ["prove", *words])


def told(*words: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(*words, "--format", "json").output)
    return found


def first_difference(nets: tuple[Architecture, Architecture], of: str) -> dict[str, int] | None:
    """The smallest point of a grid at which both exist and differ."""
    points = sorted(grid(nets, SIDES), key=lambda values: sum(values.values()))
    for values in points:
        one, other = (counted(net, of, values) for net in nets)
        if one is not None and other is not None and one != other:
            return values
    return None


def check_pairs(rounds: int) -> int:
    """Hold verdicts on random pairs against a count at every point of a grid; return how many were left open."""
    seed = chosen_seed()
    print("seed", seed)
    draw, left_open = random.Random(seed), 0
    for _ in range(rounds):
        one, other = pair(draw)
        of = draw.choice(["params", "params", "macs", "size", "activations"])
        nets = parse(one), parse(other)
        proof = prove(*nets, of=of)
        found = first_difference(nets, of)
        left_open += proof.verdict is None
        assert not (proof.verdict is True and found is not None), (one, other, of, found)
        if proof.verdict is False:
            point = dict(proof.counterexample or {})
            sides = [counted(net, of, point) for net in nets]
            assert None not in sides, (one, other, of, point)
            assert sides[0] != sides[1] == proof.values[1], (one, other, of, point)
            smaller = proof.is_smallest and found is not None and sum(found.values()) < sum(point.values())
            assert not smaller, (one, other, of, point, found)
    return left_open


def test_verdicts_are_those_of_a_count_at_every_point() -> None:
    assert check_pairs(ROUNDS) <= ROUNDS // 20


def test_a_wrong_verdict_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = search.Search.first
    monkeypatch.setattr(search.Search, "first", lambda self, most: honest(self, 0))
    monkeypatch.setattr(reasons, "_vanishes", lambda form: Reason("form"))
    with pytest.raises(AssertionError):
        check_pairs(ROUNDS)


def test_a_stride_is_a_pooling_where_both_are_same() -> None:
    done = run(STRIDED, POOLED.format(",p=same"))
    assert done.exit_code == 0
    assert "both have q at H1; every other term is the same" in done.output
    assert "where q = ⌈n/4⌉" in done.output


def test_a_stride_is_no_pooling_where_that_is_valid() -> None:
    done = run(STRIDED, POOLED.format(""))
    assert done.exit_code == 1
    assert "n = 5, the smallest such sizes" in done.output
    assert "equal where n mod 4 = 0" in done.output
    assert "only the second needs n ≥ 4" in done.output
    assert run(STRIDED, POOLED.format(""), "--assume", "n % 4 == 0").exit_code == 0


def test_two_sides_have_a_remainder_each() -> None:
    texts = "I(c,h×w)-C(f,3,s=2,p=same)-H2", "I(c,h×w)-C(f,3,p=same)-P(2x3)-H2"
    assert prove(texts[0], "I(c,h×w)-C(f,3,p=same)-P2-H2").holds_where == ("h mod 2 = 0", "w mod 2 = 0")
    assert prove(*texts).holds_where == ()


def test_a_stride_by_a_symbol_is_a_pooling_by_it() -> None:
    texts = "I(c,n)-C(f,k,s=s,p=same)-H2", "I(c,n)-C(f,k,p=same)-P(s)-H2"
    assert prove(*texts).verdict is False
    assert prove(*texts, assume="s divides n").verdict is True


def test_remainders_decide_what_normal_forms_do_not() -> None:
    texts = "I(1,n)-{P2-H1|AP2-H1}-O1", "I(1,n)-{P(2,s=2,p=same)-H1|P2-H1}-O1"
    assert prove(*texts).counterexample == {"n": 3}
    halves = "let a=n//2; let b=(n+1)//2; I(1)-H(a*(a+1)+b*b-n*n//2)", "I(1)-H(n//2 + n%2)"
    proof = prove(*halves)
    assert (proof.verdict, proof.data()["reasons"]) == (True, [{"by": "remainders", "moduli": {"n": 2}}])


def test_an_inequality_is_proved_over_a_domain() -> None:
    net = "I(3,n×n)-C(64,7,s=2,p=3)-P(3,s=2,p=1)-C(64,3,p=1)"
    assert told(net, "macs <= 3e8", "--assume", "n <= 224")["reasons"] == [{"by": "ends", "at": {"n": 224}}]
    false = told(net, "macs <= 100M")
    assert (false["verdict"], false["counterexample"], false["smallest"]) == ("false", {"n": 145}, True)
    assert parse(net)(n=144).of("macs") <= 100_000_000 < parse(net)(n=145).of("macs")


@pytest.mark.parametrize(
    ("net", "claim", "assumed", "verdict"),
    [
        ("I(L)-E(V,d)@w-PE-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V,w=@w,bias=0)",
         "params == 12*N*d^2 + 13*N*d + V*d + L*d + 2*d", (), True),
        ("I(c,n)-C(c,k,p=d*(k-1)/2,d=d)", "output == input", (), True),
        ("I(c,n)-C(c,k,p=k//2)", "output == input", (), False),
        ("I(c,n)-C(c,k,p=k//2)", "output == input", ("k odd",), True),
        ("I(c,n)-C(f,max(k,3),p=same)", "params == 9*c*f + f", ("k <= 3",), False),
        ("I(c,n)-C(f,max(k,3),p=same)", "params == 3*c*f + f", ("k <= 3",), True),
        ("I(n)-H(n)", "params > n", (), True),
        ("I(n)-H(n)", "params != 7", (), None),
        ("I(n)-H(n)", "2 divides params", (), True),
        ("I(n)-H(n)", "params >= 2 and params odd", (), False),
        ("I784-H10", "params == 7850", (), True),
        ("I784-H10", "params < 7850", (), False),
    ],
)  # fmt: skip
def test_claims(net: str, claim: str, assumed: tuple[str, ...], verdict: bool | None) -> None:
    assert prove(net, claim, assume=assumed).verdict is verdict


def test_what_cannot_be_settled_is_left_open() -> None:
    done = run("I(n)-H(n)", "params != 1000*1000*1000 + 7")
    assert done.exit_code == 3
    assert "undecided" in done.output
    assert "60,000 sizes" in done.output


def test_shapes_are_shown_where_they_differ() -> None:
    done = run("I(1,n)-C(1,k,p=k//2)", "output == input")
    assert "k = 2, n = 1, the smallest such sizes: 1×2 output, 1×1 input" in done.output


def test_a_sentence_compares_what_units_see() -> None:
    assert run("C3-C3 sees what C5 sees").exit_code == 0
    done = run("C(3)-C(3) sees what C(4) sees")
    assert (done.exit_code, "5 in the first, 4 in the second" in done.output) == (1, True)


def test_networks_of_numbers_are_compared_too() -> None:
    done = run("zoo:resnet18", "zoo:resnet34")
    assert (done.exit_code, done.output.splitlines()[3]) == (1, "11,689,512 in the first, 21,797,672 in the second")


def test_a_binding_is_for_every_network_that_has_the_symbol() -> None:
    assert run("I(n)-H(n)", "I(n)-H(m)", "m=n").exit_code == 0


BAD = {
    ("I(n)-H3", "I(n)-H3", "--assume", "q odd"): "no open symbol 'q'",
    ("I(n)-H3", "params <= many"): "no symbol 'many'",
    ("I(n)-H3", "parms <= 3"): "did you mean params?",
    ("I(n)-H3",): "prove takes two networks",
    ("I(c,n)-C(f,3)", "I(c,n×n)-C(f,3)", "--of", "output"): "2 sizes in the first network, and 3 in the second",
    ("I(c,n)-C(f,9)-H3", "I(c,n)-C(f,9)-H3", "--assume", "n <= 3"): "no sizes that are admitted",
    ("I(n)-H3", "params <= 1.2345k"): "no whole number",
    ("I(n)-H3", "I(n)-H3", "--assume", "n % 2 == 0", "--assume", "n % 2 == 1"): "remainder",
}


@pytest.mark.parametrize(("words", "part"), BAD.items())
def test_bad_questions_are_refused(words: tuple[str, ...], part: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert part in done.stderr


@pytest.mark.parametrize("medium", ["text", "markdown", "latex", "html", "typst"])
def test_a_verdict_is_written_in_every_medium(medium: str) -> None:
    text = prove(STRIDED, POOLED.format(",p=same")).to(medium)
    assert "every other term is the same" in text.replace("\\", "")


def test_a_proof_is_a_value() -> None:
    one, other = (prove("I(n)-H(n)", "I(n)-H(n)") for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert (bool(one), one.counterexample, one.values) == (True, None, ())


def test_a_text_that_is_neither_is_told_of() -> None:
    with pytest.raises(ArchitectureError, match="no layer"):
        prove("I3-H3", "I3-Q")


def test_inputs_that_differ_in_their_axes_are_told() -> None:
    done = run("I(c,n×n)-C(f,1)", "I(c)-H(f)")
    assert (done.exit_code, "the inputs differ in their axes: the first has 2, the second has none" in done.output) == (
        0,
        True,
    )
    done = run("I(c,n×n)-C(f,3)-GAP", "I(c,n)-C(f,3)-GAP")
    assert (done.exit_code, "the first has 2, the second has 1" in done.output) == (1, True)
    assert told("I(c,n×n)-C(f,1)", "I(c)-H(f)")["axes"] == [2, 0]
    assert told("I(c,n)-C(f,1)", "I(c,n)-Lin(f)")["axes"] == []
    shapes = run("I(c,n×n)-C(f,3)", "I(c,n)-C(f,3)", "--of", "output")
    assert (shapes.exit_code, shapes.stdout) == (2, "")
    assert "output has 3 sizes in the first network, and 2 in the second" in shapes.stderr

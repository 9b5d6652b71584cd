"""Definitions by any name: what a text calls its own is never taken for what the program has of that name."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

import symcount as sc
from symcount.algebra import evaluate
from symcount.cli.commands import command
from symcount.layers import STATISTICS_COUNT, Convention
from symcount.quantities import QUANTITIES

WORDS = ["add", "mul2", "concat", "group", "repeat", "branch", "body", "again", "tap", "optional", "iteration", "pass_"]
"""Names for a definition that are, or could be, what a block of another kind is called inside."""


def shown(*words: str) -> str:
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("name", WORDS)
def test_a_definition_counts_and_shows_as_one_by_another_name(name: str) -> None:
    text = "def {0}(f) = H(f)-R; I8-{0}(8)-{0}(8)*2-[{0}(4)-{0}(8)]*3-O2"
    # 8⋅8 + 8 three times, then (8⋅4 + 4) + (4⋅8 + 8) three times, then 8⋅2 + 2
    assert sc.parse(text.format(name)).params == 3 * 72 + 3 * (36 + 40) + 18
    for words in (("count",), ("derive",)):
        mine, other = (shown(*words, text.format(each)) for each in (name, "w" * len(name)))
        assert mine.replace(name, "w" * len(name)) == other.replace(name, "w" * len(name))


def test_a_definition_is_no_branches_for_its_name() -> None:
    assert "branches, added" not in shown("derive", "def add(f) = H(f)-R; I8-add(8)-O2")
    assert "branches, added" in shown("derive", "I8-{H8+_}-O2")


def test_the_rows_of_a_definition_called_group_stay() -> None:
    rows = sc.parse("def group(f) = H(f)-R; I8-group(8)*2-O2").counted.every_row
    assert [(str(row.index), row.name) for row in rows] == [
        ("1", "repeat"),
        ("1.1", "group"),
        ("1.1.1", "H1"),
        ("1.1.2", "R1"),
        ("2", "O1"),
    ]


def names(text: str) -> list[str]:
    return [row.name for row in sc.parse(text).counted.every_row if not row.layers and row.kind != "R"]


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("I(3,32x32)-cb(8,3)-cb(4,3)", ["C1", "BN1"] * 2),
        ("I(3,32x32)-cbr(8,3)-cb(4,3)", ["C1", "BN1", "C2", "BN2"]),
        ("I(3,32x32)-cb(4,3)-cbr(8,3)", ["C1", "BN1", "C2", "BN2"]),
        # what the text itself writes is numbered before what its definitions rest on
        ("I(3,32x32)-cb(8,3)-C(4,3)-BN", ["C2", "BN2", "C1", "BN1"]),
        ("I(8,32x32)-[dbr(3,p=1)-cbr(8,1)]*3", ["DW1", "BN1", "C1", "BN2"]),
        ("def two(f) = cbr(f,3)-C(f,1); I(8,32x32)-cb(8,1)-two(8)", ["C2", "BN1", "C3", "BN2", "C1"]),
        ("def wrap() = body-cbr(8,3); I(8,32x32)-wrap()[cb(8,1)]", ["C2", "BN2", "C1", "BN1"]),
        ("I(8,32x32)-{cb(8,1)|cbr(8,1)}-moe(2)[Lin(16)]", ["C1", "BN1", "C2", "BN2", "moe1", "Lin1"]),
    ],
)
def test_layers_of_what_is_shipped_are_numbered_as_a_walk_meets_them(text: str, met: list[str]) -> None:
    assert names(text) == met


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("C(8,3,zz=1)", "unknown-argument"),
        ("C(8,3,k=4)", "twice"),
        ("C(f=8,3)", "argument-order"),
        ("cb(8)", "missing-argument"),
        ("dbr(3,f=8)", "unknown-argument"),
        ("cb(1,2,3,4,5,6,7)", "too-many-arguments"),
        ("Nope(3)", "unknown-layer"),
        ("R[C(8,3)]", "no-block"),
        ("res(3)[C(8,3)]", "wants-block"),
        ("[C(8,3)-{_|res[Zonk]}]*2", "unknown-layer"),
    ],
)
def test_a_mistake_in_a_definition_that_is_never_called_is_told(body: str, code: str) -> None:
    text = f"I(8,32x32)-GAP; def unused(f) = {body}"
    with pytest.raises(sc.ArchitectureError) as caught:
        sc.parse(text)
    assert caught.value.code == code
    assert caught.value.span is not None
    assert caught.value.span.start >= text.index("=") + 2


def test_the_size_of_a_layer_is_the_product_of_its_output() -> None:
    draw = random.Random(5)
    parts = ["C(4,3,p=1)", "P(2)", "DW(3,s=2,p=1)", "{_|C(2,1)}", "U2", "BN-R", "[C(3,1)-R]*2", "res[C(cin,3,p=1)]"]
    for _ in range(20):
        net = sc.parse("-".join(["I(3,40x36)", *draw.choices(parts, k=3), "GAP-H(7)-O(5)"]))
        for row in net.counted.every_row:
            product = 1
            for each in row.output:
                product *= each
            assert row.of("size") == product, (net.text, row.name)
        assert net.of("size") == 5


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("I(3,32x32)-C(8,5)", "size              f·m² = 8·28·28 = 6272"),
        ("I(3,32x20)-C(8,5)", "8·28·16 = 3584"),
        ("I(3,32x32)-P2", "size              c·m² = 3·16·16 = 768"),
    ],
)
def test_the_size_of_a_layer_is_shown_with_the_letter_of_its_output(text: str, line: str) -> None:
    assert line in shown("derive", "--of", "size", text)


@pytest.mark.parametrize(
    ("power", "units"), [("1^-1", 1), ("4*2^-1", 2), ("(0-1)^-2", 1), ("(1/2)^-2", 4), ("1+0^0", 2), ("9*3^-2", 1)]
)
def test_a_negative_power_is_exact(power: str, units: int) -> None:
    assert sc.parse(f"I8-H({power})").params == 9 * units


def test_a_definition_with_a_block_is_spelled_with_the_block_in_its_spelling() -> None:
    assert str(sc.parse("def w() = body; I8-w[dense(8)]")) == "def w = body; I8-w[H8]"


def test_a_label_that_is_given_to_a_definition_is_taken_by_its_sign() -> None:
    text = "def a(m) = {MHA(2,from=@m)+_}; I(4,5)@k; I(4,3)-a(@k)"
    assert sc.parse(text).params == 80
    with pytest.raises(sc.ArchitectureError) as caught:
        sc.parse(text.replace("@m", "m")).params  # noqa: B018
    assert (caught.value.code, caught.value.column, caught.value.hint) == ("bad-argument", 24, "write @m")


def test_a_mistake_in_a_binding_has_its_place_in_the_binding() -> None:
    with pytest.raises(sc.ArchitectureError) as caught:
        sc.Architecture("I-C(k)-O2", {"k": "2*"})
    assert (caught.value.code, caught.value.column) == ("missing-operand", 4)


@pytest.mark.parametrize(("given", "hint"), [({}, "say whether it is there: z_1=0 or z_1=1"), ({"z_1": "a+1"}, None)])
def test_a_layer_that_may_be_there_and_changes_the_shape_is_refused(given: dict[str, str], hint: str | None) -> None:
    with pytest.raises(sc.ArchitectureError) as caught:
        sc.Architecture("I(c,n×n)-P2?", given).output  # noqa: B018
    assert (caught.value.code, caught.value.hint) == ("schema", hint)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_quantity_is_explained_in_a_document(quantity: str) -> None:
    root = Path(__file__).parent.parent
    pages = [page.read_text(encoding="utf-8") for page in (root / "README.md", *sorted((root / "docs").glob("*.md")))]
    assert any(f"`{quantity}`" in page or f"--of {quantity}" in page for page in pages)


@pytest.mark.parametrize("quantity", ["params", "size", "weights", "active"])
def test_what_a_network_needs_is_assumed_whatever_is_asked_for(quantity: str) -> None:
    # c/g channels of a group must be whole for the network to exist; its size does not name them
    formula = sc.parse("I(c,n×n)-C(8,3,g=g)-GAP").formula(quantity)
    assert {each.text() for each in formula.assumptions} == {"g divides c", "g divides 8"}


def test_a_convention_of_ones_own_settles_what_it_chooses() -> None:
    mine = Convention("mine", "statistics count", {STATISTICS_COUNT: 1})
    # 2⋅8 of the normalisation, 2⋅8 statistics, (8 + 1)⋅2 of the dense layer
    assert sc.Architecture("I8-BN-H2", {}, convention=mine).params == 16 + 16 + 18


def test_the_spelling_of_a_spelling_is_the_same() -> None:
    spelled = 0
    for page in sorted((Path(__file__).parent / "cases").glob("*.txt")):
        for line in page.read_text(encoding="utf-8").split("\n"):
            try:
                canonical = str(sc.parse(line.partition("\t")[0]))
            except sc.ArchitectureError:
                continue
            spelled += 1
            assert str(sc.parse(canonical)) == canonical
    assert spelled > 100


def test_labels_with_an_index_are_taken_up_in_another_order() -> None:
    taken = (
        "I(c,n×n)-[double(f*2^i)@s[i]-P2]*(i=0..3)-double(f*2^4)-[up(f*2^(3-i))-{@s[3-i]|_}-double(f*2^(3-i))]*(i=0..3)"
    )
    macros = "def double(f) = [C(f,3,p=same)-R]*2; def up(f) = T(f,2,s=2); "
    unet = sc.zoo("unet")
    net = sc.parse(f"{macros}{taken}-C(o,1)")
    assert net.formula().expr == unet.formula().expr
    assert [net(n=32, c=1, f=2, o=o).params for o in (1, 5)] == [unet(n=32, c=1, f=2, o=o).params for o in (1, 5)]
    assert net(n=48).layer("s[2]").output == unet(n=48).layer("three").output


def test_a_network_of_any_depth_takes_its_labels_up_in_reverse_order() -> None:
    formula = sc.zoo("unet-depth").formula()
    assert [str(each) for each in formula.assumptions] == ["2^D divides n"]
    for depth, n in itertools.product(range(1, 5), range(1, 40)):
        values = {"D": depth, "n": n, "f": 3, "c": 2, "o": 5}
        holds = all(each.holds(values) for each in (*formula.conditions, *formula.assumptions))
        assert holds == (n % 2**depth == 0)
        net = sc.zoo("unet-depth", **values)
        if holds:
            assert net.params == evaluate(formula.expr, values)
        else:
            with pytest.raises(sc.ArchitectureError, match=r"branches differ|falls"):
                _ = net.params
    assert (
        sc.zoo("unet-depth", D=4, **(given := {"n": 48, "f": 3, "c": 2, "o": 5})).params
        == sc.zoo("unet", **given).params
    )


@pytest.mark.parametrize("joined", ["{@s[D-1-i]+_}", "{_+@s[D-1-i]}", "res[@s[D-1-i]]"])
def test_what_meets_in_every_pass_is_one_division_whichever_branch_comes_first(joined: str) -> None:
    net = sc.parse(f"I(c,n×n)-[C(f,3,p=same)@s[i]-P2]*(i=0..D-1)-[U2-{joined}]*(i=0..D-1)-C(o,1)")
    assert [str(each) for each in net.formula().assumptions] == ["2^D divides n"]
    assert net(D=2, n=12, o=5).output == (5, 12, 12)


@pytest.mark.parametrize(
    ("source", "params"),
    [
        # no pass is walked by itself: what arrives at the first is like the others
        ("I(d,n)-[Lin(d)@s[i]]*(i=0..D-1)-[{@s[D-1-i]+_}]*(i=0..D-1)", "D*(d*d + d)"),
        # the first pass is walked by itself, and leaves what the others leave
        (
            "I(c,n)-[Lin(d)@s[i]]*(i=0..D-1)-[{@s[i]|_}-Lin(d)]*(i=0..D-1)",
            "c*d + d + (D - 1)*(d*d + d) + D*(2*d*d + d)",
        ),
        # what stands before the passes has a label that continues theirs, and their shape
        (
            "I(c,n)-Lin(d)@s[0]-[Lin(d)@s[i]]*(i=1..D)-[{@s[D-i]|_}-Lin(d)]*(i=0..D)",
            "c*d + d + D*(d*d + d) + (D + 1)*(2*d*d + d)",
        ),
        # labels count from any number, forwards and backwards
        (
            "I(c,n)-[Lin(d)@s[i+3]]*(i=0..D)-[{@s[i+1]|_}-Lin(d)]*(i=2..D+2)",
            "c*d + d + D*(d*d + d) + (D + 1)*(2*d*d + d)",
        ),
        (
            "I(c,n)-[Lin(d)@s[i-1]]*(i=1..D)-[{@s[D-i]|_}-Lin(d)]*(i=1..D)",
            "c*d + d + (D - 1)*(d*d + d) + D*(2*d*d + d)",
        ),
        (
            "I(c,n)-[Lin(d)@s[i+3]]*(i=0..D)-[{@s[D+3-i]|_}-Lin(d)]*(i=0..D)",
            "c*d + d + D*(d*d + d) + (D + 1)*(2*d*d + d)",
        ),
        # a pass leaves twice as much as the one before
        (
            "I(c,n)-[Lin(d*2^i)@s[i]]*(i=0..D)-{@s[D]|_}-Lin1",
            "c*d + d + sum(d*2**i*(d*2**(i - 1) + 1) for i in range(1, D + 1)) + 2*d*2**D + 1",
        ),
    ],
)
def test_labels_of_passes_are_counted_like_the_same_by_hand(source: str, params: str) -> None:
    net = sc.parse(source)
    for depth, d in itertools.product(range(1, 5), (2, 5)):
        values = {"D": depth, "d": d, "n": 7, "c": 3, "e": 4}
        given = {name: value for name, value in values.items() if name in net.symbols}
        assert net(**given).params == eval(params, dict(values)), given
        assert evaluate(net.formula().expr, values) == eval(params, dict(values)), given
        assert all(each.holds(values) for each in net.formula().conditions), given


def test_a_label_before_the_passes_is_none_of_theirs_where_its_shape_is_another() -> None:
    net = sc.parse("I(d,n)-Lin(e)@s[0]-Lin(d)-[Lin(d)@s[i]]*(i=1..D)-[{@s[i]|_}-Lin(d)]*(i=0..D)")
    d, e, depth = 3, 4, 2
    before, after = d * e + e + e * d + d + depth * (d * d + d), (e + d) * d + d + depth * (2 * d * d + d)
    assert net(d=d, e=e, D=depth).params == before + after
    with pytest.raises(sc.ArchitectureError, match=r"no label @s\[0\] is known here"):
        _ = net.params


@pytest.mark.parametrize("taken", ["{@s[D]|_}", "{@s[-1]|_}", "[U2-{@s[D-i]|_}]*(i=0..D-1)", "{@t[0]|_}"])
def test_a_label_of_a_pass_that_there_is_not_is_refused(taken: str) -> None:
    with pytest.raises(sc.ArchitectureError, match=r"no label @[st]\[(D|-1|0)\] is known here"):
        _ = sc.parse(f"I(c,n×n)-[C(f,3,p=same)@s[i]-P2]*(i=0..D-1)-{taken}-C(o,1)").output


def test_a_symbol_given_as_itself_stays_open() -> None:
    net = sc.parse("I(d)-H(4*d)")
    assert net(d="d").params == net.params
    with pytest.raises(sc.ArchitectureError, match="no symbol 'q'"):
        _ = net(q="q").params


def test_a_label_with_an_index_ends_with_the_macro_around_it() -> None:
    with pytest.raises(sc.ArchitectureError, match=r"no label @s\[0\] is known here"):
        _ = sc.parse("def m = [R@s[i]]*(i=0..1)-{@s[1]|_}; I(2,4)-m-{@s[0]|_}").layers
    assert sc.parse("def m = [R@s[i]]*(i=0..1)-{@s[1]|_}; I(2,4)-m-m").output == (8, 4)


def test_a_layer_that_may_be_there_counts_as_often_as_its_symbol_says() -> None:
    net = sc.parse("I8-H8?-O2")
    assert [net(z_1=there).params for there in (0, 1)] == [18, 72 + 18]
    assert net.formula("params").expr.subs({"z_1": 1}) == 72 + 18
    assert net.formula("params").expr.subs({"z_1": 0}) == 18


def test_a_hundred_definitions_inside_one_another_are_followed() -> None:
    texts = ["def f0(x) = H(x)", *(f"def f{i}(x) = f{i - 1}(x)" for i in range(1, 101))]
    assert sc.parse("; ".join([*texts, "I3-f99(2)"])).params == 3 * 2 + 2
    with pytest.raises(sc.ArchitectureError) as refused:
        sc.parse("; ".join([*texts, "I3-f100(2)"])).params  # noqa: B018
    assert refused.value.code == "too-deep"


LEVELS = (
    "def double(f) = C(f,3,p=same)-R-C(f,3,p=same)-R; "
    "def level(d,f) = double(f)@a-[P2-level(d-1,2*f)-T(f,2,s=2)-{@a|_}-double(f)]*(d>0); "
)
FRACTAL = "def fractal(d) = pick(min(d,2)){C(8,3,p=1)|{C(8,3,p=1)+fractal(d-1)-fractal(d-1)}}; "


def test_a_macro_may_call_itself_with_a_smaller_number() -> None:
    net = sc.parse(LEVELS + "I(3,128×128)-level(4,16)-C(1,1)")
    assert net.params == sc.zoo("unet-depth", D=4, f=16, n=128, c=3, o=1).params
    # Larsson and others, FractalNet, 2017, section 2: fractal d is fractal d - 1 twice, beside one convolution
    for depth in (1, 2, 3, 5):
        assert sc.parse(f"{FRACTAL}I(8,9×9)-fractal({depth})").params == (2**depth - 1) * 8 * (9 * 8 + 1)
    assert str(sc.parse(f"{FRACTAL}I(c,n×n)-C(8,3,p=1)-fractal(3)").params) == f"72*c + {8 + 7 * 584}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{FRACTAL}I(8,9×9)-fractal(D)", "recursive"),
        ("def f(d) = f(d); I3-f(3)", "recursive"),
        ("def f(d) = f(d+1); I3-f(3)", "recursive"),
        ("def f(d) = [f(d-1)]*(d<9); I3-f(3)", "recursive"),
        ("def f(d) = g(d-1); def g(d) = f(d); I3-f(3)", "recursive"),
        ("def f(d) = {[f(d-1)]*(d>0)|[f(d-1)]*(d>0)}; I3-f(24)", "limit"),
        ("def f(d) = [f(d-1)]*(d>0); I3-f(60)", "too-deep"),
    ],
)
def test_a_macro_that_calls_itself_without_end_is_refused(text: str, code: str) -> None:
    with pytest.raises(sc.ArchitectureError) as refused:
        sc.parse(text).params  # noqa: B018
    assert refused.value.code == code


def test_blocks_that_are_written_alike_and_hold_other_sizes_are_worked_each() -> None:
    page = str(sc.parse("def f(k) = [C(8,k,p=same)]*2; I(8,8×8)-f(3)-f(5)").derive())
    assert "The same as" not in page
    page = str(sc.parse("def f(d) = C(8,3,p=1)-[f(d-1)]*(d>1); I(8,8×8)-f(3)").derive())
    assert "The same as" not in page

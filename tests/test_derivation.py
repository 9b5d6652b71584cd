"""Derivations: every value on the way is that of the walk of ints, and the steps add up to the total."""

from __future__ import annotations

import json
import math
import random
import re
from fractions import Fraction
from typing import Any

import pytest

import symcount as sc
from symcount.arithmetic import Size, by_value
from symcount.arithmetic.notation import TEXT
from symcount.errors import ArchitectureError
from symcount.layers import KINDS
from symcount.layers.layer import Layer
from symcount.layers.rules import Nothing
from tests.chains import countable, random_networks
from tests.seeds import chosen_seed

LENET = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
ROUNDS = 150


def data(net: sc.Architecture, **options: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(net.derive(**options).to("json"))
    return answer


def value(text: str, names: dict[str, int] | None = None) -> Fraction:
    """The value of arithmetic as a page shows it, floors and all, by exact fractions."""
    source = re.sub(r"(?<![\w.])[0-9]+", lambda number: f"Fraction({number[0]})", text)
    for shown, meant in {"⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "^": "**"}.items():
        source = source.replace(shown, meant)
    known = {"Fraction": Fraction, "floor": math.floor, "ceil": math.ceil, "min": min, "max": max}
    return Fraction(eval(source, known | {name: Fraction(number) for name, number in (names or {}).items()}))


def walked(net: sc.Architecture, layer: dict[str, Any], step: dict[str, Any]) -> set[int]:
    """What a step may come to, by the walk of ints through a network without open symbols."""
    here = net.layers[int(layer["index"]) - 1]
    match step["what"]:
        case "flattening":
            return {math.prod(here.input)}
        case "channels" | "values":
            return {here.output[0]}
        case "parameters":
            return {here.params}
        case _:
            return set(here.output[1:])


def nets() -> list[sc.Architecture]:
    seed = chosen_seed()
    print("seed", seed)
    return [*random_networks(random.Random(seed), ROUNDS, symbolic=False)]


def test_every_number_of_a_derivation_is_that_of_the_walk() -> None:
    checked = 0
    for net in (*(each for each in countable() if not each.symbols), *nets()):
        answer = data(net)
        for layer in answer["layers"]:
            assert layer["output"] == list(net.layers[layer["index"] - 1].output)
            for step in layer["steps"]:
                assert isinstance(step["result"], int)
                assert step["result"] in walked(net, layer, step), (net.text, step)
                assert value(step["values"]) == step["result"], (net.text, step)
                checked += 1
        assert answer["total"]["result"] == net.params == sum(term["result"] for term in answer["total"]["terms"])
        assert answer["total"]["result"] == sum(layer["steps"][-1]["result"] for layer in answer["layers"])
    assert checked > 5 * ROUNDS


def test_every_formula_of_a_derivation_has_the_value_of_the_walk() -> None:
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    checked = 0
    for net in (*countable(), *random_networks(draw, ROUNDS, symbolic=True)):
        if not net.symbols:
            continue
        values = {name: draw.randint(2, 6) if name not in "nwh" else 4 * draw.randint(9, 20) for name in net.symbols}
        try:
            bound = net(**values)
            _ = bound.params
        except ArchitectureError:
            continue
        checked += check_formulas(net, bound, values)
    assert checked > 5 * ROUNDS


def check_formulas(net: sc.Architecture, bound: sc.Architecture, values: dict[str, int]) -> int:
    names = dict(values)
    answer = data(net)
    for layer in answer["layers"]:
        for step in layer["steps"]:
            number = eval(str(step["result"]), {}, dict(names))
            assert number in walked(bound, layer, step), (net.text, values, step)
            if "Σ" not in step["values"]:
                assert value(step["values"], names) == number, (net.text, values, step)
            if "name" in step:
                names[step["name"]] = number
    assert eval(str(answer["total"]["result"]), {}, dict(names)) == bound.params
    case = data(bound)["case"]
    assert case["result"] == bound.params, (net.text, values)
    assert all(value(step["values"]) == step["result"] for step in case["steps"])
    return sum(len(layer["steps"]) for layer in answer["layers"])


def test_values_given_are_put_in_last() -> None:
    answer = data(sc.parse("I-C(32,5)-P2-C(32,3)-P2-H256-O10")(n=28, c=1))
    assert answer["layers"][0]["steps"][0]["result"] == "n - 4"
    assert answer["total"]["result"] == "8192*n_4**2 + 800*c + 12106"
    assert answer["total"]["where"] == {"n_4": "(n//4) - 2"}
    assert answer["case"] == {
        "given": {"n": 28, "c": 1},
        "steps": [
            {"what": "n_1", "name": "n_1", "rule": "n - 4", "values": "28 - 4", "result": 24},
            {"what": "n_2", "name": "n_2", "rule": "⌊n/2⌋ - 2", "values": "⌊28/2⌋ - 2", "result": 12},
            {"what": "n_3", "name": "n_3", "rule": "⌊n/2⌋ - 4", "values": "⌊28/2⌋ - 4", "result": 10},
            {"what": "n_4", "name": "n_4", "rule": "⌊n/4⌋ - 2", "values": "⌊28/4⌋ - 2", "result": 5},
            {
                "what": "parameters",
                "rule": "8192*n_4^2 + 800*c + 12106",
                "values": "8192*5^2 + 800*1 + 12106",
                "result": 217706,
            },
        ],
        "result": 217706,
    }


def test_a_value_may_be_an_expression_and_some_may_stay_open() -> None:
    answer = data(sc.parse("I(c,n×n)-C(f,k)-O10")(k="2*m+1", c=3))
    assert answer["case"]["given"] == {"k": "2*m + 1", "c": 3}
    assert "f" in answer["case"]["result"]
    assert "m" not in str(answer["total"]["result"])


def test_the_rule_of_a_layer_keeps_what_is_open() -> None:
    step = data(sc.parse("I(1,n×n)-C(f,5)"))["layers"][0]["steps"][-1]
    assert (step["rule"], step["values"], step["result"]) == ("(k^2*c + 1)*f", "(5*5*1 + 1)*f", "26*f")


def test_letters_are_those_of_the_reader() -> None:
    text = sc.parse(LENET).derive(letters={"k": "n", "f": "k", "c": "λ"}).to("text")
    assert "(n²·λ + 1)·k = (5·5·1 + 1)·32 = 832" in text
    assert "N − n + 1 = 28 − 5 + 1 = 24" in text  # the size gives way to the reader's n
    assert r"\lambda" in sc.parse(LENET).derive(letters={"c": "λ"}).to("latex")


@pytest.mark.parametrize("letter", ["<b>", "\\input{x}", "$", "a b", "", "é", '"', "1"])
def test_what_is_no_name_cannot_be_a_letter(letter: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(LENET).derive(letters={"k": letter})
    assert caught.value.code == "bad-letter"


def test_a_letter_that_stands_in_no_rule_is_refused() -> None:
    with pytest.raises(ArchitectureError, match="no rule has a letter 'zz'") as caught:
        sc.parse(LENET).derive(letters={"zz": "a"})
    assert (caught.value.code, "k" in str(caught.value.hint)) == ("bad-letter", True)
    # a class has one list of letters for all its networks
    assert "(n + 1)·u" in sc.parse("I(n)-H3").derive(letters={"k": "a", "h": "b"}).to("text")


def test_one_layer_alone() -> None:
    net = sc.parse(LENET)
    assert "(k²·c + 1)·f = (5·5·1 + 1)·32 = 832" in net.derive(at=1).to("text")
    assert "max pooling" not in net.derive(at=1).to("text")
    assert sc.parse("I-C(32,5)-O10")(n=28, c=1).derive(at="O1").to("text").endswith("= 184330")


def test_sizes_alone() -> None:
    answer = data(sc.parse(LENET), of="output")
    assert [step["what"] for layer in answer["layers"] for step in layer["steps"]] == [
        *["height and width"] * 4,
        "flattening",
    ]
    assert "total" not in answer


@pytest.mark.parametrize("quantity", ["trainable", "weights", "biases", "statistics", "size"])
def test_other_quantities(quantity: str) -> None:
    net = sc.parse("I(3,32x32)-C(8,3,s=2,p=same)-BN-R-GAP-O10")
    assert data(net, of=quantity)["total"]["result"] == net.of(quantity)


def test_the_size_of_a_block_is_that_of_what_leaves_it() -> None:
    answer = data(sc.parse("I(3,32x32)-[C(8,3,s=2,p=same)-BN]*2-{C(4,1)|C(2,1)}-GAP-O10"), of="size")
    sizes = {layer["text"]: layer["steps"][-1] for layer in answer["layers"]}
    assert sizes["[C(8,3,s=2,p=same)-BN]*2"] == {"what": "size", "rule": "512", "values": "512", "result": 8 * 8 * 8}
    assert sizes["{C(4,1)|C(2,1)}"] == {"what": "size", "rule": "384", "values": "384", "result": 6 * 8 * 8}


def test_statistics_count_where_the_convention_counts_them() -> None:
    net = sc.parse("I(3,32x32)-C(8,3)-BN-GAP-O10", convention="keras")
    assert data(net)["total"]["result"] == net.params


def test_an_unknown_quantity_names_the_nearest() -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(LENET).derive("parms")
    assert caught.value.hint == "did you mean params?"


def test_every_kind_gives_its_reason() -> None:
    """Every kind with a rule for parameters says in its own words why."""
    for kind in KINDS.values():
        if kind.token == "I":
            continue
        assert kind.noun
        if not isinstance(kind.parameters, Nothing):
            assert kind.reason is not Layer.reason, f"{kind.token} has a rule of parameters and no reason"


def test_a_wide_sum_is_broken_at_its_signs() -> None:
    chain = "I-" + "-".join(f"C(f_{i},3)" for i in range(30)) + "-O10"
    lines = sc.parse(chain).derive().to("text").split("Total")[1].splitlines()
    assert max(map(len, lines)) < 100
    assert all(line.strip().startswith(("=", "+", "−", "n", "parameters", "This")) for line in lines if line.strip())


def test_a_thousand_layers_are_no_matter() -> None:
    net = sc.parse("I(c,n×n)-" + "-".join(["C(f,3,s=2,p=1)-R"] * 500) + "-GAP-O10")
    assert net.derive().to("latex").count("convolution") == 500


def test_layers_that_do_nothing_are_no_steps() -> None:
    page = sc.parse("I(c,n×n)-C(c,3,p=same)-R-D-{C(c,3,p=same)-R+_}-O3").derive().to("text")
    assert "No parameters, and no change of shape: R1, D1, R2, _1." in page
    assert "identity _" not in page
    assert "ReLU" not in page
    sizes = sc.parse("I(c,n×n)-R-C(f,3)").derive("output").to("text")
    assert "No change of shape: R1." in sizes


def test_a_layer_with_shared_weights_is_a_step() -> None:
    page = sc.parse("I8-Lin(8)@a-R-&a").derive().to("text")
    assert "its weights are those of a layer before it" in page.replace("\n    ", " ").lower()


def test_equal_blocks_are_worked_once() -> None:
    net = sc.parse("def b(f) = [C(f,3,p=1)-R-C(f,3,p=1)]; I(8,9x9)-b(8)-b(8)-b(8)-b(16)-b(16)-O2")
    page = net.derive().to("text")
    assert page.count("The same as 1: parameters 1168.") == 2
    assert page.count("convolution C(f,3,p=1): 8×9×9") == 3  # two of the first block, and one that widens
    assert net.params == net.derive().derivation.total


def test_blocks_are_folded_to_a_depth() -> None:
    net = sc.parse("I(c,n×n)-[{C(4,3)|C(2,3)}-P2]*2-O3")
    whole, folded = (net.derive(depth=depth) for depth in (None, 0))
    assert folded.derivation.total == whole.derivation.total
    assert "C1" not in folded.to("text")
    shown = json.loads(folded.to("json"))
    assert all("layers" not in layer for layer in shown["layers"])
    assert shown["total"]["where"]


def test_given_values_are_put_into_sizes() -> None:
    net = sc.parse("I(c,n×n)-C(f,k)-P2")(n=32, k=5)
    case = data(net, of="output")["case"]
    assert case["output"] == ["f", 14, 14]
    assert [step["result"] for step in case["steps"]] == [28, 14]
    assert net.derive("output").to("text").endswith("Output: f×14×14.")


def test_a_shipped_network_keeps_its_values() -> None:
    page = sc.zoo("resnet18").derive(depth=0).to("text")
    assert "parameters = 9536 + 147968 + 525568 + 2099712 + 8393728 + 513000 = 11689512" in page.replace("\n", "")
    assert "With o = 10:" in sc.zoo("resnet18")(o=10).derive(depth=0).to("text")


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        ("C(1,3,p=same)", "same padding: 1 on each side"),
        ("C(1,4,p=same)", "same padding: 1 before and 2 after"),
        ("C(1,3,p=same,s=2)", "same padding: 1 on each side, stride 2"),
        ("C(1,2,p=same,s=3)", "same padding: 0 on each side, stride 3"),
        ("C(1,3,p=same,d=2)", "same padding: 2 on each side, dilation 2"),
        ("C(1,3x5,p=same)", "same padding: 1 on each side by 2 on each side"),
        ("C(1,k,p=same)", "same padding: k − 1 in all"),
        ("P(3,s=2,p=same)", "same padding: 1 on each side, stride 2"),
    ],
)
def test_a_word_for_padding_says_how_many_zeros(layer: str, said: str) -> None:
    """On 9×9, as TensorFlow sets them: (⌈9/s⌉ − 1)·s + d(k − 1) + 1 − 9 in all, the odd one at the end."""
    assert f"({said})" in sc.parse(f"I(1,9x9)-{layer}").derive("output").to("text")


def test_padding_of_a_side_that_is_open_is_said_where_it_does_not_depend_on_it() -> None:
    assert "(same padding: 1 on each side)" in sc.parse("I(1,n×n)-C(1,3,p=same)").derive("output").to("text")
    assert "(same padding, stride 2)" in sc.parse("I(1,n×n)-C(1,3,p=same,s=2)").derive("output").to("text")
    causal = sc.parse("I(1,n)-C(1,3,p=causal,d=2)").derive("output").to("text")
    assert "(causal padding: 4 before the first, dilation 2)" in causal


def test_two_axes_of_different_sizes_have_two_letters() -> None:
    page = sc.parse("I(3,28x28)-C(8,3x5)").derive("macs").to("text")
    assert "k_h·k_w·c·f·m_h·m_w = 3·5·3·8·26·24" in page


def test_the_letters_of_attention_are_defined() -> None:
    page = sc.parse("I(512,T)-MHA(8,kv=2)").derive().to("text").replace("\n", " ")
    assert "width of a head  d_k = c/h = 512/8 = 64" in page
    assert "h_kv its heads for keys and values" in page
    assert "d_k its width of a query and of a key of one head" in page


IN_PARTS = (
    "I(512,T)-MHA(8)", "I(512,T)-MHA(8,kv=2,dv=3,bias=qkv)", "I(512,T)-MHA(8,bias=(1,0,1,1),norm=on,rel=13)",
    "I(512,T)-MHA(8,lora=(4,0,4,0))", "I(512,T)-MHA(8,frozen=on)", "I(64,T)-MHA(8)@a-MHA(4,from=@a)-&a",
    "I(c,T)-LSTM(h,proj=o)", "I(c,T)-bi[LSTM(7,proj=3)]", "I(d,T)-[MHA(h,kv=g)]*N", "I(c,T)-LSTM(h)",
    "I(64,T)-S6(16)",
)  # fmt: skip
"""Layers whose rule is the sum of parts, and one that has a single part."""


@pytest.mark.parametrize("quantity", ["params", "trainable", "frozen", "weights", "biases", "active"])
@pytest.mark.parametrize("text", IN_PARTS)
def test_the_parts_of_a_layer_are_worked_out_and_add_up_to_its_rule(text: str, quantity: str) -> None:
    net = sc.parse(text)
    values = dict.fromkeys(net.symbols, 12)
    for worked in net.derive(quantity).derivation.every:
        parts = [at_values(part.result, values) for part in worked.addends]
        assert worked.amount is not None
        assert len(parts) != 1
        assert not parts or sum(parts) == at_values(worked.amount.result, values)
        assert [at_values(part.rule, values) for part in worked.addends] == parts


def at_values(size: Size, values: dict[str, int]) -> Fraction:
    """The value of a written size as a page shows it."""
    return value(by_value(size, TEXT), values)


def test_attention_is_worked_out_as_a_lecturer_does() -> None:
    lines = [" ".join(line.split()) for line in sc.parse("I(512,T)-MHA(8)").derive().to("text").splitlines()]
    shown = lines[lines.index("MHA1 attention MHA8: 512×T") + 1 :][:8]
    assert shown == [
        "width of a head d_k = c/h = 512/8 = 64",
        *(f"{what} c·h·d_k = 512·8·64 = 262144" for what in ("queries", "keys", "values")),
        "output h·d_k·c = 8·64·512 = 262144",
        "biases h·d_k + h·d_k + h·d_k + c = 8·64 + 8·64 + 8·64 + 512 = 2048",
        "parameters queries + keys + values + output + biases = 262144 + 262144 + 262144 + 262144 + 2048",
        "= 1050624",
    ]


@pytest.mark.parametrize("medium", ["text", "latex", "typst", "html", "markdown", "json"])
def test_a_letter_that_is_worked_out_is_renamed_where_it_is(medium: str) -> None:
    page = sc.parse("I(512,T)-MHA(8)").derive(letters={"d_k": "p"}).to(medium)
    assert not re.search(r"d_\{?\(?k|<mi>d</mi><mi>k|d_k", page)


def test_a_layer_that_takes_keys_from_elsewhere_says_what_their_channels_are() -> None:
    page = sc.parse("I(64,T)-MHA(8)@a-MHA(8,from=@a)").derive().to("text")
    assert "c_m the channels of @a" in page


@pytest.mark.parametrize(
    ("text", "rule"), [("I(3,n)-C(f,5)", "f"), ("I(3,n)-C(f,k)-BN", "f"), ("I(3,n)-DW(k)", "c"), ("I(9)-H(u)", "u")]
)
def test_biases_are_said_by_themselves(text: str, rule: str) -> None:
    assert data(sc.parse(text), of="biases")["layers"][0]["steps"][-1]["rule"] == rule


def test_what_a_page_rests_on_is_one_sentence() -> None:
    page = sc.parse("I(a,h×w)-P2-C(a,3)-MHA(b)-P2-Lin(a)-MHA(d)-O10").derive().to("text")
    assert "This holds for h ≥ 8 and w ≥ 8." in page
    assert "It is assumed that b divides a and d divides a." in page


def test_a_count_that_is_a_sum_is_told_apart_from_what_it_multiplies() -> None:
    assert "repeat × (d - 1)" in str(sc.parse("I8-[H8]*(d-1)-O3").layers)

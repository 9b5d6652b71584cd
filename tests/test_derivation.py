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

"""`symcount compare`: totals side by side."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner, Result

from symcount.cli.commands import command
from symcount.render.decimals import decimal


def run(*words: str) -> Result:
    return CliRunner().invoke(command, ["compare", *words])


def test_numbers_have_a_difference_and_a_ratio() -> None:
    told = json.loads(run("I784-H100-O10", "I784-H200-O10", "--format", "json").output)
    assert told["networks"][1] == {
        "architecture": "I784-H200-O10",
        "params": 159010,
        "difference": 79500,
        "ratio": "15901/7951",
        "rounded": "2.000",
    }


def test_symbols_have_a_difference() -> None:
    told = json.loads(run("I(d)-H(d)", "I(d)-H(2*d)-H(d)", "--format", "json").output)["networks"][1]
    assert (told["params"], told["difference"], told["ratio"]) == ("4*d**2 + 3*d", "3*d**2 + 2*d", None)


def test_a_number_beside_symbols_has_a_difference() -> None:
    told = json.loads(run("I784-O10", "I(d)-O10", "--format", "json").output)["networks"]
    assert [each["difference"] for each in told] == [0, "10*d - 7840"]


def test_symbols_have_a_ratio_to_a_single_product() -> None:
    plain, separable = "I(c,n×n)-C(f,k,p=same,bias=off)", "I(c,n×n)-DW(k,p=same,bias=off)-C(f,1,bias=off)"
    told = json.loads(run(plain, separable, "--format", "json").output)["networks"][1]
    assert (told["ratio"], told["rounded"]) == ("1/f + 1/k**2", None)
    assert "1/f + 1/k^2" in run(plain, separable).output


def test_equal_formulas_have_the_ratio_1() -> None:
    told = json.loads(run("I(d)-H(2*d)", "I(d)-{H(d)|H(d)}", "--format", "json").output)["networks"][1]
    assert (told["difference"], told["ratio"]) == (0, "1/1")


def test_a_binding_is_for_every_network_that_has_the_symbol() -> None:
    told = json.loads(run("I(d)-H(k)", "I(d)-O10", "I-H", "d=3", "h_1=2", "k=5", "--format", "json").output)["networks"]
    assert [each["params"] for each in told] == [20, 40, "2*c*n**2 + 2"]


def test_a_binding_that_no_network_has_is_refused() -> None:
    told = run("I(d)-O10", "I784-O10", "q=3")
    assert told.exit_code == 2
    assert "'q'" in told.stderr


def test_bindings_alone_are_refused() -> None:
    assert run("d=3").exit_code == 2


def test_another_quantity_is_compared() -> None:
    told = run("zoo:resnet18", "zoo:resnet34", "--of", "statistics")
    assert "133/75" in told.output


def test_shipped_networks_are_compared() -> None:
    told = run("zoo:resnet18", "zoo:resnet34", "o=o")
    assert "10,108,160" in told.output


ROUNDED = {"1/3": "0.333", "2/3": "0.667", "1999/2000": "1.000", "-1/3": "-0.333", "0": "0.000", "-1/9999": "0.000"}


@pytest.mark.parametrize(("ratio", "written"), ROUNDED.items())
def test_a_rounded_ratio_is_exact_integers(ratio: str, written: str) -> None:
    assert decimal(Fraction(ratio)) == written

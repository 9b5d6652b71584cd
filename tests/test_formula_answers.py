"""Formulas as answers: which mistakes give them, for all sizes that a network leaves open."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

import symcount as sc
from symcount.cli.commands import command
from symcount.counts import counted
from symcount.exam.formulas import explained_formula
from symcount.quantities import quantity_named

ONE = "I(c,n×n)-C(f,3)"
CHAIN = "I-C(32,5)-P2-C(32,3)-P2-H256-O10"

CASES = [
    (ONE, "params", "9*c*f", "no-bias"),
    (ONE, "params", "9*c*f + 1", "bias-once"),
    (ONE, "params", "3*c*f + f", "k-not-squared"),
    (ONE, "params", "10*f", "no-cin"),
    (ONE, "params", "f*(n - 2)^2", "activations-as-params"),
    (ONE, "macs", "9*c*f", "no-output-area"),
    (ONE, "macs", "9*c*f*n^2", "input-area"),
    ("I(c,n×n)-C(f,3,p=1)", "output", "f × (n - 2) × (n - 2)", "padding-ignored"),
    ("I(c,n×n)-C(f,3,p=1)", "output", "(f, n-1, n-1)", "padding-once"),
    ("I(c,n×n)-C(f,k,s=s)", "output", "f × n - k + 1 × n - k + 1", "stride-ignored"),
    ("I(c,n×n)-C(f,3)-P2", "output", "[c; n//2 - 1; n//2 - 1]", "depth-from-input"),
    (CHAIN, "params", "8192*(n//4)^2 + 800*c + 12106", "same-assumed"),
    (CHAIN, "params", "256*(n//4 - 2)^2 + 800*c + 12106", "flatten-no-channels"),
    ("I(c,n×n)-C(f,k)-C(g,k)", "receptive-field", "k^2", "product-k"),
    ("I(c,n×n)-C(f,k)-C(g,k)", "receptive-field", "2*k", "sum-k"),
    ("I(d,T)-MHA(8)", "params", "3*d^2 + 3*d", "no-output-projection"),
    ("I(c,n×n)-C(f,3)-[C(f,3)-R]*N", "params", "9*c*f + 9*N*f^2", "no-bias"),
    ("I(c,n×n)-C(f,3)-[C(f,3)-R]*N", "params", "9*c*f + f + 9*f^2 + f", "repeat-once"),
]


@pytest.mark.parametrize(("line", "of", "answer", "name"), CASES)
def test_a_mistake_is_found_by_the_formula_that_it_gives(line: str, of: str, answer: str, name: str) -> None:
    found = explained_formula(counted(line, {}), answer, quantity_named(of)).explanations
    single = [each for each in found if len(each.made) == 1]
    assert name in [each.made[0].mistake.name for each in single]
    assert all(each.is_proved for each in single)


@pytest.mark.parametrize("answer", ["9*c*f + f", "(9*c + 1)*f", "f + 10*c*f - c*f", "f*(9*c*n + n)/n"])
def test_a_right_formula_is_right_however_it_is_written(answer: str) -> None:
    assert explained_formula(counted(ONE, {}), answer, quantity_named("params")).is_right


@pytest.mark.parametrize("line", [ONE, CHAIN, "I(c,n×n)-C(f,3,s=2,p=same)", "I(d,T)-MHA(8)-FF(4*d)", "I-C-P-C-P-H-O"])
@pytest.mark.parametrize("of", ["params", "macs", "output"])
def test_what_symcount_writes_is_right(line: str, of: str) -> None:
    net = sc.parse(line)
    found = net.of(of)
    answer = " × ".join(map(str, found)) if isinstance(found, tuple) else str(found)
    assert explained_formula(net.counted, answer.replace("**", "^"), quantity_named(of)).is_right


def test_a_formula_that_agrees_at_one_size_alone_is_not_explained() -> None:
    found = explained_formula(counted(ONE, {}), "9*c*f + f + (n - 5)*(n - 7)", quantity_named("params"))
    assert not found.is_known


def explain(*words: str) -> Result:
    return CliRunner().invoke(command, ["explain", *words])


@pytest.mark.parametrize(
    ("words", "status", "part"),
    [
        ((ONE, "9*c*f"), 0, "9*c*f: the biases are left out (right: 9*c*f + f)"),
        ((ONE, "f*(9*c+1)"), 0, "is right."),
        ((ONE, "9*c*f*n"), 1, "No mistake that is known gives it."),
        ((CHAIN, "0"), 1, "where m = ⌊n/4⌋ - 2"),
        ((ONE, "C1=9*c*f", "total=9*c*f+f"), 0, "total: 9*c*f+f is right."),
        ((ONE, "9*c*f", "c=d"), 2, "the network has no symbol 'c'"),
        ((ONE, "9*d*f", "c=d"), 0, "the biases are left out"),
        ((ONE, "9*c*g"), 2, "its symbols are: c, n, f"),
        ((ONE, "9*c*ff"), 2, "did you mean f?"),
        ((ONE, "9cf"), 2, "is not a formula"),
        ((ONE, "a>b"), 2, "hint: "),
        ((ONE, ""), 2, "is not a formula"),
        ((ONE, "9*(c"), 2, "is not a formula"),
        ((ONE, "f × n", "--of", "output"), 1, "is not right: the output is"),
    ],
)
def test_the_command(words: tuple[str, ...], status: int, part: str) -> None:
    done = explain(*words)
    assert done.exit_code == status, done.output
    assert part in done.output


def test_the_answer_as_data() -> None:
    [found] = json.loads(explain(ONE, "10*f", "--format", "json").output)["answers"]
    assert (found["answer"], found["right"], found["is_right"]) == ("10*f", "9*c*f + f", False)
    assert found["explanations"][0]["proved"] is True
    assert found["explanations"][0]["mistakes"][0]["name"] == "no-cin"

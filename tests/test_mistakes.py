"""The mistakes that explain an answer: published answers, those that the catalogue itself makes, and what is said."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command
from symcount.counts import counted
from symcount.exam.answers import read_answer, shown_answer
from symcount.exam.explain import Mistaken, explained
from symcount.exam.explanation import Explanation
from symcount.exam.following import Asked, Source, followed
from symcount.exam.mistakes import MISTAKES
from symcount.exam.spoiled import Made
from symcount.exam.told import working
from symcount.quantities import quantity_named
from tests.mistakes import Case, cases
from tests.seeds import chosen_seed

PUBLISHED = [
    *csv.DictReader((Path(__file__).parent / "cases" / "mistakes.csv").read_text(encoding="utf-8").splitlines())
]
"""Wrong answers that stand among the options of published exam questions, or were given to them, and their causes."""

LENET = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
NETWORKS = (
    (LENET, "params"),
    ("I(3,32x32)-C(16,5,p=2)-BN-R-P2-C(32,3,s=2)-GAP-O10", "params"),
    ("I(3,33x33)-C(16,5,s=2,p=2)-P2-C(32,3)-F-O10", "macs"),
    ("I(3,40x40)-C(8,3,s=2,p=1)-DW(3,p=1)-P(3,s=2)", "output"),
    ("I(1,200x200)-C(8,7,s=2)-P2-C(8,3,d=2)-C(8,3)", "receptive-field"),
    ("I(128)-E(1000,64)@tok-PE-[{LN-MHA(4)+_}-{LN-FF(256)+_}]*2-Lin(1000,w=@tok)", "params"),
    ("I(32,20)-bi[LSTM(16)]-GRU(8,last=on)-O2", "trainable"),
    ("I784-[H64-R]*3-O10", "memory"),
)


def names(explanation: Explanation) -> str:
    """What a case calls an explanation."""
    return " + ".join(made.mistake.name + (f" in {made.at.name}" if made.at else "") for made in explanation.made)


def explain(*words: str) -> Any:
    return CliRunner().invoke(command, ["explain", *words])


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row['line']}={row['wrong']}")
def test_a_published_answer_is_explained(row: dict[str, str]) -> None:
    net = counted(row["line"], dict(pair.split("=") for pair in row["values"].split()))
    mistaken = Mistaken(net, quantity_named(row["of"]), row["at"] or None)
    assert mistaken.right == read_answer(row["right"], len(mistaken.right))
    found = mistaken.diagnosis(read_answer(row["wrong"], len(mistaken.right)))
    told = [names(each) for each in found.explanations]
    expected = row["mistakes"].split("; ") if row["mistakes"] else []
    assert set(expected) <= set(told[:3])
    assert bool(told) == bool(expected)


def test_most_published_answers_have_a_known_cause() -> None:
    assert sum(bool(row["mistakes"]) for row in PUBLISHED) == 59
    assert len(PUBLISHED) == 60


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_every_mistake_has_an_answer_that_it_explains(mistake: Any) -> None:
    case = cases()[mistake.name]
    found = explained(
        counted(case.line, {}), read_answer(case.wrong, case.wrong.count("x") + 1), quantity_named(case.of)
    )
    assert mistake.name in [each.made[0].mistake.name for each in found.explanations if len(each.made) == 1]
    assert not found.is_right


def test_no_case_is_of_a_mistake_that_there_is_not() -> None:
    assert list(cases()) == [each.name for each in MISTAKES]
    assert all(each.feedback[0].islower() or each.feedback[0].isupper() for each in MISTAKES)


def explains(found: tuple[Explanation, ...], made: tuple[Made, ...]) -> bool:
    """Whether the mistakes are told, or fewer of them that give the same, or some of them made everywhere."""
    enough = {*made, *(Made(each.mistake) for each in made)}
    return any(set(each.made) <= enough for each in found)


@pytest.mark.parametrize(("line", "of"), NETWORKS)
def test_what_a_mistake_gives_is_explained_by_it(line: str, of: str) -> None:
    mistaken = Mistaken(counted(line, {}), quantity_named(of))
    made = [*mistaken.singles]
    assert len(made) > 5
    for each in made:
        found = mistaken.diagnosis(each.answer)
        assert explains(found.explanations, each.made), names(each)


@pytest.mark.parametrize(("line", "of"), NETWORKS)
def test_what_two_mistakes_give_is_explained(line: str, of: str) -> None:
    draw = random.Random(f"{line} {chosen_seed()}")
    mistaken = Mistaken(counted(line, {}), quantity_named(of))
    pairs = [*mistaken.pairs]
    for each in draw.sample(pairs, min(15, len(pairs))):
        if each.answer != mistaken.right:
            assert explains(mistaken.diagnosis(each.answer).explanations, each.made), names(each)


def test_the_order_is_from_simple_to_far_fetched() -> None:
    found = explained(counted("I100-H50-H20-O2", {}), (172,), quantity_named("params"))
    assert len(found.explanations) > 1
    costs = [each.cost for each in found.explanations]
    assert costs == sorted(costs)


def test_a_pair_is_not_told_where_one_of_it_is_enough() -> None:
    found = explained(counted(LENET, {}), (217380,), quantity_named("params"))
    assert [names(each) for each in found.explanations if len(each.made) == 1] == ["bias-once"]
    assert not any("bias-once" in names(each) for each in found.explanations[1:])


def test_operands_are_changed_before_a_result_is() -> None:
    # three matrices of 512 by 512, and no bias: what the last projection has goes without its biases
    found = explained(counted("I(512,100)-MHA(8)", {}), (3 * 512**2,), quantity_named("params"))
    assert names(found.explanations[0]) == "no-bias + no-output-projection"


def test_the_calculation_gives_the_answer() -> None:
    for line, of in NETWORKS:
        for each in Mistaken(counted(line, {}), quantity_named(of)).singles:
            written = working(each)
            if written:
                plain = written.replace(",", "").replace("−", "-").replace("·", "*")
                assert eval(plain) == each.answer[0], (line, names(each), written)


def test_answers_are_read_as_people_write_them() -> None:
    for text in ("27648", "27,648", "27 648", "27.648", "27'648", "27_648", " 27\u202f648 "):
        assert read_answer(text) == (27648,)
    for text in ("[32, 28, 28]", "32x28x28", "32×28×28", "(32,28,28)", "32 x 28 x 28"):
        assert read_answer(text, 3) == (32, 28, 28)
    for text in ("", "abc", "2.5", "1,2,", "9" * 300):
        with pytest.raises(sc.ArchitectureError, match="is not a whole number"):
            read_answer(text)
    assert read_answer(shown_answer((1234567,))) == (1234567,)


def test_what_follows_from_an_earlier_answer_is_consistent() -> None:
    net = counted(LENET, {})
    shapes = [Asked("C1", (32, 26, 26)), Asked("P1", (32, 13, 13)), Asked("C2", (32, 11, 11)), Asked("P2", (32, 5, 5))]
    said = followed(net, quantity_named("output"), shapes)
    assert [each.carried for each in said] == [None, Source("answer", "C1"), Source("answer", "P1"), None]
    assert [each.diagnosis.is_right for each in said] == [False, False, False, True]
    sums = [Asked("C1", (800,)), Asked("H1", (205056,)), Asked(None, (217674,))]
    assert followed(net, quantity_named("params"), sums)[2].carried == Source("sum")


def test_a_mistake_that_goes_on_is_consistent() -> None:
    net = counted("I(3,32x32)-C(6,5)-C(16,5)-H120", {})
    answers = [Asked("C1", (450,)), Asked("C2", (2400,)), Asked("H1", (99,))]
    said = followed(net, quantity_named("params"), answers)
    assert [each.carried for each in said] == [None, Source("mistake", "C1"), None]
    assert not said[2].diagnosis.is_known


@pytest.mark.parametrize(
    ("words", "status", "part"),
    [
        ((LENET, "217706"), 0, "217,706 is right."),
        ((LENET, "217380"), 0, "one bias is counted for a whole layer"),
        ((LENET, "12345"), 1, "No mistake that is known gives it."),
        ((LENET, "9248", "--at", "C2"), 0, "9,248 is right."),
        (("I(c,28x28)-C(4,3)", "36", "c=1"), 0, "4 = …"),
        (("I(c,28x28)-C(4,3)", "36"), 0, "(right: 36*c + 4)"),
        ((LENET, "1", "--at", "C9"), 2, "no layer 'C9'"),
        ((LENET, "no"), 2, "'no' is not a whole number"),
        ((LENET, "c=1"), 2, "there is no answer to explain"),
        ((LENET, "1", "--of", "parms"), 2, "did you mean params?"),
    ],
)
def test_the_command(words: tuple[str, ...], status: int, part: str) -> None:
    done = explain(*words)
    assert done.exit_code == status
    assert part.replace("4 = …", "the biases are left out") in done.output


def test_a_network_is_read_from_standard_input() -> None:
    done = CliRunner().invoke(command, ["explain", "-", "784*h"], input="I784-H(h)\n", catch_exceptions=False)
    assert (done.exit_code, "the biases are left out" in done.output) == (0, True)
    done = CliRunner().invoke(command, ["explain", "-", "7840", "h=10"], input="I784-H(h)\n")
    assert (done.exit_code, "the biases are left out" in done.output) == (0, True)


def test_the_answer_as_data() -> None:
    data = json.loads(explain(LENET, "C1=800", "total=217674", "--format", "json").output)
    first, total = data["answers"]
    assert (first["layer"], first["answer"], first["right"]) == ("C1", 800, 832)
    assert first["explanations"][0]["mistakes"][0]["name"] == "no-bias"
    assert first["explanations"][0]["working"] == "5·5·1·32"
    assert total["follows_from"] == "the answers before it, which it adds up"


def test_a_case_is_read() -> None:
    assert cases()["no-cin"] == Case("no-cin", "I(16,8x8)-C(32,3)", "params", "320")

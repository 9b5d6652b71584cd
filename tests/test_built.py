"""What `verify --with` answers: a table with a mark for each layer, a status, and what is to be installed."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner, Result

import symcount as sc
from symcount.answers.built import Building, Layer, Measured, measured, measured_whole
from symcount.cli.commands import command
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.checking import torch as checking
from symcount.render.built import built_json, built_sentence, built_table

LINE = "I784-H10-R-O2"


def with_built(*changed: int) -> Building:
    """What a framework that builds as it is counted says of a line, but for a bias more in these layers."""
    net = sc.parse(LINE)
    layers = []
    for number, row in enumerate(net.layers):
        one = measured(row)
        other = Measured(one.shape, one.trainable + 1, one.other, one.macs) if number in changed else one
        layers.append(Layer(row.name, row.text, one, other))
    whole = measured_whole(net.counted)
    built = Measured(whole.shape, whole.trainable + len(changed), whole.other, whole.macs)
    return Building("PyTorch", tuple(layers), Layer("total", "", whole, built))


def run(*words: str) -> Result:
    return CliRunner().invoke(command, ["verify", *words])


def test_what_agrees_is_marked_and_what_differs_shows_both() -> None:
    rows = [row[0] for row in built_table(with_built()).rows]
    assert rows == ["✓", "✓", "✓"]
    table = built_table(with_built(2))
    assert [row[0] for row in table.all_rows] == ["✓", "✓", "✗", "✗"]
    assert table.rows[2][4] == "22 ≠ 23"
    assert built_sentence(with_built()) == "PyTorch builds the same: 3 layers, 7,872 trainable"
    assert built_sentence(with_built(0, 2)) == "PyTorch builds another: 2 of 3 layers differ (H1, O1)"
    assert [each["differs"] for each in built_json(with_built(0))["layers"]] == [["trainable"], [], []]


def test_the_status_is_that_of_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for changed, status in (((), 0), ((1,), 1)):
        monkeypatch.setattr(checking, "building", lambda _, changed=changed: with_built(*changed))
        assert run(LINE, "--with", "torch").exit_code == status
        assert run(LINE, "--with", "torch", "--format", "json").exit_code == status


def test_it_is_built_under_the_convention_of_the_framework_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def building(count: Count) -> Building:
        seen.append(count.setting.convention.name)
        return with_built()

    monkeypatch.setattr(checking, "building", building)
    run(LINE, "--with", "torch")
    run(LINE, "--with", "torch", "--convention", "textbook")
    assert seen == ["torch", "textbook"]


def test_a_missing_framework_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    result = run(LINE, "--with", "torch")
    assert result.exit_code == 2
    assert "needs the package torch, which is not installed" in result.output
    assert "pip install 'symcount[torch]'" in result.output


def test_open_sizes_are_asked_for() -> None:
    with pytest.raises(ArchitectureError, match="open symbols are left: n") as caught:
        checking.building(counted("I(3,n)-C(4,3)", {}))
    assert caught.value.hint == "give each a value, as in n=28"


@pytest.mark.parametrize("words", [(), ("--against", "7", "--with", "torch")])
def test_one_of_two_is_asked_for(words: tuple[str, ...]) -> None:
    result = run(LINE, *words)
    assert result.exit_code == 2
    assert "one of the two" in result.output


def test_every_expert_runs_in_what_is_built() -> None:
    line = "I(4,6)-moe(8,top=2)[Lin4]-Lin4"
    count = counted(line, {})
    assert count.of("macs") == measured_whole(count).macs - 6 * 6 * 4 * 4

"""A notebook: cells are run and shown by IPython itself, and what a reader of each would see is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from tests import media

NETWORK = 'import symcount as sc\nnet = sc.parse("I(c,n×n)-C(f,5)-P2-O10")\n'

CELLS = (
    "net", "net.formula()", "net.formula().factor()", "net.params", "net.layers", "net.layers[0]",
    'sc.compare(net, "I3-O2")',
    'sc.zoo("resnet50")', "sc.zoo()[0]", "sc.zoo()", "net.derive()", 'net.derive(detail="short")', "net.graph",
    "net.assumptions", "net.conditions", "net.formula().conditions", "net.formula().assumptions", "sc.layer_kinds()",
    "net.symbols",
    'sc.zoo("gpt-2").formula()', "net(c=1, n=28, f=6).derive()", "net.output", "net.convention",
)  # fmt: skip


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    """A shell that keeps no history."""
    config = Config()
    config.HistoryManager.enabled = False
    shown = InteractiveShell(config=config)  # type: ignore[no-untyped-call]
    assert shown.run_cell(NETWORK).success  # type: ignore[no-untyped-call]
    yield shown
    shown.restore_sys_module_state()  # type: ignore[no-untyped-call]


def output(shell: InteractiveShell, cell: str) -> dict[str, Any]:
    """What a notebook keeps of a cell's answer, by its type."""
    done = shell.run_cell(cell)  # type: ignore[no-untyped-call]
    assert done.success
    assert shell.display_formatter is not None
    bundle, _ = shell.display_formatter.format(done.result)  # type: ignore[no-untyped-call]
    return dict(bundle)


@pytest.mark.parametrize("cell", CELLS)
def test_every_answer_shows_itself(shell: InteractiveShell, cell: str) -> None:
    shown = output(shell, cell)
    for kind, text in shown.items():
        assert "object at 0x" not in text, (kind, text)
        assert "<bound method" not in text
    if "text/html" in shown:
        html5lib.HTMLParser(strict=True).parseFragment(shown["text/html"])
    formulas = media.formulas_between_dollars(shown.get("text/latex", "") + "\n" + shown.get("text/markdown", ""))
    if formulas:
        assert media.katex(formulas)["bad"] == []


@pytest.mark.parametrize("cell", ["net", "net.layers", 'sc.compare(net, "I3-O2")', 'sc.zoo("resnet50")'])
def test_what_is_a_table_is_one(shell: InteractiveShell, cell: str) -> None:
    assert output(shell, cell)["text/html"].count("<tr>") > 2


@pytest.mark.parametrize("cell", ["net.formula()", "net.derive()", "net.params", 'sc.zoo("gpt-2").formula()'])
def test_what_is_mathematics_is_set_as_such(shell: InteractiveShell, cell: str) -> None:
    assert output(shell, cell)["text/latex"].startswith("$")


def test_a_formula_says_what_its_letters_are(shell: InteractiveShell) -> None:
    assert r",\quad m = \left\lfloor \frac{n}{2} \right\rfloor - 2$" in output(shell, "net.formula()")["text/latex"]


def test_digits_are_grouped_in_tables(shell: InteractiveShell) -> None:
    assert "25,557,032" in output(shell, 'sc.zoo("resnet50").layers')["text/html"]


def test_what_shows_nothing_would_be_seen(shell: InteractiveShell) -> None:
    assert re.search("object at 0x", output(shell, "object()")["text/plain"])

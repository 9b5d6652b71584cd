"""A notebook: cells are run and shown by IPython itself, and what a reader of each would see is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib
import pytest
from IPython.core.interactiveshell import InteractiveShell

from tests import media
from tests.notebooks import executed, read_notebook, shell, shown

NETWORK = 'import symcount as sc\nnet = sc.parse("I(c,n×n)-C(f,5)-P2-O10")\n'

CELLS = (
    "net", "net.formula()", "net.formula().factor()", "net.params", "net.layers", "net.layers[0]",
    'sc.compare(net, "I3-O2")',
    'sc.zoo("resnet50")', "sc.zoo()[0]", "sc.zoo()", "net.derive()", 'net.derive(detail="short")', "net.graph",
    "net.assumptions", "net.conditions", "net.formula().conditions", "net.formula().assumptions", "sc.layer_kinds()",
    "net.symbols",
    'sc.zoo("gpt-2").formula()', "net(c=1, n=28, f=6).derive()", "net.output", "net.convention",
    "net.draw()", 'net(c=1, n=28, f=6).draw("shares")',
)  # fmt: skip


@pytest.fixture(scope="module")
def running() -> Iterator[InteractiveShell]:
    with shell() as found:
        assert found.run_cell(NETWORK).success  # type: ignore[no-untyped-call]
        yield found


@pytest.mark.parametrize("cell", CELLS)
def test_every_answer_shows_itself(running: InteractiveShell, cell: str) -> None:
    found = shown(running, cell)
    for kind, text in found.items():
        assert "object at 0x" not in text, (kind, text)
        assert "<bound method" not in text
    if "text/html" in found:
        html5lib.HTMLParser(strict=True).parseFragment(found["text/html"])
    formulas = media.formulas_between_dollars(found.get("text/latex", "") + "\n" + found.get("text/markdown", ""))
    if formulas:
        assert media.katex(formulas)["bad"] == []


@pytest.mark.parametrize("cell", ["net", "net.layers", 'sc.compare(net, "I3-O2")', 'sc.zoo("resnet50")'])
def test_what_is_a_table_is_one(running: InteractiveShell, cell: str) -> None:
    assert shown(running, cell)["text/html"].count("<tr>") > 2


@pytest.mark.parametrize("cell", ["net.formula()", "net.derive()", "net.params", 'sc.zoo("gpt-2").formula()'])
def test_what_is_mathematics_is_set_as_such(running: InteractiveShell, cell: str) -> None:
    assert shown(running, cell)["text/latex"].startswith("$")


def test_a_formula_says_what_its_letters_are(running: InteractiveShell) -> None:
    assert r",\quad m = \left\lfloor \frac{n}{2} \right\rfloor - 2$" in shown(running, "net.formula()")["text/latex"]


def test_digits_are_grouped_in_tables(running: InteractiveShell) -> None:
    assert "25,557,032" in shown(running, 'sc.zoo("resnet50").layers')["text/html"]


def test_what_shows_nothing_would_be_seen(running: InteractiveShell) -> None:
    assert re.search("object at 0x", shown(running, "object()")["text/plain"])


def test_a_network_shows_its_table_and_its_strip(running: InteractiveShell) -> None:
    html = shown(running, "net")["text/html"]
    assert html.index("<table>") < html.index("<svg ")


def test_a_picture_shows_itself(running: InteractiveShell) -> None:
    found = shown(running, 'net(c=1, n=28, f=6).draw("shares")')
    assert found["image/svg+xml"].startswith("<svg ")
    assert (
        found["text/plain"]
        == "<picture: Shares of parameters, multiply-accumulates, activations in I(c,n×n)-C(f,5)-P2-O10>"
    )


def test_the_notebook_of_the_documents_shows_what_it_shows_now() -> None:
    notebook = read_notebook()
    assert executed(notebook) == notebook
    kinds = {kind for cell in notebook["cells"] for each in cell.get("outputs", ()) for kind in each["data"]}
    assert kinds >= {"text/html", "image/svg+xml", "text/latex"}

"""Handouts: a question without its answers, sheets apart from each other, and documents that say what they are."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
import typst
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command
from symcount.errors import ArchitectureError
from symcount.quantities import QUANTITIES
from symcount.render.media import media_for
from tests import media

LENET = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
TITLE = 'Übung 3 & "mehr" \\ #{x} <b> (a'
"""A title of signs that each medium has a use of its own for."""


def run(*words: str, given: str = "", status: int = 0) -> str:
    done = CliRunner().invoke(command, ["derive", *words], input=given)
    assert done.exit_code == status, done.output
    return done.stderr if status else done.stdout


def numbers(page: str) -> set[str]:
    return set(re.findall(r"[0-9]+", page))


@pytest.mark.parametrize("medium", media_for("page", "cell"))
def test_a_question_has_no_answer(medium: str) -> None:
    solution = sc.parse(LENET).derive()
    asked = solution.to(medium, sheet="question", fragment=True)
    answers = {"832", "9248", "205056", "2570", "217706", "24", "800"}
    assert answers <= numbers(solution.to(medium))
    assert not answers & numbers(asked)
    assert "How many parameters does each layer have" in asked


@pytest.mark.parametrize("quantity", list(QUANTITIES))
def test_every_quantity_is_asked_for(quantity: str) -> None:
    asked = sc.parse("I(c,9)-C(f,3)-MHA(f)-BN-O10")(c=3).derive(quantity).to("text", sheet="question")
    assert "Given: c = 3." in asked
    question = re.search(
        "(How many [^?:;]* does each layer have, and how many the network|What is [^?:;]* of each layer"
        "|Which shape does each layer give)[?] Show the working[.]",
        " ".join(asked.split()),
    )
    assert question is not None


def test_one_layer_is_asked_for() -> None:
    asked = sc.parse(LENET).derive(at="C2").to("text", sheet="question")
    assert "How many parameters does C2 have? Show" in asked
    assert "C(32,5)  " not in asked
    assert "total" not in asked


@pytest.mark.parametrize("medium", media_for("page"))
def test_both_are_the_question_and_then_the_solution(medium: str) -> None:
    solution = sc.parse(LENET).derive()
    question, answer, both = (
        solution.to(medium, sheet=sheet, fragment=True, title="Exercise 3")
        for sheet in ("question", "solution", "both")
    )
    assert both.startswith(question)
    assert both.endswith(answer)


def pdf_of(source: str, medium: str, folder: Path) -> Path:
    if medium == "latex":
        return media.pdflatex(source, folder)
    (folder / "page.pdf").write_bytes(typst.compile(source.encode()))
    return folder / "page.pdf"


@pytest.mark.parametrize("medium", ["latex", "typst"])
def test_a_class_has_a_page_for_each_sheet_and_the_pdf_has_its_title(tmp_path: Path, medium: str) -> None:
    lines = f"# a class\n{LENET}\n\nI(3,n)-C(f,5)-O10\n"
    page = run("-", "--lines", "--sheet", "both", "--title", TITLE, "--standalone", "--format", medium, given=lines)
    pdf = pdf_of(page, medium, tmp_path)
    sheets = media.text_of(pdf).rstrip("\f").split("\f")
    assert [
        re.search(r"\([12]\)(: parameters, layer by layer)?$", sheet.splitlines()[0] or sheet.splitlines()[1])[0]  # type: ignore[index]
        for sheet in sheets
    ] == ["(1)", "(2)", "(1): parameters, layer by layer", "(2): parameters, layer by layer"]
    told = subprocess.run([media.needs("pdfinfo"), str(pdf)], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^Title: +{re.escape(TITLE)}$", told, re.MULTILINE)
    assert re.search(rf"^Subject: +{re.escape(LENET)}; ", told, re.MULTILINE)


def test_html_is_a_page_with_its_title_or_a_fragment() -> None:
    solution = sc.parse(LENET).derive()
    page = solution.to("html", title=TITLE)
    html5lib.HTMLParser(strict=True).parse(page)
    root = ElementTree.fromstring(page.replace("<!DOCTYPE html>", ""))
    assert root.findtext("head/title") == TITLE
    assert root.find("head/meta[@name='description']").get("content") == LENET  # type: ignore[union-attr]
    fragment = solution.to("html", title=TITLE, fragment=True)
    html5lib.HTMLParser(strict=True).parseFragment(fragment)
    assert fragment in page
    assert not re.search("<(html|head|body|main|style|title)", fragment)


def test_a_fragment_of_typst_stands_in_a_document_of_ones_own() -> None:
    fragment = sc.parse(LENET).derive().to("typst", fragment=True)
    assert "#set" not in fragment
    assert typst.compile(("#set page(columns: 2)\n" + fragment).encode()).startswith(b"%PDF")


@pytest.mark.parametrize("medium", ["latex", "typst"])
def test_no_page_ends_before_the_total(tmp_path: Path, medium: str) -> None:
    pages = 0
    for layers, units in product(range(4, 8), range(6)):
        source = sc.parse("I(1,400x400)" + "-C(9,5)" * layers + "-H3" * units).derive().to(medium, standalone=True)
        for sheet in media.text_of(pdf_of(source, medium, tmp_path)).rstrip("\f").split("\f"):
            pages += 1
            assert sheet.split()[:1] != ["Total"], (layers, units)
    assert pages > 30


def test_several_quantities_are_one_document() -> None:
    page = run(LENET, "--of", "weights", "--of", "biases", "--format", "html")
    html5lib.HTMLParser(strict=True).parse(page)
    assert page.index("Weights, layer by layer") < page.index("Biases, layer by layer")
    answers = json.loads(
        run("-", "--lines", "--of", "weights", "--of", "biases", "--format", "json", given=f"{LENET}\nI3-O2")
    )
    assert [each["total"]["result"] for each in answers] == [217376, 330, 6, 2]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"sheet": "answers"}, "no sheet is called 'answers'"),
        ({"digits": "dot"}, "digits cannot be grouped by 'dot'"),
        ({"standalone": True, "fragment": True}, "not both"),
        ({"medium": "json", "title": "a"}, "JSON holds the solution alone"),
        ({"medium": "json", "sheet": "both"}, "JSON holds the solution alone"),
    ],
)
def test_what_does_not_go_together_is_refused(options: dict[str, Any], part: str) -> None:
    with pytest.raises(ArchitectureError, match=part) as caught:
        sc.parse(LENET).derive().to(**{"medium": "html", **options})
    assert caught.value.code == "bad-form"


def test_a_line_that_is_no_network_is_named() -> None:
    assert "line 3: no layer is called 'Q'" in run("-", "--lines", given=f"{LENET}\n\nI3-Q\n", status=2)
    assert "has no line with a network" in run("-", "--lines", given="# none\n", status=2)

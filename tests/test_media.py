"""Media: what is written compiles, validates and shows, and names that people type are safe in all of it."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
import typst
from markdown_it import MarkdownIt

import symcount as sc
from symcount.render.count import count_text
from symcount.render.media import markdown, media_for, notebook
from symcount.render.medium import Medium
from tests import media
from tests.chains import countable, random_networks
from tests.seeds import chosen_seed

LENET = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
TOTAL = "217706"
ROUNDS = 40
ODD = (
    "I(alpha,d_model,w_1)-C(_,Sigma,p=same)-H(u__x)-O(lamda)",
    "let input = 3; I(input,28x28)-C(and_,k2,p=1,frozen=on)@in_-AP2@end_1-H(x_max_2)-O(class_)",
    'I(c,\n  n×n)-C(8,3)-DW(3)@d-H(2^m-1)-O(true) # <script>alert(1)</script> \\input{x} #eval("1") $x$',
    "I(c,h×w)-C(2*c,k,p=(k-1)/2)-C(4*c,k,p=(k-1)/2)-LC(f,3,bias=map)-H(2^m-1)-O(n)",
)

MEASURING = """<script>addEventListener("load", () => {
  const heights = [...document.querySelectorAll("math")].map(each => Math.round(each.getBoundingClientRect().height));
  const tooWide = document.documentElement.scrollWidth - innerWidth;
  document.title = [heights.join(" "), tooWide, getComputedStyle(document.body).color].join("|");
})</script>"""


@cache
def networks() -> tuple[sc.Architecture, ...]:
    """Networks with and without symbols, some with values given."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    nets = [*countable(), *map(sc.parse, ODD)]
    nets += [*random_networks(draw, ROUNDS, symbolic=True), *random_networks(draw, ROUNDS // 4, symbolic=False)]
    nets += [sc.parse("I-C(32,5)-P2-C(32,3)-P2-H256-O10")(n=28, c=1), sc.parse("I-C-P-C-P-H-O")(n=28, k_1="2*t")]
    return tuple(nets)


@cache
def solutions() -> tuple[sc.Solution, ...]:
    """The worked solution of each, in full and in short."""
    return tuple(net.derive(detail=detail) for net in networks() for detail in ("full", "short"))


def pages(medium: str, **options: Any) -> list[str]:
    return [solution.to(medium, **options) for solution in solutions()]


def test_typst_compiles() -> None:
    digits = ("none", "space", "comma")
    sources = [solution.to("typst", digits=digits[i % 3]) for i, solution in enumerate(solutions())]
    compiler = typst.Compiler()  # one, since each looks for the fonts of the machine
    compiled = [compiler.compile(source.encode()) for source in sources]
    assert all(isinstance(each, bytes) and each.startswith(b"%PDF") for each in compiled)
    assert len(compiled) >= 120


def test_latex_formulas_are_those_of_katex() -> None:
    formulas = [each for page in pages("latex") for each in media.formulas_in_latex(page)]
    formulas += [each for page in pages("latex", digits="space") for each in media.formulas_in_latex(page)]
    check_katex(formulas, 4000)


def test_markdown_formulas_are_those_of_katex() -> None:
    formulas = [each for page in pages("markdown", digits="comma") for each in media.formulas_on_github(page)]
    check_katex(formulas, 1500)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """All mathematics that is put into Markdown from here on, as it is before Markdown is made of it."""
    kept: list[tuple[str, bool]] = []
    maths, display = Medium.maths, notebook.aligned_lines

    def inline(kind: Medium, piece: str) -> str:
        if piece and kind.inline == markdown.MEDIUM.inline:
            kept.append((piece, False))
        return maths(kind, piece)

    def block(lines: Sequence[str]) -> str:
        kept.append((display(lines) + "\n", True))
        return display(lines)

    monkeypatch.setattr(Medium, "maths", inline)
    monkeypatch.setattr(notebook, "aligned_lines", block)
    return kept


def test_a_forge_finds_the_mathematics_that_was_written_byte_for_byte(written: list[tuple[str, bool]]) -> None:
    compared = 0
    for source in (
        *ODD,
        LENET,
        "I(c,n×n)-{C(f1,3,p=same)|_}-C(n_1,2,s=2)-[H(d_model)]*N-O(_)",
        "I(w,h)-LSTM(5)-MHA(a)",
    ):
        net = sc.parse(source)
        for page in (net.derive(), net.derive(detail="short")):
            written.clear()
            text = page.to("markdown")
            assert Counter(media.formulas_on_github(text)) == Counter(written)
            compared += len(written)
        written.clear()
        text = net.formula().to("markdown") + "\n\n" + count_text(net.counted, "markdown")
        assert Counter(media.formulas_on_github(text)) == Counter(written)
    assert compared > 200


def test_a_forge_would_change_mathematics_between_plain_dollars() -> None:
    assert media.formulas_on_github(r"a $`\left\{x_{1}\right\}`$ b $`\text{a\_b}_1`$") == [
        (r"\left\{x_{1}\right\}", False),
        (r"\text{a\_b}_1", False),
    ]
    shown = MarkdownIt("commonmark").render(r"$\text{a\_b}_{1} + c_{1}\,d$")
    assert r"\text{a_b}" in shown
    assert r"\," not in shown


def test_notebook_formulas_are_those_of_katex() -> None:
    cells = [net.derive()._repr_latex_() for net in networks()]
    check_katex([each for cell in cells for each in media.formulas_between_dollars(cell)], 350)
    assert [cell for cell in cells if "$$" in re.sub(r"\$\$.*?\$\$", "", cell, flags=re.DOTALL)] == []


def check_katex(formulas: list[tuple[str, bool]], fewest: int) -> None:
    distinct = [*dict.fromkeys(formulas)]
    answer = media.katex(distinct)
    assert answer["bad"] == []
    assert answer["tried"] == len(distinct) >= fewest


def test_katex_would_refuse_what_is_wrong() -> None:
    assert media.katex([(r"\num{3}", True), (r"\text{a_b}", False), ("x", False)])["tried"] == 3
    assert len(media.katex([(r"\num{3}", True), (r"\text{a_b}", False), ("x", False)])["bad"]) == 2


def test_latex_compiles(tmp_path: Path) -> None:
    fragments = pages("latex")
    whole = sc.parse(LENET).derive().to("latex", standalone=True)
    start, end = whole.split("\\subsection*")[0], "\\end{document}\n"
    text = media.text_of(media.pdflatex(start + "\n\\clearpage\n".join(fragments) + end, tmp_path))
    assert text.count("layer by layer") == len(fragments) >= 120


@pytest.mark.parametrize("source", [LENET, "I-C(32,5)-P2-C(32,3)-P2-H256-O10"])
def test_the_last_number_of_the_pdf_is_the_total(tmp_path: Path, source: str) -> None:
    net = sc.parse(source) if "28" in source else sc.parse(source)(n=28, c=1)
    by_typst = tmp_path / "typst.pdf"
    by_typst.write_bytes(net.derive().pdf())
    by_latex = media.pdflatex(net.derive().to("latex", standalone=True), tmp_path)
    for pdf in (by_typst, by_latex):
        line = next(line for line in reversed(media.text_of(pdf).splitlines()) if re.search(r"=\s*\d+\s*$", line))
        assert line.split()[-1] == TOTAL
        numbers = re.findall(r"(?<![\dA-Z])\d+", media.text_of(pdf))
        assert numbers[-1] == TOTAL


def test_html_is_valid() -> None:
    shown: set[str] = set()

    def once(formula: re.Match[str]) -> str:
        new = formula[0] not in shown
        shown.add(formula[0])
        return formula[0] if new else "<math></math>"

    for page in pages("html"):
        # strict reading is slow, and most formulas stand on many pages
        html5lib.HTMLParser(strict=True).parse(re.sub(r"<math.*?</math>", once, page, flags=re.DOTALL))
        root = ElementTree.fromstring(page.replace("<!DOCTYPE html>", ""))
        assert not [each for each in root.iter() if each.tag in ("script", "iframe", "img", "link")]
        assert not [name for each in root.iter() for name in each.attrib if name.startswith("on") or name == "src"]
    assert len(shown) > 3000


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("wide", ["--window-size=1000,1400"]),
        ("narrow", ["--window-size=500,1800"]),
        ("dark", ["--window-size=500,1800", "--blink-settings=preferredColorScheme=0"]),
    ],
)
def test_html_shows(tmp_path: Path, name: str, options: list[str]) -> None:
    source = sc.parse("I-C-P-C-P-H-O")(n=28, c=1).derive().to("html")
    page = tmp_path / "page.html"
    page.write_text(source, encoding="utf-8")
    media.ARTIFACTS.mkdir(parents=True, exist_ok=True)
    picture = (media.ARTIFACTS / f"derivation-{name}.png").resolve()
    _, log = media.chromium(page, tmp_path, f"--screenshot={picture}", *options)
    assert "CONSOLE" not in log
    assert picture.stat().st_size > 10_000
    page.write_text(source.replace("</head>", MEASURING + "</head>"), encoding="utf-8")
    document, log = media.chromium(page, tmp_path, "--dump-dom", *options)
    title = re.search(r"<title>(.*?)</title>", document)
    assert title is not None, log
    heights, too_wide, ink = title[1].split("|")
    assert min(map(int, heights.split())) > 5
    assert len(heights.split()) == source.count("<math")
    assert int(too_wide) <= 0
    assert (ink == "rgb(230, 230, 230)") == (name == "dark")


@pytest.mark.parametrize("medium", ["text", "markdown", "latex", "html", "typst", "notebook", "dollars"])
@pytest.mark.parametrize("source", ODD)
def test_what_people_type_is_no_markup(medium: str, source: str) -> None:
    for detail in ("full", "short"):
        page = sc.parse(source).derive(detail=detail).to(medium)
        assert "<script" not in page
        assert "alert(1)" not in page
        assert "\\input" not in page
        assert "#eval" not in page


def test_names_of_several_letters_and_greek_ones() -> None:
    net = sc.parse("I(c,n×n)-C(alpha,3)-H(d_model)-O(h_1)")
    for medium, shown in {
        "text": ("α", "d_model", "h₁"),
        "latex": (r"\alpha", r"d_{\text{model}}", "h_{1}"),
        "typst": ("alpha", 'd_"model"', "h_1"),
        "html": ("<mi>α</mi>", "<msub><mi>d</mi><mi>model</mi></msub>", "<msub><mi>h</mi><mn>1</mn></msub>"),
        "json": ("alpha", "d_model", "h_1"),
    }.items():
        page = net.derive().to(medium)
        assert [each for each in shown if each not in page] == []


def test_a_fraction_of_numbers_is_no_mixed_number() -> None:
    net = sc.parse("I(8,9x9)-C(8,3,g=4)")
    assert r"3 \cdot 3 \cdot \frac{8}{4}" in net.derive().to("latex")
    assert "3 dot 3 dot frac(8, 4)" in net.derive().to("typst")


@pytest.mark.parametrize(
    ("medium", "digits", "shown"),
    [
        ("text", "comma", "217,706"),
        ("text", "space", "217\u202f706"),
        ("latex", "comma", "217{,}706"),
        ("latex", "space", r"217\,706"),
        ("html", "comma", "<mn>217,706</mn>"),
        ("typst", "comma", '"217,706"'),
        ("json", "comma", TOTAL),
    ],
)
def test_digits_are_grouped_where_it_is_asked_for(medium: str, digits: str, shown: str) -> None:
    net = sc.parse(LENET)
    assert shown in net.derive().to(medium, digits=digits)
    assert TOTAL in net.derive().to(medium)


def test_a_notebook_gets_text_markdown_and_latex_and_no_html() -> None:
    solution = sc.parse(LENET).derive()
    assert repr(solution) == solution.to("text")
    assert solution._repr_markdown_() == solution.to("dollars")
    assert solution._repr_latex_().startswith("$$")
    assert not hasattr(solution, "_repr_html_")


def test_every_page_is_of_a_medium_that_is_tried_here() -> None:
    assert set(media_for("page", "cell")) == {"text", "markdown", "latex", "html", "typst", "notebook", "dollars"}

"""Formulas and tables as they stand in a paper: they compile in one column and in two, and overflow none."""

from __future__ import annotations

import random
import re
import shlex
from functools import cache
from pathlib import Path

import html5lib
import pytest
import typst
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command as symcount
from symcount.errors import ArchitectureError
from symcount.render.count import count_table, count_text
from symcount.render.media import medium_named
from symcount.render.view import View
from tests import media
from tests.test_names import drawn

LENET = "I-C(32,5)-P2-C(32,3)-P2-H256-O10"
PAPERS = (
    LENET,
    "zoo:unet-96 f=f n=n c=c o=o",
    "I(L)-E(V,d_model)-[{LN-MHA(h,kv=g,bias=0)+_}-{LN-moe(N_e,top=K)[GLU(d_ff)]+_}]*N-LN-Lin(V)",
    "I(c,n×n)-C(f1,3)-{C(4,3,p=same)|_}-[C(cin+1,3)]*N-H4",
    "I(3,h×w)-[C(f*2^i,3,p=same)-R-P2]*(i=0..3)-seq-LSTM(u)-O10",
    "I(c,n×n)-C-P-C-P-H(alpha)-O(o_x)",
    "zoo:resnet50",
    "I(48,T)-LSTM(h)-Lin(105)",
)
"""Networks of papers, with names as authors give them."""

ARTICLE = r"""\documentclass[10pt,%s]{article}
\usepackage{amsmath,booktabs}
\setlength{\columnsep}{0.33in}
\makeatletter\if@twocolumn\setlength{\textwidth}{6.93in}\fi\makeatother
\begin{document}
%s
\end{document}
"""


def paper(source: str) -> sc.Architecture:
    text, *given = source.split() if source.startswith("zoo:") else (source,)
    net = sc.Architecture(text)
    return net(**{name: value for name, _, value in (each.partition("=") for each in given) if name in net.bindings})


@cache
def nets() -> tuple[sc.Architecture, ...]:
    return (*map(paper, PAPERS), *drawn(random.Random(1), 12))


OVERFULL = re.compile(r"Overfull \\hbox \(([0-9.]+)pt too wide\)")


def overfull(folder: Path) -> list[float]:
    return [float(points) for points in OVERFULL.findall((folder / "page.log").read_text(errors="replace"))]


@pytest.mark.parametrize(("columns", "width"), [("onecolumn", "34em"), ("twocolumn", "3.3in")])
@pytest.mark.parametrize("env", ["equation", "align", "align*"])
def test_formulas_fit_the_columns_of_an_article(tmp_path: Path, columns: str, width: str, env: str) -> None:
    labels = ["" if env == "align*" else f"eq:{i}" for i in range(len(nets()))]
    shown = [
        net.formula().to("latex", width=width, env=env, label=label) for net, label in zip(nets(), labels, strict=True)
    ]
    media.pdflatex(ARTICLE % (columns, "\n\n".join(shown)), tmp_path)
    assert [points for points in overfull(tmp_path) if points > 1] == []


def test_a_formula_that_is_too_wide_is_seen(tmp_path: Path) -> None:
    wide = nets()[3].formula().to("latex", width="60em")
    media.pdflatex(ARTICLE % ("twocolumn", wide), tmp_path)
    assert max(overfull(tmp_path)) > 10


def test_formulas_are_those_of_katex() -> None:
    pages = [net.formula().to("markdown") for net in nets()]
    answer = media.katex([each for page in pages for each in media.formulas_on_github(page)])
    assert answer["bad"] == []
    assert answer["tried"] > 2 * len(pages)


def test_formulas_compile_with_typst_and_are_valid_html() -> None:
    for net in nets():
        formula = net.formula()
        assert typst.compile(formula.to("typst", width="20em", label="eq:a").encode()).startswith(b"%PDF")
        html5lib.HTMLParser(strict=True).parse(formula.to("html", standalone=True))


@pytest.mark.parametrize("medium", ["latex", "typst", "html", "markdown"])
def test_tables_are_read_by_what_they_are_written_for(tmp_path: Path, medium: str) -> None:
    tables = [count_text(net.counted, medium, View()) for net in nets()]
    match medium:
        case "latex":
            media.pdflatex(ARTICLE % ("onecolumn", "\n\n\\clearpage ".join(tables)), tmp_path)
        case "typst":
            assert typst.compile("\n#pagebreak()\n".join(tables).encode()).startswith(b"%PDF")
        case "html":
            for table in tables:
                html5lib.HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>t</title>{table}")
        case "markdown":
            answer = media.katex([each for table in tables for each in media.formulas_on_github(table)])
            assert answer["bad"] == []


@pytest.mark.parametrize(("columns", "width"), [("onecolumn", "34em"), ("twocolumn", "3.3in")])
def test_tables_fit_the_columns_of_an_article(tmp_path: Path, columns: str, width: str) -> None:
    view = View(width=width, depth=1)
    tables = ["\\noindent " + medium_named("latex").table(count_table(net.counted, view, "latex")) for net in nets()]
    media.pdflatex(ARTICLE % (columns, "\n\n".join(tables)), tmp_path)
    assert [points for points in overfull(tmp_path) if points > 15] == []  # a sign or two


def test_a_macro_is_used_in_a_sentence(tmp_path: Path) -> None:
    macro = sc.parse(LENET).formula().to("latex", env="newcommand:params", digits="comma")
    text = media.text_of(media.pdflatex(ARTICLE % ("onecolumn", macro + "\nIt has \\params, \\paramswhere"), tmp_path))
    assert "It has 8,192m2 + 800c + 12,106, where m =" in " ".join(text.replace("\n", " ").split())


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"width": "3.3"}, "bad-form"),
        ({"env": "gather"}, "bad-form"),
        ({"env": "newcommand:a1"}, "bad-form"),
        ({"label": "eq:a", "env": "align*"}, "bad-form"),
        ({"label": "eq}\\input{x}"}, "bad-form"),
    ],
)
def test_what_is_no_display_is_refused(options: dict[str, str], code: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(LENET).formula().to("latex", **options)
    assert caught.value.code == code


def test_only_media_that_typeset_display() -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(LENET).formula().to("python", width="3in")
    assert caught.value.code == "bad-medium"


def test_a_comment_holds_the_command_that_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    given = ["formula", LENET, "c=1", "--of", "biases", "--width", "20em", "-o", str(file)]
    assert CliRunner().invoke(symcount, given).exit_code == 0
    first = file.read_text(encoding="utf-8").splitlines()[0]
    again = CliRunner().invoke(symcount, [*shlex.split(first.removeprefix("% "))[1:], "--format", "latex"])
    assert again.output.splitlines()[1:] == file.read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("medium", ["html", "markdown", "latex", "typst"])
def test_a_comment_ends_where_it_should(medium: str) -> None:
    net = sc.parse("I(3)-H(n) # --> <script>alert(1)</script>")
    page = net.formula().to(medium, command="symcount formula '--><script>'\n\\input{x}")
    lines = [line for line in page.splitlines() if not line.startswith(("%", "//", "<!--"))]
    assert not [line for line in lines if "script" in line or "input{" in line]
    if medium in ("html", "markdown"):
        assert page.count("-->") == sum(line.startswith("<!--") for line in page.splitlines())

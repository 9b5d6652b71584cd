"""Ten networks as an author, a teacher and a reader at a terminal would have them: nothing overflows in any medium."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import html5lib
import pytest
import typst
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command
from symcount.render.count import count_table, count_text
from symcount.render.media import medium_named
from symcount.render.view import View
from tests import media
from tests.test_media_formulas import ARTICLE, overfull

TEN = {
    "U-Net": "zoo:unet-depth",
    "GQA and MoE": (
        "I(L)-E(V,d_model)-[{RMS-MHA(N_h,kv=N_kv,bias=off)+_}-{RMS-moe(N_e,top=K)[GLU(d_ff)]+_}]*N-RMS-Lin(V,bias=off)"
    ),
    "EfficientNet": (
        "def mb(t,f,k,s=1) = cbr(t*cin,1)-dbr(k,s,(k-1)/2)-SE(cin//(4*t))-cb(f,1); "
        "I(3,n×n)-cbr(8*w,3,2,1)-[{mb(6,8*w,3)+_}]*d-mb(6,16*w,5,2)-[{mb(6,16*w,5)+_}]*(d-1)-GAP-O10"
    ),
    "CNN-LSTM": "I(3,h×w)-C(f,3,p=same)-R-P2-C(2*f,3,p=same)-R-P2-seq-LSTM(u)-O10",
    "ResNet-50": "zoo:resnet50",
    "LeNet": "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10",
    "VGG-16": "zoo:vgg16",
    "GPT": "zoo:gpt-2",
    "DenseNet": "zoo:densenet121",
    "LSTM": "I(d,T)-LSTM(h)-Lin(V)",
}
"""The text of each."""

EACH = pytest.mark.parametrize("name", TEN)


@cache
def net(name: str) -> sc.Architecture:
    return sc.parse(TEN[name])


def kept(name: str, picture: str) -> Path:
    """Where a page is kept to be looked at."""
    media.ARTIFACTS.mkdir(parents=True, exist_ok=True)
    return media.ARTIFACTS / f"ten-{picture}-{name.replace(' ', '-')}.pdf"


@EACH
def test_in_a_column_of_an_article(tmp_path: Path, name: str) -> None:
    formula = net(name).formula().to("latex", width="3.3in")
    table = count_table(net(name).counted, View(width="3.3in", depth=0), "latex")
    body = formula + "\n\n\\medskip\\noindent " + medium_named("latex").table(table)
    kept(name, "article").write_bytes(media.pdflatex(ARTICLE % ("twocolumn", body), tmp_path).read_bytes())
    assert [points for points in overfull(tmp_path) if points > 15] == []


@pytest.mark.parametrize("detail", ["short", "full"])
def test_solutions_in_an_article(tmp_path: Path, detail: str) -> None:
    """All ten in one: no line ends in the margin, and no table below the page."""
    body = "\n\\newpage\n".join(net(name).derive(detail=detail).to("latex") for name in TEN)
    made = media.pdflatex(ARTICLE % ("onecolumn", body), tmp_path)
    kept(detail, "solutions").write_bytes(made.read_bytes())
    assert [points for points in overfull(tmp_path) if points > 3] == []
    assert "Overfull \\vbox" not in (tmp_path / "page.log").read_text(errors="replace")


@EACH
def test_in_a_readme(name: str) -> None:
    page = net(name).formula().to("markdown") + "\n\n" + count_text(net(name).counted, "markdown", View(depth=0))
    page += "\n\n" + net(name).derive(depth=1).to("markdown")
    formulas = media.formulas_on_github(page)
    assert page.count("```math") + page.count("$`") == len(formulas) > 0
    assert media.katex([*dict.fromkeys(formulas)])["bad"] == []


@EACH
def test_on_paper(tmp_path: Path, name: str) -> None:
    solution = net(name).derive(depth=1)
    pdf = solution.pdf(title=name, sheet="both")
    kept(name, "handout").write_bytes(pdf)
    first, *rest = media.text_of(kept(name, "handout")).rstrip("\f").split("\f")
    assert first.lstrip().startswith(name)
    assert "Show the working." in first
    assert len(rest) >= 1
    media.pdflatex(solution.to("latex", standalone=True, title=name, sheet="both"), tmp_path)
    assert [points for points in overfull(tmp_path) if points > 15] == []
    html5lib.HTMLParser(strict=True).parse(solution.to("html", title=name))
    assert typst.compile(net(name).formula().to("typst").encode()).startswith(b"%PDF")


@EACH
def test_on_a_terminal_of_80_columns(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("symcount.cli.count.is_terminal", lambda: True)
    monkeypatch.setattr("symcount.cli.output.is_terminal", lambda: True)
    done = CliRunner().invoke(command, ["count", TEN[name]])
    assert done.exit_code == 0
    table = done.output.split("\n\n")[0]
    assert "─" in table
    assert max(map(len, table.splitlines())) <= 80

"""`symcount derive` on the command line: every format, files, and what cannot be done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symcount.cli import derive
from symcount.cli.commands import command
from symcount.cli.derive import FORMATS

LENET = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"


def run(*words: str) -> Any:
    return CliRunner().invoke(command, ["derive", *words])


@pytest.mark.parametrize("medium", FORMATS)
@pytest.mark.parametrize("detail", ["full", "short"])
def test_every_format_is_written(tmp_path: Path, medium: str, detail: str) -> None:
    file = tmp_path / "solution"
    done = run(LENET, "--format", medium, "--detail", detail, "-o", str(file))
    assert (done.exit_code, done.output) == (0, "")
    printed = run(LENET, "--format", medium, "--detail", detail)
    content = file.read_bytes()
    assert printed.exit_code == 0
    if medium == "pdf":
        assert [each[:4] for each in (content, printed.stdout_bytes)] == [b"%PDF"] * 2
    else:
        assert printed.stdout_bytes == content
        assert b"217706" in content
        assert content == content.rstrip(b"\n") + b"\n"


def test_letters_come_together_or_one_by_one() -> None:
    together = run(LENET, "--letters", "k=n,f=k,c=l")
    assert together.output == run(LENET, "--letters", "k=n", "--letters", "f=k", "--letters", "c=l").output
    assert "(n²·l + 1)·k = (5·5·1 + 1)·32 = 832" in together.output


def test_values_are_put_in_last() -> None:
    assert run("I-C(32,5)-P2-C(32,3)-P2-H256-O10", "n=28", "c=1").output.rstrip().endswith(" = 217706")


def test_one_layer_and_its_data() -> None:
    answer = json.loads(run(LENET, "--at", "C2", "--format", "json").output)
    assert [layer["name"] for layer in answer["layers"]] == ["C2"]
    assert answer["total"]["result"] == 9248


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--at", "C9"], "the network has no layer 'C9'"),
        (["--of", "parms"], "did you mean params?"),
        (["--letters", "k=<b>"], "'<b>' cannot be a letter"),
        (["--letters", "k=x,f=x"], "two letters would become the same one"),
        (["-o", "/no/such/place"], "/no/such/place cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], part: str) -> None:
    done = run(LENET, *words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert part in done.stderr


def test_without_typst_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    done = run(LENET, "--format", "pdf", "-o", "solution.pdf")
    assert done.exit_code == 2
    assert "pip install 'symcount[pdf]'" in done.stderr


def test_numbers_need_no_sympy() -> None:
    source = (
        "import sys, symcount as sc\n"
        f"for medium in ('text', 'latex', 'json'): sc.parse({LENET!r}).derive().to(medium)\n"
        "print('sympy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_pdf_is_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(derive, "is_terminal", lambda: True)
    done = run(LENET, "--format", "pdf")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "error: a PDF is not for a terminal\nhint: add -o solution.pdf\n"
    assert run(LENET, "--format", "pdf", "-o", str(tmp_path / "solution.pdf")).exit_code == 0

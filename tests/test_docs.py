"""What the documents show is what happens: every command, every Python example, every generated page."""

from __future__ import annotations

import ast
import doctest
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner

from symcount.algebra.closed.conversion import MOST_WRITTEN
from symcount.algebra.poly.polynomial import MOST_TERMS
from symcount.algebra.sums.pieces import MOST_CHOICES, MOST_REMAINDERS
from symcount.algebra.sums.summation import MOST_SUMMED
from symcount.answers.kinds import in_families
from symcount.answers.space import MOST_CASES, MOST_WORKED_OUT
from symcount.arithmetic.work import MOST_STEPS
from symcount.cli.commands import COMMANDS as COMMAND_NAMES
from symcount.cli.commands import command as symcount
from symcount.counts.passes import MOST_AT_ENDS
from symcount.derivation.derivation import MOST_WORKED
from symcount.errors import ArchitectureError
from symcount.layers import KINDS
from symcount.layers.shaped import _MOST_AXES
from symcount.program.choices import MOST_OPTIONS
from symcount.program.scope import MOST_SYMBOLS
from symcount.render.length import MOST_CHARACTERS
from symcount.syntax import limits
from symcount.trace.context import DEEPEST
from symcount.trace.repeats import MOST_ITERATIONS
from symcount.trace.walk import MOST_LAYERS
from tests.documents import (
    COMMANDS,
    DOCUMENTS,
    LAYERS,
    MANUAL,
    MISTAKES,
    ROOT,
    Example,
    blocks,
    examples,
    files_of,
    layers_page,
    printed,
    rewritten,
)
from tests.mistakes import mistakes_page
from tests.reference import commands_page, manual_page

EXAMPLES = [
    example
    for document in DOCUMENTS
    for example in examples(document.read_text(encoding="utf-8"), document.relative_to(ROOT).as_posix())
]
ERRORS = ROOT / "docs" / "errors.md"
PAGES_WITH_PYTHON = [path for path in DOCUMENTS if "```python\n" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_command_prints_what_the_document_says(example: Example) -> None:
    assert printed(example.command, example.files) == example.output


def test_no_command_is_passed_over() -> None:
    lines = sum(
        len(re.findall(r"^\$ ", block["body"], re.MULTILINE))
        for document in DOCUMENTS
        for block in blocks(document.read_text(encoding="utf-8"), "console")
    )
    assert len(EXAMPLES) == lines > 150
    assert {example.document for example in EXAMPLES} >= {"README.md", "docs/questions.md", "docs/language.md"}
    assert not any(example.output == "" for example in EXAMPLES if " check " not in example.command)


def test_no_block_is_in_a_language_that_is_not_run() -> None:
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        named = {f"text {name}" for name, _ in files_of(text)}
        opened = re.findall(r"^```(.+)$", text, re.MULTILINE)
        assert set(opened) - named <= {"console", "python", "sh", "text", "toml"}, document
        assert len(re.findall(r"^```", text, re.MULTILINE)) == 2 * len(opened), document


def test_an_output_that_differs_is_noticed() -> None:
    text = "```console\n$ symcount formula 'I(n)-H(m)'\nparams = n*m\n```\n"
    [example] = examples(text, "here")
    assert printed(example.command, example.files) != example.output
    [repaired] = examples(rewritten(text), "here")
    assert printed(repaired.command) == repaired.output


def test_commands_run_in_an_empty_directory() -> None:
    assert printed("ls -a | wc -w").strip() == "2"


@pytest.mark.parametrize("document", PAGES_WITH_PYTHON, ids=lambda path: path.name)
def test_python_examples(document: Path) -> None:
    text = "\n".join(block["body"] for block in blocks(document.read_text(encoding="utf-8"), "python"))
    known = dict(KINDS)
    try:
        assert _doctested(text, document.name) > 0
        tokens = [kind.token for kind in in_families()]
        assert tokens[: len(known)] == [token for token in tokens if token in known]
    finally:
        KINDS.clear()
        KINDS.update(known)


def test_there_are_python_examples() -> None:
    assert len(PAGES_WITH_PYTHON) >= 3


def test_a_python_example_that_fails_is_noticed() -> None:
    with pytest.raises(doctest.DocTestFailure):
        _doctested(">>> 1 + 1\n3\n", "here")


def _doctested(text: str, name: str) -> int:
    """Run the examples of a text in one namespace, and return how many there were."""
    test = doctest.DocTestParser().get_doctest(text, {"__name__": "__main__"}, name, None, 0)
    doctest.DebugRunner(verbose=False).run(test)
    return len(test.examples)


def test_the_reference_of_layers_is_generated() -> None:
    assert LAYERS.read_text(encoding="utf-8") == layers_page()


def test_the_catalogue_of_mistakes_is_generated() -> None:
    assert MISTAKES.read_text(encoding="utf-8") == mistakes_page()


def test_the_reference_of_commands_is_generated() -> None:
    assert COMMANDS.read_text(encoding="utf-8") == commands_page()
    assert MANUAL.read_text(encoding="utf-8") == manual_page()


@pytest.mark.skipif(which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_read_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-Kutf8", str(MANUAL)], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    shown = re.sub("\x1b.*?m|.\b", "", done.stdout).replace("‐", "-").replace("−", "-")
    for name in ("count", "formula", "derive", "zoo"):
        assert f"symcount {name}" in shown
    assert "symcount 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'" in shown


def test_the_manual_page_is_installed_where_man_finds_it() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tools["setuptools"]["data-files"] == {"share/man/man1": ["docs/symcount.1"]}


def test_every_page_is_linked_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = set(re.findall(r"\]\(([^)#:]+)\)", index.read_text(encoding="utf-8")))
    assert {path.name for path in index.parent.glob("*.md")} - {index.name} <= linked


def test_every_example_of_a_command_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^symcount .+$", "".join(b["body"] for b in blocks(commands_page(), "sh")), re.MULTILINE)
    assert len(lines) >= 2 * len(COMMAND_NAMES) - 3
    for line in lines:
        result = CliRunner().invoke(symcount, shlex.split(line)[1:])
        needs = re.search(r"needs the package (\w+), which is not installed", result.output)
        assert result.exit_code == 0 or (needs and find_spec(needs[1]) is None), f"{line}\n{result.output}"


def test_every_error_code_has_an_example() -> None:
    described = re.findall(r"^### `(.*)`$", ERRORS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(described) == len(set(described))
    assert set(described) == _codes_raised()


def test_codes_are_collected() -> None:
    codes = _codes_raised()
    assert len(codes) > 60
    assert {"unknown-layer", "unclosed-bracket", "not-divisible", "too-small", "too-long"} <= codes


@pytest.mark.parametrize(("code", "command"), re.findall(
    r"^### `(.*)`\n\n```console\n\$ (symcount .*)\n", ERRORS.read_text(encoding="utf-8"), re.MULTILINE
))  # fmt: skip
def test_the_example_of_a_code_has_that_code(
    code: str, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ArchitectureError, "__str__", lambda error: error.code)
    result = CliRunner().invoke(symcount, shlex.split(command)[1:])
    assert (result.exit_code, result.output) == (2, f"error: {code}\n")


_RAISERS = {"ArchitectureError", "LayerError", "TooSmallError", "error"}


@cache
def _codes_raised() -> frozenset[str]:
    """Every code that the source gives to an error."""
    return frozenset(_codes())


def _codes() -> Iterator[str]:
    for path in (ROOT / "symcount").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=code), *_]):
                    if name in _RAISERS and isinstance(code, str):
                        yield code


def test_limits_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    limits_of = text.partition("\n## Limits\n")[2]
    stated = dict(re.findall(r"^\| (\w+)[^|]*\| ([0-9,]+) \|$", limits_of, re.MULTILINE))
    assert {name: int(number.replace(",", "")) for name, number in stated.items()} == {
        "characters": limits.LONGEST_TEXT,
        "nesting": limits.DEEPEST_NESTING,
        "digits": limits.MOST_DIGITS,
        "axes": _MOST_AXES,
        "layers": MOST_LAYERS,
        "open": MOST_SYMBOLS,
        "options": MOST_OPTIONS,
        "sizes": limits.MOST_NUMBERED,
        "space": MOST_WORKED_OUT,
        "cases": MOST_CASES,
        "solution": MOST_WORKED,
        "answer": MOST_CHARACTERS,
        "formula": MOST_WRITTEN,
        "product": MOST_TERMS,
        "work": MOST_STEPS,
        "sum": MOST_SUMMED,
        "groups": DEEPEST,
        "passes": MOST_ITERATIONS,
        "name": limits.LONGEST_NAME,
        "ends": MOST_AT_ENDS,
        "choices": MOST_CHOICES,
        "remainders": MOST_REMAINDERS,
    }


def test_dependencies_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    listed = re.findall(
        r"^\| `([\w-]+)` \|", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == sorted({re.match(r"[\w-]+", each)[0] for each in declared})  # type: ignore[index]


def test_links_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"

"""The command at a terminal: colour, completion, files whose names say the format, several quantities at once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symcount.catalogue import models
from symcount.cli.commands import COMMANDS, command
from symcount.layers import KINDS
from symcount.quantities import QUANTITIES

_SYMCOUNT = f"{sys.executable} -m symcount"


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        ["bash", "-c", line.replace("THE_COMMAND", _SYMCOUNT)],
        env={**known, **environment},
        capture_output=True,
        text=True,
    )


_RED, _CYAN = "\x1b[31m\x1b[1m", "\x1b[36m\x1b[1m"
_PLAIN = "error: no layer is called 'c'\n  I-c\n    ^\nhint: did you mean C?\n"


@pytest.mark.parametrize(("environment", "coloured"), [
    ({}, False),
    ({"FORCE_COLOR": "1"}, True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ({"NO_COLOR": ""}, False),
])  # fmt: skip
def test_colour_in_a_pipe_is_a_matter_of_the_environment(environment: dict[str, str], coloured: bool) -> None:
    told = shell("THE_COMMAND check I-c", **environment).stderr
    assert told == (
        f"{_RED}error:\x1b[0m no layer is called 'c'\n  I-c\n{_RED}    ^\x1b[0m\n{_CYAN}hint:\x1b[0m did you mean C?\n"
        if coloured
        else _PLAIN
    )


@pytest.mark.parametrize(("environment", "coloured"), [
    ({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False),
])  # fmt: skip
def test_an_error_on_a_terminal_is_coloured(environment: dict[str, str], coloured: bool) -> None:
    shown = shell("script -qec 'THE_COMMAND check I-c' /dev/null", **environment).stdout
    assert "did you mean C?" in shown
    assert ("\x1b[" in shown) is coloured


def test_what_others_wrote_brings_no_colour_into_an_error() -> None:
    told = shell("THE_COMMAND check $'I-\\e[31mc'", FORCE_COLOR="1").stderr
    assert set(re.findall("\x1b.*?m", told)) <= {"\x1b[31m", "\x1b[36m", "\x1b[1m", "\x1b[0m"}
    assert "\x1b[31mc" not in told


def completed(lines: Iterable[str]) -> list[list[str]]:
    """What bash gets for each line with the cursor at its end."""
    script = """
        symcount() { THE_COMMAND "$@"; }
        eval "$(_SYMCOUNT_COMPLETE=bash_source symcount)"
        while IFS= read -r COMP_LINE; do
            COMP_POINT=${#COMP_LINE} COMPREPLY=()
            _symcount_completion symcount
            echo "${COMPREPLY[*]}"
        done <<<"$LINES_TYPED"
    """
    done = shell(script, LINES_TYPED="\n".join(lines))
    assert not [each for each in done.stderr.splitlines() if "compopt" not in each], done.stderr
    return [each.split() for each in done.stdout.splitlines()]


COMPLETED = {
    "symcount fo": ["formula"],
    "symcount help de": ["derive"],
    "symcount zoo wrn": ["wrn-16-10", "wrn-28-10", "wrn-40-8"],
    "symcount count zoo:wrn": ["wrn-16-10", "wrn-28-10", "wrn-40-8"],
    "symcount zoo:wrn": ["wrn-16-10", "wrn-28-10", "wrn-40-8"],
    "symcount zoo:vgg16 --conv": ["--convention"],
    "symcount layers LS": ["LSTM"],
    "symcount count I3-H3 --of bia": ["biases"],
    "symcount count I3-H3 --of=bia": ["biases"],
    "symcount derive 'I(1,28x28)-C(32,5)@first-O10' --at ": ["C1", "first", "O1"],
    "symcount formula 'I-C(32,5)-O10' ": ["c=", "n="],
    "symcount formula 'I-C(32,5)-O10' --collect ": ["c", "n"],
    "symcount count I3-H3 --convention ": ["textbook", "torch", "keras"],
    "symcount derive I3-H3 --detail s": ["short"],
    "symcount derive I3-Q --at ": [],
}


def test_bash_completes() -> None:
    assert dict(zip(COMPLETED, completed(COMPLETED), strict=True)) == COMPLETED


@pytest.mark.parametrize("of", ["zsh", "fish"])
def test_other_shells_complete(of: str) -> None:
    assert "symcount" in shell(f"_SYMCOUNT_COMPLETE={of}_source THE_COMMAND").stdout
    words = "symcount count I3-H3 --of weig"
    asked = shell(
        "THE_COMMAND", _SYMCOUNT_COMPLETE=f"{of}_complete", COMP_WORDS=words, COMP_CWORD="4" if of == "zsh" else "weig"
    )
    assert "weights" in asked.stdout


def test_every_list_that_is_completed_is_whole() -> None:
    networks, kinds, quantities, commands = completed(
        ["symcount zoo ", "symcount layers ", "symcount count I3-H3 --of ", "symcount help "]
    )
    assert len(networks) >= len(list(models()))
    assert set(kinds) >= {*KINDS} - {"_"}
    assert quantities == [*QUANTITIES]
    assert commands == [*COMMANDS]


def run(*words: str, status: int = 0) -> str:
    done = CliRunner().invoke(command, words)
    assert done.exit_code == status, done.output
    return done.output


@pytest.mark.parametrize("name", ["count", "formula", "derive", "compare"])
def test_the_help_names_every_quantity(name: str) -> None:
    shown = "".join(run(name, "--help").split())
    assert f"{','.join(QUANTITIES)}." in shown


def test_two_quantities_are_both_answered() -> None:
    network = "I(1,9x9)-C(2,3)-O10"
    formulas = run("formula", network, "--of", "weights", "--of", "biases")
    assert formulas.startswith("weights = 998\n")
    assert "\n\nbiases = 12\n" in formulas
    source = run("formula", network, "--of", "weights", "--of", "biases", "--format", "python")
    made: dict[str, Any] = {}
    exec(source, made)
    assert (made["weights"](), made["biases"]()) == (998, 12)
    both = json.loads(run("formula", network, "--of", "weights", "--of", "biases", "--format", "json"))
    assert [each["python"] for each in both] == ["998", "12"]
    assert json.loads(run("formula", network, "--of", "weights", "--format", "json"))["python"] == "998"
    worked = run("derive", network, "--of", "weights", "--of", "biases")
    assert worked.index("weights = 18 + 980 = 998") < worked.index("biases = 2 + 10 = 12")


def test_networks_are_compared_by_two_quantities() -> None:
    words = ("compare", "I3-H3", "I4-H3", "--of", "weights", "--of", "biases")
    assert [line.split()[:3] for line in run(*words).splitlines()[1:]] == [
        ["weights", "I3-H3", "9"],
        ["I4-H3", "12", "3"],
        ["biases", "I3-H3", "3"],
        ["I4-H3", "3", "0"],
    ]
    heading, first, second = run(*words, "--format", "csv").splitlines()
    assert heading.split(",")[::4] == ["network", "rounded (weights)", "rounded (biases)"]
    assert (first.split(",")[1::4], second.split(",")[1::4]) == (["9", "3"], ["12", "3"])
    assert [each["of"] for each in json.loads(run(*words, "--format", "json"))] == ["weights", "biases"]


@pytest.mark.parametrize(("words", "ending", "medium"), [
    (("count", "I3-H3"), "csv", "csv"),
    (("count", "I3-H3"), "json", "json"),
    (("formula", "I(n)-H3"), "tex", "latex"),
    (("formula", "I(n)-H3"), "py", "python"),
    (("compare", "I3-H3", "I4-H3"), "md", "markdown"),
    (("zoo", "wrn"), "csv", "csv"),
    (("layers",), "md", "markdown"),
    (("layers", "C"), "txt", "text"),
    (("derive", "I3-H3"), "tex", "latex"),
])  # fmt: skip
def test_every_answer_can_go_to_a_file(tmp_path: Path, words: tuple[str, ...], ending: str, medium: str) -> None:
    file = tmp_path / f"answer.{ending}"
    assert run(*words, "-o", str(file)) == ""
    assert _uncommented(file.read_text(encoding="utf-8")) == _uncommented(run(*words, "--format", medium))


def _uncommented(text: str) -> str:
    """A text without the comments of LaTeX, which hold the command that wrote it."""
    return re.sub(r"^%.*\n", "", text, flags=re.MULTILINE)


def test_a_format_that_a_command_does_not_write_is_refused(tmp_path: Path) -> None:
    assert "says python, which this command does not write" in run(
        "count", "I3-H3", "-o", str(tmp_path / "x.py"), status=2
    )
    assert "would hold json" in run("count", "I3-H3", "--format", "json", "-o", str(tmp_path / "x.csv"), status=2)
    assert list(tmp_path.iterdir()) == []


def test_a_part_of_a_name_lists_the_networks_that_have_it() -> None:
    assert [line.split()[0] for line in run("zoo", "wrn").splitlines()] == [
        "name",
        "wrn-16-10",
        "wrn-28-10",
        "wrn-40-8",
    ]


@pytest.mark.parametrize(("words", "digits", "shown"), [
    (("count", "I784-H800"), "none", "628000"),
    (("count", "I784-H800"), "space", "628 000"),
    (("count", "I784-H800"), "comma", "628,000"),
    (("compare", "I784-H800", "I784-H10"), "none", "628000"),
    (("zoo", "wrn-16"), "none", "17116634"),
    (("zoo", "wrn-16"), "comma", "17,116,634"),
    (("derive", "I784-H800"), "comma", "628,000"),
])  # fmt: skip
def test_digits_are_parted_as_they_are_asked_for(words: tuple[str, ...], digits: str, shown: str) -> None:
    answer = run(*words, "--digits", digits).replace("\u2009", " ").replace("\u202f", " ")
    assert shown in answer
    assert ("628" if "784" in words[1] else "17") + {"none": ",", "space": ",", "comma": " "}[digits] not in answer


def test_data_has_plain_digits_whatever_is_asked_for() -> None:
    assert run("count", "I784-H800", "--format", "csv", "--digits", "comma") == run(
        "count", "I784-H800", "--format", "csv"
    )

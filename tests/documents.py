"""What the documents show is run: ``python -m tests.documents`` writes every output, and generated page, anew.

A fenced block ``console`` holds commands after ``$`` and what they print; one in ``python`` is a
doctest; one such as ``text cells.arch`` is a file that the commands of its document find. The tests
compare; this command rewrites.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from click.testing import CliRunner

from symcount.answers.kinds import kinds
from symcount.cli.commands import command as symcount
from tests.mistakes import mistakes_page
from tests.notebooks import write_notebook
from tests.pictures import write_pictures
from tests.reference import commands_page, manual_page
from tests.sheets import write_sheets

ROOT = Path(__file__).parent.parent
LAYERS = ROOT / "docs" / "layers.md"
COMMANDS = ROOT / "docs" / "commands.md"
MISTAKES = ROOT / "docs" / "mistakes.md"
MANUAL = ROOT / "docs" / "symcount.1"
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_FILE = re.compile(r"^```\w+ (?P<name>[\w-]+\.\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"'[^']*'")
"""What a shell puts nothing into."""
_JOINT = re.compile(r"\||;|&&|$")
_OURS = re.compile(r"(?P<call>symcount\b[^<>]*?)(?: > (?P<file>[\w.]+))?$")
"""A command that this process can run, which writes to the screen or to a file."""


@dataclass(frozen=True)
class Example:
    """A command of a document, and what the document says that it prints."""

    document: str
    line: int
    command: str
    output: str
    files: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def blocks(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield the fenced blocks in a language."""
    return (match for match in _BLOCK.finditer(text) if match["language"] == language)


def examples(text: str, document: str) -> Iterator[Example]:
    """Yield every command of the console blocks of a text."""
    files = tuple(files_of(text))
    for block in blocks(text, "console"):
        for match in _COMMAND.finditer(block["body"]):
            line = text.count("\n", 0, block.start("body") + match.start()) + 1
            yield Example(document, line, match["command"], match["output"].rstrip("\n"), files)


def files_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file that a document shows."""
    return ((match["name"], match["body"]) for match in _FILE.finditer(text))


def printed(command: str, files: Iterable[tuple[str, str]] = ()) -> str:
    """Run a command in a directory with these files alone and return what it prints, errors included."""
    plain = command.replace("\\\n", " ")
    with TemporaryDirectory() as empty:
        for name, content in files:
            Path(empty, name).write_text(content, encoding="utf-8")
        output = _part_by_part(plain, empty) if "$" not in _QUOTED.sub("", plain) else _by_shell(plain, empty).output
    return output.rstrip("\n")


class _Ran(NamedTuple):
    """What a command has written for the next one in its line, what it has said of mistakes, both, and how it ended."""

    written: str
    errors: str
    output: str
    status: int


def _part_by_part(command: str, place: str) -> str:
    """Run the commands of a line in turn, those of ``symcount`` in this process, which has loaded what they need."""
    shown, given, start = "", "", 0
    for joint in _JOINT.finditer(_blanked(command)):
        part = command[start : joint.start()].strip()
        start = joint.end()
        ran = (_in_process if _OURS.match(_blanked(part)) else _by_shell)(part, place, given)
        given = ran.written if joint[0] == "|" else ""
        shown += ran.errors if joint[0] == "|" else ran.output
        if joint[0] == "&&" and ran.status:
            break
    return shown


def _blanked(command: str) -> str:
    """A command without the signs that stand between quotes."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", lambda quoted: "_" * len(quoted[0]), command)


def _in_process(command: str, place: str, given: str) -> _Ran:
    ours = _OURS.match(_blanked(command))
    assert ours
    called, file = command[: ours.end("call")], ours["file"]
    before = Path.cwd()
    os.chdir(place)
    try:
        result = CliRunner().invoke(symcount, shlex.split(called)[1:], input=given, prog_name="symcount")
    finally:
        os.chdir(before)
    if file is None:
        return _Ran(result.stdout, result.stderr, result.output, result.exit_code)
    Path(place, file).write_text(result.stdout, encoding="utf-8")
    return _Ran("", result.stderr, result.stderr, result.exit_code)


def _by_shell(command: str, place: str, given: str = "") -> _Ran:
    """Run a command through a shell that finds this tree's ``symcount`` and this Python as ``python``."""
    with TemporaryDirectory() as scripts:
        for name, words in (("symcount", ["-c", "from symcount.cli import main; main()"]), ("python", [])):
            script = Path(scripts, name)
            script.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, *words])} "$@"\n', encoding="utf-8")
            script.chmod(0o755)
        environment = os.environ | {"PATH": f"{scripts}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["bash", "-c", command], cwd=place, env=environment, text=True, encoding="utf-8",
            input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
        )  # fmt: skip
        return _Ran(done.stdout, "", done.stdout, done.returncode)


def rewritten(text: str) -> str:
    """Return a document with what its commands print now."""
    files = tuple(files_of(text))
    return _BLOCK.sub(lambda block: _rerun(block, files) if block["language"] == "console" else block[0], text)


def _rerun(block: re.Match[str], files: Iterable[tuple[str, str]]) -> str:
    commands = (match["command"] for match in _COMMAND.finditer(block["body"]))
    return (
        "```console\n"
        + "\n\n".join(f"$ {command}\n{printed(command, files)}".rstrip() for command in commands)
        + "\n```"
    )


def layers_page() -> str:
    """Return the reference of layer kinds as a document."""
    table = printed("symcount layers --format markdown")
    sections = (f"## {kind.token}\n\n```console\n$ {_asked(kind.token)}\n```\n" for kind in kinds())
    return rewritten(_LAYERS_HEAD + table + "\n\n" + "\n".join(sections))


def _asked(token: str) -> str:
    return shlex.join(["symcount", "layers", token])


_LAYERS_HEAD = """\
# The layers

Generated by `python -m tests.documents` from the layer kinds themselves; a test holds it equal to them.

Every kind that can be counted, with the rule of its output and of its parameters. In the rules `c` channels arrive
over axes of the size `n` (two equal axes, unless the kind takes none), and the other letters are the kind's own
arguments. Options that are left at their defaults vanish from the rules that `symcount count` shows. `--letters` writes
a rule in letters of your choice, and `symcount layers KIND` tells what each argument takes.

"""


def main() -> None:
    """Write every document anew."""
    LAYERS.write_text(layers_page(), encoding="utf-8")
    write_pictures()
    write_sheets()
    write_notebook()
    MISTAKES.write_text(mistakes_page(), encoding="utf-8")
    COMMANDS.write_text(commands_page(), encoding="utf-8")
    MANUAL.write_text(manual_page(), encoding="utf-8")
    for document in DOCUMENTS:
        document.write_text(rewritten(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

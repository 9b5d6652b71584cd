"""The pictures of the documents: each is drawn by the command that stands above it."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from symcount.cli.commands import command as symcount

PAGE = Path(__file__).parent.parent / "docs" / "pictures.md"
FOLDER = PAGE.parent / "pictures"

_DRAWN = re.compile(
    r"^```sh\n(?P<command>symcount draw .*)\n```\n\n!\[[^\]]+\]\(pictures/(?P<name>[\w-]+\.svg)\)$", re.M
)


def pictures() -> dict[str, str]:
    """Return the text of every picture of the page, drawn anew, by the name of its file."""
    page = PAGE.read_text(encoding="utf-8")
    return {found["name"]: _drawn(found["command"], found["name"]) for found in _DRAWN.finditer(page)}


def _drawn(line: str, name: str) -> str:
    before = Path.cwd()
    with TemporaryDirectory() as empty:
        os.chdir(empty)
        try:
            done = CliRunner().invoke(symcount, shlex.split(line)[1:])
            assert (done.exit_code, done.output) == (0, ""), done.output
            return Path(empty, name).read_text(encoding="utf-8")
        finally:
            os.chdir(before)


def write_pictures() -> None:
    """Write every picture of the page."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pictures().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

"""The format of an answer, and where it goes: ``--format``, and ``-o`` with a name whose ending says the format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os.path import splitext
from typing import Any

import click

from symcount.cli.output import STANDARD, data_visible, printed, write
from symcount.errors import ArchitectureError, visible

_ENDINGS = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".tex": "latex", ".html": "html", ".htm": "html",
    ".typ": "typst", ".json": "json", ".csv": "csv", ".py": "python", ".pdf": "pdf",
}  # fmt: skip


def format_options(formats: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command its ``--format``, one of these, and its ``-o``."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        out = click.option(
            "-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output."
        )
        what = "Text, or what the ending of FILE says, unless it is named."
        return click.option("--format", "medium", type=click.Choice(formats), help=what)(out(command))

    return decorate


def format_of(asked: str | None, path: str, formats: Sequence[str]) -> str:
    """Return the format that is asked for, or else that of the file's name; where the two differ, neither is taken."""
    ending = splitext(path)[1].lower()
    named = _ENDINGS.get(ending)
    if asked is not None and named is not None and asked != named:
        message = f"{visible(path)} would hold {asked}, and its ending {ending} says {named}"
        raise ArchitectureError("bad-medium", message, hint="leave --format out, or change the name")
    if asked is None and named is not None and named not in formats:
        message = f"the ending of {visible(path)} says {named}, which this command does not write"
        raise ArchitectureError("bad-medium", message, hint=f"it writes {', '.join(formats)}")
    return asked or named or "text"


def write_text(text: str, medium: str, path: str) -> None:
    """Write an answer with the end of its line."""
    whole = text.rstrip("\n") + "\n"
    write((data_visible(whole) if medium == "json" else printed(whole)).encode(), path)

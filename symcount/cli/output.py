"""What commands print and write: nothing that steers a terminal, and a file whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from stat import S_IMODE
from typing import Any

import click

from symcount.errors import ArchitectureError, visible
from symcount.render.length import fitting
from symcount.render.media import medium_named
from symcount.render.table import Table

_LAYOUT = "\n\t"
"""The only control characters that are printed."""

_on_one_line = json.JSONEncoder(ensure_ascii=False).encode
"""What `json.dumps` would make anew for each answer."""

STANDARD = "-"
"""The name that stands for standard input or output."""


def say(text: str) -> None:
    """Print a text and the end of its line."""
    check_output()
    click.echo(printed(text))


def printed(text: str) -> str:
    """Return a text as it is printed: its lines and tabs are its own, every other control character is shown."""
    return visible(text, _LAYOUT)


def error_data(error: ArchitectureError) -> dict[str, Any]:
    """Return an error as data."""
    return {"code": error.code, "message": error.message, "column": error.column, "hint": error.hint}


def dumped(answer: object, indent: int | None = 2) -> str:
    """Return an answer as JSON, in which every character that steers a terminal is written as JSON's own escape."""
    encoded = _on_one_line(answer) if indent is None else json.dumps(answer, ensure_ascii=False, indent=indent)
    return data_visible(fitting(encoded))


def data_visible(text: str) -> str:
    """Return a text of JSON with its own escape for each character that steers a terminal."""
    return visible(text, "\n", lambda char: f"\\u{ord(char):04x}")


def write(content: bytes, path: str) -> None:
    """Write a file, or standard output for ``-``; what was in the file stays until all of the new is written."""
    if path == STANDARD:
        check_output()
        takes_bytes = hasattr(sys.stdout, "buffer")  # a stream that Python code put in its place may not
        click.echo(content if takes_bytes else content.decode(), nl=False)
        return
    try:
        _replace(os.path.realpath(path), content)
    except OSError as error:
        raise ArchitectureError("no-file", f"{visible(path)} cannot be written: {error.strerror}") from None


def _replace(path: str, content: bytes) -> None:
    exists = os.path.exists(path)
    if exists and not os.path.isfile(path):  # a device or a pipe has nothing to lose
        with open(path, "wb") as file:
            file.write(content)
        return
    if exists:
        open(path, "ab").close()  # a file that may not be written is not replaced either
    beside = os.path.join(os.path.dirname(path), f".symcount-{os.getpid()}.part")
    try:
        with open(beside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if exists:
            os.chmod(beside, S_IMODE(os.stat(path).st_mode))
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


_ENDINGS = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".tex": "latex", ".html": "html", ".htm": "html",
    ".typ": "typst", ".json": "json", ".csv": "csv", ".py": "python", ".pdf": "pdf",
    ".svg": "svg", ".png": "png",
    ".c": "c", ".js": "javascript", ".sql": "sql", ".mml": "mathml",
}  # fmt: skip


def format_options(
    formats: Sequence[str], otherwise: str = "Text"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command its ``--format``, one of these, and its ``-o``."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        out = click.option(
            "-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output."
        )
        what = f"{otherwise}, or what the ending of FILE says, unless it is named."
        return click.option("--format", "medium", type=click.Choice(formats), help=what)(out(command))

    return decorate


def format_of(asked: str | None, path: str, formats: Sequence[str], otherwise: str = "text") -> str:
    """Return the format that is asked for, or else that of the file's name; where the two differ, neither is taken."""
    ending = os.path.splitext(path)[1].lower()
    named = _ENDINGS.get(ending)
    if asked is not None and named is not None and asked != named:
        message = f"{visible(path)} would hold {asked}, and its ending {ending} says {named}"
        raise ArchitectureError("bad-medium", message, hint="leave --format out, or change the name")
    if asked is None and named is not None and named not in formats:
        message = f"the ending of {visible(path)} says {named}, which this command does not write"
        raise ArchitectureError("bad-medium", message, hint=f"it writes {', '.join(formats)}")
    return asked or named or otherwise


def write_text(text: str, medium: str, path: str) -> None:
    """Write an answer with the end of its line."""
    whole = text.rstrip("\n") + "\n"
    write((data_visible(whole) if medium == "json" else printed(whole)).encode(), path)


def write_tables(tables: Sequence[Table], medium: str, path: str, lines: Iterable[str] = ()) -> None:
    """Write tables and lines under them: laid out for a terminal, where plain text goes to one."""
    if medium == "text" and path == STANDARD and is_terminal():
        from symcount.render.terminal import show

        for table in tables:
            show(table, lines if table is tables[-1] else ())
    else:
        kind = medium_named(medium)
        write_text(kind.with_lines("\n\n".join(map(kind.table, tables)), lines), medium, path)


def check_output() -> None:
    """Refuse a standard output that is closed."""
    if sys.stdout is None:
        raise ArchitectureError("no-file", "cannot write: standard output is closed")


def discard_output() -> None:
    """Leave what could not be written unwritten, so that Python does not try again at its end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()

"""Arguments that commands share: the architecture, its bindings, letters and conventions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from symcount.catalogue import network_text
from symcount.counts import ZOO, Count, counted
from symcount.errors import ArchitectureError

_Command = Callable[..., Any]


def source_of(given: str) -> str:
    """Return the text of an architecture: the line itself, a file's, a shipped one's, or standard input's."""
    if given.startswith(ZOO):
        return network_text(given.removeprefix(ZOO))[0]
    if given == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if given.endswith(".arch"):
        try:
            with open(given, "rb") as file:
                return _decoded(file.read(), given)
        except OSError as error:
            raise ArchitectureError("no-file", f"{given} cannot be read: {error.strerror}") from None
    return given


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise ArchitectureError("not-text", f"{name} is not UTF-8 text, at byte {error.start}") from None


def opened(given: str) -> Iterator[str]:
    """Yield the lines of a file, or of standard input for ``-``, as they come."""
    try:
        stream = click.open_file(given, encoding="utf-8", errors="replace")
    except OSError as error:
        raise ArchitectureError("no-file", f"{given} cannot be read: {error.strerror}") from None
    with stream:
        yield from stream


def pairs(given: tuple[str, ...], what: str, example: str) -> dict[str, str]:
    """Return ``NAME=VALUE`` words as a mapping."""
    named: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name.strip().isidentifier() or not value.strip():
            raise ArchitectureError("bad-binding", f"{word!r} is not {what}", hint=f"write it as {example}")
        if name.strip() in named:
            raise ArchitectureError("twice", f"{name.strip()} is given twice")
        named[name.strip()] = value.strip()
    return named


def letters_of(given: tuple[str, ...]) -> dict[str, str]:
    """Return the letters to rename, given as ``k=n,f=k`` or one by one."""
    return pairs(tuple(word for words in given for word in words.split(",")), "a change of letter", "c=l")


def network_arguments(command: _Command) -> _Command:
    """Give a command its ARCH, its NAME=VALUE bindings, and the options that settle what a line leaves open."""
    decorators: tuple[Callable[..., _Command], ...] = (
        click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest."),
        click.option(
            "--convention", default="textbook", metavar="NAME", show_default=True,
            help="textbook, torch or keras: what the line leaves open.",
        ),
        click.argument("bindings", nargs=-1, metavar="[NAME=VALUE]..."),
        click.argument("arch"),
    )  # fmt: skip
    for decorate in decorators:
        command = decorate(command)
    return command


def read(arch: str, bindings: tuple[str, ...], convention: str, exact: bool) -> Count:
    """Return the count of the network that a command was given."""
    source = arch if arch.startswith(ZOO) else source_of(arch)
    return counted(source, pairs(bindings, "a binding", "n=28"), convention=convention, exact=exact)

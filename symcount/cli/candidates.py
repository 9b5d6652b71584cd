"""The words that may stand where a word is begun: networks, kinds, quantities, layers and symbols of a network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from symcount.answers.kinds import in_families
from symcount.catalogue import families, models
from symcount.cli.output import STANDARD
from symcount.counts import ZOO, Count, counted
from symcount.errors import ArchitectureError
from symcount.program import WRAPPERS
from symcount.quantities import CONVENTIONS, QUANTITIES

_FILE = "file"
"""Asks the shell for the names of files."""


def _begun(words: Iterable[str], begun: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(begun)]


def commands(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the commands."""
    root = context.find_root()
    return _begun(root.command.list_commands(root) if isinstance(root.command, click.Group) else (), begun)


def zoo_names(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the networks and families of the zoo."""
    return _begun([*(model.name for model in models()), *families()], begun)


def networks(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the networks of the zoo behind their prefix, else files."""
    if begun and not ZOO.startswith(begun[: len(ZOO)]):
        return [CompletionItem(begun, type=_FILE)]
    return [CompletionItem(f"{ZOO}{each.value}") for each in zoo_names(context, begun[len(ZOO) :])]


def kinds(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the kinds of layers and the wrappers."""
    return _begun((*(kind.token for kind in in_families()), *WRAPPERS), begun)


def quantities(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the quantities."""
    return _begun(QUANTITIES, begun)


def conventions(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the conventions."""
    return _begun(CONVENTIONS, begun)


def layers(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the names and the labels of the layers of the network that is given."""
    count = _given(context)
    rows = () if count is None else count.every_row
    return _begun(dict.fromkeys(name for row in rows for name in (row.name, row.label) if name), begun)


def bindings(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the symbols of the network that is given, each ready for its value."""
    return [CompletionItem(f"{each.value}=") for each in symbols(context, begun)]


def symbols(context: click.Context, begun: str) -> list[CompletionItem]:
    """Return the symbols of the network that is given."""
    count = _given(context)
    return _begun(() if count is None else count.trace.symbols, begun)


def _given(context: click.Context) -> Count | None:
    """The count of the network on the command line, where it can be read."""
    words = [context.params.get("arch"), *(context.params.get("bindings") or ()), *context.args]
    arch, *values = [word for word in words if word and not word.startswith(STANDARD)] or [""]
    if not arch:
        return None
    bound = dict(word.split("=", 1) for word in values if "=" in word)
    try:
        text = Path(arch).read_text(encoding="utf-8") if arch.endswith(".arch") else arch
        return counted(text, bound)
    except (ArchitectureError, OSError, UnicodeDecodeError):
        return None

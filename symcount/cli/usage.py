"""A command line that click refuses, told as every other mistake is: what was found, and what to write."""

from __future__ import annotations

from collections.abc import Iterable

import click

from symcount.catalogue import containing, spelled_like
from symcount.errors import ArchitectureError, near


def misused(error: click.UsageError) -> ArchitectureError:
    """Return what is wrong with the use of a command."""
    path = error.ctx.command_path if error.ctx is not None else "symcount"
    message, hint = _said(error)
    return ArchitectureError("usage", message, hint=hint or f"{path} --help shows how it is used")


def unknown_command(word: str, commands: Iterable[str]) -> ArchitectureError:
    """Return what is wrong with a first word that is no command: it is misspelt, or the name of a network."""
    close, spelled = near(word, commands), spelled_like(word)
    if spelled is None and close is not None:
        return ArchitectureError("usage", f"no command is called {word!r}", hint=f"did you mean {close}?")
    if spelled is not None:
        return ArchitectureError("usage", f"no command is called {word!r}", hint=f"the network is zoo:{spelled}")
    found = containing(word)
    hint = f"networks of that name: symcount zoo {word}" if found else "symcount help lists the commands"
    return ArchitectureError("usage", f"no command is called {word!r}", hint=hint)


def _said(error: click.UsageError) -> tuple[str, str | None]:
    """What is wrong in the words of this project, and what to write where something is near."""
    match error:
        case click.NoSuchOption(option_name=name, ctx=ctx):
            return f"there is no option {name}", _did_you_mean(name, _options(ctx))
        case click.MissingParameter(param=click.Parameter() as param, ctx=click.Context() as ctx):
            argument = "SOURCE" if param.name == "source" else "ARCH"
            name = argument if isinstance(param, click.Argument) else param.opts[0]
            return f"{ctx.info_name} needs {name}", f"{ctx.get_usage().removeprefix('Usage: ')}; -h shows examples"
        case click.BadParameter(param=click.Option(type=click.Choice(choices=choices)) as option, ctx=ctx):
            value = str(error.message).partition("'")[2].partition("'")[0]
            known = ", ".join(map(str, choices))
            return f"{option.opts[-1]} is one of {known}, found {value!r}", _did_you_mean(value, map(str, choices))
        case click.BadParameter(param=click.Option() as option):
            return f"{option.opts[-1]}: {_plain(error.message)}", None
        case _:
            return _plain(error.format_message()), None


def _options(ctx: click.Context | None) -> list[str]:
    return [] if ctx is None else [name for each in ctx.command.get_params(ctx) for name in each.opts]


def _did_you_mean(name: str, known: Iterable[str]) -> str | None:
    close = near(name, known)
    return f"did you mean {close}?" if close else None


def _plain(sentence: str) -> str:
    """A sentence of click's as one of ours: no capital, no full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")

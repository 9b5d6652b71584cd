"""Pages made from the commands themselves: ``docs/commands.md``, and the manual page ``docs/symcount.1``.

Written by ``python -m tests.documents``; a test holds both equal to the commands. The manual page is a few lines of
roff for each command, so no package is needed for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

import click

from symcount.cli.commands import COMMANDS, command

_HEAD = """\
# Commands

Made by `python -m tests.documents` from the commands themselves; `symcount help COMMAND` shows the same at a terminal,
and `man symcount` where the package is installed, not in editable mode.

`ARCH` is a line of [the language](language.md), `zoo:NAME` for a network of [the zoo](zoo.md), the path of a file whose
name ends in `.arch`, or `-` for standard input. `NAME=VALUE` binds a symbol to a number or to an expression in other
symbols. A first word that is no command is counted: `symcount ARCH` is `symcount count ARCH`. [Quoting](shell.md) says
which words a shell would change.

| command | answers |
|---|---|
"""

_STATUS = """\
## Exit status

| status | means |
|---|---|
| 0 | answered |
| 1 | `count --lines`: some line was bad |
| 1 | `zoo`: a total differs from the published one; `verify`: the totals differ |
| 1 | `explain`: no known mistake gives an answer; `exam --answers`: a row could not be read |
| 1 | `prove`: it is false for some sizes; `find`: nothing was found |
| 2 | bad input; nothing on standard output |
| 3 | `prove`: neither a proof nor a counterexample was found |
| 130, 141 | interrupted; whoever reads has enough |

## Standard error

What is wrong stands on standard error: `error:`, the place over a caret, and `hint:`. With `--format json` it is an
object instead, `{"error": {"code": …, "message": …, "column": …, "hint": …}}`; [Error codes](errors.md) lists every
code. On a terminal it is coloured: `NO_COLOR` turns colour off, `FORCE_COLOR` turns it on in a pipe too.

## Completion

Commands, options, networks of the zoo, kinds of layers, quantities, and the layers and symbols of the network on the
line:

```sh
eval "$(_SYMCOUNT_COMPLETE=bash_source symcount)"              # in ~/.bashrc
eval "$(_SYMCOUNT_COMPLETE=zsh_source symcount)"               # in ~/.zshrc
_SYMCOUNT_COMPLETE=fish_source symcount | source               # in ~/.config/fish/config.fish
```
"""


def commands_page() -> str:
    """Return the reference of commands as a document; its examples are run as those of every page."""
    rows = "".join(f"| [`{name}`](#{name}) | {answers} |\n" for name, answers in COMMANDS.items())
    return _HEAD + rows + "\n" + "\n".join(map(_section, _subcommands())) + "\n" + _STATUS


def _subcommands() -> Iterator[click.Context]:
    root = click.Context(command, info_name="symcount")
    for name in COMMANDS:
        found = command.get_command(root, name)
        assert found is not None
        yield click.Context(found, info_name=name, parent=root)


def _section(context: click.Context) -> str:
    words, examples = _described(context.command)
    usage = context.get_usage().removeprefix("Usage: ")
    options = "".join(f"| {_cell(_names(each))} | {_cell(_meaning(each))} |\n" for each in _options(context))
    table = f"\n| option | is |\n|---|---|\n{options}" if options else ""
    shown = "\n".join(examples)
    return f"## {context.info_name}\n\n```text\n{usage}\n```\n\n{words}\n{table}\n```sh\n{shown}\n```\n"


def _described(described: click.Command) -> tuple[str, list[str]]:
    """What a command is, in words, and its examples."""
    words, _, behind = cleandoc(described.help or "").partition("\b\n")
    examples, _, more = behind.partition("\n\n")
    return f"{words.strip()}\n\n{more.strip()}".strip(), examples.splitlines()


def _options(context: click.Context) -> Iterator[click.Option]:
    return (each for each in context.command.params if isinstance(each, click.Option))


def _names(option: click.Option) -> str:
    """The names of an option, and what it takes."""
    if option.is_flag:
        takes = ""
    elif isinstance(option.type, click.Choice):
        takes = " " + "|".join(map(str, option.type.choices))
    else:
        takes = f" {option.metavar or 'N'}"
    return ", ".join(f"`{name}{takes}`" for name in option.opts)


def _meaning(option: click.Option) -> str:
    default = option.default
    shown = ", ".join(default) if isinstance(default, tuple) else default
    said = f" By default `{shown}`." if option.show_default and shown else ""
    return f"{option.help or ''}{said}".strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def manual_page() -> str:
    """Return the manual page, in roff."""
    words, examples = _described(command)
    lines = [
        ".\\\" Made from the commands by: python -m tests.documents",
        ".TH SYMCOUNT 1",
        ".SH NAME",
        "symcount \\- shapes, parameter counts and closed formulas of neural networks",
        ".SH SYNOPSIS",
        *(f".B {_roff(context.command_path)}\n{_roff(' '.join(context.command.collect_usage_pieces(context)))}\n.br"
          for context in _subcommands()),
        ".SH DESCRIPTION",
        _paragraphs(words),
        *_examples(examples),
        ".SH COMMANDS",
    ]  # fmt: skip
    for context in _subcommands():
        lines += _manual_section(context)
    lines += [
        ".SH EXIT STATUS",
        "0: answered. 1: a line was bad, a total differs, or a claim is false. 2: bad input. 3: a claim was left open.",
        ".SH ENVIRONMENT",
    ]
    lines += [".B NO_COLOR\nand\n.B FORCE_COLOR\nturn the colour of what stands on standard error off and on."]
    return "\n".join(lines) + "\n"


def _manual_section(context: click.Context) -> Iterator[str]:
    words, examples = _described(context.command)
    yield f".SS {_roff(str(context.info_name))}"
    yield _paragraphs(words)
    for option in _options(context):
        yield f".TP\n.B {_roff(_names(option).replace('`', ''))}\n{_roff(_meaning(option).replace('`', ''))}"
    yield from _examples(examples)


def _paragraphs(words: str) -> str:
    return "\n.PP\n".join(_roff(" ".join(each.split())) for each in words.split("\n\n"))


def _examples(examples: list[str]) -> Iterator[str]:
    if examples:
        yield "\n".join((".PP", ".RS", ".nf", *map(_roff, examples), ".fi", ".RE"))


def _roff(text: str) -> str:
    """A text in which nothing is a request of roff but what stands at the start of one of our own lines."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=['.])", r"\\&", escaped)

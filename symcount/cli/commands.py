"""The `symcount` command: each subcommand is imported when it is called, so that a count starts fast."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from symcount.cli.endings import BAD_INPUT, asks_for_json, ending, status_of
from symcount.cli.output import say

COMMANDS = {
    "count": "the table of shapes and counts, a row for each layer",
    "formula": "the closed formula of the total",
    "derive": "the worked solution, layer by layer",
    "prove": "whether two networks are equal for all sizes, or a claim is true",
    "find": "the sizes that meet a condition, or the largest under a budget",
    "sweep": "a formula over a grid of sizes, in rows",
    "compare": "totals side by side, and their differences",
    "draw": "a picture: layers in proportion, shares, receptive fields, windows, growth",
    "from": "what others wrote, such as a config.json, as a line of the language",
    "export": "the network as the code of a framework",
    "verify": "a claimed total, or a file of weights, beside the count",
    "exam": "question sheets, variants, and files for platforms",
    "explain": "the mistakes that give an answer",
    "page": "the page in the browser, served to this machine alone",
    "fmt": "the canonical text",
    "check": "what is wrong with a text, if anything",
    "layers": "the reference of layer kinds",
    "zoo": "the shipped architectures, with published totals and sources",
    "help": "this overview, or how a command is used",
}
"""Every command, and what it answers."""


def _is_own(word: str) -> bool:
    """Whether a first word is not a network's: a command, an option of this level, or a command misspelt."""
    return word in COMMANDS or word in _OPTIONS or (word.isalpha() and word.islower())


_OPTIONS = ("-h", "--help", "-V", "--version")


class _Commands(click.Group):
    """The subcommands, and `count` where the first word is none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"symcount.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and args[0] not in COMMANDS:
            raise import_module("symcount.cli.usage").unknown_command(args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.obj = asks_for_json(args)
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(BAD_INPUT)
        if args and not _is_own(args[0]):
            args = ["count", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        found = super().shell_complete(ctx, incomplete)
        return found or import_module("symcount.cli.candidates").networks(ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        with ending(ctx):
            return super().invoke(ctx)


def _print_version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    """Print the version of the installed package; a bare source tree has none."""
    if not asked or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        say(f"symcount {version('symcount')}")
    except PackageNotFoundError:
        say("symcount, from a source tree that is not installed")
    ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def command() -> None:
    """Count the parameters of a network that is written on one line, and give the formula.

    \b
    symcount 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount formula 'I-C(32,5)-P2-C(32,3)-P2-H256-O10'

    A first word that is no command is counted. symcount help COMMAND shows the options of a command, with examples.
    """


_COMPLETING = "_SYMCOUNT_COMPLETE"
"""The variable of the environment by which a shell asks for completion."""


def run() -> None:
    """Run the command line, and exit."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    if _COMPLETING in os.environ:
        import_module("symcount.cli.bash").register()
    sys.exit(status_of(lambda: command.main(prog_name="symcount", standalone_mode=False)))

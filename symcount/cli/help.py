"""`symcount help`: the overview, or how a command is used."""

from __future__ import annotations

import click

from symcount.cli.arguments import completing
from symcount.cli.output import say


@click.command("help")
@click.argument("name", required=False, metavar="[COMMAND]", shell_complete=completing("commands"))
@click.pass_context
def command(context: click.Context, name: str | None) -> None:
    """Show the overview, or how a command is used.

    \b
    symcount help
    symcount help formula
    """
    above = context.parent
    assert above is not None
    if name is None:
        say(above.get_help())
        return
    assert isinstance(above.command, click.Group)
    word, asked, _ = above.command.resolve_command(above, [name])
    assert asked is not None
    with asked.make_context(word, ["--help"], parent=above, resilient_parsing=True) as its_own:
        say(asked.get_help(its_own))

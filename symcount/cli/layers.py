"""`symcount layers`: the reference of layer kinds, from the registry."""

from __future__ import annotations

import click

from symcount.cli.arguments import letters_of
from symcount.cli.output import say, say_table
from symcount.render.media import media_for
from symcount.render.reference import reference, reference_table


@click.command("layers")
@click.argument("kind", required=False)
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k.")
@click.option("--format", "medium", type=click.Choice(media_for("table")), default="text", show_default=True)
def command(kind: str | None, letters: tuple[str, ...], medium: str) -> None:
    """List the kinds of layers, or explain one.

    \b
    symcount layers
    symcount layers C --letters c=l --letters f=k
    """
    chosen = letters_of(letters)
    if kind is None:
        say_table(reference_table(chosen, medium), medium)
    else:
        say(reference(kind, chosen))

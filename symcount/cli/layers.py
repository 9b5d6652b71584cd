"""`symcount layers`: the reference of layer kinds, from the registry."""

from __future__ import annotations

import click

from symcount.cli.arguments import letters_of
from symcount.render.media import media_for, medium_named
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
    renamed = letters_of(letters)
    if kind is None:
        click.echo(medium_named(medium).table(reference_table(renamed, medium)))
    else:
        click.echo(reference(kind, renamed))

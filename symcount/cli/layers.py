"""`symcount layers`: the reference of layer kinds, from the registry."""

from __future__ import annotations

import click

from symcount.cli.arguments import completing, letters_of
from symcount.cli.output import format_of, format_options, write_tables, write_text
from symcount.render.media import media_for
from symcount.render.reference import reference, reference_table


@click.command("layers")
@click.argument("kind", required=False, shell_complete=completing("kinds"))
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k.")
@format_options(media_for("table"))
def command(kind: str | None, letters: tuple[str, ...], medium: str | None, path: str) -> None:
    """List the kinds of layers, or explain one.

    \b
    symcount layers
    symcount layers C --letters c=l --letters f=k
    """
    chosen = letters_of(letters)
    written = format_of(medium, path, media_for("table"))
    if kind is None:
        write_tables([reference_table(chosen, written)], written, path)
    else:
        write_text(reference(kind, chosen), written, path)

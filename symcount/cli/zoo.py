"""`symcount zoo`: the shipped architectures, with published totals and sources."""

from __future__ import annotations

import click

from symcount.answers.zoo import Entry, entries
from symcount.cli.output import dumped, say, say_data, say_table
from symcount.render.media import media_for
from symcount.render.zoo import entry_json, entry_text, zoo_json, zoo_table

_SOME_DIFFER = 1


@click.command("zoo")
@click.argument("name", required=False)
@click.option("--format", "medium", type=click.Choice([*media_for("table"), "json"]), default="text", show_default=True)
def command(name: str | None, medium: str) -> None:
    """List the shipped architectures with their totals, or show one of them, or a family.

    \b
    symcount zoo
    symcount zoo resnet50
    symcount count zoo:resnet50 o=10
    """
    if name is not None:
        say(dumped(entry_json(name)) if medium == "json" else entry_text(name))
        return
    found = entries()
    if medium == "json":
        say_data(zoo_json(found))
    else:
        say_table(zoo_table(found, medium), medium)
    click.get_current_context().exit(_status(found))


def _status(found: list[Entry]) -> int:
    return 0 if all(entry.agrees for entry in found) else _SOME_DIFFER

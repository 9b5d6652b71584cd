"""`symcount zoo`: the shipped architectures, with published totals and sources."""

from __future__ import annotations

import click

from symcount.answers.zoo import Entry, entries, entry
from symcount.catalogue import containing, families, model, models
from symcount.cli.arguments import completing, digits_option
from symcount.cli.output import dumped, format_of, format_options, write_tables, write_text
from symcount.render.media import media_for
from symcount.render.zoo import entry_json, entry_text, zoo_json, zoo_table

_SOME_DIFFER = 1


FORMATS = (*media_for("table"), "json")


@click.command("zoo")
@click.argument("name", required=False, shell_complete=completing("zoo_names"))
@digits_option
@format_options(FORMATS)
def command(name: str | None, medium: str | None, path: str, digits: str | None) -> None:
    """List the shipped architectures with their totals, or show one of them, or a family.

    A part of a name lists the networks that have it.

    \b
    symcount zoo
    symcount zoo vgg16
    symcount zoo llama
    symcount count zoo:resnet50 o=10
    """
    written = format_of(medium, path, FORMATS)
    named_so = frozenset(containing(name)) if name else frozenset()
    if name is not None and (model(name) or name in families() or not named_so):
        text = dumped(entry_json(name), indent=None) if written == "json" else entry_text(name)
        write_text(text, written, path)
        return
    found = entries() if name is None else [entry(each) for each in models() if each.name in named_so]
    if written == "json":
        write_text(dumped(zoo_json(found)), written, path)
    else:
        write_tables([zoo_table(found, written, digits)], written, path)
    click.get_current_context().exit(_status(found))


def _status(found: list[Entry]) -> int:
    return 0 if all(entry.agrees for entry in found) else _SOME_DIFFER

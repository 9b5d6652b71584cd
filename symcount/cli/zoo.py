"""`symcount zoo`: the shipped architectures, with published totals and sources."""

from __future__ import annotations

import click

from symcount.answers.zoo import Built, Entry, entries, entry
from symcount.catalogue import Model, containing, families, model, models
from symcount.cli.arguments import completing, digits_option
from symcount.cli.output import dumped, format_of, format_options, write_tables, write_text
from symcount.errors import ArchitectureError
from symcount.interop.checking.library import built_total
from symcount.render.media import media_for
from symcount.render.zoo import built_zoo_json, built_zoo_table, entry_json, entry_text, zoo_json, zoo_table

_SOME_DIFFER = 1


FORMATS = (*media_for("table"), "json")


@click.command("zoo")
@click.argument("name", required=False, shell_complete=completing("zoo_names"))
@click.option("--verify", is_flag=True, help="Build each with the library that has it, and compare.")
@digits_option
@format_options(FORMATS)
def command(name: str | None, verify: bool, medium: str | None, path: str, digits: str | None) -> None:
    """List the shipped architectures with their totals, or show one of them, or a family.

    A part of a name lists the networks that have it. --verify builds them without values by torchvision, timm and
    transformers, those of the three that are installed; the status is 1 where a total differs.

    \b
    symcount zoo
    symcount zoo vgg16
    symcount zoo llama
    symcount zoo llama --verify
    symcount count zoo:resnet50 o=10
    """
    written = format_of(medium, path, FORMATS)
    named_so = frozenset(containing(name)) if name else frozenset()
    if verify:
        _verify([each for each in models() if name is None or each.name in named_so], written, path, digits)
        return
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


def _verify(networks: list[Model], written: str, path: str, digits: str | None) -> None:
    """Write what libraries build of networks; none that is installed is an error."""
    known = [each for each in networks if each.built]
    found, missing = [], None
    for each in known:
        try:
            found.append(Built(each, built_total(each)))
        except ArchitectureError as error:
            found.append(Built(each, None))
            missing = error
    if missing is not None and all(each.total is None for each in found):
        raise missing
    if written == "json":
        write_text(dumped(built_zoo_json(found)), written, path)
    else:
        built = sum(each.total is not None for each in found)
        told = f"{built} of {len(networks)} networks were built; {len(networks) - len(known)} have no library that does"
        write_tables([built_zoo_table(found, written, digits)], written, path, () if written == "csv" else ("", told))
    differ = any(each.total is not None and not each.agrees for each in found)
    click.get_current_context().exit(_SOME_DIFFER if differ else 0)

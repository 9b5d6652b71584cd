"""`symcount compare`: totals side by side."""

from __future__ import annotations

import click

from symcount.answers.compare import compared
from symcount.cli.arguments import pairs, read
from symcount.cli.output import say_data, say_table
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import quantity_named
from symcount.render.compare import compare_json, compare_table
from symcount.render.media import media_for


@click.command("compare")
@click.option("--of", "quantity", default="params", metavar="Q", show_default=True, help="The quantity.")
@click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest.")
@click.option("--convention", default="textbook", metavar="NAME", show_default=True, help="textbook, torch or keras.")
@click.option("--format", "medium", type=click.Choice([*media_for("table"), "json"]), default="text", show_default=True)
@click.argument("words", nargs=-1, required=True, metavar="ARCH... [NAME=VALUE]...")
def command(quantity: str, exact: bool, convention: str, medium: str, words: tuple[str, ...]) -> None:
    """Set the totals of networks side by side: the difference of each to the first, and the ratio.

    A binding is for every network that has the symbol.

    \b
    symcount compare zoo:resnet18 zoo:resnet34
    symcount compare 'I(d)-H(4*d)-H(d)' 'I(d)-H(d)-H(d)' --format json
    """
    networks = _networks(words, convention, exact)
    asked = quantity_named(quantity)
    rows = compared(networks, asked)
    if medium == "json":
        say_data({"of": quantity, "convention": convention, "networks": compare_json(rows)})
    else:
        say_table(compare_table(rows, asked, medium), medium)


def _networks(words: tuple[str, ...], convention: str, exact: bool) -> list[tuple[str, Count]]:
    """The networks among the words, each with the bindings that it knows."""
    values = pairs(tuple(filter(_is_binding, words)), "a binding", "n=28")
    archs = [word for word in words if not _is_binding(word)]
    if not archs:
        raise ArchitectureError("no-network", "nothing to compare: every word is a binding", hint="write zoo:resnet18")
    networks = [(arch, read(arch, (), convention, exact).with_known(values)) for arch in archs]
    for name, value in values.items():
        if value != name and not any(name in count.bindings for _, count in networks):
            raise ArchitectureError("unknown-symbol", f"none of the networks has a symbol {name!r}")
    return networks


def _is_binding(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.strip().isidentifier()

"""`symcount compare`: totals side by side."""

from __future__ import annotations

from typing import Any

import click

from symcount.answers.compare import compared
from symcount.cli.arguments import cost_options, pairs, read
from symcount.cli.output import say, say_data, say_table
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import quantity_named
from symcount.render.compare import compare_json, compare_table
from symcount.render.media import media_for


@click.command("compare")
@click.option("--of", "quantities", multiple=True, metavar="Q", help="A quantity, params by default; may be repeated.")
@click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest.")
@click.option("--convention", default="textbook", metavar="NAME", show_default=True, help="textbook, torch or keras.")
@click.option("--format", "medium", type=click.Choice([*media_for("table"), "json"]), default="text", show_default=True)
@click.argument("words", nargs=-1, required=True, metavar="ARCH... [NAME=VALUE]...")
@cost_options
def command(
    quantities: tuple[str, ...], exact: bool, convention: str, medium: str, words: tuple[str, ...],
    costs: dict[str, Any],
) -> None:  # fmt: skip
    """Set the totals of networks side by side: the difference of each to the first, and the ratio.

    A binding is for every network that has the symbol.

    \b
    symcount compare zoo:resnet18 zoo:resnet34
    symcount compare 'I(d)-H(4*d)-H(d)' 'I(d)-H(d)-H(d)' --format json
    """
    networks = [(name, count.under(**costs)) for name, count in _networks(words, convention, exact)]
    asked = [quantity_named(name) for name in dict.fromkeys(quantities or ("params",))]
    every = [(quantity, compared(networks, quantity)) for quantity in asked]
    if medium == "json":
        answers = [{"of": of.name, "convention": convention, "networks": compare_json(rows)} for of, rows in every]
        say_data(answers if len(answers) > 1 else answers[0])
    else:
        for place, (quantity, rows) in enumerate(every):
            if place:
                say("")
            say_table(compare_table(rows, quantity, medium), medium)


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

"""`symcount compare`: totals side by side."""

from __future__ import annotations

from typing import Any

import click

from symcount.answers.compare import compared
from symcount.cli.arguments import (
    assume_option,
    completing,
    convention_option,
    cost_options,
    digits_option,
    pairs,
    quantity_option,
    read,
)
from symcount.cli.output import dumped, format_of, format_options, write_tables, write_text
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity, quantity_named
from symcount.render.compare import below, compare_json, compare_table
from symcount.render.media import media_for, medium_named

FORMATS = (*media_for("table"), "json")


@click.command("compare")
@cost_options
@quantity_option(("params",))
@click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest.")
@convention_option
@assume_option
@click.option("--in", "grows", default="", metavar="SYMBOL,...", help="The symbols that grow; by default all.")
@click.option("--shares", is_flag=True, help="The share of each family of layers, in place of the comparison.")
@digits_option
@format_options(FORMATS)
@click.argument(
    "words", nargs=-1, required=True, metavar="ARCH... [NAME=VALUE]...", shell_complete=completing("networks")
)
def command(
    quantities: tuple[str, ...], exact: bool, convention: str, medium: str | None, path: str, words: tuple[str, ...],
    digits: str | None, given: tuple[str, ...], grows: str, shares: bool, costs: dict[str, Any],
) -> None:  # fmt: skip
    """Set the totals of networks side by side: the difference of each to the first, and the ratio.

    Where symbols are open: which is smaller up to where, what the ratio tends to, and what one more of a symbol adds.
    A binding is for every network that has the symbol.

    \b
    symcount compare zoo:resnet18 zoo:resnet34
    symcount compare 'I(d)-H(4*d)-H(d)' 'I(d)-H(d)-H(d)' --format json
    symcount compare zoo:vgg16 zoo:resnet50 --shares
    """
    written = format_of(medium, path, FORMATS)
    networks = [(name, count.under(**costs)) for name, count in _networks(words, convention, exact)]
    asked = [quantity_named(each) for each in quantities]
    if shares:
        _write_shares(networks, asked, grows, given, written, path)
        return
    named = tuple(name.strip() for name in grows.split(",") if name.strip())
    compared_by = [compared(networks, each, named, given) for each in asked]
    if written == "json":
        answers = [
            {"of": quantity.name, "convention": convention, "networks": compare_json(rows)}
            for quantity, rows in zip(asked, compared_by, strict=True)
        ]
        write_text(dumped(answers[0] if len(answers) == 1 else answers), written, path)
    else:
        rows = [row for each in compared_by for row in each]
        write_tables([compare_table(rows, written, digits)], written, path, below(rows, written))


def _write_shares(
    networks: list[tuple[str, Count]], asked: list[Quantity], grows: str, given: tuple[str, ...], medium: str, path: str
) -> None:
    from symcount.answers.shares import shares
    from symcount.render.shares import most_lines, shares_json, shares_table

    symbols = dict.fromkeys(name for _, count in networks for name in count.trace.symbols)
    assuming = [(name, count.assuming(given, symbols)) for name, count in networks]
    found = [(each, shares(name, count, each, grows)) for each in asked for name, count in assuming]
    if medium == "json":
        data = [{"of": quantity.name, **shares_json(each)} for quantity, each in found]
        write_text(dumped(data[0] if len(data) == 1 else data), medium, path)
        return
    kind = medium_named(medium)
    tables = [shares_table(each, quantity, kind) for quantity, each in found]
    lines = [line for _, each in found for line in most_lines(each, kind)]
    write_tables(tables, medium, path, [] if kind.for_programs else lines)


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

"""`symcount count`: the table of a network, or one JSON object for each line of a file."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from symcount.cli.arguments import (
    arrived,
    assume_option,
    cost_options,
    digits_option,
    letters_of,
    network_arguments,
    place_option,
    quantity_option,
    read,
)
from symcount.cli.output import (
    STANDARD,
    dumped,
    format_of,
    format_options,
    is_terminal,
    write_tables,
    write_text,
)
from symcount.errors import ArchitectureError
from symcount.quantities import quantity_named
from symcount.render.count import count_lines, count_table, count_text
from symcount.render.count_json import count_json
from symcount.render.media import media_for
from symcount.render.totals import totals
from symcount.render.view import View

FORMATS = (*media_for("table"), "json")

_OF_LINES = ("jsonl", "parquet")
"""The formats of many networks alone."""


@click.command("count")
@network_arguments
@cost_options
@quantity_option(())
@place_option
@assume_option
@click.option("--channels", type=click.Choice(["first", "last"]), default="first", help="Where shapes show channels.")
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k.")
@digits_option
@format_options((*FORMATS, *_OF_LINES))
@click.option("--width", default="", metavar="WIDTH", help="How wide a table may be on paper, as in 3.3in or 20em.")
@click.option("--depth", type=click.IntRange(0), help="How many levels of blocks are shown; all by default.")
@click.option("--only", multiple=True, metavar="Q,...", help="The totals of these quantities, and nothing else.")
@click.option("--lines", is_flag=True, help="ARCH is a file, or -, of one architecture a line; a JSON object for each.")
@click.option("--jobs", type=click.IntRange(1), default=1, metavar="N", help="How many processes count the --lines.")
@click.option(
    "--dask", "address", default="", metavar="ADDRESS", help="The scheduler of a cluster that counts the --lines."
)
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantities: tuple[str, ...],
    at: str | None, channels: str, letters: tuple[str, ...], medium: str | None, path: str, width: str,
    depth: int | None, only: tuple[str, ...], lines: bool, jobs: int, address: str, digits: str | None,
    costs: dict[str, Any], given: tuple[str, ...],
) -> None:  # fmt: skip
    """Count a network: a row for each layer, and the total.

    \b
    symcount count 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount count 'I-C(32,5)-O10' n=28 c=1 --of size --format json
    symcount count zoo:vgg16 --of weights --of biases --format csv
    symcount count zoo:vgg16 --only params,macs
    """
    view = View(quantities, letters_of(letters), channels == "last", at, depth, width, digits)
    names = tuple(name.strip() for words in only for name in words.split(","))
    if lines and given:
        message = "--assume is said of one network, and --lines are of many"
        raise ArchitectureError("usage", message, hint="write NAME=VALUE, which holds for every line")
    if lines:
        by_line = import_module("symcount.cli.lines")
        asked = by_line.Asked(bindings, convention, exact, costs, view, names)
        click.get_current_context().exit(
            by_line.status_of_lines(arrived(arch), asked, by_line.shared_by(jobs, address), medium, path)
        )
    if medium in _OF_LINES:
        raise ArchitectureError("bad-medium", f"{medium} is written of --lines", hint="write csv, json or another")
    written = format_of(medium, path, FORMATS)
    counted = read(arch, bindings, convention, exact).under(**costs).assuming(given)
    if names:
        answer = totals(counted, [*map(quantity_named, names)], at, written, digits)
        write_text(answer if isinstance(answer, str) else dumped(answer), written, path)
    elif written == "json":
        write_text(dumped(count_json(counted, view)), written, path)
    elif written == "text" and path == STANDARD and is_terminal():
        write_tables([count_table(counted, view)], written, path, count_lines(counted, view))
    else:
        write_text(count_text(counted, written, view), written, path)

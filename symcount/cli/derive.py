"""`symcount derive`: the worked solution."""

from __future__ import annotations

from typing import Any

import click

from symcount.architecture import Architecture
from symcount.cli.arguments import (
    assume_option,
    cost_options,
    digits_option,
    letters_of,
    network,
    network_arguments,
    opened,
    place_option,
    quantity_option,
    read,
)
from symcount.cli.output import STANDARD, format_of, format_options, is_terminal, write, write_text
from symcount.counts import Count
from symcount.errors import ArchitectureError, visible
from symcount.render.handout import SHEETS, Handout, handed_out
from symcount.render.media import media_for
from symcount.render.medium import DIGITS
from symcount.render.pdf import pdf

FORMATS = (*media_for("page"), "json", "pdf")


@click.command("derive")
@network_arguments
@cost_options
@quantity_option(("params",))
@place_option
@assume_option
@click.option(
    "--detail",
    type=click.Choice(["full", "short"]),
    default="full",
    show_default=True,
    help="Every step, or a table with a line for each layer.",
)
@click.option("--depth", type=click.IntRange(0), help="How many levels of blocks are worked out; all by default.")
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k,c=l.")
@digits_option
@format_options(FORMATS)
@click.option("--title", default="", metavar="TEXT", help="What stands over the sheets.")
@click.option(
    "--sheet",
    type=click.Choice(SHEETS),
    default="solution",
    show_default=True,
    help="What is handed out; of both, all questions come first.",
)
@click.option("--lines", is_flag=True, help="ARCH is a file, or -, of one architecture a line; a sheet for each.")
@click.option("--standalone", is_flag=True, help="A whole document, where the format is LaTeX.")
@click.option("--fragment", is_flag=True, help="A piece for a page of one's own, where the format is HTML or Typst.")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantities: tuple[str, ...], at: str | None,
    detail: str, depth: int | None, letters: tuple[str, ...], digits: str | None, medium: str | None, path: str,
    lines: bool, costs: dict[str, Any], given: tuple[str, ...], **layout: Any,
) -> None:  # fmt: skip
    """Write the worked solution: every layer's sizes and parameters, and the total.

    \b
    symcount derive 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount derive 'I-C(32,5)-P2-H256-O10' n=28 c=1 -o solution.pdf
    symcount derive I784-H100-O10 --title 'Exercise 3' --sheet both
    """
    written = format_of(medium, path, FORMATS)
    handout = Handout(digits=digits or DIGITS[0], **layout)
    counts = _class(arch, bindings, convention, exact) if lines else [read(arch, bindings, convention, exact)]
    nets = [Architecture.of_count(count.under(**costs).assuming(given)) for count in counts]
    asked: dict[str, Any] = {"detail": detail, "letters": letters_of(letters), "at": at, "depth": depth}
    networks = [[net.derive(each, **asked).derivation for each in quantities] for net in nets]
    if written != "pdf":
        write_text(handed_out(networks, written, handout), written, path)
        return
    if path == STANDARD and is_terminal():
        raise ArchitectureError("no-file", "a PDF is not for a terminal", hint="add -o solution.pdf")
    write(pdf(handed_out(networks, "typst", handout)), path)


def _class(path: str, bindings: tuple[str, ...], convention: str, exact: bool) -> list[Count]:
    """The networks of a file, one a line; a line that is none ends the run."""
    counts = []
    for number, line in enumerate(opened(path), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                counts.append(network(line.strip(), bindings, convention, exact))
            except ArchitectureError as error:
                raise error.at_line(number) from None
    if not counts:
        raise ArchitectureError("no-network", f"{visible(path)} has no line with a network", hint="write one a line")
    return counts

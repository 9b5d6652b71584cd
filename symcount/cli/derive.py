"""`symcount derive`: the worked solution."""

from __future__ import annotations

from typing import Any

import click

from symcount.architecture import Architecture
from symcount.cli.arguments import cost_options, letters_of, network_arguments, read
from symcount.cli.output import STANDARD, data_visible, format_of, is_terminal, printed, write
from symcount.errors import ArchitectureError
from symcount.render.equations import DIGITS
from symcount.render.media import media_for

FORMATS = (*media_for("page"), "json", "pdf")


@click.command("derive")
@network_arguments
@cost_options
@click.option("--of", "quantity", default="params", metavar="Q", show_default=True, help="The quantity, or output.")
@click.option("--at", metavar="LAYER", help="One layer alone: its name, number or label.")
@click.option("--detail", type=click.Choice(["full", "short"]), default="full", show_default=True)
@click.option("--depth", type=click.IntRange(0), help="How many levels of blocks are worked out; all by default.")
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k,c=l.")
@click.option("--digits", type=click.Choice(DIGITS), default=DIGITS[0], show_default=True)
@click.option("--format", "medium", type=click.Choice(FORMATS), help="The ending of FILE says it, or else it is text.")
@click.option("--standalone", is_flag=True, help="A whole document, where the format is LaTeX.")
@click.option("-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output.")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantity: str, at: str | None, detail: str,
    depth: int | None, letters: tuple[str, ...], digits: str, medium: str | None, standalone: bool, path: str,
    costs: dict[str, Any],
) -> None:  # fmt: skip
    """Write the worked solution: every layer's sizes and parameters, and the total.

    \b
    symcount derive 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount derive 'I-C(32,5)-P2-H256-O10' n=28 c=1 -o solution.pdf
    """
    written = format_of(medium, path, FORMATS)
    net = Architecture.of_count(read(arch, bindings, convention, exact).under(**costs))
    solution = net.derive(quantity, detail=detail, letters=letters_of(letters), at=at, depth=depth)
    if written == "pdf":
        if path == STANDARD and is_terminal():
            raise ArchitectureError("no-file", "a PDF is not for a terminal", hint="add -o solution.pdf")
        content = solution.pdf(digits=digits)
    else:
        text = solution.to(written, digits=digits, standalone=standalone).rstrip("\n") + "\n"
        content = (data_visible(text) if written == "json" else printed(text)).encode()
    write(content, path)

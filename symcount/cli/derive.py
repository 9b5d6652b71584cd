"""`symcount derive`: the worked solution."""

from __future__ import annotations

from typing import Any

import click

from symcount.architecture import Architecture
from symcount.cli.arguments import (
    cost_options,
    digits_option,
    letters_of,
    network_arguments,
    place_option,
    quantity_option,
    read,
)
from symcount.cli.output import STANDARD, format_of, format_options, is_terminal, write, write_text
from symcount.errors import ArchitectureError
from symcount.render.media import media_for
from symcount.render.medium import DIGITS

FORMATS = (*media_for("page"), "json", "pdf")


@click.command("derive")
@network_arguments
@cost_options
@quantity_option(("params",))
@place_option
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
@click.option("--standalone", is_flag=True, help="A whole document, where the format is LaTeX.")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantities: tuple[str, ...], at: str | None,
    detail: str, depth: int | None, letters: tuple[str, ...], digits: str | None, medium: str | None, path: str,
    standalone: bool,
    costs: dict[str, Any],
) -> None:  # fmt: skip
    """Write the worked solution: every layer's sizes and parameters, and the total.

    \b
    symcount derive 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount derive 'I-C(32,5)-P2-H256-O10' n=28 c=1 -o solution.pdf
    """
    written = format_of(medium, path, FORMATS)
    whole = standalone or written in _WHOLE
    if whole and len(quantities) > 1:
        message = f"a document holds the solution of one quantity, not of {' and '.join(quantities)}"
        raise ArchitectureError("bad-medium", message, hint=f"write one for each: --of {quantities[0]} -o FILE")
    net = Architecture.of_count(read(arch, bindings, convention, exact).under(**costs))
    renamed = letters_of(letters)
    solutions = [net.derive(each, detail=detail, letters=renamed, at=at, depth=depth) for each in quantities]
    if written == "pdf":
        if path == STANDARD and is_terminal():
            raise ArchitectureError("no-file", "a PDF is not for a terminal", hint="add -o solution.pdf")
        write(solutions[0].pdf(digits=digits or DIGITS[0]), path)
    else:
        texts = [each.to(written, digits=digits or DIGITS[0], standalone=standalone).rstrip("\n") for each in solutions]
        text = f"[{', '.join(texts)}]" if written == "json" and len(texts) > 1 else "\n\n".join(texts)
        write_text(text, written, path)


_WHOLE = ("html", "pdf")
"""The formats that are always whole documents."""

"""`symcount formula`: the closed form of the total."""

from __future__ import annotations

from typing import Any

import click

from symcount.answers.question import FORMS
from symcount.architecture import Architecture
from symcount.cli.arguments import command_line, cost_options, network_arguments, read
from symcount.cli.output import STANDARD, dumped, format_of, printed, write
from symcount.render.equations import DIGITS
from symcount.render.media import media_for

FORMATS = (*media_for("formula"), "json")


@click.command("formula")
@network_arguments
@cost_options
@click.option("--of", "quantity", default="params", metavar="Q", show_default=True, help="The quantity.")
@click.option("--at", metavar="LAYER", help="One layer alone: its name, number or label.")
@click.option("--form", type=click.Choice(FORMS), default=FORMS[0], show_default=True)
@click.option("--collect", metavar="SYMBOL", help="Collect by the powers of a symbol.")
@click.option("--assume", "conditions", multiple=True, metavar="COND", help="A remainder, as in 'n % 32 == 0'.")
@click.option("--format", "medium", type=click.Choice(FORMATS), help="The ending of FILE says it, or else it is text.")
@click.option("--env", default="", metavar="NAME", help="In LaTeX: equation, align, their * forms, or newcommand:NAME.")
@click.option("--label", default="", metavar="LABEL", help="The label of the equation.")
@click.option("--width", default="", metavar="WIDTH", help="How wide a line may be, as in 3.3in or 20em.")
@click.option("--digits", type=click.Choice(DIGITS), default=DIGITS[0], show_default=True)
@click.option("--standalone", is_flag=True, help="A whole document.")
@click.option("-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output.")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantity: str, at: str | None,
    form: str, collect: str | None, conditions: tuple[str, ...], medium: str | None, path: str,
    costs: dict[str, Any], **display: Any,
) -> None:  # fmt: skip
    """Give the closed formula of a network's total, and the inputs for which it holds.

    \b
    symcount formula 'I-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount formula 'I-C-P-C-P-H-O' --format latex --width 3.3in
    """
    net = Architecture.of_count(read(arch, bindings, convention, exact).under(**costs))
    formula = net.formula(quantity, form=form, at=at, collect=collect).assume(*conditions)
    written = format_of(medium, path, FORMATS)
    if written == "json":
        text = dumped(formula.data())
    else:
        text = printed(formula.to(written, command=command_line(), **display))
    write((text.rstrip("\n") + "\n").encode(), path)

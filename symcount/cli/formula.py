"""`symcount formula`: the closed form of the total."""

from __future__ import annotations

from typing import Any

import click

from symcount.answers.question import FORMS
from symcount.architecture import Architecture
from symcount.cli.arguments import (
    assume_option,
    command_line,
    completing,
    cost_options,
    digits_option,
    network_arguments,
    place_option,
    quantity_option,
    read,
)
from symcount.cli.output import dumped, format_of, format_options, write_text
from symcount.render.code import DIALECTS, LANGUAGES
from symcount.render.media import media_for
from symcount.render.medium import DIGITS

FORMATS = (*media_for("formula"), *LANGUAGES, "json")


@click.command("formula")
@network_arguments
@cost_options
@quantity_option(("params",))
@place_option
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    show_default=True,
    help="What reads best, floors named, multiplied out, in brackets, by families, by growth, or layer by layer.",
)
@click.option(
    "--collect", metavar="SYMBOL,...", help="Collect by the powers of symbols.", shell_complete=completing("symbols")
)
@click.option(
    "--in",
    "grows",
    default="",
    metavar="SYMBOL,...",
    help="leading and relative: what grows; by default all symbols.",
    shell_complete=completing("symbols"),
)
@assume_option
@format_options(FORMATS)
@click.option("--dialect", type=click.Choice(DIALECTS), default=DIALECTS[0], help="Whose SQL.")
@click.option("--env", default="", metavar="NAME", help="In LaTeX: equation, align, their * forms, or newcommand:NAME.")
@click.option("--label", default="", metavar="LABEL", help="The label of the equation.")
@click.option("--width", default="", metavar="WIDTH", help="How wide a line may be, as in 3.3in or 20em.")
@click.option("--standalone", is_flag=True, help="A whole document.")
@digits_option
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantities: tuple[str, ...], at: str | None,
    form: str, collect: str | None, grows: str, given: tuple[str, ...], medium: str | None, path: str,
    dialect: str,
    digits: str | None, costs: dict[str, Any],
    **display: Any,
) -> None:  # fmt: skip
    """Give the closed formula of a network's total, and the inputs for which it holds.

    \b
    symcount formula 'I-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount formula 'I-C-P-C-P-H-O' --format latex --width 3.3in
    symcount formula zoo:gpt-2 --of weights --of biases
    symcount formula 'I(d,L)-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N' --form grouped
    symcount formula zoo:gpt-2 --format sql --dialect postgres
    """
    written = format_of(medium, path, FORMATS)
    net = Architecture.of_count(read(arch, bindings, convention, exact).under(**costs).assuming(given))
    formulas = [net.formula(each, form=form, at=at, collect=collect, grows=grows) for each in quantities]
    if written == "json":
        data = [formula.data() for formula in formulas]
        write_text(dumped(data[0] if len(data) == 1 else data), written, path)
        return
    display |= {"digits": digits or DIGITS[0], "command": command_line()}
    between = "\n\n\n" if written in LANGUAGES else "\n\n"
    write_text(between.join(formula.to(written, dialect, **display) for formula in formulas), written, path)

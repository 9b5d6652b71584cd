"""`symcount count`: the table of a network, or one JSON object for each line of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from symcount.cli.arguments import (
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
from symcount.cli.endings import told
from symcount.cli.output import (
    STANDARD,
    dumped,
    error_data,
    format_of,
    format_options,
    is_terminal,
    say,
    write_tables,
    write_text,
)
from symcount.counts import forget
from symcount.errors import ArchitectureError
from symcount.render.count import View, count_json, count_lines, count_table, count_text
from symcount.render.media import media_for

FORMATS = (*media_for("table"), "json")

_SOME_LINE_BAD = 1


@click.command("count")
@network_arguments
@cost_options
@quantity_option(())
@place_option
@click.option("--channels", type=click.Choice(["first", "last"]), default="first", help="Where shapes show channels.")
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k.")
@digits_option
@format_options(FORMATS)
@click.option("--width", default="", metavar="WIDTH", help="How wide a table may be on paper, as in 3.3in or 20em.")
@click.option("--depth", type=click.IntRange(0), help="How many levels of blocks are shown; all by default.")
@click.option("--lines", is_flag=True, help="ARCH is a file, or -, of one architecture a line; print JSON lines.")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantities: tuple[str, ...],
    at: str | None, channels: str, letters: tuple[str, ...], medium: str | None, path: str, width: str,
    depth: int | None, lines: bool, digits: str | None,
    costs: dict[str, Any],
) -> None:  # fmt: skip
    """Count a network: a row for each layer, and the total.

    \b
    symcount count 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount count 'I-C(32,5)-O10' n=28 c=1 --of size --format json
    symcount count zoo:vgg16 --of weights --of biases --format csv
    """
    view = View(quantities, letters_of(letters), channels == "last", at, depth, width, digits)
    if lines:
        answers = _answers(opened(arch), bindings, convention, exact, view, costs)
        click.get_current_context().exit(_SOME_LINE_BAD if _some_bad(answers) else 0)
    written = format_of(medium, path, FORMATS)
    counted = read(arch, bindings, convention, exact).under(**costs)
    if written == "json":
        write_text(dumped(count_json(counted, view)), written, path)
    elif written == "text" and path == STANDARD and is_terminal():
        write_tables([count_table(counted, view)], written, path, count_lines(counted, view))
    else:
        write_text(count_text(counted, written, view), written, path)


def _answers(
    lines: Iterable[str], bindings: tuple[str, ...], convention: str, exact: bool, view: View, costs: dict[str, Any]
) -> Iterator[tuple[str, bool]]:
    """One answer for each line that holds an architecture, as JSON, and whether it says what is wrong instead."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            with told():
                counted = network(line.strip(), bindings, convention, exact).under(**costs)
                answer = dumped({"line": number, **count_json(counted, view)}, indent=None)
        except ArchitectureError as error:
            yield dumped({"line": number, "architecture": line.strip(), "error": error_data(error)}, indent=None), True
        else:
            yield answer, False
        forget()


def _some_bad(answers: Iterator[tuple[str, bool]]) -> bool:
    """Print the answers as they come, and return whether any of them is an error."""
    bad = False
    for answer, is_error in answers:
        say(answer)
        bad = bad or is_error
    return bad

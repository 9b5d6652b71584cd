"""`symcount count`: the table of a network, or one JSON object for each line of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from symcount.cli.arguments import cost_options, letters_of, network, network_arguments, opened, read
from symcount.cli.endings import told
from symcount.cli.output import dumped, is_terminal, say, say_data, say_table
from symcount.errors import ArchitectureError
from symcount.render.count import View, count_json, count_lines, count_table, count_text
from symcount.render.media import media_for

_SOME_LINE_BAD = 1


@click.command("count")
@network_arguments
@cost_options
@click.option("--of", "quantities", multiple=True, metavar="Q", help="A quantity besides params; may be repeated.")
@click.option("--at", metavar="LAYER", help="One layer alone: its name, number or label.")
@click.option("--channels", type=click.Choice(["first", "last"]), default="first", help="Where shapes show channels.")
@click.option("--letters", multiple=True, metavar="OLD=NEW,...", help="Other letters in the rules, as k=n,f=k.")
@click.option("--format", "medium", type=click.Choice([*media_for("table"), "json"]), default="text", show_default=True)
@click.option("--width", default="", metavar="WIDTH", help="How wide a table may be on paper, as in 3.3in or 20em.")
@click.option("--depth", type=click.IntRange(0), help="How many levels of blocks are shown; all by default.")
@click.option("--lines", is_flag=True, help="ARCH is a file, or -, of one architecture a line; print JSON lines.")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, quantities: tuple[str, ...],
    at: str | None, channels: str, letters: tuple[str, ...], medium: str, width: str, depth: int | None, lines: bool,
    costs: dict[str, Any],
) -> None:  # fmt: skip
    """Count a network: a row for each layer, and the total.

    \b
    symcount count 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10'
    symcount count 'I-C(32,5)-O10' n=28 c=1 --of size --format json
    """
    view = View(quantities, letters_of(letters), channels == "last", at, depth, width)
    if lines:
        answers = _answers(opened(arch), bindings, convention, exact, view, costs)
        click.get_current_context().exit(_SOME_LINE_BAD if _some_bad(answers) else 0)
    counted = read(arch, bindings, convention, exact).under(**costs)
    if medium == "json":
        say_data(count_json(counted, view))
    elif medium == "text" and is_terminal():
        say_table(count_table(counted, view), medium, count_lines(counted, view))
    else:
        say(count_text(counted, medium, view))


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
            yield dumped({"line": number, "architecture": line.strip(), "error": _as_data(error)}, indent=None), True
        else:
            yield answer, False


def _as_data(error: ArchitectureError) -> dict[str, Any]:
    return {"code": error.code, "message": error.message, "column": error.column, "hint": error.hint}


def _some_bad(answers: Iterator[tuple[str, bool]]) -> bool:
    """Print the answers as they come, and return whether any of them is an error."""
    bad = False
    for answer, is_error in answers:
        say(answer)
        bad = bad or is_error
    return bad

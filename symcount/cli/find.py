"""`symcount find`: the sizes that meet a condition."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from symcount.answers.find import Found, found
from symcount.answers.finding import Finding
from symcount.answers.goal import Goal
from symcount.cli.arguments import assume_option, completing, cost_options, digits_option, network_arguments, read
from symcount.cli.output import dumped, format_of, format_options, write_text
from symcount.errors import ArchitectureError
from symcount.render.find import find_json, find_text
from symcount.render.media import media_for

FORMATS = (*media_for("page"), "json")

_LONG = 50_000
"""Of more combinations a terminal shows how many are tried."""

_INTERRUPTED = 130


@click.command("find")
@network_arguments
@cost_options
@click.option("--where", multiple=True, metavar="COND", help="What must hold, as 'params <= 1M and macs <= 300M'.")
@click.option(
    "--for",
    "sought",
    multiple=True,
    metavar="SYM[=RANGE],...",
    shell_complete=completing("symbols"),
    help="What is searched for, as f,n=32..224:32; all that matter by default.",
)
@click.option("--max", "largest", metavar="EXPR", help="Only where this is largest: a symbol or a quantity.")
@click.option("--min", "smallest", metavar="EXPR", help="Only where this is smallest.")
@assume_option
@digits_option
@format_options(FORMATS)
@click.pass_context
def command(
    context: click.Context, arch: str, bindings: tuple[str, ...], convention: str, exact: bool, where: tuple[str, ...],
    sought: tuple[str, ...], largest: str | None, smallest: str | None, given: tuple[str, ...], medium: str | None,
    path: str, digits: str | None, costs: dict[str, Any],
) -> None:  # fmt: skip
    """Find the sizes for which a condition holds: all of them, in whole numbers, or the largest under a budget.

    Conditions name symbols, quantities, and the shapes input, output, axes and channels; budgets are written 1M, 25.5M
    or 3e8. Exit status 1 where nothing is found.

    \b
    symcount find 'I(1,28x28)-C(f,5)-P2-C(32,3)-P2-H256-O10' --where 'params == 217706'
    symcount find 'I(3,n×n)-C(f,3,p=same)-P2-C(2*f,3)-GAP-O10' --where 'params <= 1M' --max f
    symcount find 'I(c,n)-C(c,k,p=p,d=d)' --where 'output == input' --for p
    """
    written = format_of(medium, path, FORMATS)
    count = read(arch, bindings, convention, exact).under(**costs)
    finding = Finding((arch, count), where, sought, _goal(largest, smallest, where), given)
    answer = _searched(finding)
    if written == "json":
        write_text(dumped(find_json(answer)), written, path)
    else:
        write_text(find_text(answer, written, digits), written, path)
    context.exit(_INTERRUPTED if answer.interrupted else answer.status)


def _goal(largest: str | None, smallest: str | None, where: tuple[str, ...]) -> Goal | None:
    if largest is not None and smallest is not None:
        raise ArchitectureError("usage", "--max and --min exclude one another", hint="ask twice")
    if not where and largest is None and smallest is None:
        raise ArchitectureError("usage", "find needs --where", hint="write --where 'params == 217706'")
    if largest is not None:
        return Goal(largest, True)
    return None if smallest is None else Goal(smallest, False)


def _searched(finding: Finding) -> Found:
    with _progress() as told:
        return found(finding, told)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far a long search is."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda tried, of: None
        return
    bars: list[Any] = []

    def told(tried: int, of: int) -> None:
        if of > _LONG and not bars:
            bars.append(click.progressbar(length=of, label="searching", file=sys.stderr).__enter__())
        if bars:
            bars[0].update(tried - bars[0].pos)

    yield told
    if bars:
        bars[0].render_finish()

"""`symcount sweep`: a formula over a grid of sizes, in rows."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from symcount.answers.sweep import Axis, Grid, Selection, Sweep, axis, choices
from symcount.cli.arguments import assume_option, cost_options, network_arguments, pairs, quantity_option, read
from symcount.cli.output import STANDARD, discard_output
from symcount.cli.rows import FORMATS, opened_rows, rows_format, text_format
from symcount.errors import ArchitectureError
from symcount.quantities import quantity_named
from symcount.render.rows import rows

_INTERRUPTED = 130
_LONG = 1_000_000
"""From so many points on, a terminal shows how far it is."""


@click.command("sweep")
@network_arguments
@cost_options
@quantity_option(("params",))
@assume_option
@click.option("--where", multiple=True, metavar="COND", help="What is kept, as 'params <= 1M and f % 8 == 0'.")
@click.option("--order-by", "order", metavar="Q,...", default="", help="By which columns; -Q has the largest first.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="The first so many of this order.")
@click.option("--pareto", metavar="Q,Q", default="", help="What nothing beats in both; of -Q more is better.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="So many points of the grid, drawn at random.")
@click.option("--seed", type=int, default=0, metavar="N", help="The seed of the sample.")
@click.option("--format", "medium", type=click.Choice(FORMATS), help="csv, or what the ending of FILE says.")
@click.option("-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output.")
@click.pass_context
def command(
    context: click.Context, arch: str, bindings: tuple[str, ...], convention: str, exact: bool,
    quantities: tuple[str, ...], given: tuple[str, ...], where: tuple[str, ...], order: str, top: int | None,
    pareto: str, sample: int | None, seed: int, medium: str | None, path: str, costs: dict[str, Any],
) -> None:  # fmt: skip
    """Work a formula out over a grid: every combination of the values of its symbols, a row for each.

    Values are f=16..256:16 or k=3,5,7; the choices of the text, as in let k in [3,5,7], have theirs. Rows come as they
    are worked out, and stay whole where the run is interrupted; points for which the network does not exist, or what is
    assumed does not hold, are left out, and their number is told at the end.

    \b
    symcount sweep 'I(3,n×n)-C(f,k)-P2-O10' f=16..64:16 k=3,5 n=32..64:32 --of params --of macs
    symcount sweep 'I(3,n×n)-C(f,3)-P2-O10' f=1..256 n=32..224:32 --where 'params <= 1M' --order-by -params --top 5
    symcount sweep 'I(d)-[H(d)]*N-O10' d=1..512 N=1..64 --of params --of activations --pareto params,-activations
    symcount sweep 'let f in [16,32,64]; let k in [3,5]; I(3,32x32)-C(f,k)-GAP-O10' --sample 4 --seed 7
    """
    values = pairs(bindings, "values", "n=32..224:32")
    axes = [found for name, value in values.items() if (found := axis(name, value)) is not None]
    fixed = tuple(f"{name}={value}" for name, value in values.items() if name not in {each.name for each in axes})
    count = read(arch, fixed, convention, exact).under(**costs).assuming(given)
    axes += choices(count, axes)
    sweep = Sweep(count, [*map(quantity_named, quantities)], _grid(axes, sample, seed), where)
    selection = Selection(_names(order), top, _names(pareto))
    selection.check(sweep.names)
    written = rows_format(medium, path)
    with opened_rows(path, written, dict.fromkeys(sweep.names, int)) as write:
        finished, told = _run(sweep, selection, lambda block: write(_text(block, text_format(written))))
    click.echo(told, err=True)
    if not finished:
        discard_output()
        context.exit(_INTERRUPTED)


def _grid(axes: list[Axis], sample: int | None, seed: int) -> Grid:
    if not axes:
        hint = "write n=32..224:32, or k=3,5,7, or choices in the text: let f in [16,32]"
        raise ArchitectureError("bad-range", "a sweep needs values", hint=hint)
    return Grid(axes, sample, seed)


def _text(block: dict[str, Any], medium: str) -> str:
    return rows({name: column.tolist() for name, column in block.items()}, medium)


def _names(given: str) -> tuple[str, ...]:
    words = [word.strip() for word in given.split(",") if word.strip()]
    return tuple(f"{'-' * word.startswith('-')}{word.removeprefix('-').replace('-', '_')}" for word in words)


def _run(sweep: Sweep, selection: Selection, write: Callable[[dict[str, Any]], None]) -> tuple[bool, str]:
    """Write the rows that are chosen; return whether all of the grid was worked out, and what is told of it."""
    seen = outside = kept = 0
    size = sweep.grid.size
    finished = True

    def blocks() -> Iterator[dict[str, Any]]:
        nonlocal seen, outside, finished
        with _progress(size) as told:
            try:
                for block in sweep.blocks():
                    seen, outside = seen + block.points, outside + block.outside
                    told(block.points)
                    yield block.columns
            except KeyboardInterrupt:
                finished = False

    try:
        for columns in selection.chosen(blocks()):
            with _put_off():
                write(columns)
                kept += len(next(iter(columns.values())))
    except KeyboardInterrupt:
        finished = False
    of = "" if finished else f" of {size:,}, then interrupted"
    return finished, f"{seen:,} points{of}: {kept:,} rows, {outside:,} outside of the domain"


@contextmanager
def _put_off() -> Iterator[None]:
    """Put an interrupt off until a block of rows is written and counted, so that what is told is what is there."""
    heard: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # an interrupt is ignored, or another's business
        yield
        return
    signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far a long sweep is."""
    if size < _LONG or sys.stderr is None or not sys.stderr.isatty():
        yield lambda points: None
        return
    with click.progressbar(length=size, label="points", file=sys.stderr) as bar:
        yield bar.update

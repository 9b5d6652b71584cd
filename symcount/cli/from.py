"""`symcount from`: what others wrote, as a line of the language."""

from __future__ import annotations

from pathlib import Path

import click

from symcount.cli.arguments import STANDARD_INPUT, reading
from symcount.cli.output import STANDARD, say
from symcount.interop.reading.files import bounded
from symcount.interop.reading.network import Network
from symcount.interop.reading.source import read_content, read_path


@click.command("from")
@click.argument("source")
@click.option("--symbols", is_flag=True, help="Keep the letters of the family, so that the formula comes too.")
def command(source: str, symbols: bool) -> None:
    """Print what others wrote as a line of the language: SOURCE is a file, a folder with a config.json, or -.

    Nothing of it is run. What it is, and what to know of it, stands before the line as comments, so that the
    answer can be read, edited and piped.

    \b
    echo '{"model_type": "gpt2"}' | symcount from -
    echo '{"model_type": "llama"}' | symcount from - --symbols | symcount formula -
    """
    say(_network(source).lines(symbols))


def _network(source: str) -> Network:
    if source != STANDARD:
        return read_path(Path(source))
    with reading(STANDARD) as file:
        return read_content(bounded(file, STANDARD_INPUT), STANDARD_INPUT)

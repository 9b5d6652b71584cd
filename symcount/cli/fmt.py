"""`symcount fmt`: the canonical text."""

from __future__ import annotations

import click

from symcount.cli.arguments import completing, source_of
from symcount.cli.output import STANDARD, write_text
from symcount.counts import read_program
from symcount.program import canonical_text


@click.command("fmt")
@click.argument("arch", shell_complete=completing("networks"))
@click.option("-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output.")
def command(arch: str, path: str) -> None:
    """Print the canonical text: one spelling for each layer, defaults left out.

    \b
    symcount fmt 'INPUT(1, 28×28) -> conv2d(filters=32, kernel=5, stride=1) -> dense(10)'
    """
    write_text(canonical_text(read_program(source_of(arch))), "text", path)

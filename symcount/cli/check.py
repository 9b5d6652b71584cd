"""`symcount check`: diagnostics only."""

from __future__ import annotations

import click

from symcount.architecture import Architecture
from symcount.cli.arguments import network_arguments, read


@click.command("check")
@network_arguments
def command(arch: str, bindings: tuple[str, ...], convention: str, exact: bool) -> None:
    """Say what is wrong with a text, if anything; print its notes where nothing is.

    \b
    symcount check 'I(1,28x28)-C(32,5)-P2-O10'
    """
    net = Architecture.of_count(read(arch, bindings, convention, exact))
    for note in net.notes:
        click.echo(f"note: {note}")
    for assumption in net.assumptions:
        click.echo(f"assuming {assumption}")

"""What is wrong, as it stands on standard error: in colour on a terminal, or as JSON where the answer would be."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

import click

from symcount.cli.output import dumped, error_data, printed
from symcount.errors import ArchitectureError


def complain(error: ArchitectureError, as_json: bool = False) -> None:
    """Print an error on standard error."""
    if as_json:
        click.echo(dumped({"error": error_data(error)}), err=True)
        return
    coloured = is_coloured(sys.stderr)
    text = printed(f"error: {error}")
    click.echo(_painted(text) if coloured else text, err=True, color=coloured)


def is_coloured(stream: TextIO | None) -> bool:
    """Whether colour is for this stream: for a terminal, unless NO_COLOR or FORCE_COLOR says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def _painted(text: str) -> str:
    text = re.sub(r"\Aerror:", click.style("error:", fg="red", bold=True), text)
    text = re.sub(r"^ +\^+$", lambda caret: click.style(caret[0], fg="red", bold=True), text, flags=re.MULTILINE)
    return re.sub(r"^hint:", click.style("hint:", fg="cyan", bold=True), text, flags=re.MULTILINE)

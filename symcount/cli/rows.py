"""Rows that stream into a file or to standard output: lines of text, which become Parquet at the end where asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from symcount.cli.output import STANDARD, check_output
from symcount.cli.parquet import parquet
from symcount.errors import ArchitectureError, visible
from symcount.render.rows import ROWS, header

FORMATS = (*ROWS, "parquet")


def rows_format(medium: str | None, path: str, otherwise: str = ROWS[0]) -> str:
    """Return the format that is asked for, or else that of the file's name; where the two differ, neither is taken."""
    ending = os.path.splitext(path)[1].removeprefix(".")
    if medium is not None and ending in FORMATS and ending != medium:
        message = f"{visible(path)} would hold {medium}, and its ending says {ending}"
        raise ArchitectureError("bad-medium", message, hint="leave --format out, or change the name")
    return medium or (ending if ending in FORMATS else otherwise)


def text_format(medium: str) -> str:
    """Return the format of the text that rows of a format are first."""
    return medium if medium in ROWS else ROWS[0]


@contextmanager
def opened_rows(path: str, medium: str, columns: Mapping[str, type]) -> Iterator[Callable[[str], None]]:
    """Open what is written to, and give what writes rows as text; ``columns`` are ints or text, by name."""
    with parquet(path, columns) if medium == "parquet" else _file(path) as file:
        file.write(header([*columns], text_format(medium)))

        def write(rows: str) -> None:
            file.write(rows)
            file.flush()

        yield write


@contextmanager
def _file(path: str) -> Iterator[TextIO]:
    if path == STANDARD:
        check_output()
        yield sys.stdout
        return
    try:
        with open(path, "w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise ArchitectureError("no-file", f"{visible(path)} cannot be written: {error.strerror}") from None

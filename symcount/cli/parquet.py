"""Writes rows as Parquet, by way of DuckDB; the package comes with the extra ``symcount[sweep]``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from symcount.cli.output import STANDARD
from symcount.errors import ArchitectureError, not_installed, visible

_TYPES = {int: "BIGINT", str: "VARCHAR"}


@contextmanager
def parquet(path: str, columns: Mapping[str, type]) -> Iterator[TextIO]:
    """Give a file for rows as CSV; they become a Parquet file at the end, also where that comes early.

    Numbers are of 64 bits: larger ones are refused.
    """
    duckdb = _duckdb()
    if path == STANDARD:
        raise ArchitectureError("usage", "Parquet is written to a file", hint="write -o rows.parquet")
    beside = f"{path}.part"
    try:
        with open(beside, "w", encoding="utf-8") as file:
            yield file
        _converted(duckdb, beside, path, columns)
    except OSError as error:
        raise ArchitectureError("no-file", f"{visible(path)} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(beside)


def _converted(duckdb: Any, beside: str, path: str, columns: Mapping[str, type]) -> None:
    types = ", ".join(f"'{name}': '{_TYPES[sort]}'" for name, sort in columns.items())
    source, target = (each.replace("'", "''") for each in (beside, path))
    query = f"SELECT * FROM read_csv('{source}', header=true, delim=',', quote='\"', escape='\"', columns={{{types}}})"
    try:
        duckdb.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")
    except duckdb.IOException as error:
        message = f"{visible(path)} cannot be written: {visible(str(error).splitlines()[0])}"
        raise ArchitectureError("no-file", message) from None
    except duckdb.Error:
        message = "a number here has more than 64 bits, which are all that Parquet has for integers"
        raise ArchitectureError("limit", message, hint="write csv or jsonl") from None


def _duckdb() -> Any:
    try:
        import duckdb
    except ModuleNotFoundError:
        raise not_installed("writing Parquet", "duckdb", "sweep") from None
    return duckdb

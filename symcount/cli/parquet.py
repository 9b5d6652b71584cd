"""Writes rows as Parquet, by way of DuckDB; the package comes with the extra ``symcount[sweep]``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from symcount.cli.output import STANDARD
from symcount.errors import ArchitectureError, visible
from symcount.render.rows import header, rows


@contextmanager
def parquet(path: str, names: Sequence[str]) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Give what writes rows; they become a Parquet file at the end, also where that comes early.

    Numbers are of 64 bits: larger ones are refused.
    """
    duckdb = _duckdb()
    if path == STANDARD:
        raise ArchitectureError("usage", "Parquet is written to a file", hint="write -o rows.parquet")
    beside, largest = f"{path}.part", 0
    try:
        with open(beside, "w", encoding="utf-8") as file:
            file.write(header(names, "csv"))

            def write(columns: dict[str, Any]) -> None:
                nonlocal largest
                largest = max(largest, *(int(column.max(initial=0)) for column in columns.values()))
                file.write(rows({name: column.tolist() for name, column in columns.items()}, "csv"))

            yield write
        _converted(duckdb, beside, path, names, largest)
    except OSError as error:
        raise ArchitectureError("no-file", f"{visible(path)} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(beside)


def _converted(duckdb: Any, beside: str, path: str, names: Sequence[str], largest: int) -> None:
    if largest >= 2**63:
        message = f"a number here has more than 64 bits, which are all that Parquet has for integers: {largest}"
        raise ArchitectureError("limit", message, hint="write csv or jsonl")
    types = ", ".join(f"'{name}': 'BIGINT'" for name in names)
    source, target = (each.replace("'", "''") for each in (beside, path))
    query = f"SELECT * FROM read_csv('{source}', header=true, columns={{{types}}})"
    duckdb.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")


def _duckdb() -> Any:
    try:
        import duckdb
    except ModuleNotFoundError:
        message = "Parquet is written by the package duckdb, which is not installed"
        raise ArchitectureError("not-installed", message, hint="pip install 'symcount[sweep]'") from None
    return duckdb

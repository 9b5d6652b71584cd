"""Rows of numbers for programs: with commas between them, or a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

ROWS = ("csv", "jsonl")
"""The media that rows are streamed in."""


def header(names: Sequence[str], medium: str) -> str:
    """Return what stands above rows."""
    return ",".join(names) + "\n" if medium == "csv" else ""


def rows(columns: Mapping[str, Sequence[Any]], medium: str) -> str:
    r"""Return rows of ints as text, each with the end of its line.

    >>> rows({"n": [1, 2], "params": [20, 30]}, "csv")
    '1,20\n2,30\n'
    >>> rows({"n": [1]}, "jsonl")
    '{"n": 1}\n'
    """
    write: Callable[..., str] = _line_of(tuple(columns), medium)
    return "".join([write(*row) for row in zip(*columns.values(), strict=True)])


def _line_of(names: tuple[str, ...], medium: str) -> Callable[..., str]:
    if medium == "csv":
        template = ",".join("{}" for _ in names) + "\n"
    else:
        template = "{{" + ", ".join(f"{json.dumps(name)}: {{}}" for name in names) + "}}\n"
    return template.format

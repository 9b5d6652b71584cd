"""Rows for programs: with commas between them, or a JSON object a line."""

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


def row(values: Sequence[object]) -> str:
    r"""Return one row of CSV without the end of its line: shapes as ``3x28x28``, None as nothing.

    >>> row([1, 7850, (3, 28, 28), None, "unknown-layer: no layer is called 'Q', or 'q'"])
    '1,7850,3x28x28,,"unknown-layer: no layer is called \'Q\', or \'q\'"'
    """
    return ",".join([str(each) if type(each) is int else _cell(each) for each in values])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "x".join(map(str, value))
    text = str(value)
    return '"{}"'.format(text.replace('"', '""')) if any(sign in text for sign in ',"\n\r') else text


def _line_of(names: tuple[str, ...], medium: str) -> Callable[..., str]:
    if medium == "csv":
        template = ",".join("{}" for _ in names) + "\n"
    else:
        template = "{{" + ", ".join(f"{json.dumps(name)}: {{}}" for name in names) + "}}\n"
    return template.format

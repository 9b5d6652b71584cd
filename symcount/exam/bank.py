"""The bank: ready questions on what a first course asks, in ``bank.toml``; an exam takes one by its name."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from symcount.errors import ArchitectureError, near


@cache
def bank() -> dict[str, dict[str, Any]]:
    """Return the tables of all questions of the bank, by their names."""
    text = (Path(__file__).parent / "bank.toml").read_text(encoding="utf-8")
    return {str(each["name"]): each for each in tomllib.loads(text)["question"]}


def bank_table(name: str) -> dict[str, Any]:
    """Return the table of the question of this name."""
    if name in bank():
        return bank()[name]
    close = near(name, bank())
    hint = f"did you mean {close}?" if close else "symcount exam --list shows them"
    raise ArchitectureError("bad-exam", f"the bank has no question {name!r}", hint=hint)

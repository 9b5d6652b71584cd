"""Formulas as code in other languages: one file for each, loaded when it is asked for.

Code computes on integers alone, checks what it is given, and is exact or refuses. A file of this folder has a
``write`` that writes the code.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symcount.answers.code import Code

LANGUAGES = ("python", "numpy", "c", "javascript", "sql", "excel")
"""Every language that a formula is written in, by the name of its file."""

DIALECTS = ("duckdb", "postgres", "sqlite", "spark", "bigquery")
"""The dialects of SQL; the first is the default."""


def code_text(code: Code, language: str, dialect: str = DIALECTS[0]) -> str:
    """Return a formula as code in a language; ``dialect`` is that of SQL."""
    written = import_module(f"{__name__}.{language}").write
    text: str = written(code, dialect) if language == "sql" else written(code)
    return text

"""The platforms that take a quiz: one file for each, loaded when it is asked for.

A file of this folder has ``write``, which makes the file of an exam's sheets; its docstring says what it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from symcount.exam.questions import Exam
from symcount.exam.variant import Sheet

PLATFORMS = {
    "moodle": ".xml",
    "gift": ".gift",
    "qti12": ".zip",
    "qti21": ".zip",
    "prairielearn": ".zip",
    "anki": ".apkg",
    "csv": ".csv",
    "json": ".json",
}
"""Every platform by its name, which is that of its file, and the ending of what it takes."""


def written(platform: str, exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the file that a platform takes."""
    content: bytes = import_module(f"{__name__}.{platform}").write(exam, sheets)
    return content

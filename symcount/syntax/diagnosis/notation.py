"""What a notation that is not this language is recognised by, and what is written for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symcount.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = "I(1,28x28)-C(32,5)-R-P2-H256-O10"
"""A line of the language, for whoever writes in another."""


@record
class Notation:
    """A notation: how to recognise it, what it is called, and what to write for it."""

    sign: re.Pattern[str]
    called: str
    instead: Callable[[str, re.Match[str]], str]


def example(_: str, __: re.Match[str]) -> str:
    """Return what to write where nothing of the text is translated."""
    return f"write the layers in one line, such as {EXAMPLE}"

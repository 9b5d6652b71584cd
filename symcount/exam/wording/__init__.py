"""The words of an exam in each language: a file of templates for each, loaded when it is asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from symcount.errors import ArchitectureError

LANGUAGES = ("en", "de", "es", "fr", "zh")
"""The languages that there are words for; the first is the default."""

ENGLISH = LANGUAGES[0]
"""The default, in which each mistake of the catalogue has its own sentence."""

Wording = dict[str, dict[str, str]]
"""Templates by what they are for: ``ask``, ``noun``, ``layers``, ``option``, ``hangs``, ``marks``, ``mistakes``, …"""


@cache
def wording(language: str) -> Wording:
    """Return the words of a language.

    >>> wording("de")["words"]["points"]
    'Punkte'
    """
    if language not in LANGUAGES:
        raise ArchitectureError("bad-exam", f"no words in {language!r}", hint=f"there are: {', '.join(LANGUAGES)}")
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))

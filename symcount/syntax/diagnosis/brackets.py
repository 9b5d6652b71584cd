"""Finds the bracket that spoils a text.

A parser sees only the end of the text and cannot say which bracket was never closed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from symcount.errors import ArchitectureError, Span

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_MARK = re.compile(r"[()\[\]{}]")


class Bracket(NamedTuple):
    """An opening bracket and its place."""

    mark: str
    start: int


def unbalanced(source: str) -> ArchitectureError | None:
    """Return what is wrong with the brackets of a text, or None."""
    opened: list[Bracket] = []
    for match in _MARK.finditer(source):
        mark = match[0]
        if mark in _CLOSING:
            opened.append(Bracket(mark, match.start()))
        elif not opened:
            return _unopened(mark, match.start())
        elif _CLOSING[opened[-1].mark] == mark:
            opened.pop()
        elif any(_CLOSING[outer.mark] == mark for outer in opened):
            return _unclosed(opened[-1])
        else:
            return _mismatched(opened[-1], mark, match.start())
    return _unclosed(opened[-1]) if opened else None


def _unclosed(bracket: Bracket) -> ArchitectureError:
    return ArchitectureError(
        "unclosed-bracket",
        f"this {bracket.mark!r} is never closed",
        span=Span(bracket.start, bracket.start + 1),
        hint=f"put {_CLOSING[bracket.mark]!r} where it ends",
    )


def _unopened(mark: str, start: int) -> ArchitectureError:
    return ArchitectureError(
        "unopened-bracket",
        f"this {mark!r} closes nothing",
        span=Span(start, start + 1),
        hint="remove it, or put its opening bracket before",
    )


def _mismatched(bracket: Bracket, mark: str, start: int) -> ArchitectureError:
    return ArchitectureError(
        "mismatched-brackets",
        f"{bracket.mark!r} is closed by {mark!r}",
        span=Span(bracket.start, start + 1) if start - bracket.start < 60 else Span(start, start + 1),
        hint=f"write {_CLOSING[bracket.mark]!r}; ( ) holds sizes, [ ] layers in series, {{ }} branches",
    )

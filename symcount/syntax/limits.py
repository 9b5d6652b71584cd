"""What is too much: limits that keep any text quick to answer, each told in the message it causes.

A tree is as high as its brackets and the runs of operators inside them, so both count together:
whoever walks a tree may recurse.
"""

from __future__ import annotations

import re

from symcount.errors import ArchitectureError, Span

LONGEST_TEXT = 250_000
"""Characters of one text."""

DEEPEST_NESTING = 100
"""Brackets inside one another, and operators applied one to the other, together."""

MOST_DIGITS = 100
"""Digits of one number, in a text or calculated."""

TOO_LARGE = 10**MOST_DIGITS
"""The first whole number with more digits than that."""

MOST_NUMBERED = 1_000
"""The most sizes that one ``let`` gives values to choose among."""

LONGEST_NAME = 1_000
"""Characters of one name: a table repeats it in each row."""

_LONG_NAME = re.compile(rf"#[^\n]*|(?<!\w)[^\W\d]\w{{{LONGEST_NAME},}}")
_DEEPENING = "([{+-*/%^<>×?@"
_MARK = re.compile(r"#[^\n]*|\blet\b|->|\*\*|//|[()\[\]{},;|+\-*/%^<>×?@]")
_OPENING = "([{"
_CLOSING = ")]}"


def check(source: str) -> None:
    """Refuse a text that is too long or nested too deeply."""
    if len(source) > LONGEST_TEXT:
        raise ArchitectureError(
            "too-long",
            f"the text has {len(source):,} characters; at most {LONGEST_TEXT:,} are read",
            hint="write repeated layers as [...]*count",
        )
    for match in _LONG_NAME.finditer(source) if len(source) > LONGEST_NAME else ():
        if match[0][0] != "#":
            message = f"a name of {len(match[0]):,} characters; at most {LONGEST_NAME:,} are read"
            raise ArchitectureError("too-long", message, span=Span(*match.span()), hint="choose a shorter one")
    if sum(map(source.count, _DEEPENING)) > DEEPEST_NESTING:
        _check_nesting(source)


def check_digits(number: str, start: int) -> None:
    """Refuse a number of too many digits; ``start`` is its place in the text."""
    if len(number) > MOST_DIGITS:
        raise ArchitectureError(
            "too-many-digits",
            f"a number of {len(number):,} characters; at most {MOST_DIGITS} are read",
            span=Span(start, start + len(number)),
            hint="write a power, such as 10^80",
        )


class _Level:
    """What is inside one bracket: the run of operators since the last separator."""

    __slots__ = ("highest", "inner", "run", "sizes", "start")

    def __init__(self, start: int, sizes: bool) -> None:
        self.start = start
        self.sizes = sizes
        self.run = self.inner = self.highest = 0

    def part(self) -> None:
        """Begin a new run after a separator."""
        self.highest = max(self.highest, self.run + self.inner)
        self.run = self.inner = 0

    def height(self) -> int:
        self.part()
        return self.highest + 1


def _check_nesting(source: str) -> None:
    """Refuse a text whose tree would be too high."""
    levels = [_Level(0, sizes=False)]
    for match in _MARK.finditer(source):
        mark, level = match[0], levels[-1]
        if mark in _OPENING:
            levels.append(_Level(match.start(), mark == "(" or (mark == "[" and level.sizes)))
            if len(levels) > DEEPEST_NESTING + 1:
                raise _too_deep(match.start())
        elif mark in _CLOSING:
            if len(levels) > 1:
                levels.pop()
                levels[-1].inner = max(levels[-1].inner, level.height())
            if levels[-1].run + levels[-1].inner > DEEPEST_NESTING:
                raise _too_deep(level.start)
        elif mark == "let" or mark == ";":
            level.part()
            level.sizes = mark == "let" if len(levels) == 1 else level.sizes
        elif mark in ",|" or (mark in ("-", "->", "+") and not level.sizes):
            level.part()
        elif mark[0] != "#":
            level.run += 1
            if level.run + level.inner > DEEPEST_NESTING:
                raise _too_deep(match.start())


def _too_deep(start: int) -> ArchitectureError:
    return ArchitectureError(
        "too-deep",
        f"brackets and operators nested too deeply here; at most {DEEPEST_NESTING} are read",
        span=Span(start, start + 1),
        hint="name a part of it with let or def",
    )

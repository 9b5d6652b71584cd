"""Marks in the place of numbers that a link does not know by itself, and the templates that have them filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from symcount.records import record

_MARK = re.compile(r'"?‹([0-9]+)›"?')


class Mark:
    """Stands for a number that is not known yet; written, a template finds it."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __str__(self) -> str:
        return f"‹{self.number}›"


PLACE = cast("int", Mark(0))
"""The place of a link in its chain, or of the outermost link around it."""

WITHIN = cast("int", Mark(1))
"""Where a link of a block stands in the outermost link around it."""

ORDINALS = 2
"""The mark of the ordinal of a link's first layer."""


@record
class Template:
    """A text with a ``%s`` in the place of each mark, and the marks in their order."""

    text: str
    marks: tuple[int, ...]

    def filled(self, numbers: Sequence[object]) -> str:
        """Return the text with these numbers in the place of its marks."""
        return self.text % tuple([numbers[mark] for mark in self.marks])

    def moved(self, number: Sequence[object], before: int) -> Template:
        """Return the template of a link that is at a number in an outer link, which has so many layers before.

        >>> Template("%s.%s: C%s", (0, 1, 2)).moved((PLACE, 3, 1), 4)
        Template(text='%s.3.1: C%s', marks=(0, 6))
        """
        _, *within = number
        begin = "%s" if within[0] is WITHIN else str(within[0])
        there = ".".join([begin, *map(str, within[1:])])
        marks = [mark + before if mark >= ORDINALS else mark for mark in self.marks]
        text = self._with([there if mark == 1 else "%s" for mark in marks])
        return Template(text, tuple(marks if within[0] is WITHIN else [mark for mark in marks if mark != 1]))

    def around(self, inside: Mapping[int, Template]) -> Template:
        """Return the template with others in the place of some marks.

        >>> Template("[%s, %s]", (9, 2)).around({9: Template("%s%s", (4, 5))})
        Template(text='[%s%s, %s]', marks=(4, 5, 2))
        """
        pieces = [inside.get(mark) or Template("%s", (mark,)) for mark in self.marks]
        return Template(self._with([each.text for each in pieces]), sum([each.marks for each in pieces], ()))

    def _with(self, texts: Sequence[str]) -> str:
        """The text with templates of marks in the place of its own; what is no mark stays what it is."""
        return self.text.replace("%%", "%%%%") % tuple(texts)


def template(written: str) -> Template:
    """Return the template of a text with marks; one in quotes by itself is without them.

    >>> template('"C‹2›" at "‹0›"')
    Template(text='"C%s" at %s', marks=(2, 0))
    """
    marks: list[int] = []

    def place(match: re.Match[str]) -> str:
        marks.append(int(match[1]))
        begins, ends = match[0].startswith('"'), match[0].endswith('"')
        return "%s" if begins and ends else '"' * begins + "%s" + '"' * ends

    return Template(_MARK.sub(place, written.replace("%", "%%")), tuple(marks))

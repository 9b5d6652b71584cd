"""What a medium is: how it writes arithmetic, mathematics in a line, plain words, and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from symcount.arithmetic import Difference, Size, Sum, by_name
from symcount.arithmetic.notation import Notation, grouped
from symcount.records import record, replace
from symcount.render.table import Table

DIGITS = ("none", "space", "comma")
"""How the digits of numbers can be parted."""


def _refused(table: Table) -> str:
    raise TypeError("this medium writes no tables")


@record
class Medium:
    """One medium: its notation, how mathematics stands in a line of it, and how words are made safe in it.

    ``table`` writes a table, where the medium has any, and ``between`` stands between the lines under
    it. ``grouped`` says that the digits of a plain number are grouped, for people; ``for_programs``
    that an answer stands alone, with no words around it. ``indent`` sets a row inside another one
    off; ``code`` is how a piece of the language stands among words.
    """

    notation: Notation
    inline: str
    escape: Callable[[str], str]
    table: Callable[[Table], str] = _refused
    between: str = "\n"
    grouped: bool = False
    for_programs: bool = False
    indent: str = "  "
    code: str = "{}"

    def grouping(self, sign: str) -> Medium:
        """Return the medium with digits grouped by ``space`` or ``comma``."""
        return replace(self, notation=grouped(self.notation, sign))

    def parted(self, digits: str | None) -> Medium:
        """Return the medium with its digits parted by ``none``, ``space`` or ``comma``; None leaves its own way."""
        if digits is None or self.for_programs:
            return self
        plain = replace(self, grouped=False)
        return plain if digits == "none" else plain.grouping(digits)

    def with_lines(self, text: str, lines: Iterable[str]) -> str:
        """Set lines under a text such as a table, a line each."""
        below = self.between.join(lines)
        return f"{text}\n\n{below}" if below else text

    def maths(self, written: str) -> str:
        """Put mathematics into a line of words; nothing stays nothing."""
        return self.inline.format(written) if written else ""

    def prose(self, sentence: str) -> str:
        """Write a sentence of a docstring, in which pieces of the language stand between backquotes."""
        words = _QUOTED.split(sentence)
        return "".join(self.code.format(word) if at % 2 else self.escape(word) for at, word in enumerate(words))

    def size(self, size: Size) -> str:
        """Write a size as mathematics; the digits of a plain number are grouped where the medium is for people."""
        if isinstance(size, int) and self.grouped:
            return f"{size:,}"
        return self.maths(by_name(size, self.notation))

    def times(self, count: Size) -> str:
        """Write how many times something happens."""
        written = by_name(count, self.notation)
        times = self.notation.group(written) if isinstance(count, Sum | Difference) else written
        return self.maths(f"{self.notation.by.strip()} {times}")

    def shape(self, sizes: tuple[Size, ...]) -> str:
        """Write a shape as mathematics."""
        return self.maths(self.notation.by.join(by_name(size, self.notation) for size in sizes))


_QUOTED = re.compile("``?(.+?)``?")


def escaping(signs: str) -> Callable[[str], str]:
    """Return what puts a backslash before each of these signs in a text."""
    escapes = str.maketrans({sign: "\\" + sign for sign in signs})
    return lambda text: text.translate(escapes)

"""The media of tables and formulas: how each writes arithmetic, mathematics in a line, and plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from symcount.arithmetic import Size, by_name
from symcount.arithmetic.names import LATEX_ESCAPES, LATEX_SIGNS, latex_text
from symcount.arithmetic.notation import LATEX, MATHML, PYTHON, TEXT, TYPST, UNICODE, Notation, grouped


@dataclass(frozen=True, slots=True)
class Medium:
    """One medium: its notation, how mathematics stands in a line of it, and how words are made safe in it.

    ``grouped`` says that the digits of a plain number are grouped, for people.
    """

    notation: Notation
    inline: str
    escape: Callable[[str], str]
    grouped: bool = False

    def grouping(self, sign: str) -> Medium:
        """Return the medium with digits grouped by ``space`` or ``comma``."""
        return replace(self, notation=grouped(self.notation, sign))

    def maths(self, written: str) -> str:
        """Put mathematics into a line of words; nothing stays nothing."""
        return self.inline.format(written) if written else ""

    def number(self, number: Any) -> str:
        """Write an int or a sympy expression as mathematics."""
        if isinstance(number, int) and self.grouped:
            return f"{number:,}"
        return self.maths(by_name(written(number), self.notation))

    def shape(self, sizes: tuple[Size, ...]) -> str:
        """Write a shape as mathematics."""
        return self.maths(self.notation.by.join(by_name(size, self.notation) for size in sizes))


def written(number: Any) -> Size:
    """Return a number of an architecture as written arithmetic."""
    if isinstance(number, int):
        return number
    from symcount.algebra import written as written_again

    return written_again(number)


def _escaped(signs: str, escape: str = "\\{}") -> Callable[[str], str]:
    pattern = re.compile(f"[{re.escape(signs)}]")
    return lambda text: pattern.sub(lambda match: escape.format(match[0]), text)


_LATEX_WORDS = {
    **LATEX_ESCAPES,
    **{sign: f"${command}$" for sign, command in (LATEX_SIGNS | {each: each for each in "<>|"}).items()},
}


def _latex_words(text: str) -> str:
    return "".join(_LATEX_WORDS.get(char, char) for char in text)


MEDIA = {
    "text": Medium(TEXT, "{}", str, grouped=True),
    "csv": Medium(TEXT, "{}", str),
    "markdown": Medium(LATEX, "${}$", _escaped("\\`*_{}[]<>#|$~")),
    "latex": Medium(LATEX, "${}$", _latex_words),
    "notebook": Medium(LATEX, "{}", latex_text),
    "typst": Medium(TYPST, "${}$", _escaped("\\`*_$#<>@~[]/")),
    "html": Medium(MATHML, "<math>{}</math>", escape),
    "unicode": Medium(UNICODE, "{}", str),
    "python": Medium(PYTHON, "{}", str),
}
"""Every medium of tables and formulas by its name."""

"""The media of tables and formulas: how each writes arithmetic, mathematics in a line, and plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from symcount.arithmetic import Size, by_name
from symcount.arithmetic.notation import LATEX, MATHML, PYTHON, TEXT, TYPST, UNICODE, Notation, grouped
from symcount.arithmetic.spelling import LATEX_ESCAPES, LATEX_SIGNS, escaped, latex_text
from symcount.records import record, replace


@record
class Medium:
    """One medium: its notation, how mathematics stands in a line of it, and how words are made safe in it.

    ``grouped`` says that the digits of a plain number are grouped, for people; ``code`` is how a piece of
    the language stands among words.
    """

    notation: Notation
    inline: str
    escape: Callable[[str], str]
    grouped: bool = False
    code: str = "{}"

    def grouping(self, sign: str) -> Medium:
        """Return the medium with digits grouped by ``space`` or ``comma``."""
        return replace(self, notation=grouped(self.notation, sign))

    def maths(self, written: str) -> str:
        """Put mathematics into a line of words; nothing stays nothing."""
        return self.inline.format(written) if written else ""

    def prose(self, sentence: str) -> str:
        """Write a sentence of a docstring, in which pieces of the language stand between backquotes."""
        words = _QUOTED.split(sentence)
        return "".join(self.code.format(word) if at % 2 else self.escape(word) for at, word in enumerate(words))

    def number(self, number: Any) -> str:
        """Write an int or a sympy expression as mathematics."""
        if isinstance(number, int) and self.grouped:
            return f"{number:,}"
        return self.maths(by_name(written(number), self.notation))

    def shape(self, sizes: tuple[Size, ...]) -> str:
        """Write a shape as mathematics."""
        return self.maths(self.notation.by.join(by_name(size, self.notation) for size in sizes))


_QUOTED = re.compile("``?(.+?)``?")


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
    "markdown": Medium(LATEX, "${}$", _escaped("\\`*_{}[]<>#|$~"), code="`{}`"),
    "latex": Medium(LATEX, "${}$", _latex_words),
    "notebook": Medium(LATEX, "{}", latex_text),
    "typst": Medium(TYPST, "${}$", _escaped("\\`*_$#<>@~[]/")),
    "html": Medium(MATHML, "<math>{}</math>", escaped),
    "unicode": Medium(UNICODE, "{}", str),
    "python": Medium(PYTHON, "{}", str),
}
"""Every medium of tables and formulas by its name."""

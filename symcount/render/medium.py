"""The media of tables and formulas: how each writes arithmetic, mathematics in a line, and plain words."""

from __future__ import annotations

import re
from collections.abc import Callable

from symcount.arithmetic import Size, by_name
from symcount.arithmetic.notation import LATEX, MATHML, PYTHON, TEXT, TYPST, UNICODE, Notation, grouped
from symcount.arithmetic.notation.latex import LATEX_ESCAPES, LATEX_SIGNS, latex_text
from symcount.arithmetic.notation.mathml import escaped
from symcount.records import record, replace


@record
class Medium:
    """One medium: its notation, how mathematics stands in a line of it, and how words are made safe in it.

    ``grouped`` says that the digits of a plain number are grouped, for people; ``indent`` sets a row
    inside another one off; ``code`` is how a piece of the language stands among words.
    """

    notation: Notation
    inline: str
    escape: Callable[[str], str]
    grouped: bool = False
    indent: str = "  "
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

    def size(self, size: Size) -> str:
        """Write a size as mathematics; the digits of a plain number are grouped where the medium is for people."""
        if isinstance(size, int) and self.grouped:
            return f"{size:,}"
        return self.maths(by_name(size, self.notation))

    def times(self, count: Size) -> str:
        """Write how many times something happens."""
        return self.maths(f"{self.notation.by.strip()} {by_name(count, self.notation)}")

    def shape(self, sizes: tuple[Size, ...]) -> str:
        """Write a shape as mathematics."""
        return self.maths(self.notation.by.join(by_name(size, self.notation) for size in sizes))


_QUOTED = re.compile("``?(.+?)``?")


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
    "csv": Medium(TEXT, "{}", str, indent=""),
    "markdown": Medium(LATEX, "${}$", _escaped("\\`*_{}[]<>#|$~"), indent="&ensp;", code="`{}`"),
    "latex": Medium(LATEX, "${}$", _latex_words, indent="\\quad "),
    "notebook": Medium(LATEX, "{}", latex_text, indent="\\quad "),
    "typst": Medium(TYPST, "${}$", _escaped("\\`*_$#<>@~[]/"), indent="#h(1em)"),
    "html": Medium(MATHML, "<math>{}</math>", escaped, indent="&#x2003;"),
    "unicode": Medium(UNICODE, "{}", str),
    "python": Medium(PYTHON, "{}", str),
}
"""Every medium of tables and formulas by its name."""

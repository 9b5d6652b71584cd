"""A page in a medium: the few blocks that a derivation is set in, and how each medium sets them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from symcount.errors import ArchitectureError
from symcount.records import record, replace
from symcount.render.medium import Medium
from symcount.render.table import Table

_EM = {"em": 1.0, "in": 7.227, "cm": 2.845, "mm": 0.2845, "pt": 0.1}
"""Units of a width, in ems of 10 points."""


def characters(width: str) -> int:
    """Return how many characters of plain text there is room for, at half an em each.

    >>> characters("34em"), characters("3.3in")
    (68, 47)
    """
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *(em|in|cm|mm|pt)", width)
    if match is None:
        message = f"a width is a number and a unit, found {width!r}"
        raise ArchitectureError("bad-form", message, hint=f"write 3.3in; units are: {', '.join(_EM)}")
    return int(float(match[1]) * _EM[match[2]] * 2)


def _refused(left: str, right: Sequence[str], end: str, environment: Environment) -> str:
    raise TypeError("this medium displays no formulas")


@record
class Row:
    """A line of working: what is worked out, the equation in lines, and in a few words how."""

    label: str
    lines: tuple[str, ...]
    how: str = ""


@record
class About:
    """What a document says of itself to programs: its title, and the text of the network."""

    title: str
    network: str


@record
class Environment:
    """What an equation is displayed in: a LaTeX environment by name, or a macro; and the label that it has."""

    name: str = "equation"
    label: str = ""
    macro: str = ""

    @classmethod
    def named(cls, name: str, label: str) -> Environment:
        """Return the environment of this name: equation, align, their starred forms, or newcommand:NAME."""
        if label and not _LABEL.fullmatch(label):
            raise ArchitectureError("bad-form", f"{label!r} cannot be a label", hint="write eq:unet")
        word, _, macro = name.partition(":")
        if word == "newcommand" and re.fullmatch("[A-Za-z]+", macro):
            return cls(word, label, macro)
        if (name or "equation") not in ENVIRONMENTS:
            hint = f"there are: {', '.join(ENVIRONMENTS)}, and newcommand:NAME, a name of letters"
            raise ArchitectureError("bad-form", f"no environment is called {name!r}", hint=hint)
        if label and name.endswith("*"):
            raise ArchitectureError("bad-form", f"{name} has no number, and so no label", hint=f"write {name[:-1]}")
        return cls(name or "equation", label)


ENVIRONMENTS = ("equation", "equation*", "align", "align*")

_LABEL = re.compile("[A-Za-z0-9:._+-]+")


@record
class Page:
    """How a medium sets a page.

    ``widest`` is how many characters an equation has room for. What a block is given is written in
    the medium already, but for the words of ``title``, ``heading`` and labels, which are plain.
    ``together`` stands between the parts of one layer, ``apart`` between sheets. Behind a paragraph that is
    ``kept`` no page ends, and none in what is ``whole``, which must be short; ``blank`` is a line to write on.
    ``document`` makes a file of its own of the page, which HTML and Typst always are unless a fragment is asked
    for; ``alone`` is the page of such a file, where it is set otherwise than in the document of another. A page that
    ``wraps`` breaks lines by itself, between the pieces that it is given. ``block`` is put around what belongs
    together, ``remarks`` the medium of what stands beside an equation, where that is another. ``equation`` displays
    a formula: its left side, the lines of the right one, and the sign at its end; ``margin`` is the room, in
    characters, that its number takes, ``comment`` what no reader sees, ``widest_display`` how many characters a line
    of a formula has room for. ``running`` puts a text on each page from here on, with the number of the page.
    ``title_within`` and ``heading_within`` are those of a page that stands within another, where they look otherwise.
    """

    medium: Medium
    widest: int
    title: Callable[[str, str], str]
    heading: Callable[[str], str]
    layer: Callable[[str, str, str, str], str]
    paragraph: Callable[[str], str]
    working: Callable[[Sequence[Row]], str]
    display: Callable[[Sequence[str]], str]
    table: Callable[[Table], str]
    reason: Callable[[str], str]
    kept: Callable[[str], str]
    blank: str = "_" * 12
    between: str = "\n\n"
    together: str = "\n"
    apart: str = "\n\n"
    document: Callable[[str, About], str] = lambda body, about: body
    is_always_whole: bool = False
    wraps: bool = False
    block: Callable[[str], str] = str
    whole: Callable[[str], str] = str
    remarks: Medium | None = None
    equation: Callable[[str, Sequence[str], str, Environment], str] = _refused
    sentence: Callable[[str, Environment], str] = lambda sentence, environment: sentence
    comment: Callable[[str], str] = lambda text: ""
    margin: int = 0
    widest_display: int = 80
    alone: Page | None = None
    title_within: Callable[[str, str], str] | None = None
    heading_within: Callable[[str], str] | None = None
    running: Callable[[str], str] = lambda text: ""

    @property
    def within(self) -> Page:
        """The page for what stands under a heading of this one."""
        title, heading = self.title_within or self.title, self.heading_within or self.heading
        return replace(self, title=title, heading=heading)

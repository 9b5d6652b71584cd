"""A page in a medium: the few blocks that a derivation is set in, and how each medium sets them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcount.records import record
from symcount.render.medium import Medium
from symcount.render.table import Table


@record
class Row:
    """A line of working: what is worked out, the equation in lines, and in a few words how."""

    label: str
    lines: tuple[str, ...]
    how: str = ""


@record
class Page:
    """How a medium sets a page.

    ``widest`` is how many characters an equation has room for. What a block is given is written in
    the medium already, but for the words of ``title``, ``heading`` and labels, which are plain.
    ``together`` stands between the parts of one layer, ``document`` makes a file of its own of the
    page, which HTML and Typst always are. A page that
    ``wraps`` breaks lines by itself, between the pieces that it is given. ``block`` is
    put around what belongs together, ``remarks`` the medium of what stands beside an equation, where
    that is another.
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
    between: str = "\n\n"
    together: str = "\n"
    document: Callable[[str], str] = str
    is_always_whole: bool = False
    wraps: bool = False
    block: Callable[[str], str] = str
    remarks: Medium | None = None
    title_of_document: Callable[[str, str], str] | None = None

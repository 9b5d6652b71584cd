"""A text as the page colours it, and what is wrong with it; offsets are those of JavaScript, in units of UTF-16."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from symcount.errors import ArchitectureError, Span
from symcount.syntax import pieces
from symcount.syntax.limits import LONGEST_TEXT

_COLOURS = {
    "NUMBER": "number", "RECTANGLE": "number", "DEF": "word", "LET": "word", "IN": "word", "LPAR": "bracket",
    "RPAR": "bracket", "LSQB": "bracket", "RSQB": "bracket", "LBRACE": "bracket", "RBRACE": "bracket",
    "VBAR": "bracket", "AT": "label",
}  # fmt: skip
"""The colour of a sort of token; a name is that of a layer, or of a size between round brackets."""

_COMMENT = re.compile("#[^\n]*")


def colours(text: str) -> list[tuple[int, int, str]]:
    """Return where a text has which colour, in order.

    >>> colours("C(f,3)-P2")[:3]
    [(0, 1, 'layer'), (1, 2, 'bracket'), (2, 3, 'size')]
    """
    if len(text) > LONGEST_TEXT:
        return []
    comments = ((Span(*match.span()), "comment") for match in _COMMENT.finditer(text))
    found = sorted((*_coloured(text), *comments))
    place = _places(text)
    return [(place(span.start), place(span.end), colour) for span, colour in found]


def _coloured(text: str) -> Iterator[tuple[Span, str]]:
    depth = 0
    for piece in pieces(text):
        depth += (piece.kind == "LPAR") - (piece.kind == "RPAR")
        colour = ("size" if depth > 0 else "layer") if piece.kind == "NAME" else _COLOURS.get(piece.kind)
        if colour is not None:
            yield piece.span, colour


def mistake(error: ArchitectureError, text: str) -> dict[str, Any]:
    """Return an error as the page shows it; its place where it is one in this text."""
    data: dict[str, Any] = {"code": error.code, "message": error.message, "hint": error.hint, "said": str(error)}
    shift = len(text) - len(text.lstrip())
    if error.span is not None and error.source == text.strip():
        place = _places(text)
        data["span"] = [place(error.span.start + shift), place(error.span.end + shift)]
    return data


def _places(text: str) -> Any:
    """Return what turns an offset in characters into one in units of UTF-16, which part a rare character in two."""
    if not any(char > "\uffff" for char in text):
        return lambda at: at
    return lambda at: len(text[:at].encode("utf-16-le", "surrogatepass")) // 2

"""Says what is wrong with a text that could not be read, the likeliest mistake first.

Another notation, brackets, characters, misread neighbours; then what could have stood here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from symcount.syntax.brackets import unbalanced
from symcount.syntax.characters import strange, unknown_character
from symcount.syntax.foreign import foreign
from symcount.syntax.misread import misread
from symcount.syntax.place import END, Place, place_of

if TYPE_CHECKING:
    from lark import Lark

    from symcount.errors import ArchitectureError

_MOST_NAMED = 6

_IN_LAYERS = {
    "NAME": "a layer",
    "LSQB": "'['",
    "LBRACE": "'{'",
    "MINUS": "'-' and the next layer",
    "ARROW": "'-' and the next layer",
    "STAR": "'*' and a count",
    "LPAR": "'('",
    "VBAR": "'|' and the next branch",
    "PLUS": "'+' and the next branch",
    "RSQB": "']'",
    "RBRACE": "'}'",
    "SEMICOLON": "';'",
    END: "the end of the text",
    "EQUAL": "'='",
    "QMARK": "'?'",
    "AT": "'@' and a label",
    "AMPERSAND": "'&' and a label",
    "DEF": "def",
    "LET": "let",
    "NUMBER": "a number",
}

_IN_SIZES = {
    "NUMBER": "a number",
    "NAME": "a name",
    "RECTANGLE": "an area such as 28x28",
    **dict.fromkeys(("PLUS", "MINUS", "STAR", "OPERATOR"), "an operator such as + - * /"),
    "COMMA": "','",
    "RPAR": "')'",
    "RSQB": "']'",
    "EQUAL": "'='",
    "LPAR": "'('",
    "LSQB": "'['",
    "IN": "in",
    "RANGE": "'..' and the end of a range",
    "TIMES": "'×'",
    "COMPARISON": "a comparison such as ==",
    "SEMICOLON": "';'",
    END: "the end of the text",
    "AT": "'@' and a label",
}


def explain(parser: Lark, source: str, failure: UnexpectedInput) -> ArchitectureError:
    """Return the error for a text at which the parser stopped."""
    bare = without_comments(source)
    error = foreign(bare) or unbalanced(bare) or strange(bare)
    if error is not None:
        return error
    if isinstance(failure, UnexpectedCharacters):
        return unknown_character(source, failure.pos_in_stream or 0)
    assert isinstance(failure, UnexpectedToken)
    token = failure.token
    place = place_of(parser, source, None if token.type == END else token.start_pos)
    return misread(place) or _expected(place, failure.accepts or failure.expected)


def without_comments(source: str) -> str:
    """Return the text with its comments blank; every column stays."""
    return re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), source)


def _expected(place: Place, accepted: set[str]) -> ArchitectureError:
    """Return the error that tells what was found, and what could have stood there."""
    words = _IN_SIZES if place.in_sizes else _IN_LAYERS
    if "NUMBER" in accepted:
        accepted = accepted - {"MINUS"}
    named = list(dict.fromkeys(word for kind, word in words.items() if kind in accepted))[:_MOST_NAMED]
    found = repr(place.text(place.after[0])) if place.after else "the end of the text"
    could = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else "".join(named)
    return place.error("unexpected", f"{found} cannot stand here", f"here could stand {could}")

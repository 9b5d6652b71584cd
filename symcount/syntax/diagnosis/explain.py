"""Says what is wrong with a text that could not be read, the likeliest mistake first.

Another notation, brackets, characters, misread neighbours; then what could have stood here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from symcount.errors import ArchitectureError
from symcount.syntax.diagnosis.brackets import unbalanced
from symcount.syntax.diagnosis.characters import strange, unknown_character
from symcount.syntax.diagnosis.foreign import foreign
from symcount.syntax.diagnosis.misread import misread
from symcount.syntax.diagnosis.parse_point import END, ParsePoint, parse_point
from symcount.syntax.limits import LONGEST_TEXT

if TYPE_CHECKING:
    from lark import Lark

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


def explained(parser: Lark, source: str, failure: ArchitectureError | UnexpectedInput) -> ArchitectureError:
    """Return the error for a text at which reading stopped."""
    if isinstance(failure, ArchitectureError):
        return _foreign_or(failure, source)
    bare = _without_comments(source)
    error = foreign(bare) or unbalanced(bare) or strange(bare)
    if error is not None:
        return error
    if isinstance(failure, UnexpectedCharacters):
        return unknown_character(source, failure.pos_in_stream or 0)
    assert isinstance(failure, UnexpectedToken)
    token = failure.token
    point = parse_point(parser, source, None if token.type == END else token.start_pos)
    return misread(point) or _expected(point, failure.accepts or failure.expected)


def _foreign_or(error: ArchitectureError, source: str) -> ArchitectureError:
    """Return the error that the text is in another notation, where that explains this one."""
    return error if len(source) > LONGEST_TEXT else foreign(_without_comments(source)) or error


def _without_comments(source: str) -> str:
    """Return the text with its comments blank; every column stays."""
    return re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), source)


def _expected(point: ParsePoint, accepted: set[str]) -> ArchitectureError:
    """Return the error that tells what was found, and what could have stood there."""
    words = _IN_SIZES if point.in_sizes else _IN_LAYERS
    if "NUMBER" in accepted:
        accepted = accepted - {"MINUS"}
    named = list(dict.fromkeys(word for kind, word in words.items() if kind in accepted))[:_MOST_NAMED]
    found = repr(point.text(point.after[0])) if point.after else "the end of the text"
    could = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else "".join(named)
    return point.error("unexpected", f"{found} cannot stand here", f"here could stand {could}")

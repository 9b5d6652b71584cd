"""The words and signs of a text, as the grammar parts them."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lark.exceptions import UnexpectedInput

from symcount.errors import Span

if TYPE_CHECKING:
    from lark import Lark, Token


class Piece(NamedTuple):
    """A word or sign: what the grammar calls it, such as ``NAME`` or ``LPAR``, and its place."""

    kind: str
    span: Span


def tokens(parser: Lark, source: str) -> list[Token]:
    """Return the tokens of a text, up to what is none."""
    found: list[Token] = []
    with suppress(UnexpectedInput):
        found.extend(islice(parser.lex(source), len(source)))
    return found

"""Reads a line of the language into its tree, or says what is wrong with it.

Only the form is judged here: that a layer exists, or that sizes fit, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from lark.exceptions import UnexpectedInput

from symcount.errors import ArchitectureError, Span
from symcount.syntax import actions, limits, tables
from symcount.syntax.tokens import Piece, tokens

if TYPE_CHECKING:
    from lark import Lark

    from symcount.syntax.tree import Program

_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212, ord("→")), "-")
"""Dashes as they come out of a PDF; one character for one, so that columns stay."""

_BYTE_ORDER_MARK = "\ufeff"
"""What some editors put first in a file."""


def parse(source: str) -> Program:
    """Read a text of the architecture language.

    Raises ``ArchitectureError``, and nothing else, for a text that cannot be read.

    >>> parse("I(1,28x28)-C(32,5)-O10").statements[0].items[1]
    Call(name='C', arguments=(Argument(name=None, value=Number(value=32)), \
Argument(name=None, value=Number(value=5))), block=None)
    """
    plain = readable(source)
    try:
        limits.check(plain)
        return cast("Program", _parser().parse(plain))
    except (ArchitectureError, UnexpectedInput) as failure:
        raise _explained(plain, failure).within(source) from None


def pieces(source: str) -> Iterator[Piece]:
    """Yield the words and signs of a text in order, up to the first that is none; a comment is none of them.

    >>> [piece.kind for piece in pieces("C(32)-P2 # a comment")]
    ['NAME', 'LPAR', 'NUMBER', 'RPAR', 'MINUS', 'NAME']
    """
    for token in tokens(_parser(), readable(source)):
        yield Piece(token.type, Span(token.start_pos or 0, token.end_pos or 0))


def readable(source: str) -> str:
    """Return the text without a mark of byte order, the dashes of a typesetter replaced; every column stays."""
    if source.isascii():
        return source
    plain = source.translate(_DASHES)
    return f" {plain[1:]}" if plain[0] == _BYTE_ORDER_MARK else plain


@cache
def _parser() -> Lark:
    return tables.parser(actions.rules())


def _explained(source: str, failure: ArchitectureError | UnexpectedInput) -> ArchitectureError:
    """Return the error that says what is wrong; what explains a mistake is loaded when there is one."""
    explained: ArchitectureError = import_module("symcount.syntax.diagnosis").explained(_parser(), source, failure)
    return explained

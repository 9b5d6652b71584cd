"""Reads a line of the language into its tree, or says what is wrong with it.

Only the form is judged here: that a layer exists, or that sizes fit, is decided elsewhere.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from lark.exceptions import UnexpectedInput

from symcount.errors import ArchitectureError
from symcount.syntax import limits, links, parts, sizes, tables

if TYPE_CHECKING:
    from lark import Lark

    from symcount.syntax.tree import Program

_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212, ord("→")), "-")
"""Dashes as they come out of a PDF; one character for one, so that columns stay."""


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
    except ArchitectureError as error:
        raise _placed(_of_other_notation(error, plain), source) from None
    except UnexpectedInput as failure:
        # What explains a mistake is loaded when there is one: most texts have none.
        from symcount.syntax.explain import explain

        raise _placed(explain(_parser(), plain, failure), source) from None


def readable(source: str) -> str:
    """Return the text with the dashes of a typesetter replaced; every column stays."""
    return source if source.isascii() else source.translate(_DASHES)


@cache
def _parser() -> Lark:
    return tables.parser(_rules())


def _rules() -> SimpleNamespace:
    """Return the functions that make the nodes, under the names of the grammar's rules."""
    functions = vars(parts) | vars(sizes) | vars(links)
    return SimpleNamespace(**{name.rstrip("_"): made for name, made in functions.items()})


def _of_other_notation(error: ArchitectureError, source: str) -> ArchitectureError:
    """Return the error that the text is in another notation, where that explains this one."""
    if len(source) > limits.LONGEST_TEXT:
        return error
    from symcount.syntax.explain import without_comments
    from symcount.syntax.foreign import foreign

    return foreign(without_comments(source)) or error


def _placed(error: ArchitectureError, source: str) -> ArchitectureError:
    """Return the error with the text that it is about."""
    error.source = source
    return error

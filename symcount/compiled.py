"""`Compiled`: a formula as a function, of ints or of numpy's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from symcount.answers.code import Code
from symcount.records import Unchanging
from symcount.render.code import code_text


class Compiled(Unchanging):
    """A formula that is worked out for many sizes: an int for ints, a column for columns, exact or refused.

    Sizes are given by the names of the symbols, or in their order. It raises ``ValueError`` where the formula does not
    hold, and for columns ``OverflowError`` where a number on the way might be beyond 64 bits.

    >>> from symcount import parse
    >>> params = parse("I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10").compiled()
    >>> params.symbols, params(1, 28), params(n=28, c=1)
    (('c', 'n'), 217706, 217706)
    """

    code: Code

    def __init__(self, code: Code) -> None:
        self.__dict__["code"] = code

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols that it is a function of, in their order."""
        return tuple(self.code.least)

    def __call__(self, *sizes: int, **named: int) -> Any:
        """Return the number for ints, or a tuple of those of a shape."""
        return self.function(*sizes, **named)

    def columns(self, *sizes: Any, **named: Any) -> Any:
        """Return a column for columns of integers, or for what numpy makes columns of.

        Long columns are taken block by block: what is between two steps then stays in the cache of a processor.
        """
        rows = max((len(each) for each in (*sizes, *named.values()) if _is_column(each)), default=0)
        if rows <= _SHORT or any(_is_column(each) and len(each) != rows for each in (*sizes, *named.values())):
            return self._of_columns(*sizes, **named)

        def worked(start: int) -> Any:
            block = slice(start, start + _BLOCK)
            given = {name: each[block] if _is_column(each) else each for name, each in named.items()}
            return self._of_columns(*(each[block] if _is_column(each) else each for each in sizes), **given)

        return _joined((worked(start) for start in range(0, rows, _BLOCK)), rows)

    @cached_property
    def function(self) -> Callable[..., Any]:
        """The function of ints by itself, which is quicker to call."""
        return self._made("python")

    @cached_property
    def _of_columns(self) -> Callable[..., Any]:
        return self._made("numpy")

    def _made(self, language: str) -> Callable[..., Any]:
        room: dict[str, Any] = {}
        exec(code_text(self.code, language), room)
        function: Callable[..., Any] = room[self.code.name]
        return function

    def __repr__(self) -> str:
        return f"<{self.code.name} of {', '.join(self.symbols) or 'nothing'}>"


_BLOCK = 2**15
"""How many rows of long columns are worked out together."""

_SHORT = 2**18
"""How many rows fit into a cache as they are."""


def _is_column(size: Any) -> bool:
    return len(getattr(size, "shape", ())) == 1


def _joined(blocks: Iterator[Any], rows: int) -> Any:
    """The columns of blocks in one; where they are a shape, of each of its sizes."""
    from numpy import empty

    whole: tuple[Any, ...] = ()
    found: Any = None
    for start, found in zip(range(0, rows, _BLOCK), blocks, strict=True):
        pieces = found if isinstance(found, tuple) else (found,)
        whole = whole or tuple(empty(rows, each.dtype) if _is_column(each) else each for each in pieces)
        for column, piece in zip(whole, pieces, strict=True):
            if _is_column(column):
                column[start : start + _BLOCK] = piece
    return whole if isinstance(found, tuple) else whole[0]

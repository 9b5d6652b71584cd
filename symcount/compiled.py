"""`Compiled`: a formula as a function, of ints or of numpy's columns."""

from __future__ import annotations

from collections.abc import Callable
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
        """Return a column for columns of integers, or for what numpy makes columns of."""
        return self._of_columns(*sizes, **named)

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

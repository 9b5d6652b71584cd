"""Sizes as Python writes them: numbers, or arithmetic in the open symbols of a network."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from symcount.arithmetic import Size, known_sum
from symcount.counts import Numbers
from symcount.interop.writing.lines import WIDTH, tidy
from symcount.interop.writing.naming import free, unused
from symcount.interop.writing.nodes import Argument, Chain, with_arguments
from symcount.records import replace


class Sizes:
    """The sizes of one walk as arguments of calls."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    def text(self, *sizes: Size) -> str:
        """Return a size, or the sum of several, as an expression that is exact on ints."""
        known = known_sum(sizes)
        return self._arithmetic(sizes) if known is None else str(known)

    def _arithmetic(self, sizes: Sequence[Size]) -> str:
        from symcount.algebra import to_python

        written = to_python(self.numbers.closed.polynomial(*sizes))
        return tidy(re.sub(r"[^\W\d]\w*", lambda name: free(name[0]), written))

    def size(self, size: Size, role: str, keyword: str = "", default: int | None = None) -> Argument:
        """Return a size as an argument, left out where it is the default."""
        text = self.text(size)
        return Argument(text, keyword, None if default is None else str(default), role, not text.isdigit())

    def each(self, sizes: Sequence[Size], role: str, keyword: str = "", default: int | None = None) -> Argument:
        """Return a size for each axis as an argument: one for all where they are equal."""
        texts = [*map(self.text, sizes)]
        if len(set(texts)) == 1:
            return self.size(sizes[0], role, keyword, default)
        text = f"({', '.join(texts)}{',' * (len(texts) == 1)})"
        return Argument(text, keyword, None, role, not all(map(str.isdigit, texts)))


def flag(value: object, keyword: str, default: bool | None = None) -> Argument:
    """Return a choice as an argument."""
    return Argument(str(bool(value)), keyword, None if default is None else str(default), keyword)


_LONGEST = 40
"""The most characters of a size that stands in a call."""


def with_long_sizes_named(chains: Sequence[Chain], symbols: Sequence[str]) -> tuple[tuple[Chain, ...], tuple[str, ...]]:
    """Return chains in which long sizes stand under names, and the statements that give these."""
    named: dict[str, str] = {}

    def short(argument: Argument) -> Argument:
        text = argument.text
        if len(text) <= _LONGEST or not argument.is_open or not _names_in(text) <= {*symbols, "max", "min"}:
            return argument
        if text not in named:
            named[text] = unused(argument.role, {*named.values(), *symbols})
        return replace(argument, text=named[text])

    changed = tuple(with_arguments(chain, short) for chain in chains)
    statements = (f"{name} = {text}" for text, name in named.items())
    fitting = (each if len(each) + 8 <= WIDTH else f"{each}  # fmt: skip" for each in statements)
    return tuple(each for each in changed if isinstance(each, Chain)), tuple(fitting)


def _names_in(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}

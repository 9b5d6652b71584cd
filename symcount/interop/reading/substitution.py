"""Puts numbers in place of letters in a tree, and works out what is then a product or sum of numbers."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from symcount.records import replace
from symcount.syntax import RESERVED, tree

_Node = TypeVar("_Node", bound=tree.Node)

_OPERATIONS: Mapping[str, Callable[[int, int], int]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def substituted(node: _Node, sizes: Mapping[str, int]) -> _Node:
    """Return a tree with a number for each letter that has one.

    >>> from symcount.syntax import parse, text
    >>> text(substituted(parse("I(d)-[H(2*d)]*(N-1)-O(o)"), {"d": 8, "N": 3}))
    'I(8)-[H(16)]*2-O(o)'
    """
    changed: Any = replace(node, **{name: _part(value, sizes) for name, value in _fields(node)})
    match changed:
        case tree.Name(name=name, span=span) if name in sizes:
            changed = tree.Number(span, sizes[name])
        case tree.Operation(
            operator=sign, left=tree.Number(value=int() as left), right=tree.Number(value=int() as right)
        ):
            if sign in _OPERATIONS:
                changed = tree.Number(changed.span, _OPERATIONS[sign](left, right))
            elif sign == "/" and right and left % right == 0:
                changed = tree.Number(changed.span, left // right)
    return changed  # type: ignore[no-any-return]


def names_in(node: tree.Node, argument: str | None = None) -> tuple[str, ...]:
    """Return the letters of a tree in the order of the text, or of the arguments of one name alone."""
    return tuple(dict.fromkeys(_names(node, argument, argument is None)))


def _names(node: tree.Node, argument: str | None, inside: bool) -> Iterator[str]:
    match node:
        case tree.Name(name=name) if inside and name not in RESERVED:
            yield name
        case tree.Argument(name=name):
            inside = inside or name == argument
    for _, value in _fields(node):
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, tree.Node):
                yield from _names(part, argument, inside)


def _fields(node: tree.Node) -> Iterator[tuple[str, Any]]:
    names: tuple[str, ...] = type(node).__match_args__
    return ((name, getattr(node, name)) for name in names if name != "span")


def _part(value: Any, sizes: Mapping[str, int]) -> Any:
    if isinstance(value, tree.Node):
        return substituted(value, sizes)
    if isinstance(value, tuple):
        return tuple(_part(each, sizes) for each in value)
    return value

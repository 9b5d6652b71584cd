"""Every kind of node in every place of every other, read off the annotations of the tree itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from symcount.syntax import tree
from symcount.syntax.precedence import BINDING
from tests.strategies import HERE, begins_with_tap, counts_down

SPELLED = {
    (tree.Operation, "operator"): tuple(BINDING),
    (tree.Comparison, "operator"): ("<", "=="),
    (tree.Branches, "joint"): ("|", "+"),
}
"""What a field that is a word may say; any other says a name."""

FEWEST = {tree.Call: 0, tree.Definition: 0, tree.Dimensions: 2, tree.Branches: 2}


@cache
def nodes(kind: Any, depth: int) -> tuple[Any, ...]:
    """Every node of a kind in which one field at a time holds all that it can; so deep, and plain below."""
    fields = {name: hint for name, hint in get_type_hints(kind).items() if name != "span"}
    plain = {name: next(choices(kind, name, hint, 0)) for name, hint in fields.items()}
    signs = [{name: sign} for (owner, name), spelled in SPELLED.items() if owner is kind for sign in spelled] or [{}]
    if depth == 0:
        return (next(node for sign in signs for node in made(kind, plain, sign)),)
    varied = ({name: choice} for name, hint in fields.items() for choice in choices(kind, name, hint, depth))
    return tuple(
        dict.fromkeys(node for change in varied for sign in signs for node in made(kind, plain | change, sign))
    )


def choices(kind: Any, name: str, hint: Any, depth: int) -> Iterator[Any]:
    """Yield what a field may hold, the plainest first."""
    if get_origin(hint) in (Union, UnionType):
        for each in sorted(get_args(hint), key=lambda each: each is not NoneType):
            yield from choices(kind, name, each, depth)
    elif get_origin(hint) is tuple:
        [each, _] = get_args(hint)
        plain = next(choices(kind, name, each, 0))
        if depth == 0:
            yield (plain,) * FEWEST.get(kind, 1)
            return
        for choice in choices(kind, name, each, depth):
            yield from ((choice,), (plain, choice), (choice, plain))
    elif hint is str:
        yield from SPELLED.get((kind, name), ("a",))
    elif hint is NoneType:
        yield None
    elif hint in (int, Fraction):
        yield hint(7) if hint is int else Fraction(1, 2)
    else:
        yield from nodes(hint, max(0, depth - 1))


def made(kind: Any, fields: dict[str, Any], sign: dict[str, str]) -> Iterator[tree.Node]:
    """Yield the node, where a text can say it."""
    node = kind(HERE, **fields | sign)
    match node:
        case tree.Chain(items=(_, *later)) if any(map(begins_with_tap, later)):
            return
        case tree.Branches(joint="+", chains=(_,)) | tree.Dimensions(sizes=(_,)):
            return
        case tree.Index() if counts_down(node):
            return
        case tree.Choice(last=str()):
            node = kind(HERE, **fields | {"name": "k_2", "last": "k_10"})
    yield node


def programs_of(kind: Any, depth: int) -> Iterator[tree.Program]:
    """Yield a program around each node of a kind."""
    for node in nodes(kind, depth):
        yield tree.Program(HERE, (_stated(node),))


def _stated(node: Any) -> tree.Statement:
    match node:
        case tree.Definition() | tree.Let() | tree.Choice() | tree.Chain():
            return node
        case tree.Label():
            return _stated(tree.Labelled(HERE, nodes(tree.Call, 0)[0], node))
        case tree.Argument():
            return _stated(tree.Call(HERE, "C", (node,), None))
        case tree.Parameter():
            return tree.Definition(HERE, "m", (node,), nodes(tree.Chain, 0)[0])
        case tree.Index():
            return _stated(tree.Repeat(HERE, nodes(tree.Call, 0)[0], node))
        case tree.Call() | tree.Series() | tree.Branches() | tree.Tap() | tree.Again() | tree.Repeat():
            return tree.Chain(HERE, (node,))
        case tree.Maybe() | tree.Labelled():
            return tree.Chain(HERE, (node,))
        case _:
            return _stated(tree.Argument(HERE, None, node))

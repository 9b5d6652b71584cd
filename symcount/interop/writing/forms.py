"""The form of a block: what it shares with those that can be one class with it."""

from __future__ import annotations

from symcount.interop.writing.nodes import (
    Again,
    Argument,
    Block,
    Chain,
    Loop,
    Mark,
    Merge,
    Module,
    Node,
    Tensor,
    Use,
    flattened,
)


def form_of(block: Block) -> object:
    """What two blocks share that can be one class: all but the sizes."""
    keys: dict[int, int] = {}

    def key(given: int) -> int:
        return keys.setdefault(given, len(keys))

    def argument(each: Argument) -> object:
        return each.keyword, each.role, each.module and form(each.module)

    def form(node: Node) -> object:
        match node:
            case Chain():
                return tuple(map(form, flattened(node)))
            case Module(name, given, _, word, counts, needs, turns, arity, tail, around):
                said = name, word, counts, turns, arity, tail, around
                return *said, tuple(map(argument, given)), tuple(map(key, needs))
            case Use(name, given, inside):
                return name, tuple(map(argument, given)), tuple(map(key, inside.needs))
            case Loop(body, _, _, index, _, word):
                return "loop", word, index == "_", form(body)
            case Merge(joint, branches, axis):
                return joint, axis, tuple(map(form, branches))
            case Mark(inside, marked, name):
                return "mark", key(marked), name, form(inside)
            case Tensor(marked):
                return "tensor", key(marked)
            case Again(marked):
                return "again", key(marked)
            case _:
                return type(node).__name__

    return block.name, form(block.chain), tuple(map(key, block.needs))

"""One spelling for each layer: tokens for aliases, digits glued where they may be, defaults left out.

Only the spelling changes. A name that the registry does not know, such as a macro, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.errors import ArchitectureError, Span
from symcount.layers import Argument, From, LayerError
from symcount.network.kinds import Meaning, kind_named, meaning
from symcount.records import replace
from symcount.syntax import RESERVED, text, tree


def canonical(program: tree.Program) -> tree.Program:
    """Return the program with every layer in its canonical spelling."""
    own = frozenset(each.name for each in program.statements if isinstance(each, tree.Definition))
    spelling = _Spelling(own)
    return replace(program, statements=tuple(map(spelling.statement, program.statements)))


def canonical_item(item: tree.Item | tree.Chain, own: frozenset[str]) -> tree.Item | tree.Chain:
    """Return one item, or a chain of them, in its canonical spelling; ``own`` names the program's macros."""
    spelling = _Spelling(own)
    return spelling.chain(item) if isinstance(item, tree.Chain) else spelling.item(item)


class _Spelling:
    """Respells the layers of a program whose own definitions are known."""

    def __init__(self, own: frozenset[str]) -> None:
        self.own = own

    def statement(self, statement: tree.Statement) -> tree.Statement:
        match statement:
            case tree.Definition(body=body):
                return replace(statement, body=self.chain(body))
            case tree.Chain():
                return self.chain(statement)
            case _:
                return statement

    def chain(self, chain: tree.Chain) -> tree.Chain:
        return replace(chain, items=tuple(map(self.item, chain.items)))

    def item(self, item: tree.Item) -> tree.Item:
        match item:
            case tree.Call():
                return self.call(item)
            case tree.Repeat() | tree.Maybe() | tree.Labelled():
                return replace(item, item=self.item(item.item))
            case tree.Series() | tree.Branches():
                return self.block(item)
            case _:
                return item

    def block(self, block: tree.Series | tree.Branches) -> tree.Series | tree.Branches:
        if isinstance(block, tree.Series):
            return replace(block, chain=self.chain(block.chain))
        return replace(block, chains=tuple(map(self.chain, block.chains)))

    def call(self, call: tree.Call) -> tree.Call:
        block = None if call.block is None else self.block(call.block)
        if call.name in self.own or kind_named(call.name) is None:
            return replace(call, block=block)
        try:
            return replace(canonical_call(call), block=block)
        except (ArchitectureError, LayerError):
            return replace(call, block=block)


def canonical_call(call: tree.Call) -> tree.Call:
    """Return one layer in its canonical spelling."""
    meant = meaning(call)
    arguments = tuple(_spelled(meant, _arranged(call, meant)))
    return _glued(tree.Call(call.span, meant.kind.token, arguments, call.block))


def _arranged(call: tree.Call, meant: Meaning) -> dict[str, tree.Value]:
    """The written values by the long names of their arguments."""
    by_place = (_parts(argument.value) for argument in call.arguments if argument.name is None)
    named = {argument.name: _parts(argument.value) for argument in call.arguments if argument.name is not None}
    arranged = meant.kind.arranged((*meant.glued, *by_place), named)
    return {name: _joined(value, call.span) for name, value in arranged.items() if value != ()}


def _parts(value: tree.Value) -> Any:
    """A written value as a layer kind arranges it: plain numbers as ints, several sizes as a tuple."""
    match value:
        case tree.Number(value=int() as number):
            return number
        case tree.Dimensions(sizes=parts) | tree.Tuple(items=parts):
            return tuple(map(_parts, parts))
        case _:
            return value


def _joined(value: Any, span: Span) -> tree.Value:
    """The written value again."""
    match value:
        case int():
            return tree.Number(span, value)
        case (one,):
            return _joined(one, span)
        case tuple():
            parts = tuple(_joined(part, span) for part in value)
            sizes = tuple(part for part in parts if isinstance(part, tree.Expression) and not _is_word(part))
            return tree.Dimensions(span, sizes) if len(sizes) == len(parts) else tree.Tuple(span, parts)
        case _:
            node: tree.Value = value
            return node


def _is_word(value: tree.Value) -> bool:
    return isinstance(value, tree.Name) and value.name in RESERVED


def _spelled(meant: Meaning, arranged: dict[str, tree.Value]) -> Iterator[tree.Argument]:
    """The arguments in their order: by place while none is left out, then by their short names."""
    by_place = True
    for place, (name, declared) in enumerate(meant.kind.arguments.items()):
        value = arranged.get(name)
        if value is None or _is_default(value, declared, arranged):
            by_place = by_place and not declared.required and place > 0
            continue
        leads = place == 0 and not (declared.flag or declared.words)
        positional = by_place and not declared.named_only and (declared.required or leads)
        by_place = positional
        yield tree.Argument(value.span, None if positional else declared.short, _switched(value, declared))


def _is_default(value: tree.Value, declared: Argument, arranged: dict[str, tree.Value]) -> bool:
    if isinstance(declared.default, From):
        return value == arranged.get(declared.default.argument)
    match value:
        case tree.Number(value=number):
            return bool(number == declared.default)
        case tree.Name(name=word):
            default = {0: ("off" if declared.flag else "valid"), 1: "on"}.get(declared.default, declared.default)
            return word == default and (declared.flag or bool(declared.words))
        case _:
            return False


def _switched(value: tree.Value, declared: Argument) -> tree.Value:
    match value:
        case tree.Dimensions(sizes=parts) | tree.Tuple(items=parts) if declared.parts:
            return tree.Tuple(value.span, tuple(_switched(each, declared) for each in parts))
        case _:
            pass
    if declared.flag and isinstance(value, tree.Number) and value.value in (0, 1):
        return tree.Name(value.span, "on" if value.value else "off")
    return value


def _glued(call: tree.Call) -> tree.Call:
    """The call with its one plain size glued to its name, where that reads back as the same."""
    match call.arguments:
        case (tree.Argument(name=None, value=tree.Number() | tree.Dimensions() as value),):
            glued = tree.Call(call.span, call.name + text(value), (), call.block)
            try:
                same = _arranged(glued, meaning(glued)) == _arranged(call, meaning(call))
            except (ArchitectureError, LayerError):
                return call
            return glued if same else call
        case _:
            return call

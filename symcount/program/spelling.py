"""Rewrites a text in its canonical spelling: ``C`` for ``conv2d``, ``P2`` for ``P(2)``, defaults left out.

Only the spelling changes: a definition keeps its name, and a call of it its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError
from symcount.layers import Argument, From, Layer, LayerError
from symcount.program.items import (
    Bidirectional,
    Branches,
    Chain,
    Copies,
    Frozen,
    Group,
    Item,
    Labelled,
    MacroCall,
    Maybe,
    Mixture,
    Repeat,
)
from symcount.program.kinds import resolved_kind
from symcount.program.layer_call import LayerCall, arranged
from symcount.program.program import Program
from symcount.records import replace
from symcount.syntax import RESERVED, text, tree


def canonical_text(of: Program | Chain | Item) -> str:
    """Return the text of a program, of a chain or of an item, with every layer in its canonical spelling."""
    match of:
        case Program():
            return text(_program(of))
        case Chain():
            return text(_chain(of))
        case _:
            return text(_item(of))


def _program(program: Program) -> tree.Program:
    chains = iter(program.chains)
    statements: list[tree.Statement] = []
    for statement in program.written.statements:
        match statement:
            case tree.Definition(name=name):
                statements.append(replace(statement, body=_chain(program.macros[name].body)))
            case tree.Chain():
                statements.append(_chain(next(chains)))
            case _:
                statements.append(statement)
    return replace(program.written, statements=tuple(statements))


def _chain(chain: Chain) -> tree.Chain:
    return replace(chain.written, items=tuple(map(_item, chain.items)))


def _item(item: Item) -> tree.Item:
    match item:
        case LayerCall():
            return _layer(item)
        case Repeat(written=written, item=inner) | Maybe(written=written, item=inner):
            return replace(written, item=_item(inner))
        case Labelled(written=written, item=inner):
            return replace(written, item=_item(inner))
        case MacroCall(written=written, block=block):
            return written if block is None else replace(written, block=_item(block))
        case Group(written=tree.Series() as written, chain=chain):
            return replace(written, chain=_chain(chain))
        case Branches(written=written, chains=chains):
            return _branches(written, chains)
        case Frozen() | Bidirectional() | Copies():
            return _given(item.written, item.chain)
        case Mixture(written=written, chain=chain, router=router):
            return replace(_given(written, chain), name=_layer(router).name, arguments=_layer(router).arguments)
        case _:
            return item.written


def _branches(written: tree.Item, chains: tuple[Chain, ...]) -> tree.Item:
    match written:
        case tree.Call(block=tree.Branches() as block) if written.name != "res":
            return replace(written, block=replace(block, chains=tuple(map(_chain, chains))))
        case tree.Call():
            return _given(written, chains[0])
        case _:
            return replace(written, chains=tuple(map(_chain, chains)))


def _given(call: tree.Item, chain: Chain) -> tree.Call:
    """The call of a wrapper, its chain put back into the brackets in which it was written."""
    assert isinstance(call, tree.Call)
    spelled = _chain(chain)
    match call.block, spelled.items:
        case tree.Branches(), (tree.Branches() as block,):
            return replace(call, block=block)
        case block, _:
            return replace(call, block=replace(block, chain=spelled))


def _layer(call: LayerCall) -> tree.Call:
    return replace(_call(call.kind, call.given), span=call.span)


@remembered
def _call(kind: type[Layer], given: tuple[tree.Argument, ...]) -> tree.Call:
    """A layer in its canonical spelling, once for all that are alike: it is in the text of every block around it."""
    arguments = tuple(_spelled(kind, given))
    if not arguments and not _stands_alone(kind):
        arguments = given
    return _glued(tree.Call(tree.NO_SPAN, kind.token, arguments, None), kind)


def _spelled(kind: type[Layer], written: tuple[tree.Argument, ...]) -> Iterator[tree.Argument]:
    """The arguments in their order: by place while none is left out, then by their short names."""
    by_place = True
    read = arranged(kind, written, tree.NO_SPAN)
    given = {name: _joined(value) for name, value in read.items() if value != _NO_AXES}
    for place, (name, declared) in enumerate(kind.arguments.items()):
        value = given.get(name)
        if value is None or _is_default(value, declared, given):
            by_place = by_place and not declared.required and place > 0
            continue
        leads = place == 0 and not (declared.flag or declared.words)
        positional = by_place and not declared.named_only and (declared.required or leads)
        by_place = positional
        yield tree.Argument(value.span, None if positional else declared.short, _switched(value, declared))


_NO_AXES = tree.Tuple(tree.NO_SPAN, ())
"""The axes of a vector: there are none, and none are written."""


def _joined(value: tree.Value) -> tree.Value:
    """Several sizes as one writes them: ``3×5``."""
    match value:
        case tree.Tuple(items=(one,)):
            return _joined(one)
        case tree.Tuple(items=items):
            parts = tuple(map(_joined, items))
            sizes = tuple(part for part in parts if isinstance(part, tree.Expression) and not _is_word(part))
            return tree.Dimensions(value.span, sizes) if len(sizes) == len(parts) else tree.Tuple(value.span, parts)
        case _:
            return value


def _is_word(value: tree.Value) -> bool:
    return isinstance(value, tree.Name) and value.name in RESERVED


def _is_default(value: tree.Value, declared: Argument, given: Mapping[str, tree.Value]) -> bool:
    if isinstance(declared.default, From):
        return value == given.get(declared.default.argument)
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


def _glued(call: tree.Call, spelled: type[Layer]) -> tree.Call:
    """The call with its one plain size glued to its name, where that reads back as the same."""
    match call.arguments:
        case (tree.Argument(name=None, value=tree.Number() | tree.Dimensions() as value),):
            glued = tree.Call(call.span, call.name + text(value), (), None)
            try:
                kind, arguments = resolved_kind(glued)
                same = kind is spelled and _read(kind, arguments) == _read(kind, call.arguments)
            except (ArchitectureError, LayerError):
                return call
            return glued if same else call
        case _:
            return call


def _stands_alone(kind: type[Layer]) -> bool:
    """Whether a kind can be written without any argument: a border of no amount cannot, pad(before=0)."""
    try:
        kind.arranged((), {})
    except LayerError:
        return False
    return True


def _read(kind: type[Layer], arguments: tuple[tree.Argument, ...]) -> dict[str, tree.Value]:
    return {name: _joined(value) for name, value in arranged(kind, arguments, tree.NO_SPAN).items()}

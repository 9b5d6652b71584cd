"""Finds the classes of a network: blocks of one form become one class, and what differs among them its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symcount.interop.writing.forms import form_of
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.naming import class_name, unused
from symcount.interop.writing.nodes import (
    Again,
    Block,
    Chain,
    Hole,
    Loop,
    Mark,
    Merge,
    Module,
    Node,
    Tensor,
    Use,
    every,
    flattened,
    is_straight,
    rebuilt,
)
from symcount.interop.writing.parameters import Parameter, holes, is_filled, parameters
from symcount.interop.writing.series import in_series
from symcount.interop.writing.sizes import Sizes
from symcount.program import Program
from symcount.records import record, replace
from symcount.trace import Experts


@record
class Class:
    """A class: its parameters, and its chain, in which they stand; ``blocks`` are all that it is made for."""

    name: str
    parameters: tuple[Parameter, ...]
    chain: Chain
    blocks: tuple[Block, ...]


def factored(
    chains: Sequence[Chain], sizes: Sizes, program: Program, taken: Iterable[str]
) -> tuple[tuple[Chain, ...], tuple[Class, ...]]:
    """Return chains in which every block calls a class, and these classes, inner before outer; no name is ``taken``."""
    factoring = _Factoring(sizes, program, taken)
    return factoring.chains([_wrapped(each) for each in chains]), tuple(factoring.classes)


def _wrapped(node: Node) -> Chain:
    """A chain in which what is used more than once, or passed on, is a block, unless it is modules in a row."""
    again = {each.key for each in _deep(node) if isinstance(each, Again)}

    def changed(each: Node) -> Node:
        each = rebuilt(each, changed, lambda argument: argument)
        match each:
            case Block(chain=chain):
                return replace(each, needs=_needs(chain))
            case Loop(body=body, part=part) if not (is_straight(body) or _is_block(body) or _is_again(body)):
                return replace(each, body=Chain((Block("Block", body, part, needs=_needs(body)),)))
            case Mark(inside, key, name) if key in again and not (is_straight(inside) or _is_block(Chain((inside,)))):
                part = next(found.part for found in every(inside) if isinstance(found, Merge | Module | Block))
                return replace(each, node=Block(name, Chain((inside,)), part, needs=_needs(inside), word=name))
            case Hole(filled):
                inside = changed(filled)
                if any(not is_straight(each) for each in flattened(inside)):
                    part = next(each.part for each in every(filled) if isinstance(each, Merge | Module))
                    inside = Block("Body", Chain((inside,)), part, needs=_needs(inside))
                    if inside.needs:
                        raise lacking(part, "a block that is given to a macro takes up a label from outside it")
                return Hole(Chain((inside,)))
        return each

    found = changed(node)
    return found if isinstance(found, Chain) else Chain((found,))


def _is_block(body: Chain) -> bool:
    return len(body.nodes) == 1 and isinstance(body.nodes[0], Block)


def _is_again(body: Chain) -> bool:
    return all(isinstance(each, Again) for each in flattened(body))


def _needs(node: Node) -> tuple[int, ...]:
    """The keys of the tensors that a chain takes from outside."""
    kept = {each.key for each in every(node) if isinstance(each, Mark)}
    needed: dict[int, None] = {}
    for each in every(node):
        match each:
            case Again(key=key, part=part) if key not in kept:
                raise lacking(part, "layers outside a block are used again inside it", "write the block out")
            case Tensor(key, _):
                needed[key] = None
            case Module(needs=keys) | Block(needs=keys):
                needed |= dict.fromkeys(keys)
    return tuple(key for key in needed if key not in kept)


class _Factoring:
    def __init__(self, sizes: Sizes, program: Program, taken: Iterable[str]) -> None:
        self.sizes = sizes
        self.program = program
        self.classes: list[Class] = []
        self.names = {*taken}

    def chains(self, chains: Sequence[Chain]) -> tuple[Chain, ...]:
        """Make the innermost blocks classes, until no block is left."""
        whole: Node = Chain(tuple(chains))
        while True:
            innermost = [each for each in _deep(whole) if isinstance(each, Block) and not _has_block(each.chain)]
            if not innermost:
                break
            groups: dict[object, list[Block]] = {}
            for block in innermost:
                groups.setdefault(form_of(block), []).append(block)
            made: dict[int, Node] = {}
            for blocks in groups.values():
                made |= self._made(blocks)
            whole = _replaced(whole, made)
        assert isinstance(whole, Chain)
        return tuple(in_series(_once(each)[0]) for each in whole.nodes if isinstance(each, Chain))

    def _made(self, blocks: list[Block]) -> dict[int, Node]:
        """What stands for each of some blocks of one form: a call of their class, or the one module inside."""
        chains = _once(*_without_empty_holes([block.chain for block in blocks]))
        originals = blocks
        blocks = [replace(block, chain=chain) for block, chain in zip(blocks, chains, strict=True)]
        nodes = [*flattened(blocks[0].chain)]
        if len(nodes) <= 1 and all(isinstance(each, Module | Use) and is_straight(each) for each in nodes):
            return {id(block): chain for block, chain in zip(originals, chains, strict=True)}
        _refuse_open_passes(blocks[0])
        name = unused(class_name(blocks[0].name), self.names)
        self.names.add(name)
        found, chain, calls = parameters(blocks, self.sizes, self.program)
        self.classes.append(Class(name, found, in_series(chain), tuple(blocks)))
        made = zip(originals, blocks, calls, strict=True)
        return {id(original): Use(name, call, block) for original, block, call in made}


def _refuse_open_passes(block: Block) -> None:
    """Refuse a block with a repeat inside whose sizes hold the number of the pass, which only stands there."""
    for each in _deep(block.chain):
        if isinstance(each, Loop) and each.index != "_":
            why = "the sizes in this repeat change from pass to pass, and it stands inside a block"
            raise lacking(each.part, why, "give its count a number")


def _without_empty_holes(chains: Sequence[Chain]) -> list[Chain]:
    """Chains of one form, without the holes that nothing fills in any of them."""
    columns = zip(*map(holes, chains), strict=True)
    empty = {id(hole) for column in columns if not any(map(is_filled, column)) for hole in column}

    def closed(node: Node) -> Node:
        return Chain(()) if id(node) in empty else rebuilt(node, closed, lambda argument: argument)

    return [Chain((closed(chain),)) for chain in chains]


def _once(*chains: Chain) -> list[Chain]:
    """Chains of one form, without the loops that happen once in all of them, or make nothing; experts stay a list."""
    loops = zip(*([each for each in every(chain) if isinstance(each, Loop)] for chain in chains), strict=True)
    single = {id(each) for found in loops for each in found if all(loop.count.text == "1" for loop in found)}

    def unwound(node: Node) -> Node:
        found = rebuilt(node, unwound, lambda argument: argument)
        if not isinstance(found, Loop) or isinstance(found.part, Experts):
            return found
        is_single = id(node) in single and found.index == "_"
        return found.body if is_single or not [*flattened(found.body)] else found

    return [Chain((unwound(chain),)) for chain in chains]


def _deep(node: Node) -> Iterator[Node]:
    """Every node, those that fill holes among them."""
    for each in every(node):
        yield each
        if isinstance(each, Hole):
            yield from _deep(each.filled)


def _has_block(node: Node) -> bool:
    return any(isinstance(each, Block) for each in _deep(node))


def _replaced(node: Node, made: dict[int, Node]) -> Node:
    if id(node) in made:
        return made[id(node)]
    if isinstance(node, Hole):
        filled = _replaced(node.filled, made)
        return Hole(filled if isinstance(filled, Chain) else Chain((filled,)))
    return rebuilt(node, lambda each: _replaced(each, made), lambda argument: argument)

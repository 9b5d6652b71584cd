"""Finds the classes of a network: blocks of one form become one class, and what differs among them its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symcount.interop.writing.framework import lacking
from symcount.interop.writing.naming import class_name, unused
from symcount.interop.writing.nodes import (
    Again,
    Argument,
    Block,
    Chain,
    Hole,
    Loop,
    Mark,
    Merge,
    Module,
    Node,
    Series,
    Tensor,
    Use,
    every,
    rebuilt,
)
from symcount.interop.writing.parameters import Parameter, holes, is_filled, parameters
from symcount.interop.writing.sizes import Sizes
from symcount.program import Program
from symcount.records import record, replace


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


def is_straight(node: Node) -> bool:
    """Whether a node takes what arrives and nothing else, and is a module or several in a row.

    >>> is_straight(Chain(()))
    True
    """
    match node:
        case Module(needs=needs) | Block(needs=needs):
            return not needs
        case Use(block=block):
            return not block.needs
        case Chain(nodes):
            return all(map(is_straight, nodes))
        case Loop(body=body):
            return is_straight(body)
        case Series():
            return True
        case _:
            return False


def flattened(node: Node) -> Iterator[Node]:
    """Yield the nodes of a chain, those of chains inside it in their place."""
    if isinstance(node, Chain):
        for each in node.nodes:
            yield from flattened(each)
    else:
        yield node


def _wrapped(node: Node) -> Chain:
    """A chain in which whatever is made or met more than once, or given away, and is not straight, is a block."""
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
                groups.setdefault(_form(block), []).append(block)
            made: dict[int, Node] = {}
            for blocks in groups.values():
                made |= self._made(blocks)
            whole = _replaced(whole, made)
        assert isinstance(whole, Chain)
        return tuple(_in_series(_once(each)[0]) for each in whole.nodes if isinstance(each, Chain))

    def _made(self, blocks: list[Block]) -> dict[int, Node]:
        """What stands for each of some blocks of one form: a call of their class, or the one node inside."""
        chains = _once(*_without_empty_holes([block.chain for block in blocks]))
        originals = blocks
        blocks = [replace(block, chain=chain) for block, chain in zip(blocks, chains, strict=True)]
        nodes = [*flattened(blocks[0].chain)]
        if len(nodes) <= 1 and all(isinstance(each, Module | Use) for each in nodes):
            return {id(block): chain for block, chain in zip(originals, chains, strict=True)}
        _refuse_open_passes(blocks[0])
        name = unused(class_name(blocks[0].name), self.names)
        self.names.add(name)
        found, chain, calls = parameters(blocks, self.sizes, self.program)
        self.classes.append(Class(name, found, _in_series(chain), tuple(blocks)))
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
    """Chains of one form, without the loops that happen once in all of them."""
    loops = zip(*([each for each in every(chain) if isinstance(each, Loop)] for chain in chains), strict=True)
    single = {id(each) for found in loops for each in found if all(loop.count.text == "1" for loop in found)}

    def unwound(node: Node) -> Node:
        found = rebuilt(node, unwound, lambda argument: argument)
        return found.body if id(node) in single and isinstance(found, Loop) and found.index == "_" else found

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


def _form(block: Block) -> object:
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
            case Module(name, given, _, word, frozen, counts, needs, turns):
                return name, word, frozen, counts, turns, tuple(map(argument, given)), tuple(map(key, needs))
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


LEAST_SERIES = 3
"""So many calls of one class in a row are written as one comprehension."""

_LONGEST_ROW = 50


def _in_series(node: Node) -> Chain:
    """A chain in which calls of one class with other sizes in a row are a series."""

    def changed(each: Node) -> Node:
        each = rebuilt(each, changed, lambda argument: argument)
        return Chain(tuple(_runs([*flattened(each)]))) if isinstance(each, Chain) else each

    found = changed(node)
    return found if isinstance(found, Chain) else Chain((found,))


def _runs(nodes: list[Node]) -> Iterator[Node]:
    place = 0
    while place < len(nodes):
        first = nodes[place]
        run = [first]
        if isinstance(first, Use) and not first.block.needs:
            for each in nodes[place + 1 :]:
                if not (isinstance(each, Use) and each.name == first.name):
                    break
                run.append(each)
        series = _series([each for each in run if isinstance(each, Use)]) if len(run) >= LEAST_SERIES else None
        if series is not None:
            yield series
            place += len(run)
        else:
            yield first
            place += 1


def _series(uses: list[Use]) -> Series | None:
    """Calls of one class as one over the values of the one argument that differs; None where several do."""
    first = uses[0]
    if any(each.module is not None for use in uses for each in use.arguments):
        return None
    columns = [*zip(*(tuple(each.text for each in use.arguments) for use in uses), strict=True)]
    differing = {column for column in columns if len(set(column)) > 1}
    if len(differing) != 1:
        return None
    [values] = differing
    role = next(each.role for column, each in zip(columns, first.arguments, strict=True) if column == values)
    name = unused(role, ())
    if len(", ".join(values)) > _LONGEST_ROW and stride(values) is None:
        return None
    given = tuple(
        replace(each, text=name, default=None) if column == values else each
        for column, each in zip(columns, first.arguments, strict=True)
    )
    return Series(replace(first, arguments=given), name, values, tuple(uses))


def stride(values: Sequence[str]) -> int | None:
    """Return by how much numbers grow from one to the next, None where that is not always as much.

    >>> stride(("64", "96", "128")), stride(("64", "128", "256"))
    (32, None)
    """
    if not all(each.isdigit() for each in values):
        return None
    numbers = [*map(int, values)]
    step = numbers[1] - numbers[0]
    return step if step > 0 and numbers == [*range(numbers[0], numbers[-1] + 1, step)] else None

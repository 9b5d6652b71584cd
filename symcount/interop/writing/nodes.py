"""A network as the modules that a framework would build: what stands between the walk and the code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcount.records import record, replace
from symcount.trace import Part


@record
class Argument:
    """What a call is given: an expression, or a module.

    ``default`` is what is left out where it is that; ``role`` the name that it would have as a parameter.
    ``is_open`` says that it holds names which only the place of the call knows.
    """

    text: str
    keyword: str = ""
    default: str | None = None
    role: str = "size"
    is_open: bool = False
    module: Node | None = None


@record
class Module:
    """One module that a call makes.

    It takes what arrives ``arity`` times. ``needs`` are the parts whose tensors it takes besides; it ``turns`` their
    channels to the end where they stand first. ``counts`` says that the parameters of its part are its own,
    ``tail`` is what is said behind the call, and ``around`` what is called with what it makes. One that is not
    ``called`` is a function, by its name alone.
    """

    name: str
    arguments: tuple[Argument, ...]
    part: Part
    word: str = "layer"
    counts: bool = False
    needs: tuple[int, ...] = ()
    turns: bool = False
    arity: int = 1
    tail: str = ""
    around: str = ""
    called: bool = True


@record
class Chain:
    """Nodes one after another."""

    nodes: tuple[Node, ...]


@record
class Loop:
    """Nodes so many times, each time with modules of their own; ``index`` is the name that its sizes may hold."""

    body: Chain
    part: Part
    count: Argument
    index: str = "_"
    first: Argument = Argument("0", default="0")
    word: str = "blocks"


@record
class Series:
    """One module for each of several values of an argument, which stands in ``each`` under a name."""

    each: Node
    name: str
    values: tuple[str, ...]
    instances: tuple[Node, ...]


@record
class Merge:
    """Branches, and how they meet; ``axis`` is that of the channels."""

    joint: str
    branches: tuple[Chain, ...]
    axis: int
    part: Part


@record
class Block:
    """A chain that becomes a class of its own, with the names and values that the text gives its sizes."""

    name: str
    chain: Chain
    part: Part
    given: tuple[tuple[str, str], ...] = ()
    needs: tuple[int, ...] = ()
    word: str = "block"


@record
class Use:
    """A class of ours, called: ``block`` is what this instance holds."""

    name: str
    arguments: tuple[Argument, ...]
    block: Block


@record
class Mark:
    """A node whose output is taken up again under a name."""

    node: Node
    key: int
    name: str


@record
class Tensor:
    """An earlier tensor again, by the key of its mark."""

    key: int
    part: Part


@record
class Again:
    """The modules of a marked node once more."""

    key: int
    part: Part


@record
class Hole:
    """The place of a module that a class is given; ``filled`` with what this instance holds."""

    filled: Chain


Node = Module | Chain | Loop | Series | Merge | Block | Use | Mark | Tensor | Again | Hole


def inner(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly inside a node; not those of a class that it calls."""
    match node:
        case Chain(nodes):
            return nodes
        case Loop(body=body):
            return (body,)
        case Merge(branches=branches):
            return branches
        case Block(chain=chain):
            return (chain,)
        case Mark(node=marked):
            return (marked,)
        case Module(arguments=arguments) | Use(arguments=arguments):
            return tuple(each.module for each in arguments if each.module is not None)
        case _:
            return ()


def every(node: Node) -> Iterator[Node]:
    """Yield a node and all inside it, outer before inner."""
    yield node
    for each in inner(node):
        yield from every(each)


def rebuilt(node: Node, change: Callable[[Node], Node], argument: Callable[[Argument], Argument]) -> Node:
    """Return a node whose inner nodes and arguments are changed, in order; ``change`` is given each inner node."""

    def changed(each: Argument) -> Argument:
        return argument(each) if each.module is None else replace(each, module=change(each.module))

    match node:
        case Chain(nodes):
            return Chain(tuple(map(change, nodes)))
        case Loop(body=body, first=first, count=count):
            start, times = argument(first), argument(count)
            return replace(node, body=_chain(change(body)), first=start, count=times)
        case Merge(branches=branches):
            return replace(node, branches=tuple(_chain(change(each)) for each in branches))
        case Block(chain=chain):
            return replace(node, chain=_chain(change(chain)))
        case Mark(node=marked):
            return replace(node, node=change(marked))
        case Module(arguments=arguments) | Use(arguments=arguments):
            return replace(node, arguments=tuple(map(changed, arguments)))
        case _:
            return node


def _chain(node: Node) -> Chain:
    return node if isinstance(node, Chain) else Chain((node,))


def with_arguments(node: Node, argument: Callable[[Argument], Argument]) -> Node:
    """Return a node with each argument at any depth changed, in order."""
    return rebuilt(node, lambda each: with_arguments(each, argument), argument)


def arguments(node: Node) -> list[Argument]:
    """Return the arguments at any depth, in order."""
    found: list[Argument] = []

    def seen(each: Argument) -> Argument:
        found.append(each)
        return each

    with_arguments(node, seen)
    return found


def is_straight(node: Node) -> bool:
    """Whether a node takes what arrives and nothing else, and is a module or several in a row.

    >>> is_straight(Chain(()))
    True
    """
    match node:
        case Module(needs=needs, arity=arity):
            return not needs and arity == 1
        case Block(needs=needs):
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


def first_parts(node: Node) -> Iterator[Part]:
    """The layers that take what arrives at a node."""
    match node:
        case Module(part=part):
            yield part
        case Use(block=block):
            yield from first_parts(block.chain)
        case Merge(branches=branches):
            yield from (part for each in branches for part in first_parts(each))
        case _:
            yield from (part for each in inner(node)[:1] for part in first_parts(each))

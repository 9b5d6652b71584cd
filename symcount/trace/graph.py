"""A walk as a graph: the layers as nodes, and an edge wherever one takes what leaves another.

Equal iterations of a repeat are nodes once, which happen so many times; networkx takes the nodes
and the edges as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import Size
from symcount.layers import Shape
from symcount.records import record
from symcount.trace.steps import Block, Branches, Part, Step, Tap, Trace


@record
class Node:
    """A layer, or a place where branches meet: its name, the shape that leaves it, and how often it happens."""

    number: int
    name: str
    kind: str
    output: Shape
    times: Size = 1


@record
class Edge:
    """From the node whose output is taken to the node that takes it, and for which argument if not as its input."""

    source: int
    target: int
    argument: str | None = None


@record
class Graph:
    """The nodes in the order of the walk, and the edges between them by the nodes' numbers."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(trace: Trace) -> Graph:
    """Return the graph of a walk."""
    drawing = _Drawing()
    last: int | None = None
    for part in trace.parts:
        last = drawing.part(part, None if isinstance(part, Step) and part.is_input else last, 1)
    return Graph(tuple(drawing.nodes), tuple(drawing.edges))


class _Drawing:
    """A graph while it is drawn; ``outputs`` are the nodes whose output leaves a part."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.outputs: dict[int, int | None] = {}

    def part(self, part: Part, before: int | None, times: Size) -> int | None:
        """Draw a part behind a node, and return the node whose output leaves it."""
        node: int | None
        match part:
            case Step():
                step = node = self.node(part.name, part.kind, part.output, times, before)
                for argument, taken in part.taken.items():
                    self.edge(self.outputs.get(id(taken.output)), step, argument)
            case Tap(source=source) if source is not None:
                node = self.outputs.get(id(source.output), before)
            case Branches():
                ends = [self.chain(branch.parts, before, times) for branch in part.parts]
                node = self.node(part.name, part.kind, part.output, times, *ends)
            case _:
                node = self.chain(part.parts, before, _product(times, part))
        self.outputs[id(part.output)] = node
        return node

    def chain(self, parts: Sequence[Part], before: int | None, times: Size) -> int | None:
        for part in parts:
            before = self.part(part, before, times)
        return before

    def node(self, name: str, kind: str, output: Shape, times: Size, *before: int | None) -> int:
        node = len(self.nodes)
        self.nodes.append(Node(node, name, kind, output, times))
        for source in before:
            self.edge(source, node)
        return node

    def edge(self, source: int | None, target: int, argument: str | None = None) -> None:
        if source is not None:
            self.edges.append(Edge(source, target, argument))


def _product(times: Size, block: Block) -> Size:
    one = block.times
    return one if isinstance(times, int) and times == 1 else times * one

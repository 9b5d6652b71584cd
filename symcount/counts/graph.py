"""A network as a graph: the layers as nodes, and an edge wherever one takes what leaves another.

Equal passes of a repeat are nodes once, which happen so many times; networkx takes the nodes and the
edges as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcount.arithmetic import Size
from symcount.counts.numbers import Number, Numbers, Sizes
from symcount.records import record
from symcount.trace import Block, Branches, Mixture, Part, Picked, Shared, Step, Tap


@record
class Node:
    """A layer, or a place where branches meet: its name, the shape that leaves it, and how often it happens.

    ``weights`` is the number of the node whose weights it has again, none where it has its own.
    """

    number: int
    name: str
    kind: str
    output: Sizes
    times: Number = 1
    weights: int | None = None


@record
class Edge:
    """From the node whose output is taken to the node that takes it, and for which argument if not as its input."""

    source: int
    target: int
    argument: str | None = None


@record
class Graph:
    """The nodes in the order of the text, and the edges between them by the nodes' numbers.

    >>> import symcount as sc
    >>> graph = sc.parse("I(8,9)-{C(8,3,p=1)-R+_}").graph
    >>> [node.name for node in graph.nodes]
    ['I1', 'C1', 'R1', '_1', 'add']
    >>> [(edge.source, edge.target) for edge in graph.edges]
    [(0, 1), (1, 2), (0, 3), (2, 4), (3, 4)]
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(numbers: Numbers) -> Graph:
    """Return the graph of a network that was walked."""
    drawing = _Drawing(numbers)
    last: int | None = None
    for part in numbers.trace.parts:
        last = drawing.part(part, None if isinstance(part, Step) and part.is_input else last, 1)
    return Graph(tuple(drawing.nodes), tuple(drawing.edges))


class _Drawing:
    """A graph while it is drawn.

    ``leaves`` has the node whose output leaves a part, and ``lent`` the node whose weights a layer has
    again, by the parts themselves: two parts may well leave one shape.
    """

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.leaves: dict[int, int | None] = {}
        self.lent: dict[int, int | None] = {}

    def part(self, part: Part, before: int | None, times: Size) -> int | None:
        """Draw a part behind a node, and return the node whose output leaves it."""
        node = self.leaves[id(part)] = self._drawn(part, before, times)
        return node

    def _drawn(self, part: Part, before: int | None, times: Size) -> int | None:
        match part:
            case Step():
                return self._step(part, before, times)
            case Tap(source=source):
                return self.leaves[id(source)]
            case Branches() | Mixture() | Picked(parts=(_, _, *_)):
                ends = [self.part(each, before, times) for each in part.parts]
                return self._node(part, times, ends)
            case Shared(source=source) if source is not None:
                again = (step for each in part.parts for step in each.steps)
                for first, step in zip(source.steps, again, strict=True):
                    self.lent[id(step)] = self.leaves[id(first)]
        return self._chain(part.parts, before, _product(times, part))

    def _chain(self, parts: Sequence[Part], before: int | None, times: Size) -> int | None:
        for part in parts:
            before = self.part(part, before, times)
        return before

    def _step(self, step: Step, before: int | None, times: Size) -> int:
        node = self._node(step, times, [before])
        for argument, taken in step.taken.items():
            self._edge(self.leaves[id(taken)], node, argument)
        return node

    def _node(self, part: Part, times: Size, before: Sequence[int | None]) -> int:
        number = len(self.nodes)
        output, often = self.numbers.shape(part.output), self.numbers.number(times)
        self.nodes.append(Node(number, part.name, part.kind, output, often, self.lent.get(id(part))))
        for source in before:
            self._edge(source, number)
        return number

    def _edge(self, source: int | None, target: int, argument: str | None = None) -> None:
        if source is not None:
            self.edges.append(Edge(source, target, argument))


def _product(times: Size, block: Block) -> Size:
    one = block.times
    return one if isinstance(times, int) and times == 1 else times * one

"""What a walk through a network leaves behind: a step for each layer, and a block for each group of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic import IndexedSum, Size, Symbol
from symcount.layers import Assumable, Layer, Shape
from symcount.network import Link
from symcount.records import record
from symcount.syntax import tree


@record
class Step:
    """One layer met on the way: what arrived, what left, and what a reader would want to know.

    ``shared`` says that its weights are those of a layer before it.
    """

    link: Link
    layer: Layer
    input: Shape
    output: Shape
    notes: tuple[str, ...]
    shared: bool = False
    label: str | None = None

    @property
    def number(self) -> tuple[int, ...]:
        """Its number."""
        return self.link.number

    @property
    def times(self) -> Size:
        """How many times it happens: once."""
        return 1

    @property
    def kind(self) -> str:
        """The token of its kind."""
        return self.link.kind.token

    @property
    def parts(self) -> tuple[Part, ...]:
        """Nothing: a layer has no layers inside."""
        return ()

    @property
    def steps(self) -> Iterator[Step]:
        """The step itself."""
        return iter((self,))

    @property
    def name(self) -> str:
        """The name of the layer."""
        return self.link.name


@record
class Over:
    """The passes of a repeat whose count is a symbol: an index that runs from first to last."""

    index: Symbol
    first: Size
    last: Size


@record
class Block:
    """Layers that belong together: a group, branches, a macro's layers, or the passes of a repeat.

    ``kind`` is what holds them together: group, branch, concat, add, mul, repeat, pass, optional, tap,
    again, body, frozen, bi, moe, expert, or the name of a macro.
    All of it happens ``times`` times; where ``over`` is given, once for each index of it. ``active``
    is how many of the times one token meets, where not all.
    """

    kind: str
    number: tuple[int, ...]
    item: tree.Item | tree.Chain
    parts: tuple[Part, ...]
    input: Shape
    output: Shape
    label: str | None = None
    times: Size = 1
    over: Over | None = None
    notes: tuple[str, ...] = ()
    active: Size | None = None

    @property
    def steps(self) -> Iterator[Step]:
        """The layers inside, in order."""
        return (each for each in parts_of(self) if isinstance(each, Step))

    @property
    def name(self) -> str:
        """What holds it together."""
        return self.kind

    def multiplied(self, one: Size, *, active: bool = False) -> Size:
        """Return a quantity of all passes, or of those that one token meets, given that of one."""
        if isinstance(one, int) and one == 0:
            return 0
        if self.over is not None:
            return IndexedSum(self.over.index, self.over.first, self.over.last, one)
        times = self.active if active and self.active is not None else self.times
        total: Size = times * one
        return total


Part = Step | Block


@record
class Demanded:
    """What must hold of symbols, and the layer that demands it; none where several layers meet.

    It must hold in every pass of ``overs``, the repeats around it whose index it may name, innermost first.
    """

    demand: Assumable
    link: Link | None = None
    overs: tuple[Over, ...] = ()


@record
class Trace:
    """The walk through a network.

    ``symbols`` are the open sizes by name, in the order of the text; ``demands`` what must hold of
    them, and could not be decided.
    """

    parts: tuple[Part, ...]
    output: Shape
    symbols: Mapping[str, Symbol]
    demands: tuple[Demanded, ...]

    @property
    def input(self) -> Shape:
        """The shape of the first input."""
        return self.inputs[0].output

    @property
    def inputs(self) -> tuple[Step, ...]:
        """The steps of the inputs: one for each tower that has its own."""
        return tuple(step for step in self.steps if step.link.number == (0,))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every layer that was met, one for each distinct pass, in order."""
        return tuple(step for part in self.parts for step in part.steps)

    @property
    def sizes(self) -> Iterator[Size]:
        """Every size of every output on the way."""
        for part in self.parts:
            for each in parts_of(part):
                yield from each.output.sizes


def parts_of(part: Part) -> Iterator[Part]:
    """Yield a part and all inside it, outer before inner."""
    pending = [part]
    while pending:
        found = pending.pop()
        yield found
        if isinstance(found, Block):
            pending.extend(reversed(found.parts))

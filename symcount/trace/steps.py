"""What a walk through a network leaves behind: a step for each layer, and a typed block for each group of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic import IndexedSum, Size, Symbol
from symcount.layers import Assumable, Layer, Shape
from symcount.program import Chain, Item, LayerCall
from symcount.records import record


@record
class Step:
    """One layer met on the way: what arrived, what left, and what a reader would want to know.

    ``number`` counts the links of the text, the input being 0, with a further part for each group or
    macro around it. ``taken`` are the tensors besides that it takes, by the names of its arguments;
    ``shared`` says that its weights are those of a layer before it.
    """

    call: LayerCall
    number: tuple[int, ...]
    layer: Layer
    input: Shape
    output: Shape
    notes: tuple[str, ...]
    taken: Mapping[str, Part] = {}
    shared: bool = False
    label: str | None = None

    @property
    def item(self) -> LayerCall:
        """The call in the text."""
        return self.call

    @property
    def times(self) -> Size:
        """How many times it happens: once."""
        return 1

    @property
    def kind(self) -> str:
        """The token of its kind."""
        return self.call.kind.token

    @property
    def name(self) -> str:
        """The name of the layer."""
        return self.call.name

    @property
    def parts(self) -> tuple[Part, ...]:
        """Nothing: a layer has no layers inside."""
        return ()

    @property
    def steps(self) -> Iterator[Step]:
        """The step itself."""
        return iter((self,))

    @property
    def is_input(self) -> bool:
        """Whether it is an input of the network."""
        return self.number == (0,)


@record
class Block:
    """Layers that belong together; its class says what holds them together.

    ``item`` is what stands in the text. All of it happens ``times`` times.
    """

    number: tuple[int, ...]
    item: Item | Chain
    parts: tuple[Part, ...]
    input: Shape
    output: Shape
    label: str | None = None
    notes: tuple[str, ...] = ()

    word = "group"
    phrase = ""

    @property
    def noun(self) -> str:
        """What a sentence calls it."""
        return self.phrase or self.kind

    @property
    def kind(self) -> str:
        """What holds it together in a word, or the name of its macro."""
        return self.word

    @property
    def name(self) -> str:
        """What it is called on a page: its kind."""
        return self.kind

    @property
    def times(self) -> Size:
        """How many times it happens."""
        return 1

    @property
    def steps(self) -> Iterator[Step]:
        """The layers inside, in order."""
        return (each for each in parts_of(self) if isinstance(each, Step))

    def multiplied(self, one: Size) -> Size:
        """Return a quantity of all its times, given that of one."""
        total: Size = 0 if _is_zero(one) else self.times * one
        return total


@record
class Group(Block):
    """``[A-B]``: layers in series."""


@record
class Branch(Block):
    """One of several branches."""

    word = "branch"


@record
class Branches(Block):
    """Branches; their outputs meet over the channels."""

    word = "concat"
    phrase = "branches, side by side"


@record
class AddedBranches(Branches):
    """Branches whose outputs are added."""

    word = "add"
    phrase = "branches, added"


@record
class MultipliedBranches(Branches):
    """Branches whose outputs are multiplied."""

    word = "mul"
    phrase = "branches, multiplied"


@record
class MacroBlock(Block):
    """The layers of a macro at one call."""

    macro: str = ""

    @property
    def kind(self) -> str:
        """The name of the macro."""
        return self.macro


@record
class Body(Block):
    """The block that was given to a macro, where the macro says ``body``."""

    word = "body"


@record
class Iterations:
    """The passes of a repeat in closed form: an index that runs from first to last."""

    index: Symbol
    first: Size
    last: Size


@record
class Repeat(Block):
    """An item several times: equal passes as one that counts so often, others as an `Iteration` each.

    Where ``over`` is given, the sizes inside depend on its index.
    """

    count: Size = 1
    over: Iterations | None = None

    word = "repeat"

    @property
    def times(self) -> Size:
        return self.count

    def multiplied(self, one: Size) -> Size:
        if self.over is None or _is_zero(one):
            return Block.multiplied(self, one)
        return IndexedSum(self.over.index, self.over.first, self.over.last, one)


@record
class Iteration(Repeat):
    """One pass of a repeat, or several of its passes that go on in the same way."""

    word = "pass"


@record
class Optional(Block):
    """A layer that a symbol, 0 or 1, says whether it is there."""

    there: Size = 1

    word = "optional"

    @property
    def times(self) -> Size:
        return self.there


@record
class Tap(Block):
    """The labelled tensor again: what left ``source``."""

    source: Part | None = None

    word = "tap"


@record
class Shared(Block):
    """The layers of ``source`` again, with the same weights."""

    source: Part | None = None

    word = "again"


@record
class Frozen(Block):
    """Layers whose parameters are held."""

    word = "frozen"


@record
class Bidirectional(Block):
    """A recurrent layer in both directions."""

    word = "bi"

    @property
    def times(self) -> Size:
        return 2


@record
class Mixture(Block):
    """A mixture of experts: the router, and the experts."""

    word = "moe"


@record
class Experts(Block):
    """The copies of a mixture's block, of which each token meets ``active``."""

    copies: Size = 1
    active: Size = 1

    word = "expert"

    @property
    def times(self) -> Size:
        return self.copies

    def active_only(self, one: Size) -> Size:
        """Return a quantity of the copies that one token meets, given that of one."""
        total: Size = 0 if _is_zero(one) else self.active * one
        return total


Part = Step | Block


@record
class Required:
    """What must hold of symbols, and the layer that requires it; none where several layers meet.

    It must hold in every pass of ``over``, the repeats around it whose index it may name, innermost first.
    """

    constraint: Assumable
    call: LayerCall | None = None
    over: tuple[Iterations, ...] = ()


@record
class Trace:
    """The walk through a network.

    ``symbols`` are the open sizes by name, in the order of the text; ``required`` what must hold of
    them, and could not be decided.
    """

    parts: tuple[Part, ...]
    output: Shape
    symbols: Mapping[str, Symbol]
    required: tuple[Required, ...]

    @property
    def input(self) -> Shape:
        """The shape of the first input."""
        return self.inputs[0].output

    @property
    def inputs(self) -> tuple[Step, ...]:
        """The steps of the inputs: one for each chain that has its own."""
        return tuple(step for step in self.steps if step.is_input)

    @property
    def every(self) -> Iterator[Part]:
        """Every layer and block at any depth, outer before inner."""
        return (each for part in self.parts for each in parts_of(part))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every layer that was met, one for each distinct pass, in order."""
        return tuple(each for each in self.every if isinstance(each, Step))

    @property
    def sizes(self) -> Iterator[Size]:
        """Every size of every output on the way."""
        for each in self.every:
            yield from each.output.sizes


def parts_of(part: Part) -> Iterator[Part]:
    """Yield a part and all inside it, outer before inner."""
    pending = [part]
    while pending:
        found = pending.pop()
        yield found
        if isinstance(found, Block):
            pending.extend(reversed(found.parts))


def _is_zero(size: Size) -> bool:
    return isinstance(size, int) and size == 0

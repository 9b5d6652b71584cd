"""What a walk records: a step for each layer, and what holds layers together, a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic import Size, is_number
from symcount.layers import Layer, Shape
from symcount.program import Chain, Item, LayerCall
from symcount.records import record


@record
class Step:
    """One layer of the walk: the shape that arrived, the shape that left, and notes for a reader.

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
        """How many times it happens: once, as only blocks are repeated."""
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
        """The noun for such a block in a sentence."""
        return self.phrase or self.kind

    @property
    def kind(self) -> str:
        """One word for what makes the layers a block, such as ``repeat``, or the name of their macro."""
        return self.word

    @property
    def name(self) -> str:
        """Its name on a page, which is its kind."""
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
        """Return a quantity of all repetitions of the block, given that of one."""
        total: Size = 0 if is_number(one, 0) else self.times * one
        return total


Part = Step | Block


def parts_of(part: Part) -> Iterator[Part]:
    """Yield a part and all inside it, outer before inner."""
    pending = [part]
    while pending:
        found = pending.pop()
        yield found
        if isinstance(found, Block):
            pending.extend(reversed(found.parts))

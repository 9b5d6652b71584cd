"""The items of a network with every name resolved: to a layer kind, a macro, a wrapper, or the block of a macro.

They are what a walk, a page and an exporter read. Nothing here changes, and no name is looked up again.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcount.errors import Span
from symcount.layers import Value
from symcount.program.layer_call import LayerCall
from symcount.program.scope import LeftOut
from symcount.records import record
from symcount.syntax import tree


@record
class Composite:
    """An item that is no layer by itself; ``written`` is its syntax tree, and ``source`` the text of that."""

    written: tree.Item
    source: str

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.written.span


@record
class MacroCall(Composite):
    """A call of a macro: its arguments by the names of the parameters, and the block that it is given."""

    name: str
    arguments: Mapping[str, tree.Value]
    block: Group | Branches | None


@record
class BodyCall(Composite):
    """``body`` in a macro's definition: the block that a call of the macro gives it."""


@record
class Group(Composite):
    """``[A-B]``: a block of layers in series."""

    chain: Chain


@record
class Branches(Composite):
    """``{A|B}``, ``{A+B}``, ``mul{A|B}``, ``res[A]``: branches, and the joint at which they meet."""

    joint: str
    chains: tuple[Chain, ...]


@record
class Joined(Branches):
    """``cat(2){A|B}``: branches one after another along an axis, the first behind the channels being 1."""

    axis: int


@record
class Picked(Branches):
    """``pick(op){A|B|C}``: the branch of this number."""

    which: tree.Expression


@record
class _Wrapper(Composite):
    """A block of layers with a name in front, as in ``frozen[A-B]``."""

    chain: Chain

    name = ""

    @property
    def block_span(self) -> Span:
        """The place of the block in the text."""
        block = getattr(self.written, "block", None)
        return self.span if block is None else block.span


@record
class Frozen(_Wrapper):
    """``frozen[A-B]``: the parameters of the layers are held."""

    name = "frozen"


@record
class Bidirectional(_Wrapper):
    """``bi[LSTM(256)]``: a recurrent layer in both directions."""

    name = "bi"


@record
class Copies(_Wrapper):
    """``par(4)[A-B]``: copies of a block side by side, each with weights of its own."""

    count: tree.Expression

    name = "par"


@record
class Mixture(_Wrapper):
    """``moe(8,top=2)[A-B]``: a router, and copies of a block of which each token meets some."""

    router: LayerCall

    name = "moe"


@record
class Tap(Composite):
    """``@a``: the labelled tensor again."""

    label: tree.Label


@record
class Again(Composite):
    """``&a``: the labelled layers again, with the same weights."""

    label: tree.Label


@record
class Repeat(Composite):
    """An item a number of times."""

    item: Item
    count: tree.Expression | tree.Index


@record
class Maybe(Composite):
    """``A?``: an optional item, there or not as a symbol is 1 or 0; the ordinal is its place among optional ones."""

    item: Item
    ordinal: int

    @property
    def there(self) -> LeftOut:
        """The size that says whether it is there."""
        return LeftOut(f"z_{self.ordinal}")


@record
class Labelled(Composite):
    """An item with a label."""

    item: Item
    label: tree.Label


Block = Group | Branches
Item = (
    LayerCall
    | MacroCall
    | BodyCall
    | Group
    | Branches
    | Frozen
    | Bidirectional
    | Copies
    | Mixture
    | Tap
    | Again
    | Repeat
    | Maybe
    | Labelled
)


@record
class Chain:
    """Items one after another."""

    written: tree.Chain
    source: str
    items: tuple[Item, ...]

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.written.span


@record
class Macro:
    """A definition: its parameters with their defaults, and its layers.

    ``around`` is what names stand for that its own text gives values, where that is another than the program's;
    one that ``leaves_labels`` behind has them in sight of its caller.
    """

    name: str
    parameters: Mapping[str, tree.Value | None]
    body: Chain
    source: str
    around: Mapping[str, Value] = {}
    leaves_labels: bool = False

"""What is written outside of ``( )``: layers and what holds them together, statements, and the whole text."""

from __future__ import annotations

from symcount.errors import Span
from symcount.records import record
from symcount.syntax.tree.sizes import Expression, Label, List, Node, Range, Value


@record
class Argument(Node):
    """One argument, by place (``name`` is None) or by name."""

    name: str | None
    value: Value


@record
class Call(Node):
    """A link of the chain by its name: a layer, a wrapper or a macro, perhaps given a block."""

    name: str
    arguments: tuple[Argument, ...]
    block: Series | Branches | None

    @property
    def name_span(self) -> Span:
        """The span of the name alone."""
        return Span(self.span.start, self.span.start + len(self.name))


@record
class Series(Node):
    """``[A-B]``."""

    chain: Chain


@record
class Branches(Node):
    """``{A|B}`` (joint ``|``, over the channels) or ``{A+B}`` (joint ``+``, added)."""

    joint: str
    chains: tuple[Chain, ...]


@record
class Tap(Node):
    """``@a``: the labelled tensor again."""

    label: Label


@record
class Again(Node):
    """``&a``: the labelled layers again, with the same weights."""

    label: Label


@record
class Index(Node):
    """A count that names its passes: ``i=0..4``, ``f,n in [(64,2),(128,2)]``."""

    names: tuple[str, ...]
    values: Range | List


@record
class Repeat(Node):
    """``item*count``."""

    item: Item
    count: Expression | Index


@record
class Maybe(Node):
    """``item?``."""

    item: Item


@record
class Labelled(Node):
    """``item@label``."""

    item: Item
    label: Label


Item = Call | Series | Branches | Tap | Again | Repeat | Maybe | Labelled


@record
class Chain(Node):
    """Items one after another."""

    items: tuple[Item, ...]


@record
class Parameter(Node):
    """A parameter of a macro, with its default."""

    name: str
    default: Value | None


@record
class Definition(Node):
    """``def name(parameters) = chain``."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Chain


@record
class Let(Node):
    """``let name = value``."""

    name: str
    value: Expression


@record
class Choice(Node):
    """``let name in values``: a size that is one of several; ``let k_1..k_7 in values`` are so many of them."""

    name: str
    last: str | None
    values: List | Range

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it gives values: from the first to the last, where it is several."""
        if self.last is None:
            return (self.name,)
        stem = self.name.rstrip("0123456789")
        first, last = (int(each.removeprefix(stem)) for each in (self.name, self.last))
        return tuple(f"{stem}{number}" for number in range(first, last + 1))


Statement = Definition | Let | Choice | Chain


@record
class Program(Node):
    """The whole text: definitions, lets and towers, in order."""

    statements: tuple[Statement, ...]

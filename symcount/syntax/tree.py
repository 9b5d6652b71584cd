"""The syntax tree: what was written, where, and nothing about what it means.

Every node keeps its span; two trees are equal when they say the same, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symcount.errors import Span
from symcount.records import record


@record
class Node:
    """Anything that was written; ``span`` is its place in the source."""

    span: Span

    _apart = ("span",)


@record
class Number(Node):
    """A number, exact: ``256``, ``1_000``, ``0.5``."""

    value: int | Fraction


@record
class Name(Node):
    """A symbol, a parameter or a word such as ``same``."""

    name: str


@record
class Negative(Node):
    """``-x``."""

    operand: Expression


@record
class Operation(Node):
    """Two operands and one of ``+ - * / // % ^``."""

    operator: str
    left: Expression
    right: Expression


@record
class Comparison(Node):
    """Two operands and one of ``== != < <= > >=``."""

    operator: str
    left: Expression
    right: Expression


@record
class Application(Node):
    """A function of sizes: ``min(a, b)``, ``if(i == 0, 64, 128)``."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Number | Name | Negative | Operation | Comparison | Application


@record
class Dimensions(Node):
    """One size for each axis: ``28x28``, ``h×w``."""

    sizes: tuple[Expression, ...]


@record
class Tuple(Node):
    """``(2,1)``."""

    items: tuple[Value, ...]


@record
class List(Node):
    """``[(64,2),(128,2)]``."""

    items: tuple[Value, ...]


@record
class Range(Node):
    """``0..4``, both ends included."""

    first: Expression
    last: Expression


@record
class Label(Node):
    """What stands behind ``@`` or ``&``: a name, or one of several by its index, ``skip[i-1]``."""

    name: str
    index: Expression | None = None


@record
class Reference(Node):
    """A label as an argument: ``w=@tok``."""

    label: Label


Value = Expression | Dimensions | Tuple | List | Range | Reference


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


Statement = Definition | Let | Chain


@record
class Program(Node):
    """The whole text: definitions, lets and towers, in order."""

    statements: tuple[Statement, ...]


NO_SPAN = Span(0, 0)
"""The place of what stands in no text."""


def names_in(value: Value) -> Iterator[str]:
    """Yield every name in a value, in no particular order.

    >>> place = Span(0, 0)
    >>> list(names_in(Operation(place, "*", Number(place, 2), Name(place, "c"))))
    ['c']
    """
    pending: list[Value] = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, Name):
            yield part.name
        pending.extend(values_in(part))


def items_in(program: Program) -> Iterator[Item]:
    """Yield every item of a program, outer before inner, in the order of the text."""
    pending: list[Chain | Item] = []
    for statement in reversed(program.statements):
        if isinstance(statement, Definition):
            pending.append(statement.body)
        elif isinstance(statement, Chain):
            pending.append(statement)
    while pending:
        node = pending.pop()
        if not isinstance(node, Chain):
            yield node
        match node:
            case Chain(items=items):
                pending.extend(reversed(items))
            case Repeat(item=item) | Labelled(item=item) | Maybe(item=item):
                pending.append(item)
            case Series(chain=inner):
                pending.append(inner)
            case Branches(chains=chains):
                pending.extend(reversed(chains))
            case Call(block=Series() | Branches() as block):
                pending.append(block)
            case _:
                pass


def height(value: Value) -> int:
    """Return how deep a value is nested: 1 for a name or a number.

    >>> place = Span(0, 0)
    >>> height(Operation(place, "*", Number(place, 2), Name(place, "c")))
    2
    """
    level: tuple[Value, ...] = (value,)
    levels = 0
    while level:
        levels += 1
        level = tuple(part for each in level for part in values_in(each))
    return levels


def values_in(value: Value) -> tuple[Value, ...]:
    """Return the values that a value is directly made of."""
    match value:
        case Negative(operand=operand):
            return (operand,)
        case Operation(left=left, right=right) | Comparison(left=left, right=right):
            return (left, right)
        case Range(first=first, last=last):
            return (first, last)
        case Reference(label=Label(index=index)) if index is not None:
            return (index,)
        case Application(arguments=inner) | Dimensions(sizes=inner) | Tuple(items=inner) | List(items=inner):
            return inner
        case _:
            return ()

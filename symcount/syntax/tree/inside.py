"""What a tree is made of: the names and values in a value, and the items of a program."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.syntax.tree.links import Branches, Call, Chain, Definition, Item, Labelled, Maybe, Program, Repeat, Series
from symcount.syntax.tree.sizes import (
    Application,
    Comparison,
    Dimensions,
    Indexed,
    Label,
    List,
    Name,
    Negative,
    Operation,
    Range,
    Reference,
    Tuple,
    Value,
)


def names_in(value: Value) -> Iterator[str]:
    """Yield every name in a value, in no particular order.

    >>> from symcount.syntax.tree import Name, Number, Operation, NO_SPAN as place
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

    >>> from symcount.syntax.tree import Name, Number, Operation, NO_SPAN as place
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
        case Indexed(index=index):
            return (index,)
        case Application(arguments=inner) | Dimensions(sizes=inner) | Tuple(items=inner) | List(items=inner):
            return inner
        case _:
            return ()

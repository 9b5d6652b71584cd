"""Prints a tree in the canonical spacing, such that reading the text gives the tree again.

Parentheses stand only where the tree needs them. It recurses over depth, never over length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.syntax.precedence import ATOM, BINDING, COMPARISON, NEGATIVE, RIGHTWARD
from symcount.syntax.tree import (
    Again,
    Application,
    Argument,
    Branches,
    Call,
    Chain,
    Choice,
    Comparison,
    Definition,
    Dimensions,
    Expression,
    Index,
    Indexed,
    Item,
    Label,
    Labelled,
    Let,
    List,
    Maybe,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    Parameter,
    Program,
    Range,
    Reference,
    Repeat,
    Series,
    Tap,
    Tuple,
)

if TYPE_CHECKING:
    from fractions import Fraction


def text(node: Node) -> str:
    """Return the canonical text of a tree, or of any part of it.

    >>> from symcount.syntax.parser import parse
    >>> text(parse("I( 1, 28×28 ) -> C(32, k = (5)) -> O(2**(n - 1))"))
    'I(1,28x28)-C(32,k=5)-O(2^(n-1))'
    """
    match node:
        case Program(statements=statements):
            return "; ".join(map(text, statements))
        case Definition() | Let() | Choice() | Chain() | Parameter():
            return _statement(node)
        case Call() | Series() | Branches() | Tap() | Again() | Repeat() | Maybe() | Labelled():
            return _item(node)
        case Argument(name=None, value=value):
            return text(value)
        case Argument(name=name, value=value):
            return f"{name}={text(value)}"
        case Label(name=name, index=index):
            return name if index is None else f"{name}[{text(index)}]"
        case Index(names=names, values=Range() as values):
            return f"{','.join(names)}={text(values)}"
        case Index(names=names, values=values):
            return f"{','.join(names)} in {text(values)}"
        case Dimensions() | Tuple() | List() | Range() | Reference():
            return _value(node)
        case Number() | Name() | Negative() | Operation() | Comparison() | Application() | Indexed():
            return _expression(node)
    raise TypeError(f"not a node of the syntax tree: {node!r}")


def _statement(node: Definition | Let | Choice | Chain | Parameter) -> str:
    match node:
        case Chain(items=items):
            return "-".join(map(_item, items))
        case Let(name=name, value=value):
            return f"let {name} = {text(value)}"
        case Choice(name=name, last=last, values=values):
            return f"let {name if last is None else f'{name}..{last}'} in {text(values)}"
        case Definition(name=name, parameters=parameters, body=body):
            return f"def {name}{_enclosed(parameters)} = {text(body)}"
        case Parameter(name=name, default=default):
            return name if default is None else f"{name}={text(default)}"


def _item(node: Item) -> str:
    match node:
        case Call(name=name, arguments=arguments, block=block):
            return f"{name}{_enclosed(arguments)}{'' if block is None else text(block)}"
        case Series(chain=chain):
            return f"[{text(chain)}]"
        case Branches(joint=joint, chains=chains):
            return f"{{{joint.join(map(text, chains))}}}"
        case Tap(label=label):
            return f"@{text(label)}"
        case Again(label=label):
            return f"&{text(label)}"
        case Repeat(item=item, count=Number() | Name() as count):
            return f"{_item(item)}*{text(count)}"
        case Repeat(item=item, count=count):
            return f"{_item(item)}*({text(count)})"
        case Maybe(item=item):
            return f"{_item(item)}?"
        case Labelled(item=item, label=label):
            return f"{_item(item)}@{text(label)}"


def _value(node: Dimensions | Tuple | List | Range | Reference) -> str:
    match node:
        case Dimensions(sizes=sizes):
            joint = "x" if all(map(_is_whole, sizes)) else "×"
            return joint.join(_within(size, COMPARISON + 1) for size in sizes)
        case Tuple(items=(item,)):
            return f"({text(item)},)"
        case Tuple(items=items):
            return _enclosed(items)
        case List(items=items):
            return f"[{','.join(map(text, items))}]"
        case Range(first=first, last=last):
            return f"{_within(first, COMPARISON + 1)}..{_within(last, COMPARISON + 1)}"
        case Reference(label=label):
            return f"@{text(label)}"


def _expression(node: Expression) -> str:
    match node:
        case Number(value=value):
            return str(value) if isinstance(value, int) else _decimal(value)
        case Name(name=name):
            return name
        case Negative(operand=operand):
            return f"-{_within(operand, NEGATIVE)}"
        case Comparison(operator=operator, left=left, right=right):
            return f"{_within(left, COMPARISON + 1)}{operator}{_within(right, COMPARISON + 1)}"
        case Application(function=function, arguments=arguments):
            return function + _enclosed(arguments)
        case Indexed(name=name, index=index):
            return f"{name}[{text(index)}]"
        case Operation(operator=operator, left=left, right=right):
            binding, rightward = BINDING[operator], operator in RIGHTWARD
            after = binding + (not rightward)
            # A sign binds the operand after it, whatever stands before: a*-b needs no parentheses.
            last = _expression(right) if isinstance(right, Negative) else _within(right, after)
            return f"{_within(left, binding + rightward)}{operator}{last}"


def _within(node: Expression, lowest: int) -> str:
    """Return an operand, in parentheses where it binds less tightly than is needed."""
    written = _expression(node)
    return written if _binding(node) >= lowest else f"({written})"


def _binding(node: Expression) -> int:
    match node:
        case Operation(operator=operator):
            return BINDING[operator]
        case Negative():
            return NEGATIVE
        case Comparison():
            return COMPARISON
        case _:
            return ATOM


def _enclosed(parts: tuple[Node, ...]) -> str:
    return f"({','.join(map(text, parts))})" if parts else ""


def _is_whole(size: Expression) -> bool:
    """Whether a size is an integer that ``28x28`` may hold."""
    return isinstance(size, Number) and isinstance(size.value, int) and size.value > 0


def _decimal(value: Fraction) -> str:
    """Return the digits of a fraction of a power of ten; no other can be written as one number."""
    places = next(places for places in range(1, 400) if 10**places % value.denominator == 0)
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"

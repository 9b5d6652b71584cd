"""Makes the nodes of the tree while the parser runs: one function for each rule of the grammar.

The functions keep nothing between calls, so one parser serves all threads. They refuse what the
grammar cannot say: a size that Python could not spell, a binding of a reserved word.
"""

from __future__ import annotations

import re
from fractions import Fraction
from keyword import iskeyword
from typing import Any

from lark import Token

from symcount.errors import ArchitectureError, Span
from symcount.records import replace
from symcount.syntax.limits import MOST_DIGITS, check_digits
from symcount.syntax.precedence import order
from symcount.syntax.tree import (
    Again,
    Application,
    Argument,
    Branches,
    Call,
    Chain,
    Comparison,
    Definition,
    Dimensions,
    Expression,
    Index,
    Item,
    Labelled,
    Let,
    List,
    Maybe,
    Name,
    Number,
    Parameter,
    Program,
    Range,
    Reference,
    Repeat,
    Series,
    Tap,
    Tuple,
)
from symcount.syntax.words import check_bound, check_symbol

Parts = list[Any]
"""What stands in the places of a rule: tokens, nodes, and lists of them."""


def first(parts: Parts) -> Parts:
    """Begin a list."""
    return parts


def first_two(parts: Parts) -> Parts:
    """Begin a list of two, parted by a sign."""
    return [parts[0], parts[2]]


def another(parts: Parts) -> Parts:
    """Go on with a list, after a sign."""
    started: Parts = parts[0]
    started.append(parts[2])
    return started


def gather(parts: Parts) -> Parts:
    """Put operands and operators in one flat list, in the order of the text."""
    gathered: Parts = parts[0] if type(parts[0]) is list else [parts[0]]
    for part in parts[1:]:
        if type(part) is list:
            gathered.extend(part)
        else:
            gathered.append(part)
    return gathered


def program(parts: Parts) -> Program:
    statements = parts[0]
    return Program(statements[0].span.to(statements[-1].span), tuple(statements))


def definition(parts: Parts) -> Definition:
    name = parts[1]
    check_bound(str(name), name.start_pos)
    parameters = parts[3] if type(parts[3]) is list else ()
    return Definition(_reach(parts), str(name), tuple(parameters), parts[-1])


def let(parts: Parts) -> Let:
    return Let(_reach(parts), _bound(parts[1]), parts[3])


def parameter(parts: Parts) -> Parameter:
    name = parts[0]
    return Parameter(_reach(parts), _bound(name), parts[2] if len(parts) > 1 else None)


def chain(parts: Parts) -> Chain:
    items: list[Item] = parts[0]
    if not _PLAIN.issuperset(map(type, items)):
        for item in items[1:]:
            _refuse_tap(item)
    return Chain(items[0].span.to(items[-1].span), tuple(items))


def call(parts: Parts) -> Call:
    name = parts[0]
    if len(parts) == 1:
        return Call(Span(name.start_pos, name.end_pos), str(name), (), None)
    return Call(Span(name.start_pos, parts[-1].end_pos), str(name), _arguments(parts), None)


def call_with_block(parts: Parts) -> Call:
    name, block = parts[0], parts[-1]
    return Call(Span(name.start_pos, block.span.end), str(name), _arguments(parts), block)


def argument(parts: Parts) -> Argument:
    name, value = parts[0], parts[2]
    return Argument(Span(name.start_pos, value.span.end), str(name), value)


def series(parts: Parts) -> Series:
    return Series(_reach(parts), parts[1])


def branches(parts: Parts) -> Branches:
    return Branches(_reach(parts), "|", tuple(parts[1]))


def added_branches(parts: Parts) -> Branches:
    return Branches(_reach(parts), "+", tuple(parts[1]))


def tap(parts: Parts) -> Tap:
    return Tap(_reach(parts), str(parts[1]))


def again(parts: Parts) -> Again:
    return Again(_reach(parts), str(parts[1]))


def repeat(parts: Parts) -> Repeat:
    item, count = parts[0], parts[2]
    return Repeat(item.span.to(count.span), item, count)


def maybe(parts: Parts) -> Maybe:
    return Maybe(_reach(parts), parts[0])


def labelled(parts: Parts) -> Labelled:
    return Labelled(_reach(parts), parts[0], str(parts[2]))


def index(parts: Parts) -> Index:
    names = tuple(_bound(name) for name in parts[1])
    return Index(_reach(parts), names, parts[3])


def number(parts: Parts) -> Number:
    token = parts[0]
    if len(token) > MOST_DIGITS:
        check_digits(token, token.start_pos)
    value = int(token) if "." not in token else _whole(Fraction(token))
    return Number(Span(token.start_pos, token.end_pos), value)


def name(parts: Parts) -> Name:
    token = parts[0]
    if iskeyword(token):
        check_symbol(str(token), token.start_pos)
    return Name(Span(token.start_pos, token.end_pos), str(token))


def enclosed(parts: Parts) -> Expression:
    inner: Expression = parts[1]
    return replace(inner, span=_reach(parts))


def application(parts: Parts) -> Application:
    function = parts[0]
    if function != "if":
        check_symbol(str(function), function.start_pos)
    return Application(_reach(parts), str(function), tuple(parts[2]))


def calculation(parts: Parts) -> Expression:
    return order(parts[0])


def comparison(parts: Parts) -> Comparison:
    left, sign, right = parts
    return Comparison(left.span.to(right.span), str(sign), left, right)


def range_(parts: Parts) -> Range:
    return Range(_reach(parts), parts[0], parts[2])


def rectangle(parts: Parts) -> Dimensions:
    token = parts[0]
    sizes = tuple(_side(match, token) for match in re.finditer("[0-9_]+", token))
    return Dimensions(Span(token.start_pos, token.end_pos), sizes)


def dimensions(parts: Parts) -> Dimensions:
    sizes = tuple(parts[0])
    return Dimensions(sizes[0].span.to(sizes[-1].span), sizes)


def tuple_(parts: Parts) -> Tuple:
    items = parts[1] if len(parts) == 4 else [*parts[1], parts[3]]
    return Tuple(_reach(parts), tuple(items))


def list_(parts: Parts) -> List:
    return List(_reach(parts), tuple(parts[1]))


def reference(parts: Parts) -> Reference:
    return Reference(_reach(parts), str(parts[1]))


def _reach(parts: Parts) -> Span:
    """The span from the first part to the last."""
    left, right = parts[0], parts[-1]
    start = left.start_pos if isinstance(left, Token) else left.span.start
    end = right.end_pos if isinstance(right, Token) else right.span.end
    return Span(start, end)


def _arguments(parts: Parts) -> tuple[Argument, ...]:
    """The arguments of a call, those by place given their nodes."""
    if len(parts) < 4 or type(parts[2]) is not list:
        return ()
    return tuple([part if type(part) is Argument else Argument(part.span, None, part) for part in parts[2]])


def _bound(token: Token) -> str:
    """The name of a symbol that is bound here."""
    start = token.start_pos or 0
    name = str(token)
    check_symbol(name, start)
    check_bound(name, start)
    return name


def _side(match: re.Match[str], token: Token) -> Number:
    """One size of a rectangle such as ``28x28``."""
    start = (token.start_pos or 0) + match.start()
    check_digits(match[0], start)
    if int(match[0]) == 0:
        raise ArchitectureError(
            "zero-size",
            f"{str(token)!r} is not a size: the sizes of an area are at least 1",
            span=Span(token.start_pos or 0, token.end_pos or 0),
            hint="numbers are written in decimal" if match.start() == 0 else None,
        )
    return Number(Span(start, start + len(match[0])), int(match[0]))


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


_PLAIN = frozenset((Call, Branches, Again))
"""Items that cannot drop what arrives at them."""


def _refuse_tap(item: Item) -> None:
    """Refuse a tap in the middle of a chain: it would drop the layers before it."""
    match item:
        case Tap():
            raise ArchitectureError(
                "tap-inside",
                f"@{item.label} in the middle of a chain would drop the layers before it",
                span=item.span,
                hint=f"a tap stands first in a branch or tower, as in {{@{item.label}|_}}",
            )
        case Repeat(item=inner) | Maybe(item=inner) | Labelled(item=inner):
            _refuse_tap(inner)
        case Series(chain=Chain(items=(inner, *_))):
            _refuse_tap(inner)

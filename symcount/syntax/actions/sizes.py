"""Makes the nodes of sizes: one function for each rule of the grammar, called while the parser runs.

The functions keep nothing between calls, so one parser serves all threads. They refuse what the
grammar cannot say: a symbol that Python could not spell, a number without end.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from symcount.errors import ArchitectureError, Span
from symcount.records import replace
from symcount.syntax.actions.parts import Parts, reach
from symcount.syntax.limits import MOST_DIGITS, check_digits
from symcount.syntax.precedence import order
from symcount.syntax.printer import text
from symcount.syntax.reserved import check_no_keyword, check_symbol
from symcount.syntax.tree import (
    Application,
    Comparison,
    Dimensions,
    Expression,
    Indexed,
    List,
    Name,
    Negative,
    Number,
    Range,
    Reference,
    Tuple,
    Value,
    values_in,
)

if TYPE_CHECKING:
    from lark import Token

_AREA = re.compile("(?!exp$)[A-Za-z](x[A-Za-z])+")
"""Single letters with x between them: ``nxn``, ``txhxw``; ``exp``, for an expansion, is a word."""


def number(parts: Parts) -> Number:
    token = parts[0]
    if len(token) > MOST_DIGITS:
        check_digits(token, token.start_pos)
    value = int(token) if "." not in token else _whole(Fraction(token))
    return Number(Span(token.start_pos, token.end_pos), value)


def name(parts: Parts) -> Name:
    token = parts[0]
    check_symbol(str(token), token.start_pos)
    return Name(Span(token.start_pos, token.end_pos), str(token))


def enclosed(parts: Parts) -> Expression:
    inner: Expression = parts[1]
    return replace(inner, span=reach(parts))


def application(parts: Parts) -> Application:
    function = parts[0]
    if function != "if":
        check_no_keyword(str(function), function.start_pos)
    return Application(reach(parts), str(function), tuple(parts[2]))


def indexed(parts: Parts) -> Indexed:
    token = parts[0]
    check_symbol(str(token), token.start_pos)
    return Indexed(reach(parts), str(token), parts[2])


def calculation(parts: Parts) -> Expression:
    return order(parts[0])


def comparison(parts: Parts) -> Comparison:
    left, sign, right = parts
    return Comparison(left.span.to(right.span), str(sign), left, right)


def range_(parts: Parts) -> Range:
    return Range(reach(parts), parts[0], parts[2])


def rectangle(parts: Parts) -> Dimensions:
    token = parts[0]
    sizes = tuple(_side(match, token) for match in re.finditer("[0-9_]+", token))
    return Dimensions(Span(token.start_pos, token.end_pos), sizes)


def dimensions(parts: Parts) -> Dimensions:
    sizes = tuple(parts[0])
    return Dimensions(sizes[0].span.to(sizes[-1].span), sizes)


def tuple_(parts: Parts) -> Tuple:
    items = parts[1] if len(parts) == 4 else [*parts[1], parts[3]]
    return Tuple(reach(parts), tuple(items))


def list_(parts: Parts) -> List:
    return List(reach(parts), tuple(parts[1]))


def reference(parts: Parts) -> Reference:
    return Reference(reach(parts), parts[1])


def refuse_area_as_name(value: Value) -> None:
    """Refuse a name such as ``nxn`` in an argument: it would be one size, where an area is meant."""
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, Name) and _AREA.fullmatch(part.name):
            sides = part.name[::2]
            raise ArchitectureError(
                "area-as-name",
                f"{part.name!r} would be one size: x parts the sizes of an area between digits only",
                span=part.span,
                hint=f"write {'×'.join(sides)}, or ({','.join(sides)})",
            )
        pending.extend(reversed(values_in(part)))


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


def refuse_downwards(index: str, values: Range | List) -> None:
    """Refuse a range that is written downwards, ``4..0`` or ``D-1..0``: it would be empty in silence.

    ``1..0`` says that there is nothing, ``m..3`` may be a range or none, and ``-m..0`` is one.
    """
    if not isinstance(values, Range) or not isinstance(values.last, Number) or isinstance(values.first, Negative):
        return
    first, last = values.first, values.last.value
    downwards = first.value > last + 1 if isinstance(first, Number) else last == 0
    if downwards:
        top = text(first)
        raise ArchitectureError(
            "downwards",
            "a range counts upwards",
            span=values.span,
            hint=f"write {index}={text(values.last)}..{top}, and {top}-{index} for {index} inside",
        )

"""What stands in the places of a rule while the parser runs: tokens, nodes, and lists of them."""

from __future__ import annotations

from typing import Any

from lark import Token

from symcount.errors import Span
from symcount.syntax.reserved import check_bound, check_symbol

Parts = list[Any]
"""The places of one rule, in the order of the text."""


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


def reach(parts: Parts) -> Span:
    """Return the span from the first part to the last."""
    left, right = parts[0], parts[-1]
    start = left.start_pos if isinstance(left, Token) else left.span.start
    end = right.end_pos if isinstance(right, Token) else right.span.end
    return Span(start or 0, end or 0)


def bound(token: Token) -> str:
    """Return the name of a symbol that is bound here."""
    start = token.start_pos or 0
    name = str(token)
    check_symbol(name, start)
    check_bound(name, start)
    return name

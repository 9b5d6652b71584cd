"""How tightly the operators of an expression bind: one table, for reading and for printing.

The grammar gathers ``a+b*c`` flat; ``order`` makes the tree. It refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from symcount.errors import Span
from symcount.syntax.tree import Expression, Negative, Node, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable

BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "^": 4}
"""The binding of an operation; what stands in no table binds tighter than all of them."""

NEGATIVE = 3
"""``-x*y`` is ``(-x)*y``, and ``-x^2`` is ``-(x^2)``."""

COMPARISON = 0
ATOM = 5

RIGHTWARD = frozenset("^")
"""``a^b^c`` is ``a^(b^c)``; the others are read from the left."""

SPELLINGS = {"**": "^"}
"""Operators that may be written in two ways."""


class Sign(Protocol):
    """An operator as it stands in the text: a string that knows its place."""

    start_pos: int | None


def order(sequence: Iterable[Expression | Sign]) -> Expression:
    """Make one expression of operands and operators that stand in the order of the text."""
    operands: list[Expression] = []
    waiting: list[tuple[int, Sign, bool]] = []
    after_operand = False
    for part in sequence:
        if isinstance(part, Node):
            operands.append(part)
            after_operand = True
        elif after_operand:
            operator = str(part)
            operator = SPELLINGS.get(operator, operator)
            binding = BINDING[operator]
            lowest = binding + (operator in RIGHTWARD)
            while waiting and waiting[-1][0] >= lowest:
                _apply(waiting.pop(), operands)
            waiting.append((binding, part, False))
            after_operand = False
        else:
            waiting.append((NEGATIVE, part, True))
    while waiting:
        _apply(waiting.pop(), operands)
    return operands[0]


def _apply(operator: tuple[int, Sign, bool], operands: list[Expression]) -> None:
    """Replace the last operands by the operation on them."""
    _, sign, prefix = operator
    right = operands.pop()
    if prefix:
        operands.append(Negative(Span(sign.start_pos or 0, right.span.end), right))
        return
    left = operands.pop()
    spelled = str(sign)
    operands.append(Operation(left.span.to(right.span), SPELLINGS.get(spelled, spelled), left, right))

"""Expressions of the language to exact values: ints and fractions where all is known, written terms where not.

Nothing is rounded in silence, and a number that would outgrow the stated limit is refused.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Protocol

from symcount.arithmetic import (
    Bracket,
    CeilDiv,
    FloorDiv,
    Named,
    Size,
    Symbol,
    Term,
    all_parts,
    maximum,
    minimum,
)
from symcount.errors import ArchitectureError
from symcount.layers import Source, Value
from symcount.layers.arguments import shown
from symcount.program.divisions import Divisions, Divisor
from symcount.program.operations import Numeric, as_size, check_above_zero, combined, limited, rounded, whole
from symcount.syntax import tree


class Names(Protocol):
    """Anything that knows what a name stands for; ``divisions`` is told of each open size that divides."""

    @property
    def divisions(self) -> Divisions | None:
        """Who is told of divisors; no one, where a class does not say."""
        return None

    def value(self, name: str, node: tree.Node) -> Value:
        """Return what the name stands for at this place."""

    def labelled(self, label: tree.Label, node: tree.Node) -> Value:
        """Return what the label stands for at this place."""


class _InFloor:
    """The names in sight inside of a floor, where what divides is more than 0, also in an exact quotient."""

    def __init__(self, names: Names) -> None:
        self.value = names.value
        self.labelled = names.labelled
        self.divisions = names.divisions


def _in_floor(names: Names) -> _InFloor:
    return names if isinstance(names, _InFloor) else _InFloor(names)


def evaluated(node: tree.Value, names: Names) -> Value:
    """Return the exact value of what was written; errors carry its place in the text."""
    match node:
        case tree.Number(value=value):
            return whole(value)
        case tree.Name(name=name):
            return names.value(name, node)
        case tree.Operation(operator=sign, left=left, right=right):
            names = _in_floor(names) if sign in ("//", "%") else names
            sides = _number(left, names), _number(right, names)
            if sign in _DIVIDING:
                _divides(node, sides[1], names)
            return combined(node, *sides)
        case tree.Dimensions(sizes=parts) | tree.Tuple(items=parts):
            return tuple(evaluated(part, names) for part in parts)
        case tree.Negative(operand=operand):
            return limited(-_number(operand, names), node)
        case tree.Comparison():
            return _compared(node, names)
        case tree.Application():
            return _applied(node, names)
        case tree.Reference(label=label):
            return names.labelled(label, node)
        case tree.Indexed(name=name):
            return names.value(f"{name}_{_place(node, names)}", node)
        case _:
            raise ArchitectureError("bad-argument", "a list or a range is no size", span=node.span)


_DIVIDING = frozenset({"/", "//", "%"})


def _divides(node: tree.Operation, divisor: Numeric, names: Names) -> None:
    """Refuse a divisor in a floor that is less than 0, and tell of an open divisor."""
    is_rounded = isinstance(names, _InFloor)
    if not isinstance(divisor, Term):
        if is_rounded:
            check_above_zero(node, divisor)
    elif names.divisions is not None:
        names.divisions.met(Divisor(divisor, is_rounded))


def _place(node: tree.Indexed, names: Names) -> int:
    """The number of one of several sizes of a name."""
    index = _number(node.index, names)
    if isinstance(index, int) and index >= 0:
        return index
    message = f"which of the sizes {node.name} is meant is a whole number, found {shown(index)}"
    raise ArchitectureError("bad-argument", message, span=node.index.span, hint=f"{node.name}[3] is {node.name}_3")


def _number(node: tree.Value, names: Names) -> Numeric:
    """The value of an operand, which must be one number."""
    value = evaluated(node, names)
    if isinstance(value, int | Fraction | Term):
        return value
    kind = "label" if isinstance(value, Source) else "word"
    what = "several sizes" if isinstance(value, tuple) else f"the {kind} {value}"
    raise ArchitectureError("not-a-number", f"arithmetic needs a number here, found {what}", span=node.span)


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _compared(node: tree.Comparison, names: Names) -> Size:
    left, right = _number(node.left, names), _number(node.right, names)
    if isinstance(left, Term) or isinstance(right, Term):
        return Bracket(as_size(left), node.operator, as_size(right))
    return int(_COMPARISONS[node.operator](left, right))


def _applied(node: tree.Application, names: Names) -> Value:
    least, most = _ARITIES.get(node.function, (0, 0))
    if not most:
        known = ", ".join(_ARITIES)
        raise ArchitectureError(
            "unknown-function",
            f"no function is called {node.function!r}",
            span=node.span,
            hint=f"there are: {known}",
        )
    if not least <= len(node.arguments) <= most:
        takes = str(least) if least == most else f"at least {least}"
        message = f"{node.function} takes {takes} arguments, found {len(node.arguments)}"
        raise ArchitectureError("bad-argument", message, span=node.span)
    if node.function == "if":
        return _chosen(node, names)
    names = _in_floor(names) if node.function in ("ceil", "floor") else names
    values = [_number(argument, names) for argument in node.arguments]
    if node.function in ("min", "max"):
        return _extreme(node.function, values)
    return _rounded(node, values[0])


_MANY = 1_000
_ARITIES = {"if": (3, 3), "min": (1, _MANY), "max": (1, _MANY), "ceil": (1, 1), "floor": (1, 1)}


def _chosen(node: tree.Application, names: Names) -> Value:
    """One of two values; with an open condition the size ``no + [condition]*(yes - no)``."""
    condition, *branches = node.arguments
    decided = _number(condition, names)
    if not isinstance(decided, Term):
        return evaluated(branches[0 if decided else 1], names)
    bracket = decided if isinstance(decided, Bracket) else Bracket(decided, "!=", 0)
    is_not = Bracket(bracket.left, _OPPOSITES[bracket.sign], bracket.right)
    yes, no = (_where(each, branch, names) for each, branch in zip((bracket, is_not), branches, strict=True))
    if not (isinstance(yes, Numeric) and isinstance(no, Numeric)):
        raise _undecided(condition, decided)
    return as_size(no) + bracket * (as_size(yes) - as_size(no))


_OPPOSITES = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _where(condition: Bracket, branch: tree.Expression, names: Names) -> Value:
    """The value of what is evaluated only where an open condition holds."""
    if names.divisions is None:
        return evaluated(branch, names)
    with names.divisions.where(condition):
        return evaluated(branch, names)


def _undecided(node: tree.Expression, condition: Term) -> ArchitectureError:
    """The error of a choice that is no size, with the open symbols that need a value."""
    names = sorted(set(_open(condition)))
    are = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} open"
    message = f"this condition chooses between words or several sizes, and {are}"
    hint = f"give a value behind the network: {' '.join(f'{name}=…' for name in names)}"
    return ArchitectureError("undecided", message, span=node.span, hint=hint)


def _open(size: Size) -> Iterator[str]:
    """The names of the open symbols in a size, those in the values of its names included."""
    for part in all_parts(size) if isinstance(size, Term) else ():
        if isinstance(part, Symbol):
            yield part.name
        elif isinstance(part, Named):
            yield from _open(part.value)


def _extreme(function: str, values: list[Numeric]) -> Value:
    numbers = [value for value in values if not isinstance(value, Term)]
    if len(numbers) < len(values):
        return (minimum if function == "min" else maximum)(*map(as_size, values))
    return min(numbers) if function == "min" else max(numbers)


def _rounded(node: tree.Application, value: Numeric) -> Value:
    up = node.function == "ceil"
    if isinstance(value, Term):
        return rounded(value, CeilDiv if up else FloorDiv)
    return -(-value // 1) if up else value // 1

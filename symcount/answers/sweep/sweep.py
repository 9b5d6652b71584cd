"""Works a grid out: quantities and conditions as columns, points outside of a formula's domain left out and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from math import prod
from typing import Any

from symcount.answers.code import Code, Requirement
from symcount.answers.forms import Answer
from symcount.answers.question import Question
from symcount.answers.sweep.grid import Axis, Grid
from symcount.answers.sweep.parts import Part, parts
from symcount.arithmetic import Remainder, Size, Symbol, Term, all_parts, by_name, magnitude
from symcount.arithmetic.notation import called
from symcount.arithmetic.notation.notation import ATOM, SUM, Form
from symcount.arithmetic.notation.numpy import NUMPY
from symcount.counts import Count
from symcount.counts.assumed import Letters
from symcount.errors import ArchitectureError, near, not_installed
from symcount.program import check_chosen, evaluated
from symcount.program.condition import DIVIDES, Condition, conditions
from symcount.quantities import QUANTITIES, Quantity
from symcount.records import record, replace

_LARGEST_INT64 = 2**63 - 1

_FLOOR = Form("floored({}, {})", ATOM, (SUM, SUM))

_COLUMNS = replace(
    NUMPY,
    minimum=Form("least{}", ATOM, (SUM,)),
    maximum=Form("largest{}", ATOM, (SUM,)),
    ratio=_FLOOR,
    floor=_FLOOR,
    ceiling=Form("(-floored(-({}), {}))", ATOM, (SUM, SUM)),
    remainder=Form("rest({}, {})", ATOM, (SUM, SUM)),
    power=Form("raised({}, {})", ATOM, (SUM, SUM)),
    repeats=3,
)
"""Arithmetic on columns, worked out outside of the domain too, where a divisor may be 0: there any number does."""


@record
class Block:
    """What is kept of a block: a column for each symbol and quantity; and how many of its points it was."""

    columns: dict[str, Any]
    points: int
    outside: int


class Sweep:
    """Quantities of a network over a grid of its open symbols; ``where`` says which points are kept."""

    def __init__(self, count: Count, quantities: Sequence[Quantity], grid: Grid, where: Sequence[str] = ()) -> None:
        self.count = count
        self.quantities = tuple(quantities)
        self.grid = grid
        self.where = tuple(each for text in where for each in conditions(text, QUANTITIES))
        self._check()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns: the symbols, then the quantities."""
        return (*(each.name for each in self.grid.axes), *(quantity.key for quantity in self.quantities))

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        values = {each.name: each.values for each in self.grid.axes}
        return tuple(parts(self.count, self.quantities, values))

    def _check(self) -> None:
        """Refuse what is open and has no values, and values of what is no open symbol."""
        symbols, given = {*self._open}, {each.name for each in self.grid.axes}
        for name in given - symbols:
            close = near(name, symbols)
            hint = f"did you mean {close}?" if close else f"its open symbols are: {', '.join(self._open) or 'none'}"
            raise ArchitectureError("unknown-symbol", f"the network has no open symbol {name!r}", hint=hint)
        needed = [name for each in self._parts[0].codes for name in each.least if name not in given]
        if needed:
            message = f"{needed[0]} is open, and has no values"
            raise ArchitectureError("open-symbols", message, hint=f"write {needed[0]}=16..256:16, or one value")

    @property
    def _open(self) -> tuple[str, ...]:
        answers = (name for each in self.quantities for name in Answer(self.count, Question(each)).symbols)
        return tuple(dict.fromkeys((*self.count.trace.symbols, *answers)))

    @cached_property
    def _kept(self) -> tuple[Requirement, ...]:
        """The conditions that are asked for, in symbols and quantities."""
        return tuple(map(self._condition, self.where))

    def _condition(self, condition: Condition) -> Requirement:
        sides = [evaluated(each, Letters()) for each in (condition.left, condition.right)]
        known = {*self.names}
        for side in sides:
            for part in all_parts(side) if isinstance(side, int | Term) else ():
                if isinstance(part, Symbol) and part.name not in known:
                    close = near(part.name, known)
                    hint = f"did you mean {close}?" if close else f"there are: {', '.join(self.names)}"
                    message = f"{condition.given!r} speaks of {part.name}, which is no column"
                    raise ArchitectureError("bad-condition", message, hint=hint)
        left, right = (side for side in sides if isinstance(side, int | Term))
        return Requirement("divides" if condition.sign == DIVIDES else condition.sign, left, right)

    @cached_property
    def is_small(self) -> bool:
        """Whether 64 bits hold every number on the way, by the corner of the grid."""
        return all(self._is_small(part.codes) for part in self._parts)

    def _is_small(self, codes: Sequence[Code]) -> bool:
        largest = {name: max(1, value) for name, value in self.grid.largest.items()}
        total: Size = 0
        for each in codes:
            most = magnitude(each.sizes[0], largest.__getitem__)
            total = total + sum((magnitude(size, largest.__getitem__) for size in each.every_size), start=0)
            largest[each.name] = most if isinstance(most, int) else _LARGEST_INT64
        for kept in self._kept:
            total = total + sum((magnitude(size, largest.__getitem__) for size in kept.sizes), start=0)
        return isinstance(total, int) and total <= _LARGEST_INT64

    def blocks(self) -> Iterator[Block]:
        """Work the grid out, block by block."""
        np = _numpy()
        kind = np.int64 if self.is_small else object
        (_, run), *others = ((part.bound, self._compiled(np, part)) for part in self._parts)
        for points in self.grid.blocks(np, kind):
            inside, kept, values = run(**points.sizes)
            for bound, other in others:
                there = reduce(np.logical_and, (points.sizes[name] == value for name, value in bound.items()))
                if np.any(there):
                    is_there, kept_there, found = other(**points.sizes)
                    there = there & is_there & np.logical_not(inside)
                    inside, kept = inside | there, np.where(there, kept_there, kept)
                    values = [np.where(there, one, value) for one, value in zip(found, values, strict=True)]

            def full(column: Any, kind: Any = kind, shape: tuple[int, ...] = points.shape) -> Any:
                return np.broadcast_to(np.asarray(column, dtype=kind), shape).reshape(-1)

            answers = {each.key: full(value) for each, value in zip(self.quantities, values, strict=True)}
            columns, count = {**points.columns, **answers}, prod(points.shape)
            if np.all(inside) and np.all(kept):
                yield Block(columns, count, 0)
                continue
            inside = full(inside, bool)
            mask = inside & full(kept, bool)
            yield Block({name: column[mask] for name, column in columns.items()}, count, count - int(inside.sum()))

    def _compiled(self, np: Any, part: Part) -> Any:
        """The function of columns that gives which points are inside, which are kept, and the quantities."""
        axes = [each.name for each in self.grid.axes]
        names = {name: f"size_{place}" for place, name in enumerate(axes)}
        values = {each.name: f"value_{place}" for place, each in enumerate(part.codes)}
        notation = called(_COLUMNS, {**names, **values})
        given = {each.name: _least(each.values) for each in self.grid.axes}
        inside = [f"({names[name]} >= {least})" for name, least in part.least.items() if given.get(name, least) < least]
        inside += (text for each in part.codes for text in _inside(each, given, notation))
        kept = [_said(each, notation) for each in self._kept]
        lines = [
            f"def run({', '.join(axes)}):",
            *(f"    {names[name]} = {name}" for name in axes),
            f"    inside = {' & '.join(dict.fromkeys(inside)) or 'True'}",
            *(f"    {values[each.name]} = {by_name(each.sizes[0], notation)}" for each in part.codes),
            f"    kept = {' & '.join(kept) or 'True'}",
            f"    return inside, kept, ({''.join(f'{values[each.name]}, ' for each in part.codes)})",
        ]
        room: dict[str, Any] = _functions(np)
        exec("\n".join(lines), room)
        return room["run"]


def choices(count: Count, axes: Sequence[Axis]) -> Iterator[Axis]:
    """Yield the values of the choices of a text that no axis gives; those that one gives must be among them."""
    given = {each.name: each for each in axes}
    for name, values in count.program.options.items():
        if name in given:
            other = next((value for value in given[name].values if value not in values), None)
            if other is not None:
                choice = count.program.choices[name]
                check_chosen(name, other, values, choice, count.program.source)
        elif name in count.trace.symbols:
            yield Axis(name, values)


def _functions(np: Any) -> dict[str, Any]:
    def divisor(size: Any) -> Any:
        return size if isinstance(size, int) and size else np.where(size == 0, 1, size)

    return {
        "np": np,
        "least": lambda *several: reduce(np.minimum, several),
        "largest": lambda *several: reduce(np.maximum, several),
        "floored": lambda above, below: above // divisor(below),
        "rest": lambda above, below: above % divisor(below),
        "raised": lambda base, exponent: base ** (exponent if isinstance(exponent, int) else np.maximum(exponent, 0)),
    }


def _least(values: Sequence[int]) -> int:
    return values[0] if isinstance(values, range) else min(values)


def _inside(code: Code, given: dict[str, int], notation: Any) -> Iterator[str]:
    """What a point must meet, but for what all values of the grid do."""
    for each in code.requirements:
        is_met = isinstance(each.left, Symbol) and isinstance(each.right, int) and given[each.left.name] >= each.right
        if not (each.sign == ">=" and is_met and not each.where):
            yield _said(each, notation)


def _said(each: Requirement, notation: Any) -> str:
    """A requirement as a column of truth values; it is idle where its own conditions do not hold."""
    left, right = by_name(each.left, notation), by_name(each.right, notation)
    if each.sign == "divides":
        text = f"({by_name(Remainder(each.right, each.left), notation)} == 0)"
    else:
        text = f"({left} {each.sign} {right})"
    if not each.where:
        return text
    return f"({text} | np.logical_not({' & '.join(_said(one, notation) for one in each.where)}))"


def _numpy() -> Any:
    try:
        import numpy
    except ModuleNotFoundError:
        raise not_installed("a sweep, which works in columns,", "numpy", "sweep") from None
    return numpy

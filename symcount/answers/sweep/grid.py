"""A grid: values for each of several symbols, and every combination of them, in blocks of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from random import Random
from typing import Any

from symcount.errors import ArchitectureError
from symcount.records import record

MOST_POINTS = 10**10
"""The most points of a grid, which takes minutes to hours."""

BLOCK = 2**14
"""The points that are worked out at once: their columns fit into a processor's cache."""

_SHORTEST = 16
"""The fewest points of the last dimension of a block: numpy runs along it, and each run has its price."""

_RANGE = re.compile(r"\s*([0-9][0-9_]{0,60})\s*(?:\.\.\s*([0-9][0-9_]{0,60})\s*(?::\s*([0-9][0-9_]{0,60}))?)?\s*")


@record
class Axis:
    """The values of one symbol, in their order."""

    name: str
    values: Sequence[int]


def axis(name: str, given: str) -> Axis | None:
    """Read values such as ``16..256:16`` or ``3,5,7``; None for what is one value, or an expression.

    >>> axis("f", "16..48:16"), axis("k", "3,5"), axis("n", "28"), axis("g", "2*f")
    (Axis(name='f', values=range(16, 49, 16)), Axis(name='k', values=(3, 5)), None, None)
    """
    matches = [_RANGE.fullmatch(part) for part in given.split(",")]
    if None in matches or (len(matches) == 1 and ".." not in given):
        if ".." in given:
            raise ArchitectureError("bad-range", f"{name}={given} is no range", hint="write n=32..224:32, or k=3,5,7")
        return None
    parts = [_range(name, given, *match.groups()) for match in matches if match is not None]
    return Axis(name, parts[0] if len(parts) == 1 else tuple(value for part in parts for value in part))


def _range(name: str, given: str, *numbers: str | None) -> range:
    first, last, step = (None if each is None else int(each.replace("_", "")) for each in numbers)
    assert first is not None
    last = first if last is None else last
    if step == 0 or last < first:
        why = "a step is at least 1" if step == 0 else f"{last} is less than {first}"
        raise ArchitectureError("bad-range", f"{name}={given} is empty: {why}", hint=f"write {name}={last}..{first}")
    if (last - first) // (step or 1) >= MOST_POINTS:
        raise ArchitectureError("limit", f"{name}={given} has more than {MOST_POINTS:,} values", hint="write a step")
    return range(first, last + 1, step or 1)


@record
class Points:
    """The points of a block: a column for each symbol; and the same sizes in a shape that they fill together.

    Arithmetic on ``sizes`` is done once for the values of the symbols that it is of, and not for each point.
    """

    columns: dict[str, Any]
    shape: tuple[int, ...]
    sizes: dict[str, Any]


class Grid:
    """Every combination of the values of some symbols, the last changing fastest; or a ``sample`` of so many."""

    def __init__(self, axes: Sequence[Axis], sample: int | None = None, seed: int = 0) -> None:
        self.axes = tuple(axes)
        self.whole = prod(len(each.values) for each in self.axes)
        self.seed = seed
        self.sample = None if sample is None or sample >= self.whole else sample
        if self.size > MOST_POINTS:
            widest = max(self.axes, key=lambda each: len(each.values))
            message = f"the grid has {self.whole:,} points, and at most {MOST_POINTS:,} are worked out"
            hint = f"{widest.name} alone has {len(widest.values):,} values: write a step, or --sample 10000"
            raise ArchitectureError("limit", message, hint=hint)

    @property
    def size(self) -> int:
        """How many points are worked out."""
        return self.whole if self.sample is None else self.sample

    @property
    def largest(self) -> Mapping[str, int]:
        """The largest value of each symbol."""
        return {each.name: max(each.values) for each in self.axes}

    def blocks(self, np: Any, kind: Any) -> Iterator[Points]:
        """Yield the points, block by block."""
        return self._sampled(np, kind) if self.sample is not None else self._blocks(np, kind)

    def _blocks(self, np: Any, kind: Any) -> Iterator[Points]:
        *outer, chunked, inner = self._parted()
        of_inner = prod(len(each.values) for each in inner)
        most = max(1, BLOCK // of_inner)
        repeated = {name: np.tile(column, most) for name, column in self._columns(np, kind, inner, of_inner).items()}
        shape, shaped = self._shaped(np, kind, inner)
        for values in product(*(each.values for each in outer)):
            fixed = {each.name: np.array(value, dtype=kind) for each, value in zip(outer, values, strict=True)}
            for start in range(0, len(chunked.values), most):
                chunk = np.array(chunked.values[start : start + most], dtype=kind)
                count = len(chunk) * of_inner
                columns = {name: np.broadcast_to(value, count) for name, value in fixed.items()}
                columns[chunked.name] = np.repeat(chunk, of_inner)
                columns |= {name: column[:count] for name, column in repeated.items()}
                slow = {chunked.name: chunk.reshape(-1, *(1 for _ in shape))}
                yield Points(columns, (len(chunk), *shape), {**fixed, **slow, **shaped})

    def _shaped(self, np: Any, kind: Any, axes: Sequence[Axis]) -> tuple[tuple[int, ...], dict[str, Any]]:
        """The shape of the points of some axes, and their values in it; those of the last share a dimension."""
        apart, of_last = len(axes), 1
        while apart and of_last < _SHORTEST:
            apart -= 1
            of_last *= len(axes[apart].values)
        shape = (*(len(each.values) for each in axes[:apart]), of_last)
        shaped = self._columns(np, kind, axes[apart:], of_last)
        for place, each in enumerate(axes[:apart]):
            shaped[each.name] = np.array(each.values, dtype=kind).reshape(-1, *(1 for _ in shape[place + 1 :]))
        return shape, shaped

    def _parted(self) -> list[Any]:
        """The axes that stay fixed in a block, the one that is cut into chunks, and a list of those that fit whole."""
        place = len(self.axes) - 1
        size = 1
        while place > 0 and size * len(self.axes[place].values) <= BLOCK:
            size *= len(self.axes[place].values)
            place -= 1
        return [*self.axes[:place], self.axes[place], self.axes[place + 1 :]]

    def _columns(self, np: Any, kind: Any, axes: Sequence[Axis], size: int) -> dict[str, Any]:
        columns, each_runs = {}, size
        for each in axes:
            each_runs //= len(each.values)
            column = np.repeat(np.array(each.values, dtype=kind), each_runs)
            columns[each.name] = np.tile(column, size // len(column))
        return columns

    def _sampled(self, np: Any, kind: Any) -> Iterator[Points]:
        """The points of a sample, each once, in the order of the grid."""
        places = sorted(_drawn(Random(self.seed), self.whole, self.size))
        for start in range(0, len(places), BLOCK):
            rest = places[start : start + BLOCK]
            columns: dict[str, Any] = {}
            for each in reversed(self.axes):
                values = [each.values[place % len(each.values)] for place in rest]
                columns[each.name] = np.array(values, dtype=kind)
                rest = [place // len(each.values) for place in rest]
            columns = {each.name: columns[each.name] for each in self.axes}
            yield Points(columns, (len(values),), columns)


def _drawn(draw: Random, size: int, count: int) -> set[int]:
    """So many places among so many, each once; also where there are more than a machine can number."""
    if 2 * count > size:
        return {*range(size)} - _drawn(draw, size, size - count)
    found: set[int] = set()
    while len(found) < count:
        found.add(draw.randrange(size))
    return found

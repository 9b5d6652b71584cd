"""Calls of one class in a row, with one size that differs, as one call over its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.interop.writing.naming import unused
from symcount.interop.writing.nodes import Chain, Node, Series, Use, flattened, rebuilt
from symcount.records import replace

LEAST_SERIES = 3
"""So many calls of one class in a row are written as one comprehension."""

_LONGEST_ROW = 50


def in_series(node: Node) -> Chain:
    """A chain in which calls of one class with other sizes in a row are a series."""

    def changed(each: Node) -> Node:
        each = rebuilt(each, changed, lambda argument: argument)
        return Chain(tuple(_runs([*flattened(each)]))) if isinstance(each, Chain) else each

    found = changed(node)
    return found if isinstance(found, Chain) else Chain((found,))


def _runs(nodes: list[Node]) -> Iterator[Node]:
    place = 0
    while place < len(nodes):
        first = nodes[place]
        run = [first]
        if isinstance(first, Use) and not first.block.needs:
            for each in nodes[place + 1 :]:
                if not (isinstance(each, Use) and each.name == first.name):
                    break
                run.append(each)
        series = _series([each for each in run if isinstance(each, Use)]) if len(run) >= LEAST_SERIES else None
        if series is not None:
            yield series
            place += len(run)
        else:
            yield first
            place += 1


def _series(uses: list[Use]) -> Series | None:
    """Calls of one class as one over the values of the one argument that differs; None where several do."""
    first = uses[0]
    if any(each.module is not None for use in uses for each in use.arguments):
        return None
    columns = [*zip(*(tuple(each.text for each in use.arguments) for use in uses), strict=True)]
    differing = {column for column in columns if len(set(column)) > 1}
    if len(differing) != 1:
        return None
    [values] = differing
    role = next(each.role for column, each in zip(columns, first.arguments, strict=True) if column == values)
    name = unused(role, ())
    if len(", ".join(values)) > _LONGEST_ROW and stride(values) is None:
        return None
    given = tuple(
        replace(each, text=name, default=None) if column == values else each
        for column, each in zip(columns, first.arguments, strict=True)
    )
    return Series(replace(first, arguments=given), name, values, tuple(uses))


def stride(values: Sequence[str]) -> int | None:
    """Return the common difference of numbers, None where they are no arithmetic progression.

    >>> stride(("64", "96", "128")), stride(("64", "128", "256"))
    (32, None)
    """
    if not all(each.isdigit() for each in values):
        return None
    numbers = [*map(int, values)]
    step = numbers[1] - numbers[0]
    return step if step > 0 and numbers == [*range(numbers[0], numbers[-1] + 1, step)] else None

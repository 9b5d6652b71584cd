"""A graph of plain tensors, as ONNX and `torch.export` draw it, in one vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from symcount.records import record


@record
class Weight:
    """A tensor of fixed values: the name under which it is kept, how many it has, and the shape that a step sees.

    One that is made of several has the names of all.
    """

    name: str
    count: int
    shape: tuple[int, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of those that it is made of."""
        return tuple(self.name.split(_AND))


_AND = " and "


def made_of(names: Iterable[str], count: int, shape: tuple[int, ...]) -> Weight:
    """Return a tensor made of others, which have so many values in all."""
    return Weight(_AND.join(names), count, shape)


Source = str | Weight | None
"""What a step takes: a tensor by its name, fixed values, or nothing at this place."""


@record
class Step:
    """A step: its kind, what it takes, the tensors that it gives with their shapes, and its options.

    Shapes have the batch as their first axis. The kinds are those that `symcount.interop.reading.graphs.kinds` reads.
    """

    kind: str
    inputs: tuple[Source, ...]
    outputs: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    options: Mapping[str, Any] = MappingProxyType({})

    @property
    def name(self) -> str:
        """What errors call it."""
        return self.outputs[0]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the first tensor that it gives."""
        return self.shapes[0]

    @property
    def tensors(self) -> tuple[str, ...]:
        """The tensors that it takes, by their names."""
        return tuple(each for each in self.inputs if isinstance(each, str))

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The fixed values that it takes."""
        return tuple(each for each in self.inputs if isinstance(each, Weight))


REARRANGING = frozenset(("reshape", "permute", "pass"))
"""Kinds that keep all values, and set them in another order or shape."""


def users_of(steps: Iterable[Step]) -> Mapping[str, list[Step]]:
    """Return the steps that take each tensor."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        for name in step.tensors:
            found.setdefault(name, []).append(step)
    return found


def givers_of(steps: Iterable[Step]) -> Mapping[str, Step]:
    """Return the step that gives each tensor."""
    return {name: step for step in steps for name in step.outputs}

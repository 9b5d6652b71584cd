"""A call of an operator, as `torch.export` leaves it: what it takes by name, and the step that it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symcount.interop.reading.graphs.flow import refused
from symcount.interop.reading.graphs.steps import Source, Step, Weight
from symcount.records import record

Shape = tuple[int, ...]


@record
class Call:
    """A call of an operator: its name, what it takes by the names of its schema, and what it gives with the shapes.

    Tensors among the arguments are sources of steps, and ``arrived`` is the shape of the first that flows.
    """

    operator: str
    arguments: Mapping[str, Any]
    arrived: Shape
    outputs: tuple[str, ...]
    shapes: tuple[Shape, ...]

    def get(self, name: str, usual: Any = None) -> Any:
        """Return an argument."""
        found = self.arguments.get(name)
        return usual if found is None else found

    def sizes(self, name: str, axes: int) -> Shape:
        """Return a size for each of so many axes."""
        found = self.get(name, ())
        found = (found,) if isinstance(found, int) else tuple(found)
        return found * axes if len(found) == 1 else found

    def weights(self, *names: str) -> list[Source]:
        """Return the fixed values of these names; what is computed in their place is refused."""
        found = [self.arguments[name] for name in names if self.arguments.get(name) is not None]
        if not all(isinstance(each, Weight) for each in found):
            raise self.refused("takes weights that are computed")
        return found

    def learned(self) -> tuple[Weight, list[Source]]:
        """Return the matrix or the windows that it takes, which must be learned, and its addends."""
        matrix, *bias = self.weights("weight", "bias")
        if not isinstance(matrix, Weight) or len(matrix.shape) < _MATRIX:
            raise self.refused("takes weights that nobody learns")
        return matrix, bias

    def step(self, kind: str, inputs: Sequence[Source], **options: Any) -> Step:
        """Return the step that it is."""
        return Step(kind, tuple(inputs), self.outputs, self.shapes, options)

    def refused(self, why: str) -> Exception:
        """Return the refusal of a call."""
        return refused(f"{self.outputs[0]}, a call of {self.operator}, {why}")

    @property
    def tensor(self) -> Source:
        """The first of what it takes."""
        return next(iter(self.arguments.values()))  # type: ignore[no-any-return]


_MATRIX = 2
"""The axes of a matrix."""

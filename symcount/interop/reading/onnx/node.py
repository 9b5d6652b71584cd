"""A node of an ONNX graph, with what is known of the tensors that it takes and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symcount.interop.reading.graphs.steps import Source, Step
from symcount.interop.reading.onnx.tensors import Tensors
from symcount.records import record


@record
class Node:
    """A node of the graph: its operator, what it takes, what it gives with the shapes, and its attributes."""

    operator: str
    inputs: tuple[Source, ...]
    names: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]
    tensors: Tensors

    def get(self, name: str, usual: Any = None) -> Any:
        """An attribute."""
        return self.attributes.get(name, usual)

    def shape(self, place: int = 0) -> tuple[int, ...]:
        """The shape of something that it takes."""
        return self.tensors.shape(self.names[place])

    def places(self, place: int) -> tuple[int, ...] | None:
        """The whole numbers that it takes at a place, None where they are not known."""
        name = self.names[place] if place < len(self.names) else ""
        return self.tensors.whole.get(name) or None

    def step(self, kind: str, inputs: Sequence[Source] | None = None, **options: Any) -> Step:
        """The step that it is."""
        given = tuple(self.inputs if inputs is None else inputs)
        shapes = tuple(map(self.tensors.shape, self.outputs))
        return Step(kind, given, self.outputs, shapes, options)

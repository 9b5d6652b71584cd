"""Layers of Keras that join several: sums, products, and channels side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.dag import Node

MERGES = {
    "Add": "+", "Average": "+", "Maximum": "+", "Minimum": "+", "Subtract": "+", "CustomScaleLayer": "+",
    "Multiply": "mul", "Concatenate": "|",
}  # fmt: skip
"""How each joins what arrives; what learns nothing and keeps the shape is a sum."""


def merged(
    layer: str, kind: str, config: Mapping[str, Any], name: str, sources: Sequence[str], shapes: Sequence[Any]
) -> Iterator[Node]:
    """Yield the node of a merge, behind those that make one value of a channel out of one place."""
    if len(sources) < 2:
        raise ArchitectureError("bad-file", f"the layer {layer!r} joins two at least, found {len(sources)}")
    if kind == "Concatenate" and not _is_last(config.get("axis", -1), shapes):
        raise ArchitectureError("cannot-say", f"the layer {layer!r} joins along another axis than the channels")
    widest = max((_places(shape) for shape in shapes), default=1)
    inputs = []
    for number, (source, shape) in enumerate(zip(sources, shapes, strict=True)):
        if MERGES[kind] != "|" and _places(shape) == 1 < widest and len(shape) > 2:
            yield Node(f"{name} {number}", "GAP", (source,))
            inputs.append(f"{name} {number}")
        else:
            inputs.append(source)
    yield Node(name, "", tuple(inputs), MERGES[kind])


def _is_last(axis: Any, shapes: Sequence[Any]) -> bool:
    rank = next((len(shape) for shape in shapes if isinstance(shape, list)), None)
    return (
        axis == -1 or (rank is not None and axis == rank - 1) or (rank is None and isinstance(axis, int) and axis >= 2)
    )


def _places(shape: Any) -> int:
    """The number of places of a shape; one that is open counts as many."""
    if not isinstance(shape, list) or len(shape) < 2:
        return 1
    product = 1
    for size in shape[1:-1]:
        product *= size if isinstance(size, int) else 2
    return product

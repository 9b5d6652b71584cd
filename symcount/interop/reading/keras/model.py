"""From a model's JSON to the network that it is: Sequential, functional, and models as layers of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.dag import Node, label_of, written
from symcount.interop.reading.keras.given import Given
from symcount.interop.reading.keras.layers import is_learning, layer_text
from symcount.interop.reading.keras.merges import MERGES, merged
from symcount.interop.reading.keras.saved import (
    Layer,
    Tensor,
    bad,
    built_shape,
    in_order,
    input_shape,
    input_text,
    layer_of,
    tensors_of,
)
from symcount.interop.reading.network import Network

_MODELS = ("Sequential", "Functional", "Model")
DEEPEST_MODELS = 20
"""Models inside models."""


def is_model(said: Any) -> bool:
    """Whether JSON is a model of Keras."""
    return isinstance(said, dict) and said.get("class_name") in _MODELS and "config" in said


def read_model(said: Mapping[str, Any]) -> Network:
    """Return the network that a model's JSON describes."""
    reader = _Reader()
    outputs = reader.model(said, "", (), 0)
    about = f"a {said['class_name']} model of Keras"
    return Network(written(reader.nodes, outputs), about=about, notes=tuple(dict.fromkeys(reader.notes)))


class _Reader:
    """The nodes of a graph that are read so far, and notes."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.notes: list[str] = []

    def model(self, said: Mapping[str, Any], prefix: str, arriving: Sequence[str], depth: int) -> list[str]:
        """Read a model whose inputs are these nodes, or its own; return the nodes of its outputs."""
        if depth > DEEPEST_MODELS:
            raise bad(f"models nested too deeply; at most {DEEPEST_MODELS} are read")
        config = said.get("config")
        layers = config if isinstance(config, list) else config.get("layers") if isinstance(config, dict) else None
        if not isinstance(layers, list) or not layers:
            raise bad("a model lists its layers")
        if said["class_name"] == "Sequential":
            return [self._sequence(config if isinstance(config, dict) else {}, layers, prefix, arriving, depth)]
        assert isinstance(config, dict)
        return self._graph(config, [layer_of(each) for each in layers], prefix, arriving, depth)

    def _sequence(
        self, config: Mapping[str, Any], layers: Sequence[Any], prefix: str, arriving: Sequence[str], depth: int
    ) -> str:
        before = arriving[0] if arriving else None
        for number, each in enumerate(layers):
            layer = layer_of(each)
            name = f"{prefix}{layer.name or number}"
            if layer.kind == "InputLayer" and before is not None:
                continue
            if before is None:
                before = f"{name} input"
                shape = input_shape(layer) or config.get("build_input_shape")
                self._node(Node(before if layer.kind != "InputLayer" else name, input_text(layer.name, shape)))
                if layer.kind == "InputLayer":
                    before = name
                    continue
            before = self._one(layer, name, (before,), (Tensor(""),), depth)
        if before is None:
            raise bad("a Sequential model has no layers")
        return before

    def _graph(
        self, config: Mapping[str, Any], layers: Sequence[Layer], prefix: str, arriving: Sequence[str], depth: int
    ) -> list[str]:
        ends: dict[tuple[str, int], str] = {}
        inputs = [tensor.layer for tensor in tensors_of(config.get("input_layers"))]
        if arriving and len(arriving) == len(inputs):
            ends.update({(name, 0): node for name, node in zip(inputs, arriving, strict=True)})
        for layer, call in in_order(layers):
            if (layer.name, call) in ends:
                continue
            name = f"{prefix}{layer.name}" + (f" {call}" if call else "")
            taken = layer.calls[call] if layer.calls else ()
            sources = tuple(_end(ends, tensor) for tensor in taken)
            if call and layer.kind not in MERGES and is_learning(layer.kind):
                ends[layer.name, call] = self._again(layer, name, sources, ends[layer.name, 0])
            else:
                ends[layer.name, call] = self._one(layer, name, sources, taken, depth)
        return [_end(ends, tensor) for tensor in tensors_of(config.get("output_layers"))]

    def _again(self, layer: Layer, name: str, sources: tuple[str, ...], first: str) -> str:
        """A layer that is called once more, with the same weights."""
        if layer.kind in _MODELS or len(sources) != 1:
            raise ArchitectureError("cannot-say", f"the layer {layer.name!r} ({layer.kind}) is called more than once")
        self._node(Node(name, f"&{label_of(first)}", sources, beside=(first,)))
        return name

    def _one(self, layer: Layer, name: str, sources: tuple[str, ...], taken: tuple[Tensor, ...], depth: int) -> str:
        """Read one layer, or a model that stands for one; return the node of what leaves."""
        if layer.kind in _MODELS:
            inner = self.model({"class_name": layer.kind, "config": layer.config}, f"{name} ", sources, depth + 1)
            if len(inner) != 1:
                raise bad(f"the model {layer.name!r} inside another has {len(inner)} outputs, and one is read")
            return inner[0]
        if layer.kind == "InputLayer":
            self._node(Node(name, input_text(layer.name, input_shape(layer))))
            return name
        if layer.kind in MERGES and len(sources) == 1:
            return sources[0]  # joined with a number
        if layer.kind in MERGES:
            for node in merged(layer.name, layer.kind, layer.config, name, sources, [each.shape for each in taken]):
                self._node(node)
            return name
        shape = taken[0].shape if taken and taken[0].shape is not None else built_shape(layer.build)
        given = Given(layer.name, layer.kind, layer.config, shape, layer.package)
        if not sources:
            raise bad(f"the layer {layer.name!r} takes from none")
        text = layer_text(given, sources, self.notes)
        if text in ("", "_"):
            return sources[0]
        beside = tuple(dict.fromkeys(source for source in sources[1:] if source != sources[0]))
        self._node(Node(name, text, sources[:1], beside=beside))
        return name

    def _node(self, node: Node) -> None:
        self.nodes.append(node)


def _end(ends: Mapping[tuple[str, int], str], tensor: Tensor) -> str:
    found = ends.get((tensor.layer, tensor.call))
    if found is None:
        raise bad(f"there is no layer {tensor.layer!r} to take from")
    return found

"""From a model's JSON to its layers and what each takes from: Sequential, functional, and models as layers of others.

Keras 3 writes tensors with their history, Keras 2 lists of names; both are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.dag import Node, label_of, written
from symcount.interop.reading.keras.given import Given
from symcount.interop.reading.keras.layers import is_learning, layer_text
from symcount.interop.reading.keras.merges import MERGES, merged
from symcount.interop.reading.network import Network
from symcount.records import record

_MODELS = ("Sequential", "Functional", "Model")
DEEPEST_MODELS = 20
"""Models inside models."""


@record
class Layer:
    """A layer of a model as its JSON has it, with one list of what it takes from for each time that it is called."""

    name: str
    kind: str
    config: Mapping[str, Any]
    calls: tuple[tuple[Tensor, ...], ...]
    build: Any = None
    package: str = ""


@record
class Tensor:
    """What a layer takes from: the name of a layer, which of its calls, and the shape where it is said."""

    layer: str
    call: int = 0
    shape: Any = None


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
            raise _bad(f"models nested too deeply; at most {DEEPEST_MODELS} are read")
        config = said.get("config")
        layers = config if isinstance(config, list) else config.get("layers") if isinstance(config, dict) else None
        if not isinstance(layers, list) or not layers:
            raise _bad("a model lists its layers")
        if said["class_name"] == "Sequential":
            return [self._sequence(config if isinstance(config, dict) else {}, layers, prefix, arriving, depth)]
        assert isinstance(config, dict)
        return self._graph(config, [_layer(each) for each in layers], prefix, arriving, depth)

    def _sequence(
        self, config: Mapping[str, Any], layers: Sequence[Any], prefix: str, arriving: Sequence[str], depth: int
    ) -> str:
        before = arriving[0] if arriving else None
        for number, each in enumerate(layers):
            layer = _layer(each)
            name = f"{prefix}{layer.name or number}"
            if layer.kind == "InputLayer" and before is not None:
                continue
            if before is None:
                before = f"{name} input"
                shape = _input_shape(layer) or config.get("build_input_shape")
                self._node(Node(before if layer.kind != "InputLayer" else name, _input(layer.name, shape)))
                if layer.kind == "InputLayer":
                    before = name
                    continue
            before = self._one(layer, name, (before,), (Tensor(""),), depth)
        if before is None:
            raise _bad("a Sequential model has no layers")
        return before

    def _graph(
        self, config: Mapping[str, Any], layers: Sequence[Layer], prefix: str, arriving: Sequence[str], depth: int
    ) -> list[str]:
        ends: dict[tuple[str, int], str] = {}
        inputs = [tensor.layer for tensor in _tensors(config.get("input_layers"))]
        if arriving and len(arriving) == len(inputs):
            ends.update({(name, 0): node for name, node in zip(inputs, arriving, strict=True)})
        for layer, call in _in_order(layers):
            if (layer.name, call) in ends:
                continue
            name = f"{prefix}{layer.name}" + (f" {call}" if call else "")
            taken = layer.calls[call] if layer.calls else ()
            sources = tuple(_end(ends, tensor) for tensor in taken)
            if call and layer.kind not in MERGES and is_learning(layer.kind):
                ends[layer.name, call] = self._again(layer, name, sources, ends[layer.name, 0])
            else:
                ends[layer.name, call] = self._one(layer, name, sources, taken, depth)
        return [_end(ends, tensor) for tensor in _tensors(config.get("output_layers"))]

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
                raise _bad(f"the model {layer.name!r} inside another has {len(inner)} outputs, and one is read")
            return inner[0]
        if layer.kind == "InputLayer":
            self._node(Node(name, _input(layer.name, _input_shape(layer))))
            return name
        if layer.kind in MERGES and len(sources) == 1:
            return sources[0]  # joined with a number
        if layer.kind in MERGES:
            for node in merged(layer.name, layer.kind, layer.config, name, sources, [each.shape for each in taken]):
                self._node(node)
            return name
        shape = taken[0].shape if taken and taken[0].shape is not None else _built(layer.build)
        given = Given(layer.name, layer.kind, layer.config, shape, layer.package)
        if not sources:
            raise _bad(f"the layer {layer.name!r} takes from none")
        text = layer_text(given, sources, self.notes)
        if text in ("", "_"):
            return sources[0]
        beside = tuple(dict.fromkeys(source for source in sources[1:] if source != sources[0]))
        self._node(Node(name, text, sources[:1], beside=beside))
        return name

    def _node(self, node: Node) -> None:
        self.nodes.append(node)


def _layer(said: Any) -> Layer:
    """One layer of the list, with what it takes from in either version's form."""
    match said:
        case {"class_name": str() as kind, "config": dict() | list() as config}:
            pass
        case _:
            raise _bad("a layer has a class_name and a config")
    own = config if isinstance(config, dict) else {}
    name = said.get("name") or own.get("name") or ""
    if not isinstance(name, str):
        raise _bad(f"the name of a layer is text, found {name!r}")
    kind = kind.rpartition(">")[2]  # Keras 2 writes package>Name
    calls = tuple(tuple(_tensors(call)) for call in _calls(said.get("inbound_nodes")))
    package = said.get("registered_name") if said.get("module") is None and "module" in said else ""
    return Layer(name, kind, config, calls, said.get("build_config"), package or "")  # type: ignore[arg-type]


def _calls(nodes: Any) -> list[Any]:
    if nodes is None or nodes == []:
        return []
    if not isinstance(nodes, list):
        raise _bad("inbound_nodes is a list")
    return nodes


def _tensors(said: Any) -> Iterator[Tensor]:
    """Every tensor that is named in the arguments of a call, in order."""
    match said:
        case {
            "class_name": "__keras_tensor__",
            "config": {"keras_history": [str() as layer, int() as call, _], **rest},
        }:
            yield Tensor(layer, call, rest.get("shape"))
        case [str() as layer, int() as call, int(), *others] if len(others) <= 1:
            yield Tensor(layer, call)
            for more in others:
                yield from _tensors(more)
        case dict():
            for each in said.values():
                yield from _tensors(each)
        case list():
            for each in said:
                yield from _tensors(each)


def _in_order(layers: Sequence[Layer]) -> Iterator[tuple[Layer, int]]:
    """Every call of every layer, each behind those that it takes from."""
    known = {layer.name: layer for layer in layers}
    if len(known) < len(layers):
        raise _bad("two layers have the same name")
    done: set[tuple[str, int]] = set()
    entered: set[tuple[str, int]] = set()
    for first in layers:
        pending = [(first.name, call) for call in range(max(1, len(first.calls)))][::-1]
        while pending:
            name, call = pending[-1]
            layer = known.get(name)
            if layer is None or (call and call >= len(layer.calls)):
                raise _bad(f"there is no layer {name!r} to take from")
            taken = layer.calls[call] if layer.calls else ()
            missing = [(each.layer, each.call) for each in taken if (each.layer, each.call) not in done]
            if (name, call) in done or not missing:
                pending.pop()
                if (name, call) not in done:
                    done.add((name, call))
                    yield layer, call
                continue
            if (name, call) in entered:
                raise _bad(f"the layer {name!r} takes from itself")
            entered.add((name, call))
            pending += missing


def _end(ends: Mapping[tuple[str, int], str], tensor: Tensor) -> str:
    found = ends.get((tensor.layer, tensor.call))
    if found is None:
        raise _bad(f"there is no layer {tensor.layer!r} to take from")
    return found


def _input_shape(layer: Layer) -> Any:
    config = layer.config if isinstance(layer.config, dict) else {}
    return config.get("batch_shape") or config.get("batch_input_shape") or _built(layer.build)


def _built(build: Any) -> Any:
    return _shape(build.get("input_shape")) if isinstance(build, dict) else None


def _shape(said: Any) -> list[int | None] | None:
    """A shape of JSON, None where it is none."""
    sizes = said if isinstance(said, list) else []
    whole = all(size is None or (isinstance(size, int) and not isinstance(size, bool) and size > 0) for size in sizes)
    return sizes if sizes and whole else None


def _input(name: str, shape: Any) -> str:
    """An input: channels stand last in Keras, and first here; what is open has a letter."""
    match shape:
        case [_, *sizes] if sizes and all(size is None or (isinstance(size, int) and size > 0) for size in sizes):
            pass
        case _:
            raise _bad(f"the shape of the input {name!r} is not said: [null, rows, columns, channels]")
    *axes, channels = [_LETTERS[place] if size is None else str(size) for place, size in enumerate(sizes[:9])]
    return f"I({','.join((channels, '×'.join(axes)))})" if axes else f"I({channels})"


_LETTERS = "nmkvwxyzu"
"""Letters of sizes that are open, by their place."""


def _bad(message: str) -> ArchitectureError:
    return ArchitectureError("bad-file", f"the model is not read: {message}")

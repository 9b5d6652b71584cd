"""The layers of a model as its JSON has them: what each takes from, in which order, and the shapes that are said.

Keras 3 writes tensors with their history, Keras 2 lists of names; both are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.network import OPEN_LETTERS
from symcount.records import record


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


def layer_of(said: Any) -> Layer:
    """Return one layer of the list, with what it takes from in either version's form."""
    match said:
        case {"class_name": str() as kind, "config": dict() | list() as config}:
            pass
        case _:
            raise bad("a layer has a class_name and a config")
    own = config if isinstance(config, dict) else {}
    name = said.get("name") or own.get("name") or ""
    if not isinstance(name, str):
        raise bad(f"the name of a layer is text, found {name!r}")
    kind = kind.rpartition(">")[2]  # Keras 2 writes package>Name
    calls = tuple(tuple(tensors_of(call)) for call in _calls(said.get("inbound_nodes")))
    package = said.get("registered_name") if said.get("module") is None and "module" in said else ""
    return Layer(name, kind, config, calls, said.get("build_config"), package or "")  # type: ignore[arg-type]


def _calls(nodes: Any) -> list[Any]:
    if nodes is None or nodes == []:
        return []
    if not isinstance(nodes, list):
        raise bad("inbound_nodes is a list")
    return nodes


def tensors_of(said: Any) -> Iterator[Tensor]:
    """Yield every tensor that is named in the arguments of a call, in order."""
    match said:
        case {
            "class_name": "__keras_tensor__",
            "config": {"keras_history": [str() as layer, int() as call, _], **rest},
        }:
            yield Tensor(layer, call, rest.get("shape"))
        case [str() as layer, int() as call, int(), *others] if len(others) <= 1:
            yield Tensor(layer, call)
            for more in others:
                yield from tensors_of(more)
        case dict():
            for each in said.values():
                yield from tensors_of(each)
        case list():
            for each in said:
                yield from tensors_of(each)


def in_order(layers: Sequence[Layer]) -> Iterator[tuple[Layer, int]]:
    """Yield every call of every layer, each behind those that it takes from."""
    known = {layer.name: layer for layer in layers}
    if len(known) < len(layers):
        raise bad("two layers have the same name")
    done: set[tuple[str, int]] = set()
    entered: set[tuple[str, int]] = set()
    for first in layers:
        pending = [(first.name, call) for call in range(max(1, len(first.calls)))][::-1]
        while pending:
            name, call = pending[-1]
            layer = known.get(name)
            if layer is None or (call and call >= len(layer.calls)):
                raise bad(f"there is no layer {name!r} to take from")
            taken = layer.calls[call] if layer.calls else ()
            missing = [(each.layer, each.call) for each in taken if (each.layer, each.call) not in done]
            if (name, call) in done or not missing:
                pending.pop()
                if (name, call) not in done:
                    done.add((name, call))
                    yield layer, call
                continue
            if (name, call) in entered:
                raise bad(f"the layer {name!r} takes from itself")
            entered.add((name, call))
            pending += missing


def input_shape(layer: Layer) -> Any:
    """Return the shape of what arrives at the first layer, as its config or its build says it."""
    config = layer.config if isinstance(layer.config, dict) else {}
    return config.get("batch_shape") or config.get("batch_input_shape") or built_shape(layer.build)


def built_shape(build: Any) -> Any:
    """Return the shape that a layer was built for, None where that is not said."""
    return _shape(build.get("input_shape")) if isinstance(build, dict) else None


def _shape(said: Any) -> list[int | None] | None:
    """A shape of JSON, None where it is none."""
    sizes = said if isinstance(said, list) else []
    whole = all(size is None or (isinstance(size, int) and not isinstance(size, bool) and size > 0) for size in sizes)
    return sizes if sizes and whole else None


def input_text(name: str, shape: Any) -> str:
    """Return an input: channels stand last in Keras, and first here; what is open has a letter."""
    match shape:
        case [_, *sizes] if sizes and all(size is None or (isinstance(size, int) and size > 0) for size in sizes):
            pass
        case _:
            raise bad(f"the shape of the input {name!r} is not said: [null, rows, columns, channels]")
    *axes, channels = [OPEN_LETTERS[place] if size is None else str(size) for place, size in enumerate(sizes[:9])]
    return f"I({','.join((channels, '×'.join(axes)))})" if axes else f"I({channels})"


def bad(message: str) -> ArchitectureError:
    """Return the error for a model that says what cannot be."""
    return ArchitectureError("bad-file", f"the model is not read: {message}")

"""A network as the JSON of a Keras model, which ``keras.models.model_from_json`` reads, and ``symcount from``."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from typing import Any

from symcount.answers.built import check_known
from symcount.counts import Count
from symcount.interop.writing.draft import Draft
from symcount.interop.writing.drafting import drafted
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.keras.framework import Keras
from symcount.interop.writing.nodes import (
    Again,
    Argument,
    Block,
    Chain,
    Hole,
    Loop,
    Mark,
    Merge,
    Module,
    Node,
    Tensor,
    first_parts,
)
from symcount.interop.writing.sizes import Sizes
from symcount.layers import Shape
from symcount.records import record
from symcount.trace import Step

_MERGED = {"+": "Add", "×": "Multiply", "|": "Concatenate"}

_SAME_RANK = ("ZeroPadding", "Cropping", "Permute", "Conv")


def code(count: Count) -> str:
    """Return a network as the JSON of a functional model; what is no layer of Keras' own is refused by name."""
    check_known(count)
    draft = drafted(count, Keras(Sizes(count.numbers)))
    for borrower, _ in draft.ties:
        raise lacking(borrower, "the JSON of a model has no tied weights", "--to keras writes them as code")
    return json.dumps(_Graph(draft).model(), indent=1) + "\n"


@record
class _End:
    """A tensor: which call of which layer gives it, and its shape with the channels last."""

    layer: str
    call: int
    shape: tuple[int | None, ...]
    of_entries: bool = False

    def json(self) -> Any:
        """Return the tensor as Keras writes it."""
        dtype = "int32" if self.of_entries else "float32"
        history = {"shape": [None, *self.shape], "dtype": dtype, "keras_history": [self.layer, self.call, 0]}
        return {"class_name": "__keras_tensor__", "config": history}


class _Graph:
    """The layers of a model while it is walked."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.layers: dict[str, Any] = {}
        self.tensors: dict[int, _End] = {}
        self.marked: dict[int, tuple[Node, list[str]]] = {}
        self.recording: list[list[str]] = []
        self.again: list[str] = []

    def model(self) -> Any:
        """Return the whole model."""
        inputs: list[_End] = []
        ends: list[_End] = []
        for tower in self.draft.towers:
            if tower.input is not None:
                inputs.append(self._input(tower.input, tower.chain))
                self.tensors[id(tower.input)] = inputs[-1]
            end = self._run(tower.chain, inputs[-1])
            if not tower.is_taken_up or tower is self.draft.towers[-1]:
                ends.append(end)
        out = self.tensors[self.draft.out] if self.draft.out is not None else ends[-1]
        outputs = [out, *(end for end in ends if end != out)]
        config = {
            "name": "functional",
            "trainable": True,
            "layers": [*self.layers.values()],
            "input_layers": [[end.layer, 0, 0] for end in inputs],
            "output_layers": [[end.layer, end.call, 0] for end in outputs],
        }
        return {
            "module": "keras.src.models.functional",
            "class_name": "Functional",
            "config": config,
            "registered_name": "Functional",
        }

    def _input(self, step: Step, chain: Chain) -> _End:
        of_entries = any(part.kind == "E" for part in first_parts(chain))
        shape = _last(step.output)
        config = {"batch_shape": [None, *shape], "dtype": "int32" if of_entries else "float32"}
        name = self._made("InputLayer", config)
        return _End(name, 0, shape, of_entries)

    def _made(self, kind: str, config: dict[str, Any]) -> str:
        """Add a layer, and return its name."""
        base = re.sub(r"(?<=[a-z0-9])(?=[A-Z](?!$))", "_", kind).lower()
        number = sum(each["class_name"] == kind for each in self.layers.values())
        name = f"{base}_{number}" if number else base
        self.layers[name] = {**_layer(kind, {"name": name, **config}), "name": name, "inbound_nodes": []}
        return name

    def _called(self, name: str, taken: Sequence[_End], shape: tuple[int | None, ...], *, listed: bool = False) -> _End:
        """Call a layer once more."""
        given = [end.json() for end in taken]
        nodes = self.layers[name]["inbound_nodes"]
        nodes.append({"args": [given] if listed else given, "kwargs": {}})
        return _End(name, len(nodes) - 1, shape)

    def _run(self, node: Node, end: _End) -> _End:
        match node:
            case Chain(nodes):
                for number, each in enumerate(nodes):
                    following = nodes[number + 1] if number + 1 < len(nodes) else None
                    end = self._module(each, end, following) if isinstance(each, Module) else self._run(each, end)
                return end
            case Module():
                return self._module(node, end, None)
            case Block(chain=inside) | Hole(filled=inside):
                return self._run(inside, end)
            case Loop(body=body, count=count):
                for _ in range(int(count.text)):
                    end = self._run(body, end)
                return end
            case Merge(joint, branches, axis, part):
                ends = [self._run(each, end) for each in branches]
                name = self._made(_MERGED[joint], {"axis": axis} if joint == "|" else {})
                return self._called(name, ends, _last(part.output), listed=True)
            case Mark(inside, key, _):
                return self._mark(inside, key, end)
            case Tensor(key, part):
                if key not in self.tensors:
                    raise lacking(part, "the label stands inside a repeat")
                return self.tensors[key]
            case Again(key, _):
                inside, self.again = self.marked[key][0], [*self.marked[key][1]]
                return self._run(inside, end)
        raise TypeError(f"{node!r} is no part of a chain")

    def _mark(self, inside: Node, key: int, end: _End) -> _End:
        self.recording.append([])
        left = self._run(inside, end)
        names = self.recording.pop()
        self.marked[key] = (inside, names)
        for each in self.recording[-1:]:
            each += names
        self.tensors[key] = left
        return left

    def _module(self, module: Module, end: _End, following: Node | None) -> _End:
        if not module.name.startswith("layers."):
            why = f"the JSON of a model has layers of Keras alone, and no {module.name}"
            raise lacking(module.part, why, "--to keras writes it as code")
        name = self.again.pop(0) if self.again else self._made(module.name.removeprefix("layers."), _config(module))
        for each in self.recording[-1:]:
            each.append(name)
        memories = [self._turned(self.tensors[key], module) for key in module.needs]
        is_last = not (isinstance(following, Module) and following.part is module.part)
        shape = _last(module.part.output) if is_last else _between(module, end.shape)
        return self._called(name, [*[end] * module.arity, *memories], shape)

    def _turned(self, end: _End, module: Module) -> _End:
        if not module.turns:
            return end
        return self._called(self._made("Permute", {"dims": [2, 1]}), [end], end.shape[::-1])


def _layer(kind: str, config: dict[str, Any]) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}


def _config(module: Module) -> dict[str, Any]:
    """The arguments of a layer by their names, those inside it as layers."""
    return {
        each.keyword or each.role: _value(each) for each in module.arguments if each.module or each.text != each.default
    }


def _value(argument: Argument) -> Any:
    if isinstance(argument.module, Module):
        return _layer(argument.module.name.removeprefix("layers."), _config(argument.module))
    return ast.literal_eval(argument.text)


def _last(shape: Shape) -> tuple[int | None, ...]:
    return tuple(size if isinstance(size, int) else None for size in (*shape.axes, shape.channels))


def _between(module: Module, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """The shape between two layers that one of the network became: its rank, and no sizes."""
    is_flat = not module.name.removeprefix("layers.").startswith(_SAME_RANK)
    return (None,) * (1 if is_flat else len(shape))

"""The walk over a network, which leaves a model of ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.interop.reading.onnx.tensors import PRODUCER
from symcount.interop.writing.draft import Draft
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.nodes import (
    Again,
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
from symcount.interop.writing.onnx.making import Making, layer_of, projected, sizes_of
from symcount.interop.writing.onnx.operators import MIXTURE, OPERATORS
from symcount.trace import Step

_USUAL_OPSET, _NEWEST_OPSET = 21, 23
"""The operators are those of this version; one alone is of a newer."""

_NEWEST = "RMSNormalization"

_JOINTS = {"+": "Add", "×": "Mul"}


class Graph(Making):
    """The nodes of a model while the network is walked.

    ``left`` is the tensor that leaves each layer where it is first met. What a layer was given is kept by the mark
    around it, so that it is given the same where it is used again.
    """

    def __init__(self, onnx: Any, draft: Draft, text: str) -> None:
        super().__init__(onnx)
        self.draft = draft
        self.text = text
        self.marked: dict[int, tuple[Node, list[str]]] = {}
        self.left: dict[int, str] = {}

    def model(self) -> Any:
        """Return the whole model."""
        helper = self.onnx.helper
        inputs: list[Any] = []
        ends: list[str] = []
        for tower in self.draft.towers:
            name = inputs[-1].name if inputs else ""
            if tower.input is not None:
                name = self.named("input")
                inputs.append(self._input(tower.input, tower.chain, name))
                self.tensors[id(tower.input)] = name
            end = self._run(tower.chain, name)
            if not tower.is_taken_up or tower is self.draft.towers[-1]:
                ends.append(end)
        out = self.tensors[self.draft.out] if self.draft.out is not None else ends[-1]
        outputs = [self._output(end) for end in dict.fromkeys([out, *ends])]
        opset = _NEWEST_OPSET if any(each.op_type == _NEWEST for each in self.nodes) else _USUAL_OPSET
        graph = helper.make_graph(
            self.nodes,
            "network",
            inputs,
            outputs,
            [*self.fixed.values()],
            doc_string=self.text,
            value_info=self.told,
        )
        operators = [helper.make_opsetid("", opset)]
        version = helper.find_min_ir_version_for(operators)
        made = helper.make_model(graph, producer_name=PRODUCER, opset_imports=operators, ir_version=version)
        inferred = self.onnx.shape_inference.infer_shapes(made, strict_mode=True, data_prop=True)
        known = {each.name: each for each in [*inferred.graph.value_info, *inferred.graph.output, *self.told]}
        for each in made.graph.output:
            each.CopyFrom(known[each.name])
        return made

    def _input(self, step: Step, chain: Chain, name: str) -> Any:
        kinds = self.onnx.TensorProto
        kind = kinds.INT64 if any(part.kind == "E" for part in first_parts(chain)) else kinds.FLOAT
        return self.onnx.helper.make_tensor_value_info(name, kind, ["batch", *sizes_of(step.output)])

    def _output(self, name: str) -> Any:
        """What leaves the model, under its name; what arrives is passed on by a node."""
        if not any(name in each.output for each in self.nodes):
            name = self.node("Identity", name)
        return self.onnx.helper.make_tensor_value_info(name, self.onnx.TensorProto.FLOAT, None)

    def _run(self, node: Node, end: str) -> str:
        match node:
            case Chain(nodes):
                for each in nodes:
                    end = self._run(each, end)
                return end
            case Module():
                return self._module(node, end)
            case Block(chain=inside) | Hole(filled=inside):
                return self._run(inside, end)
            case Loop(body=body, count=count):
                for _ in range(int(count.text)):
                    end = self._run(body, end)
                return end
            case Merge():
                return self._merged(node, [self._run(each, end) for each in node.branches])
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

    def _merged(self, node: Merge, ends: Sequence[str]) -> str:
        if node.joint == "|":
            return self.node("Concat", *ends, axis=node.axis)
        first, *others = ends
        for each in others:
            first = self.node(_JOINTS[node.joint], first, each)
        return first

    def _mark(self, inside: Node, key: int, end: str) -> str:
        self.recording.append([])
        left = self._run(inside, end)
        weights = self.recording.pop()
        self.marked[key] = (inside, weights)
        for each in self.recording[-1:]:
            each += weights
        self.tensors[key] = left
        return left

    def _module(self, module: Module, end: str) -> str:
        if module.name in ("Transpose", "Reshape"):
            sizes = [int(each.text) for each in module.arguments]
            if module.name == "Transpose":
                return self.node("Transpose", end, perm=sizes)
            return self.node("Reshape", end, self.numbers(0, *sizes))
        left = self._mixture(module, end) if module.name == MIXTURE else OPERATORS[module.name](self, module, end)
        self.left.setdefault(id(module.part), left)
        return left

    def _mixture(self, module: Module, x: str) -> str:
        """Every expert of what arrives, weighted by 0 where a token does not meet it."""
        step, layer = layer_of(module)
        experts = module.arguments[1].module
        assert isinstance(experts, Loop)
        count = int(experts.count.text)
        routed = count - layer.shared
        scores = projected(self, step, x, "router_", step.input.channels, routed, bias=layer.bias)
        weights = self.node("TopK", self.node("Softmax", scores, axis=-1), self.numbers(layer.top), outputs=2)
        chosen = self.nodes[-1].output[1]
        left = [self._run(experts.body, x) for _ in range(count)]
        for number in range(routed):
            met = self.node("Where", self.node("Equal", chosen, self.place(number)), weights, self.number(0.0))
            left[number] = self.node("Mul", left[number], self.node("ReduceSum", met, self.numbers(-1), keepdims=1))
        return self.node("Sum", *left, leaves=step.name)

"""The nodes of an ONNX graph as steps: what is fixed, what is only computed of sizes, and what flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.errors import ArchitectureError, near, visible
from symcount.interop.reading.graphs.steps import Step, Weight
from symcount.interop.reading.onnx.node import Node
from symcount.interop.reading.onnx.operators import OPERATORS
from symcount.interop.reading.onnx.tensors import Tensors, bad

_OWN = ("", "ai.onnx")
"""The domains of the operators of ONNX itself."""

_SEEN = frozenset(
    "Identity Transpose Reshape Squeeze Unsqueeze Cast CastLike Flatten Expand Mul Div Slice Gather".split()
)
"""Operators that show fixed values in another shape."""


_ASIDE = frozenset(
    "Shape Size Equal Greater GreaterOrEqual Less LessOrEqual IsNaN IsInf And Or Not Xor NonZero ArgMax ArgMin".split()
)
"""Operators that give sizes, places or masks of what flows."""


def translated(tensors: Tensors) -> tuple[dict[str, tuple[int, ...]], list[Step], list[str]]:
    """Return the inputs of a graph with their shapes, its steps, and what leaves it."""
    return _Translation(tensors).all()


class _Translation:
    def __init__(self, tensors: Tensors) -> None:
        self.tensors = tensors
        self.inputs = {each.name for each in tensors.graph.input} - {*tensors.weights, *tensors.whole}
        self.fixed: dict[str, Weight] = dict(tensors.weights)
        self.flowing: set[str] = set()
        self.givers = {name: node for node in tensors.graph.node for name in node.output}
        self.begun: dict[str, tuple[int, ...]] = {}

    def all(self) -> tuple[dict[str, tuple[int, ...]], list[Step], list[str]]:
        whole = self.tensors.onnx.TensorProto
        for each in self.tensors.graph.input:
            if each.name in self.inputs and each.type.tensor_type.elem_type not in (
                whole.INT64,
                whole.INT32,
                whole.BOOL,
            ):
                self._begin(each.name)
                self.flowing.add(each.name)
        steps = [step for node in self.tensors.graph.node if (step := self._step(node)) is not None]
        return self.begun, steps, [each.name for each in self.tensors.graph.output]

    def _begin(self, name: str) -> None:
        shape = self.tensors.shape(name)
        if len(shape) < 2:
            raise bad(f"the input {visible(name)} has the shape {list(shape)}, without a batch")
        self.begun[name] = shape

    def _step(self, node: Any) -> Step | None:
        if node.domain not in _OWN:
            raise _unsaid(f"{node.domain}.{node.op_type}", None)
        if node.op_type == "Constant":
            self._constant(node)
            return None
        names = tuple(node.input)
        self._check(node)
        if node.op_type in _ASIDE:
            return None
        if not any(name in self.flowing for name in names):
            return self._begun_by(node, names) or self._fixed(node, names)
        operator = OPERATORS.get(node.op_type)
        if operator is None:
            raise _unsaid(node.op_type, near(node.op_type, OPERATORS))
        outputs = tuple(name for name in node.output if name)
        if node.op_type not in ("Split",):
            outputs = outputs[:1]
        self.flowing |= {*outputs}
        return operator(self._node(node, names, outputs))

    def _check(self, node: Any) -> None:
        """Hold what a node takes and gives against what its operator says."""
        defs = self.tensors.onnx.defs
        if not defs.has(node.op_type):
            raise _unsaid(node.op_type, near(node.op_type, OPERATORS))
        schema = defs.get_schema(node.op_type)
        lacking = [each.name for each in schema.inputs[len(node.input) : schema.min_input]]
        lacking += [each.name for each in schema.outputs[len(node.output) : schema.min_output]]
        if lacking or not all(node.input[: schema.min_input]) or not all(node.output[: schema.min_output]):
            raise bad(f"a node {visible(node.op_type)} lacks {visible(' and '.join(lacking) or 'something it needs')}")

    def _node(self, node: Any, names: tuple[str, ...], outputs: tuple[str, ...]) -> Node:
        inputs = tuple(self.fixed.get(name, name if name in self.flowing else None) for name in names)
        return Node(node.op_type, inputs, names, outputs, self._attributes(node), self.tensors)

    def _attributes(self, node: Any) -> Mapping[str, Any]:
        kinds = self.tensors.onnx.AttributeProto
        plain = {kinds.FLOAT: "f", kinds.INT: "i", kinds.STRING: "s", kinds.FLOATS: "floats", kinds.INTS: "ints"}
        found = {each.name: getattr(each, plain[each.type]) for each in node.attribute if each.type in plain}
        return {name: value.decode("utf-8", "replace") if isinstance(value, bytes) else
                value if isinstance(value, int | float) else tuple(value) for name, value in found.items()}  # fmt: skip

    def _constant(self, node: Any) -> None:
        for each in node.attribute:
            if each.name == "value":
                self.tensors.keep(node.output[0], each.t)
                if node.output[0] in self.tensors.weights:
                    self.fixed[node.output[0]] = self.tensors.weights[node.output[0]]
            elif each.name == "value_ints":
                self.tensors.whole[node.output[0]] = tuple(each.ints)
            elif each.name == "value_int":
                self.tensors.whole[node.output[0]] = (each.i,)

    def _begun_by(self, node: Any, names: tuple[str, ...]) -> Step | None:
        """An embedding of what an input names; other steps on whole numbers give masks and places."""
        if node.op_type != "Gather" or names[0] not in self.fixed:
            return None
        source = self._named_by(names[1])
        weight = self.fixed[names[0]]
        if source is None or len(weight.shape) != 2:
            return None
        if source not in self.begun:
            self._begin(source)
        self.flowing.add(node.output[0])
        return self._node(node, names, tuple(node.output)).step("embedding", (weight, source))

    def _named_by(self, name: str) -> str | None:
        """The input that whole numbers are, perhaps as another type."""
        shapes = self.tensors.shapes
        for _ in self.tensors.graph.node:
            node = self.givers.get(name)
            if name in self.inputs or node is None or not node.input:
                break
            same = node.op_type == "Reshape" and shapes.get(name) == shapes.get(node.input[0])
            if not same and node.op_type not in ("Cast", "Identity"):
                break
            name = node.input[0]
        return name if name in self.inputs else None

    def _fixed(self, node: Any, names: tuple[str, ...]) -> Step | None:
        """What is made of fixed values alone is fixed; all else are sizes and places."""
        weights = [self.fixed[name] for name in names if name in self.fixed and self.fixed[name].count > 1]
        if len(weights) == 1 and node.op_type in _SEEN:
            [weight] = weights
            shape = self.tensors.shapes.get(node.output[0], weight.shape)
            self.fixed[node.output[0]] = Weight(weight.name, weight.count, shape)
        elif any(name in self.fixed for name in names) and node.op_type in _SEEN:
            self.fixed[node.output[0]] = Weight(node.output[0], 1, ())
        elif weights:
            raise bad(f"{visible(node.op_type)} makes {visible(node.output[0])} of fixed values alone")
        whole = self.tensors.whole.get(names[0]) if names else None
        if whole and node.op_type in ("Cast", "Identity", "Unsqueeze", "Squeeze"):
            self.tensors.whole[node.output[0]] = whole
        return None


def _unsaid(operator: str, close: str | None) -> ArchitectureError:
    hint = None if close is None else f"near is {close}"
    return ArchitectureError("cannot-say", f"the operator {visible(operator)} of the ONNX model is not read", hint=hint)

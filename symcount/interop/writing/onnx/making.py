"""What the operators of one model share: its nodes, its weights, and the fixed numbers that nodes take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from symcount.interop.writing.nodes import Module
from symcount.layers import Shape
from symcount.trace import Step


class Making:
    """The nodes of a model.

    A weight is a node ``ConstantOfShape``: zeros of its shape, which take no room in the file.
    """

    def __init__(self, onnx: Any) -> None:
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.fixed: dict[tuple[object, ...], Any] = {}
        self.names: Counter[str] = Counter()
        self.told: list[Any] = []
        self.tensors: dict[int, str] = {}
        self.matrices: dict[int, tuple[str, tuple[int, ...]]] = {}
        self.recording: list[list[str]] = []
        self.again: list[str] = []

    def named(self, name: str) -> str:
        """Return a name that no other tensor has."""
        self.names[name] += 1
        return name if self.names[name] == 1 else f"{name}_{self.names[name]}"

    def node(self, operator: str, *taken: str, leaves: str = "", outputs: int = 1, **options: Any) -> str:
        """Add a node, and return the name of the first tensor that it gives."""
        name = self.named(leaves or operator)
        more = [self.named(f"{name}_more") for _ in range(outputs - 1)]
        self.nodes.append(self.onnx.helper.make_node(operator, [*taken], [name, *more], name, **options))
        return name

    def tell(self, name: str, shape: Shape) -> None:
        """Say the shape of a tensor with its channels first, where onnx does not infer it."""
        sizes = ["batch", *sizes_of(shape)]
        self.told.append(self.onnx.helper.make_tensor_value_info(name, self.onnx.TensorProto.FLOAT, sizes))

    def numbers(self, *values: int) -> str:
        """Return whole numbers that a node takes, one tensor for all that are equal."""
        return self._fixed("numbers", self.onnx.TensorProto.INT64, (len(values),), values)

    def place(self, value: int) -> str:
        """Return a place along an axis, a whole number alone."""
        return self._fixed("place", self.onnx.TensorProto.INT64, (), (value,))

    def number(self, value: float) -> str:
        """Return a number that a node takes."""
        return self._fixed("number", self.onnx.TensorProto.FLOAT, (), (value,))

    def _fixed(self, name: str, kind: int, shape: tuple[int, ...], values: Sequence[float]) -> str:
        key = (kind, shape, tuple(values))
        if key not in self.fixed:
            self.fixed[key] = self.onnx.helper.make_tensor(self.named(name), kind, shape, values)
        found: str = self.fixed[key].name
        return found

    def weight(self, step: Step, role: str, *shape: Any) -> str:
        """Return a weight of a layer; that of its first use where it is used again."""
        if self.again:
            name = self.again.pop(0)
        else:
            name = self.node("ConstantOfShape", self.numbers(*shape), leaves=f"{step.name}.{role}")
        for each in self.recording[-1:]:
            each.append(name)
        if len(shape) > 1 and id(step) not in self.matrices:
            self.matrices[id(step)] = name, shape
        return name


def sizes_of(shape: Shape) -> tuple[int, ...]:
    """Return the sizes of a shape, its channels first."""
    return tuple(size for size in shape.sizes if isinstance(size, int))


def total_of(shape: Shape) -> int:
    """Return how many values a shape has."""
    return prod(sizes_of(shape))


def step_of(module: Module) -> Step:
    """Return the step that a module is made of."""
    assert isinstance(module.part, Step)
    return module.part


def layer_of(module: Module) -> tuple[Step, Any]:
    """Return the step that a module is made of, and its layer."""
    step = step_of(module)
    return step, step.layer


def projected(
    making: Making, step: Step, x: str, role: str, takes: Any, gives: Any, *, bias: Any, leaves: str = ""
) -> str:
    """Return what a matrix makes of every place, and a bias."""
    left = making.node("MatMul", x, making.weight(step, f"{role}weight", takes, gives), leaves="" if bias else leaves)
    return shifted(making, step, left, f"{role}bias", gives, leaves) if bias else left


def shifted(making: Making, step: Step, x: str, role: str, gives: Any, leaves: str) -> str:
    """Return every place with a bias added."""
    return making.node("Add", x, making.weight(step, role, gives), leaves=leaves)


def over_samples(making: Making, x: str, weight: str, leaves: str = "") -> str:
    """Return a weight of one sample once for each sample that arrives."""
    samples = making.node("Shape", x, start=0, end=1)
    shape = making.node("Concat", samples, making.numbers(1, 1), axis=0)
    return making.node("Expand", weight, shape, leaves=leaves)


Operator = Callable[[Making, Module, str], str]
"""From a layer and the tensor that arrives to the tensor that leaves."""

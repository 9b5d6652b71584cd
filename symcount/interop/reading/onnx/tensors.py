"""The tensors of an ONNX graph: shapes of all, values of the small whole ones, and which are fixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.graphs.steps import Weight
from symcount.interop.reading.network import OPEN_LETTERS
from symcount.interop.reading.onnx import inference

MOST_PLACES = 1_000
"""The most values of a tensor of whole numbers that are looked at."""

_FLOATS = frozenset(("FLOAT", "FLOAT16", "BFLOAT16", "DOUBLE"))

_MOST_NAMED = 4

_UNINFERRED = "GroupNormalization"
"""The operator of which onnx infers no shape."""

PRODUCER = "symcount"
"""Who writes weights as nodes ``ConstantOfShape``, which others use for states and masks."""


def bad(message: str) -> ArchitectureError:
    """Return the error for a model that says what cannot be."""
    return ArchitectureError("bad-file", f"the ONNX model is not read: {message}")


class Tensors:
    """The tensors of a model; what it leaves open has a size in place of it."""

    def __init__(self, onnx: Any, model: Any) -> None:
        self.onnx = onnx
        self.model = model
        self.graph = model.graph
        self.notes: list[str] = []
        self.weights: dict[str, Weight] = {}
        self.whole: dict[str, tuple[int, ...]] = {}
        self.used: set[str] = set()
        self.zero: set[str] = set()
        self.fixed = 0
        self.shapes: Mapping[str, tuple[int, ...]] = {}
        for each in self.graph.initializer:
            self.keep(each.name, each)
        if model.producer_name == PRODUCER:
            self._declare()
        self._light()

    @property
    def about(self) -> str:
        """What the model is."""
        versions = [each.version for each in self.model.opset_import if each.domain in ("", "ai.onnx")]
        made = " ".join(filter(None, (self.model.producer_name, self.model.producer_version)))
        return f"ONNX{f' of opset {versions[0]}' if versions else ''}{f', by {visible(made)}' if made else ''}"

    def keep(self, name: str, tensor: Any) -> None:
        """Remember fixed values under a name."""
        shape = tuple(tensor.dims)
        if any(size < 0 for size in shape):
            raise bad(f"the initializer {visible(name)} has the shape {list(shape)}")
        kind = self.onnx.TensorProto.DataType.Name(tensor.data_type)
        if kind in _FLOATS:
            self.weights[name] = Weight(name, prod(shape), shape)
            self._look_at(name, tensor)
        elif prod(shape) <= MOST_PLACES and not self._is_outside(tensor):
            values = self._values(name, tensor)
            self.whole[name] = tuple(int(value) for value in values.reshape(-1)) if kind in ("INT64", "INT32") else ()
        else:
            self.whole[name] = ()

    def _declare(self) -> None:
        """Remember the weights of which a node says the shape alone."""
        for node in self.graph.node:
            if node.op_type == "ConstantOfShape" and len(node.input) == 1 and len(node.output) == 1:
                shape = self.whole.get(node.input[0], ())
                if any(size < 0 for size in shape):
                    raise bad(f"the weight {visible(node.output[0])} has the shape {list(shape)}")
                self.weights[node.output[0]] = Weight(node.output[0], prod(shape), shape)

    def _look_at(self, name: str, tensor: Any) -> None:
        """Tell zeros, masks and tables of rotations, which nobody learns, by their values."""
        shape = self.weights[name].shape
        table = len(shape) > 2 and shape[0] == 1 and min(shape[-2:]) > 1
        if self._is_outside(tensor) or not (table or self.weights[name].count <= MOST_PLACES):
            return
        values = self._values(name, tensor)
        square = table and shape[-1] == shape[-2]
        if not values.any() and not square:
            self.zero.add(name)
        elif table and (_is_mask(values) or _is_rotation(values)):
            self.weights[name] = Weight(name, 1, ())
            self.fixed += values.size

    def _values(self, name: str, tensor: Any) -> Any:
        try:
            return self.onnx.numpy_helper.to_array(tensor)
        except Exception as error:  # whatever the package raises where the bytes do not fit the shape
            raise bad(f"the initializer {visible(name)} cannot be read: {error}") from None

    def _is_outside(self, tensor: Any) -> bool:
        return bool(tensor.data_location == self.onnx.TensorProto.EXTERNAL)

    def _light(self) -> None:
        """Let go of the values of what is fixed: from here on shapes alone are needed, but for small whole numbers."""
        for each in self.graph.initializer:
            if each.name in self.weights and self.weights[each.name].count > MOST_PLACES:
                each.ClearField("raw_data")
                each.ClearField("float_data")
                each.ClearField("external_data")
                each.ClearField("data_location")

    def infer(self, size: int) -> None:
        """Infer the shape of every tensor, with sizes from this one on in place of those that are open."""
        model = type(self.model)()
        model.CopyFrom(self.model)
        self.open: dict[str, list[tuple[int, str]]] = {}
        letters: dict[str, tuple[int, str]] = {}
        for each in model.graph.input:
            if each.name not in self.weights:
                self.open[each.name] = [*self._closed(each, size, letters)]
        for each in [*model.graph.output]:
            each.type.tensor_type.ClearField("shape")
        del model.graph.value_info[:]
        for node in model.graph.node:
            if node.op_type == _UNINFERRED and node.input:  # what leaves it has the shape of what arrives
                node.op_type = "Identity"
                del node.input[1:], node.attribute[:]
        graph = type(self.model).FromString(inference.inferred(model.SerializeToString())).graph
        self.shapes = {each.name: shape for each in [*graph.value_info, *graph.input, *graph.output]
                       if (shape := _shape(each)) is not None}  # fmt: skip
        self.shapes |= {name: weight.shape for name, weight in self.weights.items() if weight.shape}

    def _closed(self, given: Any, size: int, letters: dict[str, tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Give each open size of an input a number; the batch is one."""
        for place, dim in enumerate(given.type.tensor_type.shape.dim):
            if dim.WhichOneof("value") == "dim_value" and dim.dim_value > 0:
                continue
            if place == 0:
                dim.dim_value = 1
                continue
            name = dim.dim_param or f"{given.name} {place}"
            if name not in letters:
                if len(letters) == len(OPEN_LETTERS):
                    raise bad(f"it leaves more than {len(OPEN_LETTERS)} sizes open")
                letters[name] = (size * (len(letters) + 1), OPEN_LETTERS[len(letters)])
                note = f"{letters[name][1]} is {visible(name)}"
                if dim.dim_param and note not in self.notes:
                    self.notes.append(note)
            dim.dim_value = letters[name][0]
            yield letters[name]

    def open_sizes(self, name: str) -> Sequence[tuple[int, str]]:
        """Return the sizes of an input that are open, each with its letter."""
        return self.open.get(name, ())

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a tensor, or refuse one that is not known."""
        found = self.shapes.get(name)
        if found is None or not all(isinstance(size, int) and size >= 0 for size in found):
            hint = "onnxslim and onnxsim fold what is computed of sizes alone"
            raise bad(f"the shape of {visible(name)} is not known").hinted(hint)
        return found

    def counts(self, taken: Mapping[str, Sequence[int]]) -> int:
        """Return how many values the initializers hold; one that no layer takes is refused, a single value is none."""
        left = [
            name
            for name, each in self.weights.items()
            if each.count > 1 and name not in taken and name not in self.used
        ]
        if left:
            more = f", and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
            raise bad(f"no layer takes its initializer {', '.join(map(visible, left[:_MOST_NAMED]))}{more}")
        return sum(self.weights[name].count for name in taken)

    def constant(self, *names: str) -> None:
        """Remember that fixed values are factors or sizes, and no layer's."""
        self.used |= {*names}


def _is_mask(values: Any) -> bool:
    """Whether values are those of a mask that is added to scores: nothing, or as little as can be."""
    return bool(((values == 0) | (values < _LITTLE)).all())


_LITTLE = -1e4


def _is_rotation(values: Any) -> bool:
    """Whether values are cosines or sines of angles that are 0 at the first place."""
    first = values[..., 0, :]
    return bool((abs(values) <= 1).all() and ((first == 1).all() or (first == 0).all()))


def _shape(given: Any) -> tuple[int, ...] | None:
    if not given.type.HasField("tensor_type") or not given.type.tensor_type.HasField("shape"):
        return None
    sizes = given.type.tensor_type.shape.dim
    return tuple(dim.dim_value if dim.WhichOneof("value") == "dim_value" else -1 for dim in sizes)

"""Traces a PyTorch module with `torch.fx`, and says what each node of its graph is in the language."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.traced.modules import (
    ACTIVATIONS,
    FIRST,
    LAST,
    adaptive,
    each,
    is_plain_attention,
    module_text,
    plain_attention,
)
from symcount.interop.reading.traced.operations import Operation
from symcount.records import record


@record
class Value:
    """What a node gives: the operation that it is, its shape without the batch, and where its channels stand."""

    operation: int
    shape: tuple[int, ...]
    at: str

    @property
    def channels(self) -> int:
        """The number of its channels."""
        return self.shape[0] if self.at == FIRST else self.shape[-1]


@record
class Parameter:
    """A parameter of the module itself, perhaps seen in another shape."""

    count: int


@record
class Traced:
    """The operations of a module, the texts of its inputs by their numbers, and what leaves it.

    ``met`` are the identities of the parameters that were met on the way.
    """

    operations: tuple[Operation, ...]
    inputs: tuple[tuple[int, str], ...]
    output: Value
    warnings: tuple[str, ...]
    met: frozenset[int]


def refused(what: str, hint: str | None = None) -> ArchitectureError:
    """Return the refusal of something that the language does not say."""
    return ArchitectureError("not-traced", f"the module has what no line says: {what}", hint=hint)


class Tracing:
    """A graph while it is read."""

    def __init__(self, torch: Any, module: Any, inputs: Sequence[Any]) -> None:
        self.torch = torch
        self.module = module
        self.inputs = inputs
        self.operations: list[Operation] = []
        self.texts: list[tuple[int, str]] = []
        self.values: dict[Any, Any] = {}
        self.warnings: list[str] = []
        self.counted: set[int] = set()
        self.lenders: dict[int, int] = {}

    def traced(self) -> Traced:
        """Return the operations of the module."""
        graph = self._graph()
        given = iter(self.inputs)
        for node in graph.nodes:
            if node.op == "placeholder":
                tensor = next(given, None)
                if tensor is not None:
                    self.values[node] = self._input(node, tensor)
            elif node.op == "output":
                left, met = self._left(node), frozenset(self.counted)
                return Traced(tuple(self.operations), tuple(self.texts), left, tuple(self.warnings), met)
            else:
                self.values[node] = self._node(node)
        raise refused("no output")

    def _graph(self) -> Any:
        """The graph of the module, each of whose nodes has the shape of what it gives."""
        from torch.fx.passes.shape_prop import ShapeProp

        try:
            traced = self._followed()
        except Exception as error:  # whatever the module's own code raises when it is given no values
            message = f"torch.fx cannot trace the module: {str(error).splitlines()[0]}"
            hint = "what depends on values or shapes stands in a module of torch.nn, or is written without"
            raise ArchitectureError("not-traced", message, hint=hint) from None
        try:
            with self.torch.no_grad():
                ShapeProp(traced).propagate(*self.inputs)
        except Exception as error:  # whatever the module's own code raises on these values
            message = f"the module does not run on this input: {str(error).splitlines()[0]}"
            raise ArchitectureError(
                "not-traced", message, hint="give the shape without the batch: (3, 224, 224)"
            ) from None
        self.modules = dict(traced.named_modules(remove_duplicate=False))
        return traced.graph

    def _followed(self) -> Any:
        """The module as a graph; attention of four matrices, as exported code has it, is one layer of it."""

        class Tracer(self.torch.fx.Tracer):  # type: ignore[misc, name-defined]
            def is_leaf_module(self, module: Any, path: str) -> bool:
                return is_plain_attention(module) or super().is_leaf_module(module, path)

        tracer = Tracer()
        graph = tracer.trace(self.module)
        return self.torch.fx.GraphModule(tracer.root, graph)

    # what nodes give

    def _shape(self, node: Any) -> tuple[int, ...] | None:
        found = node.meta.get("tensor_meta")
        return tuple(found.shape)[1:] if hasattr(found, "shape") else None

    def _add(self, operation: Operation, shape: tuple[int, ...], at: str) -> Value:
        self.operations.append(operation)
        return Value(len(self.operations) - 1, shape, at)

    def _layer(self, value: Value, text: str, shape: tuple[int, ...], at: str) -> Value:
        if text == "_":
            return Value(value.operation, shape, at)
        return self._add(Operation((value.operation,), text), shape, at)

    def _input(self, node: Any, tensor: Any) -> Value:
        shape = tuple(tensor.shape)[1:]
        at = self._wanted(node) if len(shape) == 2 else FIRST
        sizes = shape if at == FIRST else (shape[-1], *shape[:-1])
        value = self._add(Operation(()), shape, at)
        self.texts.append((value.operation, f"I({','.join(map(str, sizes))})"))
        return value

    def _wanted(self, node: Any) -> str:
        """Where the first module that takes an input wants its channels."""
        for user in node.users:
            if user.op == "call_module":
                found = module_text(self.modules[user.target])
                return LAST if found is not None and found[1] == LAST else FIRST
        return FIRST

    def _left(self, node: Any) -> Value:
        left = node.args[0]
        if isinstance(left, tuple | list):
            left = left[0]
        elif isinstance(left, dict):
            left = next(iter(left.values()))
        value = self.values.get(left)
        if not isinstance(value, Value):
            raise refused("an output that is no tensor")
        return value

    def _node(self, node: Any) -> Any:
        match node.op:
            case "get_attr":
                return self._parameter(node)
            case "call_module":
                return self._module(node)
            case _:
                return self._function(node)

    def _parameter(self, node: Any) -> Any:
        found = self.module
        for name in node.target.split("."):
            found = getattr(found, name)
        if isinstance(found, self.torch.nn.Parameter):
            if id(found) in self.counted:
                raise refused(f"{node.target} is used twice")
            self.counted.add(id(found))
            return Parameter(found.numel())
        return None

    def _module(self, node: Any) -> Any:
        module, shape = self.modules[node.target], self._shape(node)
        arrived = [self.values.get(each_node) for each_node in node.args]
        value = next((each_one for each_one in arrived if isinstance(each_one, Value)), None)
        if value is None:
            raise refused(f"{node.target} takes no tensor by place")
        if type(module).__name__ == "Flatten" and shape is not None:
            return self._reshaped(node, value, shape)
        if is_plain_attention(module):
            return self._plain_attention(
                node, module, [each_one for each_one in arrived if isinstance(each_one, Value)]
            )
        if type(module).__name__ == "MultiheadAttention":
            return self._attention(node, module, arrived)
        known = [parameter for parameter in module.parameters() if id(parameter) in self.counted]
        if known:
            return self._tied(node, module, value, known, shape)
        self.counted |= {id(parameter) for parameter in module.parameters()}
        found = module_text(module)
        if found is None:
            return self._declared(node, module, value, shape)
        text, wanted = found
        value = self._turned(value, wanted, node)
        if text.startswith("Lin(") and len(value.shape) == 1:
            text = f"H({text.removeprefix('Lin(')}"
        if text.startswith(("E(", "Lin(")):
            at = LAST if text.startswith("E(") else value.at
            self.lenders[id(module.weight)] = len(self.operations)
            return self._layer(value, text, shape or (), at)
        if shape is None:  # a recurrent layer gives its sequence and its states
            both = 2 if module.bidirectional else 1
            shape = (value.shape[0], both * (getattr(module, "proj_size", 0) or module.hidden_size))
            return (self._layer(value, text, shape, LAST), None)
        return self._layer(value, text, shape, value.at)

    def _tied(self, node: Any, module: Any, value: Value, known: Sequence[Any], shape: Any) -> Value:
        """A module whose matrix is that of an embedding or a linear layer before it."""
        kind, matrix = type(module).__name__, getattr(module, "weight", None)
        lender = self.lenders.get(id(matrix))
        if lender is None or len(known) > 1 or kind not in ("Linear", "Embedding"):
            raise refused(f"{node.target} is used twice, or shares its weights", "write & behind a label by hand")
        self.counted |= {id(parameter) for parameter in module.parameters()}
        text, wanted = module_text(module) or ("", "")
        value = self._turned(value, wanted, node)
        operation = Operation((value.operation,), f"{text[:-1]},w={{}})", also=lender)
        return self._add(operation, shape, LAST if kind == "Embedding" else value.at)

    def _declared(self, node: Any, module: Any, value: Value, shape: tuple[int, ...] | None) -> Value:
        """What no kind says, as so many parameters, where it leaves the shape that arrives."""
        count = sum(parameter.numel() for parameter in module.parameters())
        kind = type(module).__name__
        name = f"{node.target}, {'an' if kind[0] in 'AEIOU' else 'a'} {kind},"
        if shape != value.shape:
            raise refused(f"{name} which changes the shape")
        if count:
            self.warnings.append(f"{name} is written as free({count}): its parameters alone are counted")
        else:
            self.warnings.append(f"{name} is left out: it has no parameters, and leaves the shape that arrives")
        return self._layer(value, f"free({count})" if count else "_", shape, value.at)

    def _attention(self, node: Any, module: Any, arrived: Sequence[Any]) -> Any:
        self.counted |= {id(parameter) for parameter in module.parameters()}
        query, key, value = (each_one for each_one in arrived[:3])
        if not module.batch_first:
            raise refused(f"{node.target} has the batch second", "batch_first=True")
        bias = "" if module.in_proj_bias is not None else ",bias=off"
        if module.bias_k is not None or key.operation != value.operation:
            raise refused(f"{node.target} takes keys and values from two places")
        if key.operation == query.operation:
            return (self._layer(query, f"MHA({module.num_heads}{bias})", query.shape, LAST), None)
        text = f"MHA({module.num_heads}{bias},from={{}})"
        operation = Operation((query.operation,), text, also=key.operation)
        return (self._add(operation, query.shape, LAST), None)

    def _plain_attention(self, node: Any, module: Any, arrived: Sequence[Value]) -> Value:
        if any(id(parameter) in self.counted for parameter in module.parameters()):
            raise refused(f"{node.target} is used twice")
        self.counted |= {id(parameter) for parameter in module.parameters()}
        query, text = self._turned(arrived[0], LAST, node), plain_attention(module)
        if len(arrived) == 1:
            return self._layer(query, text, query.shape, LAST)
        memory = self._turned(arrived[1], LAST, node)
        operation = Operation((query.operation,), f"{text[:-1]},from={{}})", also=memory.operation)
        return self._add(operation, query.shape, LAST)

    def _turned(self, value: Value, wanted: str, node: Any) -> Value:
        """A value with the channels where a module wants them."""
        if not wanted or value.at == wanted or len(value.shape) < 2:
            return value
        if len(value.shape) > 2:
            raise refused(f"{node.target} acts on an axis of an image, and not on its channels")
        return self._layer(value, "swap", value.shape, wanted)

    # functions and methods

    def _function(self, node: Any) -> Any:
        name = node.target if node.op == "call_method" else getattr(node.target, "__name__", str(node.target))
        given = [self.values.get(each_node) for each_node in _nodes([*node.args, *node.kwargs.values()])]
        tensors = [each_one for each_one in given if isinstance(each_one, Value)]
        shape = self._shape(node)
        if name == "getitem":
            found = self.values.get(node.args[0])
            if isinstance(found, tuple):
                return found[node.args[1]]
            if isinstance(found, Value) and shape is not None:
                return self._indexed(node, found, shape)
            return found if isinstance(found, Parameter) else None
        if not tensors:
            return next((each_one for each_one in given if isinstance(each_one, Parameter)), None)
        if name in _JOINTS:
            return self._joined(node, _JOINTS[name], given, tensors, shape)
        if name in ("cat", "concat", "concatenate"):
            return self._concatenated(node, given, tensors, shape)
        if name in ("chunk", "split"):
            return self._parted(node, tensors[0])
        if shape is None:
            return None
        if len({value.operation for value in tensors}) > 1:
            raise refused(f"{node.name}, a {name} of several tensors", "attention by hand is nn.MultiheadAttention")
        parameters = sum(each_one.count for each_one in given if isinstance(each_one, Parameter))
        if parameters:
            return self._with_weights(node, name, tensors[0], parameters, shape)
        return self._alone(node, name, tensors[0], shape)

    def _with_weights(self, node: Any, name: str, value: Value, parameters: int, shape: tuple[int, ...]) -> Value:
        """What a function of one tensor and of parameters gives."""
        if name == "layer_norm" and parameters in (value.shape[-1], 2 * value.shape[-1]):
            value = self._turned(value, LAST, node)
            return self._layer(value, "LN" if parameters == 2 * value.shape[-1] else "LN(bias=off)", shape, LAST)
        if shape != value.shape:
            raise refused(f"{name} with parameters of the module itself, which changes the shape")
        self.warnings.append(f"{node.name} is written as free({parameters})")
        return self._layer(value, f"free({parameters})", shape, value.at)

    def _alone(self, node: Any, name: str, value: Value, shape: tuple[int, ...]) -> Value:
        """What a function of one tensor gives."""
        if name in ACTIVATIONS:
            return self._layer(value, ACTIVATIONS[name], shape, value.at)
        if name in _SILENT:
            return Value(value.operation, shape, value.at)
        if name in ("dropout", "dropout1d", "dropout2d", "dropout3d", "feature_dropout"):
            return self._layer(value, "D", shape, value.at)
        if name in ("permute", "transpose", "movedim"):
            return self._permuted(node, value, shape)
        if name in ("flatten", "view", "reshape"):
            return self._reshaped(node, value, shape)
        if name == "mean":
            return self._mean(node, value, shape)
        if name in ("adaptive_avg_pool2d", "adaptive_avg_pool1d", "adaptive_max_pool2d"):
            text = adaptive("AMP" if "max" in name else "AAP", _argument(node, 1, "output_size"))
            return self._layer(value, text or "_", shape, FIRST)
        if name in ("max_pool2d", "avg_pool2d", "max_pool1d", "avg_pool1d"):
            return self._layer(value, self._pooled(node, name), shape, FIRST)
        if name == "narrow" and node.args[1] == (1 if value.at == FIRST else -1):
            return self._layer(value, f"take({node.args[3]})", shape, value.at)
        if name == "unflatten" and len(value.shape) == 1 and shape[1:] == (1,) * (len(shape) - 1):
            return Value(value.operation, shape, _SPREAD)
        if name == "interpolate" and value.at == FIRST:
            return self._layer(value, f"resize({each(shape[1:])})", shape, FIRST)
        if shape == value.shape:
            self.warnings.append(f"{name} is left out: it leaves the shape that arrives")
            return value
        raise refused(f"{name}, which makes {shape} of {value.shape}")

    def _pooled(self, node: Any, name: str) -> str:
        kernel = each(_argument(node, 1, "kernel_size"))
        stride = each(_argument(node, 2, "stride", None) or _argument(node, 1, "kernel_size"))
        padding = each(_argument(node, 3, "padding", 0))
        more = ("" if stride == kernel else f",s={stride}") + ("" if padding == "0" else f",p={padding}")
        more += ",ceil=on" if node.kwargs.get("ceil_mode") else ""
        return f"{'P' if name.startswith('max') else 'AP'}({kernel}{more})"

    def _joined(self, node: Any, joint: str, given: Sequence[Any], tensors: Sequence[Value], shape: Any) -> Any:
        parameter = next((each_one for each_one in given if isinstance(each_one, Parameter)), None)
        if parameter is not None:
            return self._with_parameter(node, joint, tensors[0], parameter)
        if len(tensors) == 1:
            return Value(tensors[0].operation, shape or tensors[0].shape, tensors[0].at)
        one, other = tensors
        wanted = other if one.at == _SPREAD or prod(one.shape) < prod(other.shape) else one
        inputs = tuple(self._vector(each_one, wanted).operation for each_one in tensors)
        return self._add(Operation(inputs, joint=joint), shape, wanted.at)

    def _vector(self, value: Value, wanted: Value) -> Value:
        """A value that meets one with axes: one of length 1 along each of them is a vector."""
        if value.at == _SPREAD:
            return Value(value.operation, value.shape[:1], FIRST)
        ones = value.shape[1:] if value.at == FIRST else value.shape[:-1]
        if len(value.shape) > 1 and value.shape != wanted.shape and all(size == 1 for size in ones):
            return self._layer(value, "F", (value.channels,), FIRST)
        return value

    def _with_parameter(self, node: Any, joint: str, value: Value, parameter: Parameter) -> Value:
        if parameter.count == value.channels:
            return self._layer(value, "scale" if joint == "×" else "bias", value.shape, value.at)
        if parameter.count == prod(value.shape) and joint == "+":
            return self._layer(value, "PE", value.shape, value.at)
        if joint == "+" and value.at == LAST and parameter.count % value.channels == 0:
            return self._layer(value, f"PE({parameter.count // value.channels})", value.shape, value.at)
        self.warnings.append(f"{node.name} is written as free({parameter.count})")
        return self._layer(value, f"free({parameter.count})", value.shape, value.at)

    def _concatenated(self, node: Any, given: Sequence[Any], tensors: Sequence[Value], shape: Any) -> Value:
        axis = _argument(node, 1, "dim", 0) % (len(shape) + 1)
        first = tensors[0]
        if any(isinstance(each_one, Parameter) for each_one in given):
            if axis == 1 and first.at == LAST and len(tensors) == 1:
                return self._layer(first, "cls", shape, LAST)
            raise refused(f"{node.name} sets a parameter beside a tensor")
        channels = 1 if first.at == FIRST else len(shape)
        if axis != channels:
            raise refused(f"{node.name} sets tensors side by side along an axis that is not their channels")
        return self._add(Operation(tuple(value.operation for value in tensors), joint="|"), shape, first.at)

    def _parted(self, node: Any, value: Value) -> Any:
        axis = _argument(node, 2, "dim", 0) % (len(value.shape) + 1)
        size = _argument(node, 1, "chunks", None) if node.target != "split" else None
        if axis != (1 if value.at == FIRST else len(value.shape)) or not isinstance(size, int):
            raise refused(f"{node.name} parts a tensor along an axis, or in unequal parts")
        part = value.channels // size
        shape = (part, *value.shape[1:]) if value.at == FIRST else (*value.shape[:-1], part)
        return tuple(self._layer(value, f"take({part})", shape, value.at) for _ in range(size))

    def _indexed(self, node: Any, value: Value, shape: tuple[int, ...]) -> Value:
        index = node.args[1]
        if value.at == LAST and len(value.shape) == 2 and len(shape) == 1:
            place = index[1] if isinstance(index, tuple) and len(index) > 1 else 0
            text = "tok" if place == 0 else f"tok({place % value.shape[0]})" if isinstance(place, int) else ""
            if text:
                return self._layer(value, text, shape, FIRST)
        if shape == value.shape:
            return value
        raise refused(f"{node.name} takes a part of a tensor")

    def _permuted(self, node: Any, value: Value, shape: tuple[int, ...]) -> Value:
        """Channels moved from the front to the end, or back: the values stay where the language has them."""
        rank = len(value.shape)
        if node.target == "permute" or getattr(node.target, "__name__", "") == "permute":
            order = [*_flat(node.args[1:])]
        else:
            one, other = (axis % (rank + 1) for axis in node.args[1:3])
            order = [*range(rank + 1)]
            if node.target == "movedim":
                order.insert(other, order.pop(one))
            else:
                order[one], order[other] = order[other], order[one]
        order = [axis % (rank + 1) for axis in order]
        if value.at == _GROUPED and order[1:3] == [2, 1]:
            return Value(value.operation, shape, _MIXED)
        to_last, to_first = [0, *range(2, rank + 1), 1], [0, rank, *range(1, rank)]
        if value.at == FIRST and order == to_last:
            return Value(value.operation, shape, LAST)
        if value.at == LAST and order == to_first:
            return Value(value.operation, shape, FIRST)
        if rank == 2 and order == [0, 2, 1]:
            return self._layer(value, "swap", shape, value.at)
        raise refused(f"{node.name} sets the axes in the order {order}")

    def _reshaped(self, node: Any, value: Value, shape: tuple[int, ...]) -> Value:
        if value.at == _MIXED and shape == (value.shape[0] * value.shape[1], *value.shape[2:]):
            return self._layer(value, f"shuffle({value.shape[1]})", shape, FIRST)
        if shape == value.shape:
            return value
        if value.at == FIRST and shape[2:] == value.shape[1:] and len(shape) > 2:
            return Value(value.operation, shape, _GROUPED)
        if len(shape) == 1 and shape[0] == prod(value.shape):
            return self._layer(value, "F", shape, FIRST)
        if value.at == FIRST and len(shape) == 2 and shape[0] == value.shape[0]:
            return self._layer(value, "seq", shape, FIRST)
        if value.at == LAST and len(shape) == 2 and shape[-1] == value.shape[-1]:
            return self._layer(value, "seq", shape, LAST)
        raise refused(f"{node.name}, which makes {shape} of {value.shape}")

    def _mean(self, node: Any, value: Value, shape: tuple[int, ...]) -> Value:
        rank = len(value.shape)
        axes = _argument(node, 1, "dim")
        axes = sorted(axis % (rank + 1) for axis in _flat([axes]))
        places = [*range(2, rank + 1)] if value.at == FIRST else [*range(1, rank)]
        if axes != places:
            raise refused(f"{node.name} takes the mean over the axes {axes}")
        if len(shape) == 1:
            return self._layer(value, "GAP", shape, FIRST)
        return self._layer(value, "AAP(1)", shape, value.at)


_GROUPED, _MIXED = "grouped", "mixed"
"""Channels on two axes, the groups first; and these exchanged, as on the way through a channel shuffle."""

_SPREAD = "spread"
"""A vector that has been given axes of length 1, to meet what has axes."""

_JOINTS = {"add": "+", "iadd": "+", "add_": "+", "mul": "×", "imul": "×", "mul_": "×"}
"""The functions by which two tensors meet."""

_SILENT = frozenset("contiguous to float half type clone detach stochastic_depth truediv div pad_none _assert".split())
"""Functions that no count depends on."""


def _flat(values: Any) -> list[int]:
    found: list[int] = []
    for value in values:
        found += _flat(value) if isinstance(value, tuple | list) else [value]
    return found


def _nodes(arguments: Any) -> list[Any]:
    """The nodes among the arguments of a call, those in lists too."""
    found = []
    for each_one in arguments:
        if isinstance(each_one, tuple | list):
            found += _nodes(each_one)
        elif hasattr(each_one, "op"):
            found.append(each_one)
    return found


def _argument(node: Any, place: int, name: str, *usual: Any) -> Any:
    """An argument of a call by its place or its name."""
    if len(node.args) > place:
        return node.args[place]
    if name in node.kwargs or not usual:
        return node.kwargs[name]
    return usual[0]

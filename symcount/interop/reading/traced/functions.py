"""What PyTorch's functions, and the methods of its tensors, are in the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symcount.interop.reading.graphs.axes import averaged, exchanged, one_step, parted, permuted, reshaped
from symcount.interop.reading.graphs.flow import FIRST, LAST, Flow, Parameter, Value, flat, refused
from symcount.interop.reading.graphs.joining import concatenated, joined, with_parameter
from symcount.interop.reading.graphs.windows import each
from symcount.interop.reading.traced.modules import ACTIVATIONS, adaptive

Shape = tuple[int, ...]


def function_value(flow: Flow, values: Mapping[Any, Any], node: Any, shape: Shape | None) -> Any:
    """Return what a function or a method gives: a value, several, a parameter, or None for what is no tensor."""
    name = node.target if node.op == "call_method" else getattr(node.target, "__name__", str(node.target))
    given = [values.get(each_node) for each_node in _nodes([*node.args, *node.kwargs.values()])]
    tensors = [each_one for each_one in given if isinstance(each_one, Value)]
    parameters = [each_one for each_one in given if isinstance(each_one, Parameter)]
    if isinstance(node.target, type) and issubclass(node.target, tuple):  # a tuple with names
        return tuple(values.get(each_node) for each_node in node.args)
    if name == "getitem":
        return _taken(flow, node, values.get(node.args[0]), shape)
    if not tensors:
        return next(iter(parameters), None)
    if name in _JOINTS:
        return _joined(flow, node, _JOINTS[name], tensors, parameters, shape)
    if name in ("cat", "concat", "concatenate") and shape is not None:
        return concatenated(
            flow, node.name, tensors, sum(each_one.count for each_one in parameters), argument(node, 1, "dim", 0), shape
        )
    if name in ("chunk", "split"):
        return _parted(flow, node, tensors[0])
    if shape is None:
        return None
    if len({value.operation for value in tensors}) > 1:
        raise refused(f"{node.name}, a {name} of several tensors", "attention by hand is nn.MultiheadAttention")
    if parameters:
        return _with_weights(flow, node, name, tensors[0], sum(each_one.count for each_one in parameters), shape)
    return _alone(flow, node, name, tensors[0], shape)


def _taken(flow: Flow, node: Any, found: Any, shape: Shape | None) -> Any:
    if isinstance(found, tuple):
        return found[node.args[1]]
    if isinstance(found, Value) and shape is not None:
        index = node.args[1]
        place = index[1] if isinstance(index, tuple) and len(index) > 1 else 0
        return one_step(flow, node.name, found, place if isinstance(place, int) else None, shape)
    return found if isinstance(found, Parameter) else None


def _with_weights(flow: Flow, node: Any, name: str, value: Value, parameters: int, shape: Shape) -> Value:
    """What a function of one tensor and of parameters gives."""
    if (
        name == "batch_norm"
        and isinstance(argument(node, 1, "running_mean", None), type(node))
        and shape == value.shape
    ):
        text = {0: "BN(scale=off,shift=off)", 2 * value.channels: "BN"}.get(parameters)
        if text is not None:
            return flow.layer(value, text, shape, value.at)
    if name == "layer_norm" and parameters in (value.shape[-1], 2 * value.shape[-1]):
        value = flow.turned(value, LAST, node.target)
        return flow.layer(value, "LN" if parameters == 2 * value.shape[-1] else "LN(bias=off)", shape, LAST)
    if shape != value.shape:
        raise refused(f"{name} with parameters of the module itself, which changes the shape")
    return flow.declared(value, parameters, node.name)


def _alone(flow: Flow, node: Any, name: str, value: Value, shape: Shape) -> Value:
    """What a function of one tensor gives."""
    if name in ACTIVATIONS:
        return flow.layer(value, ACTIVATIONS[name], shape, value.at)
    if name in _SILENT:
        return Value(value.operation, shape, value.at)
    if name in _DROPOUTS:
        return flow.layer(value, "D", shape, value.at)
    if name in _OF_ONE:
        return _OF_ONE[name](flow, node, value, shape)
    if name == "narrow" and node.args[1] == (1 if value.at == FIRST else -1):
        return flow.layer(value, f"take({node.args[3]})", shape, value.at)
    if name == "interpolate" and value.at == FIRST:
        return flow.layer(value, f"resize({each(shape[1:])})", shape, FIRST)
    if shape == value.shape:
        flow.warnings.append(f"{name} is left out: it leaves the shape that arrives")
        return value
    raise refused(f"{name}, which makes {shape} of {value.shape}")


def _joined(
    flow: Flow, node: Any, joint: str, tensors: Sequence[Value], parameters: Sequence[Parameter], shape: Shape | None
) -> Value:
    first = tensors[0]
    if parameters:
        return with_parameter(flow, node.name, joint, first, parameters[0])
    if len(tensors) == 1:
        return Value(first.operation, shape or first.shape, first.at)
    return joined(flow, joint, tensors, shape or first.shape)


def _parted(flow: Flow, node: Any, value: Value) -> tuple[Value, ...]:
    parts = argument(node, 1, "chunks", None) if node.target != "split" else None
    if not isinstance(parts, int):
        raise refused(f"{node.name} parts a tensor along an axis, or in unequal parts")
    return parted(flow, node.name, value, argument(node, 2, "dim", 0), [value.channels // parts] * parts)


def _permuted(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
    return permuted(flow, node.name, value, flat(node.args[1:]), _whole(node))


def _exchanged(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
    one, other = node.args[1:3]
    return exchanged(flow, node.name, value, one, other, _whole(node))


def _moved(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
    rank = len(value.shape) + 1
    source, target = (axis % rank for axis in node.args[1:3])
    order = [*range(rank)]
    order.insert(target, order.pop(source))
    return permuted(flow, node.name, value, order, _whole(node))


def _reshaped(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
    return reshaped(flow, node.name, value, _whole(node))


def _whole(node: Any) -> Shape:
    """The shape of what a node gives, with the batch."""
    return tuple(node.meta["tensor_meta"].shape)


def _averaged(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
    return averaged(flow, node.name, value, flat([argument(node, 1, "dim")]), shape)


def _adaptive(token: str) -> Callable[[Flow, Any, Value, Shape], Value]:
    def value(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
        return flow.layer(value, adaptive(token, argument(node, 1, "output_size")) or "_", shape, FIRST)

    return value


def _pooled(token: str) -> Callable[[Flow, Any, Value, Shape], Value]:
    def value(flow: Flow, node: Any, value: Value, shape: Shape) -> Value:
        kernel = each(argument(node, 1, "kernel_size"))
        stride = each(argument(node, 2, "stride", None) or argument(node, 1, "kernel_size"))
        padding = each(argument(node, 3, "padding", 0))
        more = ("" if stride == kernel else f",s={stride}") + ("" if padding == "0" else f",p={padding}")
        more += ",ceil=on" if node.kwargs.get("ceil_mode") else ""
        return flow.layer(value, f"{token}({kernel}{more})", shape, FIRST)

    return value


_OF_ONE: Mapping[str, Callable[[Flow, Any, Value, Shape], Value]] = {
    "permute": _permuted,
    **dict.fromkeys(("transpose", "swapaxes"), _exchanged),
    **dict.fromkeys(("movedim", "moveaxis"), _moved),
    **dict.fromkeys(("flatten", "view", "reshape", "unflatten", "squeeze", "unsqueeze"), _reshaped),
    "mean": _averaged,
    **{f"adaptive_avg_pool{axes}d": _adaptive("AAP") for axes in (1, 2, 3)},
    **{f"adaptive_max_pool{axes}d": _adaptive("AMP") for axes in (1, 2, 3)},
    **{f"avg_pool{axes}d": _pooled("AP") for axes in (1, 2, 3)},
    **{f"max_pool{axes}d": _pooled("P") for axes in (1, 2, 3)},
}
"""Functions of one tensor that make a layer of it, or set its axes anew."""

_JOINTS = {"add": "+", "iadd": "+", "add_": "+", "sub": "+", "isub": "+", "mul": "×", "imul": "×", "mul_": "×"}
"""The functions by which two tensors meet."""

_SILENT = frozenset("contiguous to float half type clone detach stochastic_depth truediv div _assert".split())
"""Functions that no count depends on."""

_DROPOUTS = frozenset(("dropout", "dropout1d", "dropout2d", "dropout3d", "feature_dropout"))


def _nodes(arguments: Any) -> list[Any]:
    """The nodes among the arguments of a call, those in lists too."""
    found = []
    for each_one in arguments:
        if isinstance(each_one, tuple | list):
            found += _nodes(each_one)
        elif hasattr(each_one, "op"):
            found.append(each_one)
    return found


def argument(node: Any, place: int, name: str, *usual: Any) -> Any:
    """Return an argument of a call by its place or its name."""
    if len(node.args) > place:
        return node.args[place]
    if name in node.kwargs or not usual:
        return node.kwargs[name]
    return usual[0]

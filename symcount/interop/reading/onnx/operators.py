"""What each operator of ONNX is among the steps of a graph (https://onnx.ai/onnx/operators/)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.graphs.steps import Source, Step, Weight
from symcount.interop.reading.onnx.node import Node


def _unsaid(node: Node, why: str) -> ArchitectureError:
    return ArchitectureError("cannot-say", f"{node.operator} of {node.outputs[0]} {why}")


def _weights(node: Node, start: int, end: int = 9, least: int = 1) -> list[Source]:
    """The fixed values that a node takes, from a place to another; what is computed in their place is refused."""
    found: list[Source] = []
    for place, name in enumerate(node.names[start:end], start):
        if not name:
            continue
        if not isinstance(node.inputs[place], Weight):
            raise _unsaid(node, "takes weights that are computed")
        found.append(node.inputs[place])
    if len(found) < least:
        raise _unsaid(node, "has no weights")
    return found


def _padding(node: Node, kernel: Sequence[int], stride: Sequence[int], dilation: Sequence[int]) -> tuple[int, ...]:
    """What is added at the sides, those before and then those behind."""
    word = node.get("auto_pad", "NOTSET")
    if word in ("NOTSET", ""):
        return tuple(node.get("pads", (0,) * (2 * len(kernel))))
    if word == "VALID":
        return (0,) * (2 * len(kernel))
    out = node.tensors.shape(node.outputs[0])[2:]
    sizes = zip(node.shape()[2:], out, kernel, stride, dilation, strict=True)
    total = [max(0, (y - 1) * s + (k - 1) * d + 1 - x) for x, y, k, s, d in sizes]
    less, more = [each // 2 for each in total], [each - each // 2 for each in total]
    return (*less, *more) if word == "SAME_UPPER" else (*more, *less)


def _convolution(node: Node) -> Step:
    weights = _weights(node, 1)
    matrix = weights[0]
    assert isinstance(matrix, Weight)
    kernel = matrix.shape[2:]
    if not kernel or len(matrix.shape) != len(node.shape()):
        raise _unsaid(node, f"has weights of the shape {list(matrix.shape)}")
    ones = (1,) * len(kernel)
    stride, dilation = node.get("strides", ones), node.get("dilations", ones)
    transposed = node.operator == "ConvTranspose"
    if transposed and (node.get("output_shape") or node.get("auto_pad", "NOTSET") != "NOTSET"):
        raise _unsaid(node, "says the shape that leaves in place of its padding")
    more = {"transposed": True, "output padding": node.get("output_padding", (0,) * len(kernel))} if transposed else {}
    return node.step(
        "convolution", [node.inputs[0], *weights], stride=stride, dilation=dilation, groups=node.get("group", 1),
        padding=_padding(node, kernel, stride, dilation), **more,
    )  # fmt: skip


def _pool(node: Node) -> Step:
    kernel = node.get("kernel_shape")
    if not kernel:
        raise _unsaid(node, "has no kernel")
    ones = (1,) * len(kernel)
    stride, dilation = node.get("strides", ones), node.get("dilations", ones)
    return node.step(
        "pool", node.inputs[:1], max=node.operator == "MaxPool", kernel=kernel, stride=stride, dilation=dilation,
        padding=_padding(node, kernel, stride, dilation), ceil=bool(node.get("ceil_mode", 0)),
    )  # fmt: skip


def _gemm(node: Node) -> Step:
    matrix = node.inputs[1]
    if not isinstance(matrix, Weight) or node.get("transA", 0) or len(matrix.shape) != 2:
        raise _unsaid(node, "multiplies by no fixed matrix")
    addend = node.inputs[2] if len(node.inputs) > 2 and node.names[2] else None
    if len(node.names) > 2 and node.names[2] and not isinstance(addend, Weight):
        raise _unsaid(node, "takes weights that are computed")
    units = matrix.shape[0] if node.get("transB", 0) else matrix.shape[1]
    scalar = isinstance(addend, Weight) and addend.count == 1 != units
    return node.step("linear", [node.inputs[0], matrix, *([] if addend is None or scalar else [addend])], units=units)


def _product(node: Node) -> Step:
    one, other = node.inputs[:2]
    if isinstance(other, Weight) and len(other.shape) == 2 and isinstance(one, str):
        return node.step("linear", [one, other], units=other.shape[1])
    if not (isinstance(one, str) and isinstance(other, str)):
        raise _unsaid(node, "multiplies from the left, or by more than a matrix")
    return node.step("product", [one, other])


def _meeting(kind: str) -> Operator:
    def step(node: Node) -> Step:
        kept = [
            each
            for each in node.inputs
            if isinstance(each, str) or (isinstance(each, Weight) and (each.count > 1 or _is_one_bias(node, each)))
        ]
        if len(kept) == 1:
            return node.step("pass", kept)
        if kind == "pass":
            raise _unsaid(node, "takes two tensors, or fixed values")
        return node.step(kind, kept)

    return step


def _is_one_bias(node: Node, addend: Weight) -> bool:
    """Whether a single value is that of the only channel, and no number that is added to all."""
    return node.operator == "Add" and addend.shape == (1,) and node.shape()[-1:] == (1,)


def _alone(kind: str, **options: Any) -> Operator:
    return lambda node: node.step(kind, node.inputs[:1], **options)


def _normalised(kind: str) -> Operator:
    def step(node: Node) -> Step:
        if kind in ("layer norm", "rms norm") and node.get("axis", -1) not in (-1, len(node.shape()) - 1):
            raise _unsaid(node, "is over more than the channels")
        options = {"groups": node.get("num_groups", 1)} if kind == "group norm" else {}
        return node.step(kind, [node.inputs[0], *_weights(node, 1, least=0)], **options)

    return step


def _clip(node: Node) -> Step:
    return node.step("activation", node.inputs[:1], name="relu6")


def _permuted(node: Node) -> Step:
    rank = len(node.shape())
    return node.step("permute", node.inputs[:1], order=node.get("perm", tuple(range(rank))[::-1]))


def _averaged(node: Node) -> Step:
    axes = node.places(1) or node.get("axes") or tuple(range(len(node.shape())))
    return node.step("mean", node.inputs[:1], axes=axes)


def _beside(node: Node) -> Step:
    if any(each is None for each in node.inputs):
        raise _unsaid(node, "sets values beside a tensor that are computed of sizes")
    return node.step("cat", node.inputs, axis=node.get("axis", 0))


def _parted(node: Node) -> Step:
    axis = node.get("axis", 0)
    shapes = [node.tensors.shape(name) for name in node.outputs]
    if any(not -len(shape) <= axis < len(shape) for shape in shapes):
        raise _unsaid(node, "parts an axis that there is not")
    return node.step("split", node.inputs[:1], axis=axis, sizes=[shape[axis] for shape in shapes])


def _selected(node: Node) -> Step:
    axis, places = node.get("axis", 0) % len(node.shape()), node.places(1)
    if len(node.tensors.shape(node.outputs[0])) == len(node.shape()) - 1 and places:
        return node.step("select", node.inputs[:1], axis=axis, place=places[0])
    raise _unsaid(node, "picks several places")


def _sliced(node: Node) -> Step:
    starts, axes = node.places(1) or node.get("starts"), node.places(3) or node.get("axes")
    alone = starts and axes and len(axes) == 1
    axis = axes[0] % len(node.shape()) if alone else None
    return node.step("slice", node.inputs[:1], start=starts[0] if starts else 0, axis=axis)


def _bordered(node: Node) -> Step:
    padding = node.places(1) or node.get("pads")
    rank = len(node.shape())
    if padding is None or len(padding) != 2 * rank or any(padding[place] for place in (0, 1, rank, rank + 1)):
        if padding is not None and not any(padding):
            return node.step("pass", node.inputs[:1])
        raise _unsaid(node, "adds to its batch or its channels, or by sizes that are computed")
    return node.step("pad", node.inputs[:1], padding=(*padding[2:rank], *padding[rank + 2 :]))


def _resized(node: Node) -> Step:
    node.tensors.constant(*node.names[1:])
    before, behind = node.shape(), node.tensors.shape(node.outputs[0])
    whole = all(x and y % x == 0 for x, y in zip(before, behind, strict=True))
    factors = [y // x for x, y in zip(before[2:], behind[2:], strict=True)] if whole else None
    return node.step("resize", node.inputs[:1], factors=factors)


def _sloped(node: Node) -> Step:
    return node.step("slopes", [node.inputs[0], *_weights(node, 1, 2)])


def _moved(kind: str) -> Operator:
    return lambda node: node.step(kind, node.inputs[:1], factor=node.get("blocksize", 1))


def _recurrent(node: Node) -> Step:
    states = [each.name for each in node.inputs[5:] if isinstance(each, Weight)]
    given = any(isinstance(each, str) for each in node.inputs[5:])
    if given or node.get("layout", 0) or not {*states} <= node.tensors.zero:
        raise _unsaid(node, "begins with states that are given, or has the batch first")
    node.tensors.constant(*states)
    weights = _weights(node, 1, 4, 2)
    units, both = node.get("hidden_size", 0), node.get("direction", "forward") == "bidirectional"
    bias = 2 if len(weights) == 3 else "off"
    text = f"{node.operator}({units},bias={bias})"
    text = f"bi[{text}]" if both else text
    return node.step("recurrent", [node.inputs[0], *weights], text=text, units=units * (1 + both))


Operator = Callable[[Node], Step]
"""From a node to its step."""

_ACTIVATIONS = {
    "Relu": "relu", "LeakyRelu": "leakyrelu", "Elu": "elu", "Selu": "selu", "Celu": "celu", "Gelu": "gelu",
    "Mish": "mish", "Swish": "silu", "Tanh": "tanh", "Sigmoid": "sigmoid", "Softplus": "softplus", "Erf": "erf",
    "HardSwish": "hardswish", "HardSigmoid": "hardsigmoid", "Softmax": "softmax",
    **dict.fromkeys("LogSoftmax Softsign Exp ThresholdedRelu Sin Cos Abs Log Floor Sign".split(), "act"),
}  # fmt: skip

OPERATORS: Mapping[str, Operator] = {
    **dict.fromkeys(("Conv", "ConvTranspose"), _convolution), **dict.fromkeys(("MaxPool", "AveragePool"), _pool),
    "GlobalAveragePool": _alone("global pool"), "GlobalMaxPool": _alone("global pool", max=True),
    "Gemm": _gemm, "MatMul": _product, "Add": _meeting("add"), "Sum": _meeting("add"), "Mul": _meeting("mul"),
    "Sub": _meeting("add"), "Div": _meeting("mul"), **dict.fromkeys(("Pow", "Where", "Max", "Min"), _meeting("pass")),
    "BatchNormalization": _normalised("batch norm"), "LayerNormalization": _normalised("layer norm"),
    "InstanceNormalization": _normalised("instance norm"), "GroupNormalization": _normalised("group norm"),
    "RMSNormalization": _normalised("rms norm"), "LRN": _alone("LRN"),
    **{name: _alone("activation", name=called) for name, called in _ACTIVATIONS.items()},
    "Clip": _clip, "PRelu": _sloped, "Dropout": _alone("dropout"),
    **dict.fromkeys(("Identity", "Cast", "CastLike", "Sqrt", "Neg", "Reciprocal"), _alone("pass")),
    **dict.fromkeys(("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Expand"), _alone("reshape")),
    "Transpose": _permuted, "ReduceMean": _averaged, "Concat": _beside, "Split": _parted, "Gather": _selected,
    "Slice": _sliced, "Pad": _bordered, "Resize": _resized, "Upsample": _resized,
    "DepthToSpace": _moved("d2s"), "SpaceToDepth": _moved("s2d"),
    **dict.fromkeys(("LSTM", "GRU", "RNN"), _recurrent),
}  # fmt: skip
"""The operators that are read."""

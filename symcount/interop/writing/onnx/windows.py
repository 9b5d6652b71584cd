"""Windows that slide, poolings and normalisations over places, as ONNX has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symcount.interop.writing.framework import lacking
from symcount.interop.writing.nodes import Module
from symcount.interop.writing.onnx.making import Making, Operator, layer_of, sizes_of
from symcount.interop.writing.windows import Pair, borders, pads, rounded_up
from symcount.layers.windows import extent
from symcount.trace import Step


def _convolution(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    if layer.links is not None:
        raise lacking(step, "ONNX has no convolution with a table of connections", "leave links= out")
    return _convolved(making, step, x, layer.filters, layer.groups, bias=layer.bias, leaves=step.name)


def _depthwise(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    channels = step.input.channels
    return _convolved(making, step, x, layer.multiplier * channels, channels, bias=layer.bias, leaves=step.name)


def _separable(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    middle = layer.multiplier * step.input.channels
    apart = _convolved(making, step, x, middle, step.input.channels, bias=0, leaves="")
    weight = making.weight(step, "mixing", layer.filters, middle, *(1,) * step.input.rank)
    bias = [making.weight(step, "bias", layer.filters)] if layer.bias == 1 else []
    return making.node("Conv", apart, weight, *bias, leaves=step.name)


def _convolved(making: Making, step: Step, x: str, filters: Any, groups: Any, *, bias: Any, leaves: str) -> str:
    layer: Any = step.layer
    weight = making.weight(step, "weight", filters, step.input.channels // groups, *layer.kernel)
    biases = [making.weight(step, "bias", filters)] if bias == 1 else []
    return making.node("Conv", x, weight, *biases, group=groups, **_window(layer, pads(step)), leaves=leaves)


def _window(layer: Any, pairs: Sequence[Pair]) -> dict[str, Any]:
    before, behind = zip(*pairs, strict=True)
    return {
        "kernel_shape": [*layer.kernel],
        "strides": [*layer.stride],
        "dilations": [*layer.dilation],
        "pads": [*before, *behind],
    }


def _transposed(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    weight = making.weight(step, "weight", step.input.channels, layer.filters // layer.groups, *layer.kernel)
    bias = [making.weight(step, "bias", layer.filters)] if layer.bias == 1 else []
    rows = zip(
        step.input.axes, step.output.axes, layer.kernel, layer.stride, layer.dilation, layer.padding, strict=True
    )
    cuts: list[Pair] = []
    more: list[int] = []
    for n, m, kernel, stride, dilation, pad in rows:
        whole: Any = (n - 1) * stride + extent(kernel, dilation) - m
        cut = pad if isinstance(pad, int) else max(0, -(-whole // 2))
        cuts.append((cut, cut))
        more.append(2 * cut - whole)
        if not 0 <= more[-1] < max(stride, dilation, 1) and more[-1] != 0:
            why = f"ONNX wants output_padding (={more[-1]}) smaller than stride or dilation"
            raise lacking(step, why, "put pad(…) behind it")
    options = {"group": layer.groups, "output_padding": more, **_window(layer, cuts)}
    return making.node("ConvTranspose", x, weight, *bias, leaves=step.name, **options)


def _max_pooling(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    pairs = rounded_up(step) if layer.ceil == 1 else pads(step)
    return _weighted(making, step, x, "MaxPool", **_window(layer, pairs))


def _average_pooling(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    if layer.ceil == 1:
        raise lacking(step, "an average that rounds up is not the same in every runtime of ONNX", "leave ceil out")
    return _weighted(making, step, x, "AveragePool", count_include_pad=1, **_window(layer, pads(step)))


def _weighted(making: Making, step: Step, x: str, operator: str, **options: Any) -> str:
    layer: Any = step.layer
    is_last = layer.weight == 0 and layer.bias == 0
    left = making.node(operator, x, leaves=step.name if is_last else "", **options)
    sizes = (step.input.channels, *(1,) * step.input.rank)
    if layer.weight == 1:
        leaves = step.name if layer.bias == 0 else ""
        left = making.node("Mul", left, making.weight(step, "weight", *sizes), leaves=leaves)
    if layer.bias == 1:
        left = making.node("Add", left, making.weight(step, "bias", *sizes), leaves=step.name)
    return left


def _over_all(operator: str) -> Operator:
    def made(making: Making, module: Module, x: str) -> str:
        return making.node("Flatten", making.node(operator, x), axis=1, leaves=layer_of(module)[0].name)

    return made


def _adaptive(operator: str) -> Operator:
    def made(making: Making, module: Module, x: str) -> str:
        step, _ = layer_of(module)
        pairs = [*zip(sizes_of(step.input)[1:], sizes_of(step.output)[1:], strict=True)]
        if all(m == 1 for _, m in pairs):
            return making.node(f"Global{operator}", x, leaves=step.name)
        kernel = [n // m for n, m in pairs if n % m == 0]
        if len(kernel) < len(pairs):
            raise lacking(step, "ONNX has no windows of unequal sizes", "a size that divides those that arrive")
        return making.node(operator, x, kernel_shape=kernel, strides=kernel, leaves=step.name)

    return made


def _upsampling(making: Making, module: Module, x: str) -> str:
    step, _ = layer_of(module)
    sizes = sizes_of(step.output)[1:]
    axes = [*range(2, 2 + len(sizes))]
    return making.node("Resize", x, "", "", making.numbers(*sizes), axes=axes, mode="nearest", leaves=step.name)


def _bordered(sign: int) -> Operator:
    """A border of zeros, or one that is cut off where the sign is below 0."""

    def made(making: Making, module: Module, x: str) -> str:
        step, _ = layer_of(module)
        before, behind = zip(*borders(step, sign), strict=True)
        return making.node("Pad", x, making.numbers(0, 0, *before, 0, 0, *behind), leaves=step.name)

    return made


def _shuffled(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    channels, *axes = sizes_of(step.input)
    parted = making.node("Reshape", x, making.numbers(0, layer.groups, channels // layer.groups, *axes))
    turned = making.node("Transpose", parted, perm=[0, 2, 1, *range(3, 3 + len(axes))])
    return making.node("Reshape", turned, making.numbers(0, channels, *axes), leaves=step.name)


def _blocks(operator: str) -> Operator:
    def made(making: Making, module: Module, x: str) -> str:
        step, layer = layer_of(module)
        if step.input.rank != 2:
            raise lacking(step, f"ONNX's {operator} takes images")
        return making.node(operator, x, blocksize=layer.factor, leaves=step.name)

    return made


def _local_response(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    size = layer.number if isinstance(layer.number, int) else 5
    return making.node("LRN", x, size=size, leaves=step.name)


def _batch_norm(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    _check_both(step, layer.scale, layer.shift)
    roles = ("scale", "bias", "mean", "variance")
    values = [making.weight(step, role, step.input.channels) for role in roles]
    return making.node("BatchNormalization", x, *values, leaves=step.name)


def _group_norm(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    left = _normed(making, step, x, "GroupNormalization", num_groups=layer.groups)
    making.tell(left, step.output)
    return left


def _instance_norm(making: Making, module: Module, x: str) -> str:
    step, _ = layer_of(module)
    return _normed(making, step, x, "InstanceNormalization")


def _normed(making: Making, step: Step, x: str, operator: str, **options: Any) -> str:
    layer: Any = step.layer
    if not step.input.axes:
        raise lacking(step, f"ONNX's {operator} needs axes")
    _check_both(step, layer.affine, layer.shift)
    values = [making.weight(step, role, step.input.channels) for role in ("scale", "bias")]
    return making.node(operator, x, *values, leaves=step.name, **options)


def _check_both(step: Step, scale: Any, shift: Any) -> None:
    if scale != 1 or shift != 1:
        raise lacking(step, "ONNX's normalisation has a scale and a shift, both", "leave neither out")


def _slopes(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    channels, *axes = sizes_of(step.input)
    sizes = {"unit": (channels, *axes), "channel": (channels, *(1,) * len(axes)), "layer": (1,)}[str(layer.per)]
    return making.node("PRelu", x, making.weight(step, "slope", *sizes), leaves=step.name)


def _squeezed(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    if not step.input.axes:
        raise lacking(step, "ONNX's GlobalAveragePool needs axes")
    left = making.node("GlobalAveragePool", x)
    channels, ones = step.input.channels, (1,) * step.input.rank
    rows = (("squeeze", layer.squeezed, channels, "Relu"), ("excite", channels, layer.squeezed, "Sigmoid"))
    for role, gives, takes, activation in rows:
        weight = making.weight(step, role, gives, takes, *ones)
        bias = [making.weight(step, f"{role}_bias", gives)] if layer.bias == 1 else []
        left = making.node(activation, making.node("Conv", left, weight, *bias))
    return making.node("Mul", x, left, leaves=step.name)


def _neighbours(making: Making, module: Module, x: str) -> str:
    """The means of all channels through one window of neighbours, to a factor for each."""
    step, layer = layer_of(module)
    channels, *axes = sizes_of(step.input)
    row = making.node("Reshape", making.node("GlobalAveragePool", x), making.numbers(0, 1, channels))
    weight, pad = making.weight(step, "weight", 1, 1, layer.kernel), layer.kernel // 2
    factors = making.node("Sigmoid", making.node("Conv", row, weight, pads=[pad, pad]))
    spread = making.node("Reshape", factors, making.numbers(0, channels, *(1 for _ in axes)))
    return making.node("Mul", x, spread, leaves=step.name)


WINDOWS: Mapping[str, Operator] = {
    "C": _convolution, "DW": _depthwise, "SC": _separable, "T": _transposed, "P": _max_pooling, "AP": _average_pooling,
    "GAP": _over_all("GlobalAveragePool"), "GMP": _over_all("GlobalMaxPool"), "AAP": _adaptive("AveragePool"),
    "AMP": _adaptive("MaxPool"), "U": _upsampling, "resize": _upsampling, "pad": _bordered(1), "crop": _bordered(-1),
    "shuffle": _shuffled, "s2d": _blocks("SpaceToDepth"), "d2s": _blocks("DepthToSpace"), "LRN": _local_response,
    "BN": _batch_norm, "GN": _group_norm, "IN": _instance_norm, "PR": _slopes, "SE": _squeezed,
    "ECA": _neighbours,
}  # fmt: skip
"""Kinds that want the channels before the axes."""

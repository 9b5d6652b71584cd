"""What each operator of ATen, of which `torch.export` makes its graphs, is among the steps of a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symcount.interop.reading.graphs.flow import FIRST, LAST
from symcount.interop.reading.graphs.steps import Step, Weight
from symcount.interop.reading.traced.call import Call
from symcount.interop.reading.traced.modules import ACTIVATIONS


def _convolution(call: Call) -> Step:
    matrix, bias = call.learned()
    kernel = matrix.shape[2:]
    stride, dilation = (call.sizes(name, len(kernel)) for name in ("stride", "dilation"))
    said = call.get("padding")
    both = [each * (size - 1) if said == "same" else 0 for each, size in zip(dilation, kernel, strict=True)]
    padding = (*(each // 2 for each in both), *(each - each // 2 for each in both))
    if not isinstance(said, str):
        padding = call.sizes("padding", len(kernel)) * 2
    transposed = call.operator.startswith("conv_transpose")
    more = {"transposed": True, "output padding": call.sizes("output_padding", len(kernel))} if transposed else {}
    return call.step(
        "convolution", [call.tensor, matrix, *bias], stride=stride, dilation=dilation, groups=call.get("groups", 1),
        padding=padding, **more,
    )  # fmt: skip


def _pool(call: Call) -> Step:
    axes = len(call.arrived) - 2
    kernel = call.sizes("kernel_size", axes)
    return call.step(
        "pool", [call.tensor], max=call.operator.startswith("max"), kernel=kernel,
        stride=call.sizes("stride", axes) or kernel, dilation=call.sizes("dilation", axes) or (1,) * axes,
        padding=call.sizes("padding", axes) * 2, ceil=bool(call.get("ceil_mode")),
    )  # fmt: skip


def _adaptive(call: Call) -> Step:
    return call.step("global pool", [call.tensor], max="max" in call.operator, size=call.shapes[0][2:])


def _linear(call: Call) -> Step:
    matrix, bias = call.learned()
    return call.step("linear", [call.tensor, matrix, *bias], units=matrix.shape[0])


def _product(call: Call) -> Step:
    one, other = [*call.arguments.values()][:2]
    if isinstance(other, Weight) and len(other.shape) == 2 and isinstance(one, str):
        return call.step("linear", [one, other], units=other.shape[1])
    if not (isinstance(one, str) and isinstance(other, str)):
        raise call.refused("multiplies from the left, or by more than a matrix")
    return call.step("product", [one, other])


def _summed(call: Call) -> Step:
    tensors = call.get("tensors")
    if len(tensors) != 2 or not all(isinstance(each, str) for each in tensors):
        raise call.refused("multiplies by fixed values, or more than two tensors")
    return call.step("product", tensors)


def _attention(call: Call) -> Step:
    mask = call.get("attn_mask")
    if isinstance(mask, str):
        raise call.refused("has a mask that is computed")
    return call.step("scaled product", [call.get(name) for name in ("query", "key", "value")] + [mask])


def _embedding(call: Call) -> Step:
    return call.step("embedding", [*call.weights("weight"), call.get("indices")])


def _batch_norm(call: Call) -> Step:
    if call.get("running_mean") is None:
        raise call.refused("has no running statistics")
    channels, statistics = call.arrived[1], call.weights("running_mean", "running_var")
    kept = [Weight(each.name, channels, (channels,)) for each in statistics if isinstance(each, Weight)]
    return call.step("batch norm", [call.tensor, *call.weights("weight", "bias"), *kept])


def _normalised(kind: str) -> Operator:
    def step(call: Call) -> Step:
        if len(call.get("normalized_shape", (1,))) > 1 or call.get("running_mean") is not None:
            raise call.refused("is over more than the channels, or has running statistics")
        return call.step(kind, [call.tensor, *call.weights("weight", "bias")], groups=call.get("num_groups", 1))

    return step


def _meeting(kind: str) -> Operator:
    def step(call: Call) -> Step:
        given = [each for each in call.arguments.values() if isinstance(each, str | Weight)]
        kept = [each for each in given if isinstance(each, str) or each.count > 1]
        if len(kept) == 1:
            return call.step("pass" if call.shapes[0] == call.arrived else "reshape", kept)
        if kind == "pass":
            raise call.refused("takes two tensors, or fixed values")
        return call.step(kind, kept)

    return step


def _alone(kind: str, **options: Any) -> Operator:
    return lambda call: call.step(kind, [call.tensor], **options)


def _permuted(call: Call) -> Step:
    return call.step("permute", [call.tensor], order=[axis % len(call.arrived) for axis in call.get("dims")])


def _exchanged(call: Call) -> Step:
    rank = len(call.arrived)
    one, other = (
        (call.get(name) % rank) for name in (("dim0", "dim1") if "dim0" in call.arguments else ("axis0", "axis1"))
    )
    order = [*range(rank)]
    order[one], order[other] = other, one
    return call.step("permute", [call.tensor], order=order)


def _averaged(call: Call) -> Step:
    return call.step("mean", [call.tensor], axes=tuple(call.get("dim", range(len(call.arrived)))))


def _beside(call: Call) -> Step:
    return call.step("cat", call.get("tensors"), axis=call.get("dim", 0))


def _parted(call: Call) -> Step:
    axis = call.get("dim", 0)
    return call.step("split", [call.tensor], axis=axis, sizes=[shape[axis] for shape in call.shapes])


def _selected(call: Call) -> Step:
    return call.step("select", [call.tensor], axis=call.get("dim") % len(call.arrived), place=call.get("index"))


def _sliced(call: Call) -> Step:
    if call.shapes[0] == call.arrived:
        return call.step("pass", [call.tensor])
    axis = call.get("dim", 0) % len(call.arrived)
    return call.step("slice", [call.tensor], axis=axis, start=call.get("start") or 0, step=call.get("step", 1))


def _bordered(call: Call) -> Step:
    if call.shapes[0] == call.arrived:
        return call.step("pass", [call.tensor])
    said, rank = tuple(call.get("pad")), len(call.arrived)
    sides = [*zip(said[::2], said[1::2], strict=True)]
    axes = [(0, 0)] * (rank - len(sides)) + sides[::-1]
    if any(axes[0]) or (any(axes[1]) and any(axes[-1])):
        raise call.refused("adds to its batch or its channels")
    at, sides = (LAST, axes[1:-1]) if any(axes[1]) else (FIRST, axes[2:])
    padding = (*(before for before, _ in sides), *(behind for _, behind in sides))
    return call.step("pad", [call.tensor], padding=padding, at=at)


def _resized(call: Call) -> Step:
    return call.step("resize", [call.tensor])


def _recurrent(call: Call) -> Step:
    weights = call.get("params")
    states = call.get("hx")
    if any(isinstance(each, str) for each in (states if isinstance(states, Sequence) else [states])):
        raise call.refused("begins with states that are given")
    layers, both, biased = call.get("num_layers"), call.get("bidirectional"), call.get("has_biases")
    if not call.get("batch_first") or len(weights) != layers * (1 + both) * (2 + 2 * biased):
        raise call.refused("has the batch second, or projections")
    kind, units = call.operator.partition("_")[0].upper(), weights[1].shape[1]
    text = f"{kind}({units},bias={2 if biased else 'off'})"
    text = f"bi[{text}]" if both else text
    text = text if layers == 1 else f"{text}*{layers}"
    return call.step("recurrent", [call.tensor, *weights], text=text, units=units * (1 + both), ordered=True)


Operator = Callable[[Call], Step]
"""From a call to its step."""

_ACTIVATIONS = {*ACTIVATIONS} | set("erf exp log sin cos abs softsign log_sigmoid threshold sign floor".split())

OPERATORS: Mapping[str, Operator] = {
    **{f"conv{more}{axes}d": _convolution for more in ("", "_transpose") for axes in (1, 2, 3)},
    **{f"{kind}_pool{axes}d": _pool for kind in ("max", "avg") for axes in (1, 2, 3)},
    **{f"adaptive_{kind}_pool{axes}d": _adaptive for kind in ("max", "avg") for axes in (1, 2, 3)},
    "linear": _linear, **dict.fromkeys(("matmul", "mm", "bmm"), _product),
    "einsum": _summed,
    "scaled_dot_product_attention": _attention, "embedding": _embedding, "batch_norm": _batch_norm,
    **{f"{kind}_norm": _normalised(f"{kind} norm") for kind in ("layer", "rms", "group", "instance")},
    **dict.fromkeys(("add", "sub", "rsub"), _meeting("add")), **dict.fromkeys(("mul", "div"), _meeting("mul")),
    **dict.fromkeys(("pow", "where", "maximum", "minimum", "masked_fill"), _meeting("pass")),
    **{name: _alone("activation", name=name.rstrip("_").replace("_", "")) for name in _ACTIVATIONS},
    **dict.fromkeys(("dropout", "feature_dropout", "alpha_dropout"), _alone("dropout")),
    **dict.fromkeys(
        "to _to_copy type_as clone contiguous detach alias sqrt rsqrt neg reciprocal square clamp clamp_min".split(),
        _alone("pass"),
    ),
    **dict.fromkeys(
        "view reshape flatten unflatten squeeze unsqueeze expand expand_as _unsafe_view".split(), _alone("reshape")
    ),
    "permute": _permuted, **dict.fromkeys(("transpose", "swapaxes"), _exchanged), "mean": _averaged,
    **dict.fromkeys(("cat", "concat"), _beside), "stack": lambda call: call.step("stack", call.get("tensors")),
    **dict.fromkeys(("split", "split_with_sizes", "chunk", "tensor_split"), _parted),
    "select": _selected, "slice": _sliced, "pad": _bordered, "constant_pad_nd": _bordered, "roll": _alone("shift"),
    "linalg_vector_norm": _alone("length"),
    **{f"upsample_{kind}{axes}d": _resized for kind in ("nearest", "_nearest_exact") for axes in (1, 2, 3)},
    **{f"upsample_{kind}": _resized for kind in ("bilinear2d", "bicubic2d", "linear1d", "trilinear3d")},
    "pixel_shuffle": lambda call: call.step("d2s", [call.tensor], factor=call.get("upscale_factor")),
    "pixel_unshuffle": lambda call: call.step("s2d", [call.tensor], factor=call.get("downscale_factor")),
    "prelu": lambda call: call.step("slopes", [call.tensor, *call.weights("weight")]),
    **dict.fromkeys(("lstm", "gru", "rnn_tanh"), _recurrent),
}  # fmt: skip
"""The operators that are read, without the underscore of those that write in place."""

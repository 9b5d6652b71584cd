"""PyTorch's modules as layers of the language: the text of each, from the sizes that the module has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symcount.interop.reading.graphs.flow import FIRST, LAST
from symcount.interop.reading.graphs.windows import each, options

_Text = Callable[[Any], str | None]
"""The text of a module's layer, None where the language cannot say this one."""


def module_text(module: Any) -> tuple[str, str] | None:
    """Return the text of a module, and where it wants the channels; None where the language has no such layer."""
    name = type(module).__name__
    for wanted, table in ((FIRST, _CHANNELS_FIRST), (LAST, _CHANNELS_LAST), ("", _AS_IT_COMES)):
        if name in table:
            text = table[name](module)
            return None if text is None else (text, wanted)
    return None


def _bias(module: Any) -> str:
    return "" if module.bias is not None else ",bias=off"


def _convolution(module: Any) -> str | None:
    padding = module.padding
    if isinstance(padding, str):
        padding = "same" if padding == "same" else 0
    window = options(("s", module.stride, 1), ("p", padding, 0), ("d", module.dilation, 1))
    kernel = each(module.kernel_size)
    if 1 < module.groups == module.in_channels:
        times = module.out_channels // module.in_channels
        return f"DW({kernel}{window}{_bias(module)}{options(('m', times, 1))})"
    groups = options(("g", module.groups, 1))
    return f"C({module.out_channels},{kernel}{window}{groups}{_bias(module)})"


def _transposed(module: Any) -> str | None:
    window = options(
        ("s", module.stride, 1),
        ("p", module.padding, 0),
        ("op", module.output_padding, 0),
        ("d", module.dilation, 1),
        ("g", module.groups, 1),
    )
    return f"T({module.out_channels},{each(module.kernel_size)}{window}{_bias(module)})"


def _pooling(token: str) -> _Text:
    def text(module: Any) -> str | None:
        kernel, stride = each(module.kernel_size), each(module.stride or module.kernel_size)
        more = "" if stride == kernel else f",s={stride}"
        more += options(("p", module.padding, 0), ("d", getattr(module, "dilation", 1), 1))
        return f"{token}({kernel}{more}{',ceil=on' if module.ceil_mode else ''})"

    return text


def adaptive(token: str, size: Any) -> str | None:
    """Return an adaptive pooling to a size, which must be said for every axis."""
    if isinstance(size, Sequence) and None in size:
        return None
    return f"{token}({each(size)})"


def _batch_norm(module: Any) -> str | None:
    if not module.track_running_stats:
        return None
    return "BN" if module.affine else "BN(scale=off,shift=off)"


def _over_channels(module: Any) -> bool:
    return len(module.normalized_shape) == 1 and module.elementwise_affine


def _layer_norm(module: Any) -> str | None:
    if not _over_channels(module):
        return None if module.elementwise_affine else "_"
    return "LN" if module.bias is not None else "LN(bias=off)"


def _rms_norm(module: Any) -> str | None:
    if not _over_channels(module):
        return None if module.elementwise_affine else "_"
    return "RMS"


def _group_norm(module: Any) -> str | None:
    return f"GN({module.num_groups}{'' if module.affine else ',affine=off'})"


def _instance_norm(module: Any) -> str | None:
    return None if module.track_running_stats else "IN(affine=on)" if module.affine else "IN"


def _recurrent(module: Any) -> str | None:
    if not module.batch_first:
        return None
    kind = type(module).__name__
    proj = options(("proj", module.proj_size, 0)) if kind == "LSTM" else ""
    one = f"{kind}({module.hidden_size},bias={2 if module.bias else 'off'}{proj})"
    one = f"bi[{one}]" if module.bidirectional else one
    return one if module.num_layers == 1 else f"{one}*{module.num_layers}"


def _encoder_layer(module: Any) -> str | None:
    bias = "" if module.linear1.bias is not None else ",bias=off"
    norm = "LN" if module.norm1.bias is not None else "LN(bias=off)"
    attention = f"MHA({module.self_attn.num_heads}{bias})"
    wide = f"FF({module.linear1.out_features}{bias})"
    if module.norm_first:
        return f"[{{{norm}-{attention}+_}}-{{{norm}-{wide}+_}}]"
    return f"[{{{attention}+_}}-{norm}-{{{wide}+_}}-{norm}]"


def _encoder(module: Any) -> str | None:
    layers = {_encoder_layer(layer) for layer in module.layers}
    if len(layers) != 1:
        return None
    written = f"{layers.pop()}*{len(module.layers)}"
    return written if module.norm is None else f"[{written}-{_layer_norm(module.norm)}]"


def _slopes(module: Any) -> str | None:
    return "PR" if module.num_parameters > 1 else "PR(per=layer)"


def _border(module: Any) -> str | None:
    sides = module.padding
    axes = [(sides[place], sides[place + 1]) for place in range(len(sides) - 2, -1, -2)]
    added, cut = ([tuple(max(0, sign * side) for side in pair) for pair in axes] for sign in (1, -1))
    written = [_sides(token, pairs) for token, pairs in (("pad", added), ("crop", cut)) if any(map(any, pairs))]
    return "-".join(written) or "_"


def _sides(token: str, pairs: Sequence[tuple[int, ...]]) -> str:
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return f"{token}({each(before)})" if before == after else f"{token}(before={each(before)},after={each(after)})"


def _upsampling(module: Any) -> str | None:
    if module.size is not None:
        return f"resize({each(module.size)})"
    factor = module.scale_factor if isinstance(module.scale_factor, tuple) else (module.scale_factor,)
    return f"U({each([int(one) for one in factor])})" if all(one == int(one) for one in factor) else None


def _named(text: str) -> _Text:
    return lambda module: text


_MATRICES = ("query", "key", "value", "output")


def is_plain_attention(module: Any) -> bool:
    """Return whether a module is attention as exported code writes it: heads, and four matrices of these names."""
    named = dict(module.named_children())
    return hasattr(module, "heads") and tuple(named) == _MATRICES and not module._parameters


def plain_attention(module: Any) -> str:
    """Return the text of such a module."""
    query, key, value, output = (getattr(module, name) for name in _MATRICES)
    width = query.out_features // module.heads
    heads = key.out_features // width
    biases = tuple(int(each_one.bias is not None) for each_one in (query, key, value, output))
    bias = "" if all(biases) else ",bias=off" if not any(biases) else f",bias={biases}".replace(" ", "")
    usual = query.in_features // module.heads
    widths = options(("kv", heads, module.heads), ("dk", width, usual), ("dv", value.out_features // heads, width))
    return f"MHA({module.heads}{widths}{bias})"


_CHANNELS_FIRST: Mapping[str, _Text] = {
    **{f"Conv{axes}d": _convolution for axes in (1, 2, 3)},
    **{f"ConvTranspose{axes}d": _transposed for axes in (1, 2, 3)},
    **{f"MaxPool{axes}d": _pooling("P") for axes in (1, 2, 3)},
    **{f"AvgPool{axes}d": _pooling("AP") for axes in (1, 2, 3)},
    **{f"AdaptiveAvgPool{axes}d": lambda module: adaptive("AAP", module.output_size) for axes in (1, 2, 3)},
    **{f"AdaptiveMaxPool{axes}d": lambda module: adaptive("AMP", module.output_size) for axes in (1, 2, 3)},
    **{f"BatchNorm{axes}d": _batch_norm for axes in (1, 2, 3)},
    **{f"InstanceNorm{axes}d": _instance_norm for axes in (1, 2, 3)},
    **{f"{filled}Pad{axes}d": _border for filled in ("Zero", "Constant") for axes in (1, 2, 3)},
    "Unflatten": lambda module: f"reshape({','.join(map(str, module.unflattened_size))})" if module.dim == 1 else None,
    "GroupNorm": _group_norm,
    "PReLU": _slopes,
    "LocalResponseNorm": _named("LRN"),
    "Upsample": _upsampling,
    "PixelShuffle": lambda module: f"d2s({module.upscale_factor})",
    "PixelUnshuffle": lambda module: f"s2d({module.downscale_factor})",
    "ChannelShuffle": lambda module: f"shuffle({module.groups})",
}

_CHANNELS_LAST: Mapping[str, _Text] = {
    "LayerNorm": _layer_norm,
    "RMSNorm": _rms_norm,
    "RNN": _recurrent,
    "GRU": _recurrent,
    "LSTM": _recurrent,
    "TransformerEncoderLayer": _encoder_layer,
    "TransformerEncoder": _encoder,
    "Linear": lambda module: f"Lin({module.out_features}{_bias(module)})",
    "Embedding": lambda module: f"E({module.num_embeddings},{module.embedding_dim})",
}

ACTIVATIONS = {
    "relu": "R", "relu6": "R6", "leaky_relu": "leakyrelu", "elu": "elu", "selu": "selu", "silu": "silu", "gelu": "gelu",
    "mish": "mish", "tanh": "tanh", "sigmoid": "sigmoid", "softplus": "softplus", "hardswish": "hardswish",
    "hardsigmoid": "hardsigmoid", "hardtanh": "hardtanh", "celu": "celu", "softmax": "softmax", "log_softmax": "act",
    "relu_": "R", "sigmoid_": "sigmoid", "tanh_": "tanh",
}  # fmt: skip
"""What PyTorch's functions of single values are in the language."""

_AS_IT_COMES: Mapping[str, _Text] = {
    **{
        name: _named(text)
        for name, text in {
            "ReLU": "R", "ReLU6": "R6", "LeakyReLU": "leakyrelu", "ELU": "elu", "SELU": "selu", "SiLU": "silu",
            "GELU": "gelu", "Mish": "mish", "Tanh": "tanh", "Sigmoid": "sigmoid", "Softplus": "softplus",
            "Hardswish": "hardswish", "Hardsigmoid": "hardsigmoid", "Hardtanh": "hardtanh", "CELU": "celu",
            "Softmax": "softmax", "LogSoftmax": "act", "Identity": "_", "StochasticDepth": "_", "DropPath": "_",
        }.items()
    },
    **{f"Dropout{axes}": lambda module: f"D({module.p})" for axes in ("", "1d", "2d", "3d")},
    "AlphaDropout": lambda module: f"D({module.p})",
}  # fmt: skip

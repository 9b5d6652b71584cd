"""What each layer of Keras is written as: a table of kinds, and how their arguments are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from symcount.errors import ArchitectureError, near
from symcount.interop.reading.keras.given import Given, Writing, arguments, bias
from symcount.interop.reading.keras.sequences import attention, convolved_over_time, recurrent
from symcount.interop.reading.keras.spatial import (
    convolution,
    depthwise,
    global_pool,
    pool,
    separable,
    sides,
    transposed,
)

_ACTIVATIONS = {
    "linear": "", "relu": "R", "relu6": "R6", "leaky_relu": "leakyrelu", "elu": "elu", "selu": "selu", "silu": "silu",
    "swish": "silu", "gelu": "gelu", "mish": "mish", "tanh": "tanh", "sigmoid": "sigmoid", "softplus": "softplus",
    "hard_swish": "hardswish", "hard_silu": "hardswish", "softmax": "softmax",
}  # fmt: skip
"""Activations by their names in Keras; any other is ``act``."""


def layer_text(given: Given, sources: Sequence[str], notes: list[str]) -> str:
    """Return a layer in the language, with its activation; what is to be known of it is added to the notes."""
    if given.kind == "MultiHeadAttention":
        return _frozen(given, attention(given, sources))
    if given.kind in _CODE:
        notes.append(
            f"{given.name} ({given.kind}) is code, which is not run: it is taken to learn nothing and to keep the shape"
        )
        return ""
    if given.kind == "Normalization":
        notes.append(
            f"{given.name} (Normalization) keeps a mean and a variance, which Keras counts and no training changes"
        )
        return ""
    writing = _KINDS.get(given.kind)
    if writing is None:
        close = near(given.kind, _KINDS)
        own = "a layer of its own, which is code" if given.package or close is None else f"not read; near is {close}"
        raise ArchitectureError("cannot-say", f"the layer {given.name!r} ({given.kind}) is {own}")
    if len(sources) > 1 and given.kind not in ("LSTM", "GRU", "SimpleRNN"):
        raise given.unsaid(f"takes from {len(sources)} layers")
    if len(sources) > 1:
        raise given.unsaid("begins with states that another layer gives")
    return "-".join(filter(None, (_frozen(given, writing(given)), _activation(given))))


_CODE = ("Lambda",)


def _frozen(given: Given, text: str) -> str:
    learns = text and text != "_" and given.config.get("trainable") is False and is_learning(given.kind)
    return f"frozen[{text}]" if learns else text


def _activation(given: Given) -> str:
    said = given.config.get("activation")
    if said is None or given.kind in _WITH_GATES:
        return ""
    if isinstance(said, dict):
        said = said.get("class_name") or said.get("config")
    return _ACTIVATIONS.get(str(said).lower(), "act")


_WITH_GATES = ("LSTM", "GRU", "SimpleRNN", "ConvLSTM2D", "ConvLSTM1D", "Bidirectional", "TimeDistributed")


def _dense(given: Given) -> str:
    token = "H" if isinstance(given.shape, list) and len(given.shape) == 2 else "Lin"
    return f"{token}{arguments(str(given.size('units')), bias(given))}"


def _batch_normalised(given: Given) -> str:
    _on_channels(given)
    off = (name for name, field in (("scale=off", "scale"), ("shift=off", "center")) if not given.flag(field, True))
    return f"BN{arguments(*off)}"


def _layer_normalised(given: Given) -> str:
    _on_channels(given)
    scale, shift = given.flag("scale", True), given.flag("center", True)
    if given.flag("rms_scaling", False):
        return "RMS"
    if not scale:
        return "bias" if shift else "_"
    return "LN" if shift else "LN(bias=off)"


def _group_normalised(given: Given) -> str:
    _on_channels(given)
    if given.flag("scale", True) != given.flag("center", True):
        raise given.unsaid("has a factor without an offset, or the other way round")
    groups = given.config.get("groups", 32)
    if groups == -1:
        return f"IN{arguments('affine=on' if given.flag('scale', True) else '')}"
    return f"GN{arguments(str(given.size('groups', 32)), '' if given.flag('scale', True) else 'affine=off')}"


def _on_channels(given: Given) -> None:
    """Refuse a normalisation along another axis than the last."""
    axis = given.config.get("axis", -1)
    axes = axis if isinstance(axis, list) else [axis]
    last = len(given.shape) - 1 if isinstance(given.shape, list) else None
    known = last is None and len(axes) == 1 and isinstance(axes[0], int) and axes[0] >= 1
    if not (len(axes) == 1 and axes[0] in (-1, last)) and not known:
        raise given.unsaid("works along another axis than the channels")


def _both_ways(given: Given) -> str:
    inner = _inner(given)
    if given.config.get("merge_mode", "concat") != "concat" or inner.kind not in ("LSTM", "GRU", "SimpleRNN"):
        raise given.unsaid("joins its two directions in a way, or is of a layer, that is not read")
    return f"bi[{_KINDS[inner.kind](inner)}]"


def _over_time(given: Given) -> str:
    inner = _inner(given)
    if inner.kind not in ("Dense", "Dropout", "Activation", "BatchNormalization", "LayerNormalization"):
        raise given.unsaid(f"does {inner.kind} at every step, which is not read")
    text = (
        f"Lin{arguments(str(inner.size('units')), bias(inner))}" if inner.kind == "Dense" else _KINDS[inner.kind](inner)
    )
    return "-".join(filter(None, (text, _activation(inner))))


def _inner(given: Given) -> Given:
    match given.config.get("layer"):
        case {"class_name": str() as kind, "config": dict() as config}:
            return Given(given.name, kind.rpartition(">")[2], config)
    raise given.wrong("it holds no layer")


def _reshape(given: Given) -> str:
    target = given.config.get("target_shape")
    if not isinstance(target, list) or not target or not all(isinstance(size, int) for size in target):
        raise given.wrong("target_shape is a list of sizes")
    if target == [-1]:
        return "F"
    if -1 in target:
        arriving = given.shape[1:] if isinstance(given.shape, list) else [None]
        known = prod(size for size in target if size != -1)
        if target.count(-1) > 1 or None in arriving or known == 0 or prod(arriving) % known:
            raise given.unsaid("leaves a size open that is not known here")
        target = [prod(arriving) // known if size == -1 else size for size in target]
    *axes, channels = map(str, target)
    return f"reshape({channels},{'x'.join(axes)})" if axes else f"reshape({channels})"


def _permuted(given: Given) -> str:
    dims = given.config.get("dims")
    if dims == [2, 1]:
        return "swap"
    if isinstance(dims, list) and dims == [*range(1, len(dims) + 1)]:
        return "_"
    raise given.unsaid("puts axes in another order")


def _rectified(given: Given) -> str:
    return "R6" if given.config.get("max_value") == 6 else "R"


def _sloped(given: Given) -> str:
    shared = given.config.get("shared_axes")
    if not shared:
        return "PR(per=unit)"
    if isinstance(given.shape, list):
        every = [*range(1, len(given.shape))]
        if shared in (every[:-1], every[-2::-1]):
            return "PR"
        if shared in (every, every[::-1]):
            return "PR(per=layer)"
    raise given.unsaid("shares its slopes along some of the axes")


def _fixed(text: str) -> Writing:
    return lambda given: text


_KINDS: Mapping[str, Writing] = {
    "Dense": _dense, "Flatten": _fixed("F"), "Reshape": _reshape, "Permute": _permuted,
    "RepeatVector": lambda given: f"rep{given.size('n')}",
    "Embedding": lambda given: f"E({given.size('input_dim')},{given.size('output_dim')})",
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv3D", "Convolution1D", "Convolution2D", "Convolution3D"), convolution),
    **dict.fromkeys(("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"), transposed),
    **dict.fromkeys(("DepthwiseConv1D", "DepthwiseConv2D"), depthwise),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), separable),
    **dict.fromkeys(("MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "MaxPool1D", "MaxPool2D", "MaxPool3D"), pool("P")),
    **dict.fromkeys(("AveragePooling1D", "AveragePooling2D", "AveragePooling3D"), pool("AP")),
    **dict.fromkeys((f"GlobalAveragePooling{n}D" for n in (1, 2, 3)), global_pool("GAP", "AAP")),
    **dict.fromkeys((f"GlobalMaxPooling{n}D" for n in (1, 2, 3)), global_pool("GMP", "AMP")),
    **dict.fromkeys((f"ZeroPadding{n}D" for n in (1, 2, 3)), sides("pad", "padding")),
    **dict.fromkeys((f"Cropping{n}D" for n in (1, 2, 3)), sides("crop", "cropping")),
    **dict.fromkeys((f"UpSampling{n}D" for n in (1, 2, 3)), lambda given: f"U{arguments(given.sizes('size', 2))}"),
    "BatchNormalization": _batch_normalised, "LayerNormalization": _layer_normalised,
    "RMSNormalization": _fixed("RMS"), "GroupNormalization": _group_normalised, "UnitNormalization": _fixed("act"),
    "SimpleRNN": recurrent("RNN"), "LSTM": recurrent("LSTM"), "GRU": recurrent("GRU"),
    "Bidirectional": _both_ways, "TimeDistributed": _over_time, "ConvLSTM2D": convolved_over_time,
    "Activation": _fixed(""), "ReLU": _rectified, "LeakyReLU": _fixed("leakyrelu"), "ELU": _fixed("elu"),
    "PReLU": _sloped, "Softmax": _fixed("softmax"), "ThresholdedReLU": _fixed("act"),
    **dict.fromkeys(("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout",
                     "GaussianDropout", "StochasticDepth"), _fixed("D")),
    "GaussianNoise": _fixed("noise"), "LayerScale": _fixed("scale"),
    **dict.fromkeys(("Masking", "Identity", "ActivityRegularization", "Rescaling", "RandomFlip", "RandomRotation",
                     "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness"), _fixed("_")),
}  # fmt: skip
"""Every kind that is read."""


def is_learning(kind: str) -> bool:
    """Whether a layer may hold weights: one that is called again then shares them, and one that is held is frozen."""
    return kind not in _WITHOUT_WEIGHTS


_WITHOUT_WEIGHTS = frozenset(
    kind for kind in _KINDS
    if kind in ("Flatten", "Reshape", "Permute", "RepeatVector", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax",
                "ThresholdedReLU", "StochasticDepth", "UnitNormalization", "Masking", "Identity", "Rescaling",
                "ActivityRegularization")
    or any(part in kind for part in ("Pool", "Padding", "Cropping", "UpSampling", "Dropout", "Noise", "Random"))
)  # fmt: skip
"""Kinds that hold no weights."""

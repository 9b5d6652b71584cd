"""The layers as PyTorch's modules, and where each wants the channels of what arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symcount.arithmetic import Size, by_name, product
from symcount.interop.writing.framework import FIRST, LAST, lacking
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import Sizes, flag
from symcount.interop.writing.torch_windows import Windows
from symcount.layers import Shape, Source, Word
from symcount.records import replace
from symcount.trace import Part, Step

Made = tuple[Module, ...]

ACTIVATIONS = {
    "R": "nn.ReLU", "R6": "nn.ReLU6", "leakyrelu": "nn.LeakyReLU", "elu": "nn.ELU", "selu": "nn.SELU",
    "silu": "nn.SiLU", "gelu": "nn.GELU", "mish": "nn.Mish", "tanh": "nn.Tanh", "sigmoid": "nn.Sigmoid",
    "softplus": "nn.Softplus", "hardswish": "nn.Hardswish", "act": "nn.ReLU",
}  # fmt: skip
"""Activations without parameters; `act` stands for any of them."""

ALIASES = {
    "hardsigmoid": "nn.Hardsigmoid", "hardtanh": "nn.Hardtanh", "celu": "nn.CELU", "rrelu": "nn.RReLU",
    "softsign": "nn.Softsign", "logsigmoid": "nn.LogSigmoid",
}  # fmt: skip


class TorchLayers:
    """Makes the modules of each kind."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.windows = Windows(sizes)

    def step(self, step: Step, at: str) -> tuple[Made, str]:
        """Return the modules of a layer, and where the channels stand behind it, given where they stand before."""
        token = step.kind
        if token in ACTIVATIONS:
            return (self._activation(step),), at
        if token in _AS_IT_COMES:
            return _AS_IT_COMES[token](self, step, at)
        if token in _CHANNELS_FIRST:
            turned = self.turned(step, step.input, at, FIRST)
            return (*turned, *_CHANNELS_FIRST[token](self, step)), FIRST
        if token in _CHANNELS_LAST:
            turned = self.turned(step, step.input, at, LAST)
            return (*turned, *_CHANNELS_LAST[token](self, step)), LAST
        raise lacking(step, f"PyTorch has no {step.layer.noun}", _INSTEAD.get(token))

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> Made:
        """Return the module that moves the channels of a shape to where they are wanted."""
        if at == wanted or not shape.axes:
            return ()
        axes = range(1, shape.rank + 1)
        order = (shape.rank + 1, *axes) if wanted == FIRST else (*(axis + 1 for axis in axes), 1)
        return (Module("Permute", tuple(Argument(str(axis)) for axis in (0, *order)), part, "permute"),)

    def _one(
        self, step: Step, name: str, *arguments: Argument, word: str = "layer", counts: bool = True
    ) -> tuple[Module]:
        return (Module(name, arguments, step, word, counts=counts),)

    def _activation(self, step: Step) -> Module:
        name = ALIASES.get(step.call.written.name.lower().replace("_", ""), ACTIVATIONS[step.kind])
        return Module(name, (), step, "activation")

    # as it comes

    def _identity(self, step: Step, at: str) -> tuple[Made, str]:
        return (), at

    def _dropout(self, step: Step, at: str) -> tuple[Made, str]:
        rate = self._number(step, "0.5", "p", "0.5")
        return self._one(step, "nn.Dropout", rate, word="dropout", counts=False), at

    def _noise(self, step: Step, at: str) -> tuple[Made, str]:
        return self._one(step, "GaussianNoise", self._number(step, "0.1", "std"), word="noise", counts=False), at

    def _number(self, step: Step, usual: str, role: str, default: str | None = None) -> Argument:
        number = getattr(step.layer, "number", None)
        if number is None:
            return Argument(usual, "", default, role)
        if isinstance(number, int):
            return Argument(str(number), "", default, role)
        if isinstance(number, Size):
            return Argument(self.sizes.text(number), "", default, role, is_open=True)
        return Argument(str(float(number)), "", default, role)

    def _softmax(self, step: Step, at: str) -> tuple[Made, str]:
        axis = "1" if at == FIRST or not step.input.axes else "-1"
        return self._one(step, "nn.Softmax", Argument(axis, "dim"), word="softmax", counts=False), at

    def _dense(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        _refuse_adapters(step)
        flattened = (Module("nn.Flatten", (), step, "flatten"),) if step.input.axes else ()
        takes = self.sizes.size(step.input.size, "in_features")
        gives = self.sizes.size(layer.units, "out_features")
        word = "head" if step.kind == "O" else "dense"
        return (*flattened, *self._one(step, "nn.Linear", takes, gives, flag(layer.bias, "bias", True), word=word)), at

    def _flatten(self, step: Step, at: str) -> tuple[Made, str]:
        return self._one(step, "nn.Flatten", word="flatten", counts=False), FIRST

    def _sequence(self, step: Step, at: str) -> tuple[Made, str]:
        rank = step.input.rank
        if rank == 1:
            return (), at
        axes = ("2",) if at == FIRST else ("1", str(rank))
        return self._one(step, "nn.Flatten", *map(Argument, axes), word="flatten", counts=False), at

    def _swap(self, step: Step, at: str) -> tuple[Made, str]:
        return (), LAST if at == FIRST else FIRST

    def _take(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        axis = Argument("1" if at == FIRST or not step.input.axes else "-1", "axis", "1")
        return self._one(step, "Take", self.sizes.size(layer.count, "channels"), axis, word="take", counts=False), at

    def _zero(self, step: Step, at: str) -> tuple[Made, str]:
        return self._one(step, "Zeros", word="zeros", counts=False), at

    def _reshape(self, step: Step, at: str) -> tuple[Made, str]:
        turned = self.turned(step, step.input, at, FIRST)
        sizes = [self.sizes.size(size, "size") for size in step.output.sizes]
        return (*turned, *self._one(step, "Reshape", *sizes, word="reshape", counts=False)), FIRST

    def _repeated(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        times = self.sizes.size(layer.times, "times")
        return self._one(step, "RepeatVector", times, word="repeat", counts=False), LAST

    def _free(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        return self._one(step, "Declared", self.sizes.size(layer.count, "count"), word="declared"), at

    def _scale(self, step: Step, at: str) -> tuple[Made, str]:
        return (self.affine(step, at, scale=1, shift=0),), at

    def _bias(self, step: Step, at: str) -> tuple[Made, str]:
        return (self.affine(step, at, scale=0, shift=1),), at

    def affine(self, step: Step, at: str, *, scale: Size, shift: Size) -> Module:
        """Return a learned factor, a learned offset or both for each channel."""
        rank = step.input.rank if at == FIRST else 0
        channels = self.sizes.size(step.input.channels, "channels")
        axes = Argument(str(rank), "axes", "0", "axes")
        arguments = (channels, axes, flag(scale, "scale", True), flag(shift, "shift", True))
        return Module("Affine", arguments, step, "affine", counts=True)

    def _token(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        index = 0 if layer.index is None else layer.index
        turned = self.turned(step, step.input, at, LAST)
        place = self.sizes.size(index, "index")
        return (*turned, *self._one(step, "Token", place, word="token", counts=False)), FIRST

    # channels first

    def _convolution(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.links is not None:
            why = "PyTorch has no convolution with a table of connections"
            raise lacking(step, why, "leave links= out: every channel is then seen")
        return self.windows.convolution(step, layer.filters, layer.groups)

    def _depthwise(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.windows.convolution(step, layer.multiplier * step.input.channels, step.input.channels)

    def _separable(self, step: Step) -> Made:
        layer: Any = step.layer
        middle = layer.multiplier * step.input.channels
        *before, depthwise = self.windows.convolution(
            step_with(step, bias=0), middle, step.input.channels, counts=False
        )
        channels, _, *window = depthwise.arguments[:6]
        filters, multiplier = self.sizes.size(layer.filters, "filters"), layer.multiplier
        last = self.sizes.size(multiplier, "multiplier", "multiplier", 1), flag(layer.bias, "bias", True)
        arguments = (channels, filters, *window, *last)
        name = f"SeparableConv{self.windows.rank(step)}d"
        return (*before, Module(name, arguments, step, "conv", counts=True))

    def _transposed(self, step: Step) -> Made:
        return (self.windows.transposed(step),)

    def _max_pooling(self, step: Step) -> Made:
        return self._learned(step, self.windows.pooling(step, largest=True))

    def _average_pooling(self, step: Step) -> Made:
        return self._learned(step, self.windows.pooling(step, largest=False))

    def _learned(self, step: Step, made: Made) -> Made:
        layer: Any = step.layer
        if layer.weight == 0 and layer.bias == 0:
            return made
        return (*made, self.affine(step, FIRST, scale=layer.weight, shift=layer.bias))

    def _adaptive(self, step: Step, kind: str, target: Argument) -> Module:
        name = f"nn.Adaptive{kind}Pool{self.windows.rank(step)}d"
        return Module(name, (target,), step, "pool")

    def _global_average(self, step: Step) -> Made:
        return self._adaptive(step, "Avg", Argument("1")), Module("nn.Flatten", (), step, "flatten")

    def _global_max(self, step: Step) -> Made:
        return self._adaptive(step, "Max", Argument("1")), Module("nn.Flatten", (), step, "flatten")

    def _adaptive_average(self, step: Step) -> Made:
        layer: Any = step.layer
        return (self._adaptive(step, "Avg", self.sizes.each(layer.target, "output_size")),)

    def _adaptive_max(self, step: Step) -> Made:
        layer: Any = step.layer
        return (self._adaptive(step, "Max", self.sizes.each(layer.target, "output_size")),)

    def _upsampling(self, step: Step) -> Made:
        layer: Any = step.layer
        self.windows.rank(step)
        factor = self.sizes.each(layer.factor, "scale_factor", "scale_factor")
        return self._one(step, "nn.Upsample", factor, word="upsample", counts=False)

    def _resized(self, step: Step) -> Made:
        layer: Any = step.layer
        self.windows.rank(step)
        size = self.sizes.each(layer.target, "size", "size")
        return self._one(step, "nn.Upsample", size, word="resize", counts=False)

    def _padded(self, step: Step) -> Made:
        return (self._border(step, 1),)

    def _cropped(self, step: Step) -> Made:
        return (self._border(step, -1),)

    def _border(self, step: Step, sign: int) -> Module:
        layer: Any = step.layer
        before, after = (layer.before, layer.after) if layer.amount is None else (layer.amount, layer.amount)
        pairs = [(sign * one, sign * other) for one, other in zip(before, after, strict=True)]
        return self.windows.bordered(step, pairs)

    def _shuffled(self, step: Step) -> Made:
        layer: Any = step.layer
        if not step.input.axes:
            raise lacking(step, "PyTorch shuffles the channels of what has axes")
        return self._one(
            step, "nn.ChannelShuffle", self.sizes.size(layer.groups, "groups"), word="shuffle", counts=False
        )

    def _space_to_depth(self, step: Step) -> Made:
        return self._blocks(step, "nn.PixelUnshuffle")

    def _depth_to_space(self, step: Step) -> Made:
        return self._blocks(step, "nn.PixelShuffle")

    def _blocks(self, step: Step, name: str) -> Made:
        layer: Any = step.layer
        if step.input.rank != 2:
            raise lacking(step, f"PyTorch's {name.removeprefix('nn.')} takes images")
        return self._one(step, name, self.sizes.size(layer.factor, "factor"), word="blocks", counts=False)

    def _local_response(self, step: Step) -> Made:
        if not step.input.axes:
            raise lacking(step, "PyTorch's LocalResponseNorm needs axes")
        size = self._number(step, "5", "size")
        return self._one(step, "nn.LocalResponseNorm", size, word="norm", counts=False)

    def _batch_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        if step.input.rank > 3:
            raise lacking(step, f"PyTorch has no batch normalisation over {step.input.rank} axes", "put seq before it")
        name = f"nn.BatchNorm{max(1, step.input.rank)}d"
        return self._normed(step, name, (), layer.scale, layer.shift)

    def _group_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        groups = self.sizes.size(layer.groups, "groups")
        return self._normed(step, "nn.GroupNorm", (groups,), layer.affine, layer.shift)

    def _instance_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        if not step.input.axes or step.input.rank > 3:
            raise lacking(step, "PyTorch's instance normalisation takes one to three axes")
        if product(step.input.axes) == 1:
            raise lacking(step, "PyTorch normalises no single value", "leave it out, or put it before the pooling")
        name = f"nn.InstanceNorm{step.input.rank}d"
        return self._normed(step, name, (), layer.affine, layer.shift, usual=False)

    def _normed(
        self, step: Step, name: str, before: tuple[Argument, ...], scale: Any, shift: Any, usual: bool = True
    ) -> Made:
        """A normalisation that learns both or nothing; what learns one alone has it behind."""
        channels = self.sizes.size(step.input.channels, "channels")
        both = scale == 1 and shift == 1
        arguments = (*before, channels, flag(both, "affine", usual))
        normed = Module(name, arguments, step, "norm", counts=both)
        if both or (scale == 0 and shift == 0):
            return (normed,)
        return normed, self.affine(step, FIRST, scale=scale, shift=shift)

    def _slopes(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.per == "unit" and step.input.axes:
            units = self.sizes.size(step.input.size, "units")
            sizes = ", ".join(map(self.sizes.text, step.input.sizes))
            back = Argument(f"({sizes})", role="sizes", is_open=not all(isinstance(n, int) for n in step.input.sizes))
            return (
                Module("nn.Flatten", (), step, "flatten"),
                Module("nn.PReLU", (units,), step, "activation", counts=True),
                Module("nn.Unflatten", (Argument("1"), back), step, "unflatten"),
            )
        slopes = Argument("1") if layer.per == "layer" else self.sizes.size(step.input.channels, "channels")
        slopes = Argument(slopes.text, "", "1", "channels", slopes.is_open)
        return self._one(step, "nn.PReLU", slopes, word="activation")

    def _squeezed(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        squeezed, bias = self.sizes.size(layer.squeezed, "squeezed"), flag(layer.bias, "bias", True)
        return self._one(step, "SqueezeExcitation", channels, squeezed, bias, word="squeeze")

    # channels last

    def _linear(self, step: Step) -> Made:
        layer: Any = step.layer
        _refuse_adapters(step)
        takes = self.sizes.size(step.input.channels, "in_features")
        gives = self.sizes.size(layer.units, "out_features")
        return self._one(step, "nn.Linear", takes, gives, flag(layer.bias, "bias", True), word="linear")

    def _layer_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        return self._one(step, "nn.LayerNorm", channels, flag(layer.bias, "bias", True), word="norm")

    def _rms_norm(self, step: Step) -> Made:
        return self._one(step, "nn.RMSNorm", self.sizes.size(step.input.channels, "channels"), word="norm")

    def _embedding(self, step: Step) -> Made:
        layer: Any = step.layer
        _refuse_adapters(step)
        entries = self.sizes.size(layer.vocabulary, "num_embeddings")
        return self._one(step, "nn.Embedding", entries, self.sizes.size(layer.width, "embedding_dim"), word="embedding")

    def _positions(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.kind == "rope":
            return ()
        channels = self.sizes.size(step.input.channels, "channels")
        if layer.kind == "sin":
            return self._one(step, "Sines", word="positions", counts=False)
        table: Size = product(step.input.axes) if layer.max is None else layer.max
        return self._one(step, "Positions", self.sizes.size(table, "places"), channels, word="positions")

    def _class_token(self, step: Step) -> Made:
        return self._one(step, "ClassToken", self.sizes.size(step.input.channels, "channels"), word="token")

    def _attention(self, step: Step) -> Made:
        layer: Any = step.layer
        _refuse_adapters(step)
        biases = layer.bias if isinstance(layer.bias, tuple) else (1, 1, 1, 0) if isinstance(layer.bias, Word) else None
        bias = flag(layer.bias, "bias", True) if biases is None else Argument(str(tuple(map(bool, biases))), "bias")
        memory: Source | None = layer.memory
        windowed = not isinstance(layer.win, Word)
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.heads, "heads"),
            *([self.sizes.size(layer.win, "window")] if windowed else []),
            *self._optional("kv_heads", None if by_name(layer.kv) == by_name(layer.heads) else layer.kv),
            *self._optional("head_dim", layer.dk),
            *self._optional("value_dim", None if layer.dv is layer.dk else layer.dv),
            *self._optional("memory_channels", None if memory is None else memory.shape.channels),
            bias,
            flag(layer.norm, "norm", False),
            self.sizes.size(layer.rel, "relative", "relative", 0),
        )
        needs = (id(step.taken["memory"]),) if memory is not None else ()
        if windowed:
            self._check_windows(step)
        name = "WindowAttention" if windowed else "Attention"
        return (Module(name, arguments, step, "attention", counts=True, needs=needs),)

    def _optional(self, name: str, size: Size | None) -> tuple[Argument, ...]:
        """An argument of attention that is None where nothing is said."""
        if size is None:
            return (Argument("None", name, "None", name),)
        found = self.sizes.size(size, name, name)
        return (Argument(found.text, name, "None", name, found.is_open),)

    def _check_windows(self, step: Step) -> None:
        layer: Any = step.layer
        if layer.memory is not None or step.input.rank > 2:
            raise lacking(step, "attention inside windows is written for images and sequences that see themselves")
        for n in step.input.axes:
            if isinstance(n, int) and isinstance(layer.win, int) and n % layer.win:
                raise lacking(step, f"windows of {layer.win} do not fit {n} places", "pad(…) before it makes them fit")

    def _latent_attention(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.heads, "heads"),
            self.sizes.size(layer.latent, "latent"),
            self.sizes.size(layer.dk, "head_dim"),
            self.sizes.size(layer.rope, "rope_dim"),
            *self._optional("query_latent", layer.q),
            *self._optional("value_dim", None if layer.dv is layer.dk else layer.dv),
        )
        return self._one(step, "LatentAttention", *arguments, word="attention")

    def _feed_forward(self, step: Step) -> Made:
        return self._wide(step, "FeedForward", usual=True)

    def _gated(self, step: Step) -> Made:
        return self._wide(step, "GatedLinearUnit", usual=False)

    def _wide(self, step: Step, name: str, *, usual: bool) -> Made:
        layer: Any = step.layer
        _refuse_adapters(step)
        channels, hidden = self.sizes.size(step.input.channels, "channels"), self.sizes.size(layer.hidden, "hidden")
        return self._one(step, name, channels, hidden, flag(layer.bias, "bias", usual), word="feed_forward")

    def recurrent(self, step: Step, part: Part, *, both: bool) -> Module:
        """Return a recurrent layer, perhaps in both directions, that gives the sequence or its last step alone."""
        layer: Any = step.layer
        if layer.bias == 1:
            why = f"PyTorch's {step.kind} has two biases a gate, or none"
            raise lacking(step, why, f"write {step.kind}({by_name(layer.units)},bias=2), or bias=off")
        name = f"{'Last' if layer.last else 'Every'}Step{step.kind}"
        proj = getattr(layer, "proj", None)
        arguments = (
            self.sizes.size(step.input.channels, "input_size"),
            self.sizes.size(layer.units, "hidden_size"),
            flag(layer.bias, "bias", True),
            Argument("True", "batch_first"),
            flag(both, "bidirectional", False),
            self.sizes.size(0 if proj is None else proj, "proj_size", "proj_size", 0),
        )
        return Module(name, arguments, part, "recurrent", counts=True)

    def _one_direction(self, step: Step) -> Made:
        return (self.recurrent(step, step, both=False),)


def step_with(step: Step, **values: Any) -> Step:
    """Return a step whose layer has other values for some of its arguments."""
    return replace(step, layer=step.layer.with_values(**values))


def _refuse_adapters(step: Step) -> None:
    lora = getattr(step.layer, "lora", 0)
    if lora != 0:
        raise lacking(step, "low-rank adapters are no layers of PyTorch", "leave lora= out; peft adds adapters")


_Ends = Callable[[TorchLayers, Step, str], tuple[Made, str]]
_Keeps = Callable[[TorchLayers, Step], Made]

_AS_IT_COMES: Mapping[str, _Ends] = {
    "_": TorchLayers._identity, "D": TorchLayers._dropout, "noise": TorchLayers._noise,
    "softmax": TorchLayers._softmax, "H": TorchLayers._dense, "O": TorchLayers._dense, "F": TorchLayers._flatten,
    "seq": TorchLayers._sequence, "swap": TorchLayers._swap, "take": TorchLayers._take, "zero": TorchLayers._zero,
    "reshape": TorchLayers._reshape, "rep": TorchLayers._repeated, "free": TorchLayers._free,
    "scale": TorchLayers._scale, "bias": TorchLayers._bias, "tok": TorchLayers._token,
}  # fmt: skip
"""Kinds that take the channels wherever they stand, or set them elsewhere."""

_CHANNELS_FIRST: Mapping[str, _Keeps] = {
    "C": TorchLayers._convolution, "DW": TorchLayers._depthwise, "SC": TorchLayers._separable,
    "T": TorchLayers._transposed, "P": TorchLayers._max_pooling, "AP": TorchLayers._average_pooling,
    "GAP": TorchLayers._global_average, "GMP": TorchLayers._global_max, "AAP": TorchLayers._adaptive_average,
    "AMP": TorchLayers._adaptive_max, "U": TorchLayers._upsampling, "resize": TorchLayers._resized,
    "pad": TorchLayers._padded, "crop": TorchLayers._cropped, "shuffle": TorchLayers._shuffled,
    "s2d": TorchLayers._space_to_depth, "d2s": TorchLayers._depth_to_space, "LRN": TorchLayers._local_response,
    "BN": TorchLayers._batch_norm, "GN": TorchLayers._group_norm, "IN": TorchLayers._instance_norm,
    "PR": TorchLayers._slopes, "SE": TorchLayers._squeezed,
}  # fmt: skip

_CHANNELS_LAST: Mapping[str, _Keeps] = {
    "Lin": TorchLayers._linear, "LN": TorchLayers._layer_norm, "RMS": TorchLayers._rms_norm,
    "E": TorchLayers._embedding, "PE": TorchLayers._positions, "cls": TorchLayers._class_token,
    "MHA": TorchLayers._attention, "MLA": TorchLayers._latent_attention, "FF": TorchLayers._feed_forward,
    "GLU": TorchLayers._gated, "RNN": TorchLayers._one_direction, "LSTM": TorchLayers._one_direction,
    "GRU": TorchLayers._one_direction,
}  # fmt: skip

_INSTEAD = {
    "LC": "a convolution, C, shares its weights",
    "CLSTM": "keras has one: --to keras",
}

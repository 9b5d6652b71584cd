"""The layers as PyTorch's modules, and where each wants the channels of what arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symcount.interop.writing.framework import FIRST, LAST, lacking
from symcount.interop.writing.making import Made
from symcount.interop.writing.torch.anywhere import ACTIVATIONS, AnyLayers
from symcount.interop.writing.torch.images import ImageLayers
from symcount.interop.writing.torch.sequences import SequenceLayers
from symcount.interop.writing.torch.states import StateLayers
from symcount.trace import Step


class TorchLayers(AnyLayers, ImageLayers, SequenceLayers, StateLayers):
    """Makes the modules of each kind."""

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


_Ends = Callable[[TorchLayers, Step, str], tuple[Made, str]]
_Keeps = Callable[[TorchLayers, Step], Made]

_AS_IT_COMES: Mapping[str, _Ends] = {
    "_": TorchLayers._identity, "D": TorchLayers._dropout, "noise": TorchLayers._noise,
    "softmax": TorchLayers._softmax, "H": TorchLayers._dense, "O": TorchLayers._dense, "F": TorchLayers._flatten,
    "seq": TorchLayers._sequence, "swap": TorchLayers._swap, "take": TorchLayers._take, "zero": TorchLayers._zero,
    "reshape": TorchLayers._reshape, "rep": TorchLayers._repeated, "free": TorchLayers._free,
    "param": TorchLayers._declared_tensor, "queries": TorchLayers._queries,
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
    "PR": TorchLayers._slopes, "SE": TorchLayers._squeezed, "ECA": TorchLayers._neighbours,
}  # fmt: skip

_CHANNELS_LAST: Mapping[str, _Keeps] = {
    "Lin": TorchLayers._linear, "LN": TorchLayers._layer_norm, "RMS": TorchLayers._rms_norm,
    "E": TorchLayers._embedding, "PE": TorchLayers._positions, "cls": TorchLayers._class_token,
    "MHA": TorchLayers._attention, "MLA": TorchLayers._latent_attention, "FF": TorchLayers._feed_forward,
    "GLU": TorchLayers._gated, "RNN": TorchLayers._one_direction, "LSTM": TorchLayers._one_direction,
    "GRU": TorchLayers._one_direction, "GRN": TorchLayers._global_response,
    "attend": TorchLayers._attend, "S6": TorchLayers._selective, "SSD": TorchLayers._duality,
    "TMix": TorchLayers._time_mixing, "CMix": TorchLayers._channel_mixing,
}  # fmt: skip

_INSTEAD = {
    "LC": "a convolution, C, shares its weights",
    "CLSTM": "keras has one: --to keras",
    "roi": "torchvision.ops.RoIAlign takes the regions beside the image",
}

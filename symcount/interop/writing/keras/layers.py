"""The layers as Keras has them, and where each wants the channels of what arrives."""

from __future__ import annotations

from symcount.interop.writing.alike import Kinds
from symcount.interop.writing.keras.anywhere import ACTIVATIONS, AnyLayers
from symcount.interop.writing.keras.images import ImageLayers
from symcount.interop.writing.keras.sequences import SequenceLayers
from symcount.interop.writing.making import Made
from symcount.interop.writing.states import StateLayers
from symcount.trace import Step


class KerasLayers(AnyLayers, ImageLayers, SequenceLayers, StateLayers):
    """Makes the layers of each kind."""

    def step(self, step: Step, at: str) -> tuple[Made, str]:
        """Return the layers of a step, and where the channels stand behind it, given where they stand before."""
        return _KINDS.made(self, step, at)


_KINDS: Kinds[KerasLayers] = Kinds(
    as_it_comes={
        **dict.fromkeys(ACTIVATIONS, KerasLayers._activation),
        "_": KerasLayers._identity, "D": KerasLayers._dropout, "noise": KerasLayers._noise, "H": KerasLayers._dense,
        "O": KerasLayers._dense, "F": KerasLayers._flatten, "swap": KerasLayers._swap, "zero": KerasLayers._zero,
        "free": KerasLayers._free, "param": KerasLayers._declared_tensor, "queries": KerasLayers._queries,
        "scale": KerasLayers._scale, "bias": KerasLayers._bias, "tok": KerasLayers._token,
    },
    channels_first={},
    channels_last={
        "C": KerasLayers._convolution, "DW": KerasLayers.depthwise, "SC": KerasLayers.separable,
        "T": KerasLayers.transposed, "P": KerasLayers._max_pooling, "AP": KerasLayers._average_pooling,
        "GAP": KerasLayers._global_average, "GMP": KerasLayers._global_max, "AAP": KerasLayers._adaptive_average,
        "AMP": KerasLayers._adaptive_max, "U": KerasLayers._upsampling, "resize": KerasLayers._resized,
        "pad": KerasLayers._padded, "crop": KerasLayers._cropped, "shuffle": KerasLayers._shuffled,
        "s2d": KerasLayers._space_to_depth, "d2s": KerasLayers._depth_to_space, "LRN": KerasLayers._local_response,
        "BN": KerasLayers._batch_norm, "GN": KerasLayers._group_norm, "IN": KerasLayers._instance_norm,
        "PR": KerasLayers._slopes, "SE": KerasLayers._squeezed, "softmax": KerasLayers._softmax,
        "seq": KerasLayers._sequence, "take": KerasLayers._take, "reshape": KerasLayers._reshape,
        "rep": KerasLayers._repeated, "ECA": KerasLayers._neighbours, "GRN": KerasLayers._global_response,
        "Lin": KerasLayers._linear, "LN": KerasLayers._layer_norm, "RMS": KerasLayers._rms_norm,
        "E": KerasLayers._embedding, "PE": KerasLayers._positions, "cls": KerasLayers._class_token,
        "MHA": KerasLayers._attention, "MLA": KerasLayers._latent_attention, "FF": KerasLayers._feed_forward,
        "GLU": KerasLayers._gated, "RNN": KerasLayers._one_direction, "LSTM": KerasLayers._one_direction,
        "GRU": KerasLayers._one_direction, "CLSTM": KerasLayers._convolutional,
        "attend": KerasLayers._attend, "S6": KerasLayers._selective, "SSD": KerasLayers._duality,
        "TMix": KerasLayers._time_mixing, "CMix": KerasLayers._channel_mixing, "Finch": KerasLayers._finch_mixing,
        "Goose": KerasLayers._goose_mixing,
    },
    instead={"LC": "a convolution, C, shares its weights"},
)  # fmt: skip

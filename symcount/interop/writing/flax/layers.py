"""The layers as Flax has them, and where each wants the channels of what arrives."""

from __future__ import annotations

from symcount.interop.writing.alike import Kinds
from symcount.interop.writing.flax.anywhere import ACTIVATIONS, AnyLayers
from symcount.interop.writing.flax.images import ImageLayers
from symcount.interop.writing.flax.sequences import SequenceLayers
from symcount.interop.writing.making import Made
from symcount.interop.writing.states import StateLayers
from symcount.trace import Step


class FlaxLayers(AnyLayers, ImageLayers, SequenceLayers, StateLayers):
    """Makes the modules of each kind."""

    def step(self, step: Step, at: str) -> tuple[Made, str]:
        """Return the modules of a layer, and where the channels stand behind it, given where they stand before."""
        return _KINDS.made(self, step, at)


_KINDS: Kinds[FlaxLayers] = Kinds(
    as_it_comes={
        **dict.fromkeys(ACTIVATIONS, FlaxLayers._activation),
        "_": FlaxLayers._identity, "D": FlaxLayers._dropout, "noise": FlaxLayers._noise, "H": FlaxLayers._dense,
        "O": FlaxLayers._dense, "F": FlaxLayers._flatten, "swap": FlaxLayers._swap, "zero": FlaxLayers._zero,
        "free": FlaxLayers._free, "param": FlaxLayers._declared_tensor, "queries": FlaxLayers._queries,
        "scale": FlaxLayers._scale, "bias": FlaxLayers._bias, "tok": FlaxLayers._token,
    },
    channels_first={},
    channels_last={
        "C": FlaxLayers._convolution, "DW": FlaxLayers._depthwise, "SC": FlaxLayers._separable,
        "T": FlaxLayers._transposed, "P": FlaxLayers._max_pooling, "AP": FlaxLayers._average_pooling,
        "GAP": FlaxLayers._global_average, "GMP": FlaxLayers._global_max, "AAP": FlaxLayers._adaptive_average,
        "AMP": FlaxLayers._adaptive_max, "U": FlaxLayers._upsampling, "resize": FlaxLayers._resized,
        "pad": FlaxLayers._padded, "crop": FlaxLayers._cropped, "shuffle": FlaxLayers._shuffled,
        "s2d": FlaxLayers._space_to_depth, "d2s": FlaxLayers._depth_to_space, "LRN": FlaxLayers._local_response,
        "BN": FlaxLayers._batch_norm, "GN": FlaxLayers._group_norm, "IN": FlaxLayers._instance_norm,
        "PR": FlaxLayers._slopes, "SE": FlaxLayers._squeezed, "ECA": FlaxLayers._neighbours,
        "softmax": FlaxLayers._softmax, "seq": FlaxLayers._sequence, "take": FlaxLayers._take,
        "reshape": FlaxLayers._reshape, "rep": FlaxLayers._repeated,
        "Lin": FlaxLayers._linear,
        "LN": FlaxLayers._layer_norm, "RMS": FlaxLayers._rms_norm, "GRN": FlaxLayers._global_response,
        "E": FlaxLayers._embedding, "PE": FlaxLayers._positions, "cls": FlaxLayers._class_token,
        "MHA": FlaxLayers._attention, "MLA": FlaxLayers._latent_attention, "FF": FlaxLayers._feed_forward,
        "GLU": FlaxLayers._gated, "RNN": FlaxLayers._one_direction, "LSTM": FlaxLayers._one_direction,
        "GRU": FlaxLayers._one_direction,
        "attend": FlaxLayers._attend, "S6": FlaxLayers._selective, "SSD": FlaxLayers._duality,
        "TMix": FlaxLayers._time_mixing, "CMix": FlaxLayers._channel_mixing, "Finch": FlaxLayers._finch_mixing,
        "Goose": FlaxLayers._goose_mixing,
    },
    instead={"LC": "a convolution, C, shares its weights", "CLSTM": "keras has one: --to keras"},
)  # fmt: skip

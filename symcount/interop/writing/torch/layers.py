"""The layers as PyTorch's modules, and where each wants the channels of what arrives."""

from __future__ import annotations

from symcount.interop.writing.alike import Kinds
from symcount.interop.writing.making import Made
from symcount.interop.writing.states import StateLayers
from symcount.interop.writing.torch.anywhere import ACTIVATIONS, AnyLayers
from symcount.interop.writing.torch.images import ImageLayers
from symcount.interop.writing.torch.sequences import SequenceLayers
from symcount.trace import Step


class TorchLayers(AnyLayers, ImageLayers, SequenceLayers, StateLayers):
    """Makes the modules of each kind."""

    def step(self, step: Step, at: str) -> tuple[Made, str]:
        """Return the modules of a layer, and where the channels stand behind it, given where they stand before."""
        return _KINDS.made(self, step, at)


_KINDS: Kinds[TorchLayers] = Kinds(
    as_it_comes={
        **dict.fromkeys(ACTIVATIONS, TorchLayers._activation),
        "_": TorchLayers._identity, "D": TorchLayers._dropout, "noise": TorchLayers._noise,
        "softmax": TorchLayers._softmax, "H": TorchLayers._dense, "O": TorchLayers._dense, "F": TorchLayers._flatten,
        "seq": TorchLayers._sequence, "swap": TorchLayers._swap, "take": TorchLayers._take, "zero": TorchLayers._zero,
        "reshape": TorchLayers._reshape, "rep": TorchLayers._repeated, "free": TorchLayers._free,
        "param": TorchLayers._declared_tensor, "queries": TorchLayers._queries,
        "scale": TorchLayers._scale, "bias": TorchLayers._bias, "tok": TorchLayers._token,
    },
    channels_first={
        "C": TorchLayers._convolution, "DW": TorchLayers._depthwise, "SC": TorchLayers._separable,
        "T": TorchLayers._transposed, "P": TorchLayers._max_pooling, "AP": TorchLayers._average_pooling,
        "GAP": TorchLayers._global_average, "GMP": TorchLayers._global_max, "AAP": TorchLayers._adaptive_average,
        "AMP": TorchLayers._adaptive_max, "U": TorchLayers._upsampling, "resize": TorchLayers._resized,
        "pad": TorchLayers._padded, "crop": TorchLayers._cropped, "shuffle": TorchLayers._shuffled,
        "s2d": TorchLayers._space_to_depth, "d2s": TorchLayers._depth_to_space, "LRN": TorchLayers._local_response,
        "BN": TorchLayers._batch_norm, "GN": TorchLayers._group_norm, "IN": TorchLayers._instance_norm,
        "PR": TorchLayers._slopes, "SE": TorchLayers._squeezed, "ECA": TorchLayers._neighbours,
    },
    channels_last={
        "Lin": TorchLayers._linear, "LN": TorchLayers._layer_norm, "RMS": TorchLayers._rms_norm,
        "E": TorchLayers._embedding, "PE": TorchLayers._positions, "cls": TorchLayers._class_token,
        "MHA": TorchLayers._attention, "MLA": TorchLayers._latent_attention, "FF": TorchLayers._feed_forward,
        "GLU": TorchLayers._gated, "RNN": TorchLayers._one_direction, "LSTM": TorchLayers._one_direction,
        "GRU": TorchLayers._one_direction, "GRN": TorchLayers._global_response,
        "attend": TorchLayers._attend, "S6": TorchLayers._selective, "SSD": TorchLayers._duality,
        "TMix": TorchLayers._time_mixing, "CMix": TorchLayers._channel_mixing,
        "Finch": TorchLayers._finch_mixing, "Goose": TorchLayers._goose_mixing,
    },
    instead={
        "LC": "a convolution, C, shares its weights",
        "CLSTM": "keras has one: --to keras",
        "roi": "torchvision.ops.RoIAlign takes the regions beside the image",
    },
)  # fmt: skip

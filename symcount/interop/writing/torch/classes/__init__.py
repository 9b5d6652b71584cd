"""Classes of PyTorch modules that a network is written with where PyTorch has none, each written once."""

from __future__ import annotations

from symcount.interop.writing.helping import Helping
from symcount.interop.writing.torch.classes.arranging import ARRANGING
from symcount.interop.writing.torch.classes.attention import GIVEN, LATENT, attention, window_attention
from symcount.interop.writing.torch.classes.called import CALLED
from symcount.interop.writing.torch.classes.learning import LEARNING
from symcount.interop.writing.torch.classes.mixing import MIXING
from symcount.interop.writing.torch.classes.states import STATES

TORCH_CLASSES = Helping(
    fixed={**ARRANGING, **LEARNING, **MIXING, **STATES, **CALLED, **GIVEN, "LatentAttention": LATENT},
    with_options={"Attention": attention, "WindowAttention": window_attention},
    bases={"WindowAttention": "Attention", "PackedAttention": "GivenAttention"},
)
"""All these classes."""

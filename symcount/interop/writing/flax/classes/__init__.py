"""Classes and functions that a network is written with where Flax has none, each written once."""

from __future__ import annotations

from symcount.interop.writing.flax.classes.arranging import ARRANGING
from symcount.interop.writing.flax.classes.attention import GIVEN, LATENT, attention, window_attention
from symcount.interop.writing.flax.classes.learning import LEARNING
from symcount.interop.writing.flax.classes.mixing import MIXING
from symcount.interop.writing.flax.classes.states import STATES
from symcount.interop.writing.helping import Helping

FLAX_CLASSES = Helping(
    fixed={**ARRANGING, **LEARNING, **MIXING, **STATES, **GIVEN, "LatentAttention": LATENT},
    with_options={"Attention": attention, "WindowAttention": window_attention},
    bases={"WindowAttention": "Attention", "PackedAttention": "GivenAttention"},
)
"""All of them."""

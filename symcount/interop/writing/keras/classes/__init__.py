"""Classes of layers that a network is written with where Keras has none, each written once."""

from __future__ import annotations

from symcount.interop.writing.helping import Helping
from symcount.interop.writing.keras.classes.arranging import ARRANGING
from symcount.interop.writing.keras.classes.attention import GIVEN, LATENT, attention, window_attention
from symcount.interop.writing.keras.classes.learning import LEARNING
from symcount.interop.writing.keras.classes.mixing import MIXING
from symcount.interop.writing.keras.classes.states import STATES

KERAS_CLASSES = Helping(
    fixed={**ARRANGING, **LEARNING, **MIXING, **STATES, **GIVEN, "LatentAttention": LATENT},
    with_options={"Attention": attention, "WindowAttention": window_attention},
    bases={"WindowAttention": "Attention", "PackedAttention": "GivenAttention"},
)
"""All these classes."""

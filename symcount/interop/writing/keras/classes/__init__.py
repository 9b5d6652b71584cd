"""Classes of layers that a network is written with where Keras has none, each written once."""

from __future__ import annotations

from symcount.interop.writing.helping import Helping
from symcount.interop.writing.keras.classes.arranging import ARRANGING
from symcount.interop.writing.keras.classes.attention import LATENT, attention, window_attention
from symcount.interop.writing.keras.classes.learning import LEARNING

KERAS_CLASSES = Helping(
    fixed={**ARRANGING, **LEARNING, "LatentAttention": LATENT},
    with_options={"Attention": attention, "WindowAttention": window_attention},
    bases={"WindowAttention": "Attention"},
)
"""All these classes."""

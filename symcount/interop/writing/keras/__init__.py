"""Keras: a network as the layers and models that a person would have written."""

from __future__ import annotations

from symcount.counts import Count
from symcount.interop.writing.keras.framework import Keras
from symcount.interop.writing.networks import Written, written
from symcount.interop.writing.sizes import Sizes


def code(count: Count) -> str:
    """Return a network as Keras code, whose last line holds the number of its parameters."""
    return keras_written(count).code


def keras_written(count: Count) -> Written:
    """Return a network as Keras code, with what became of each layer."""
    sizes = Sizes(count.numbers)
    return written(count, sizes, Keras(sizes))

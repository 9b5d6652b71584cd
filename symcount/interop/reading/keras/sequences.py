"""Layers of Keras that work along a sequence: recurrent ones, and attention."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.interop.reading.dag import label_of
from symcount.interop.reading.keras.given import Given, Writing, arguments, bias, check_channels_last, option


def recurrent(token: str) -> Writing:
    """Return what writes a recurrent layer of this token, with as many biases as Keras has."""

    def write(given: Given) -> str:
        if given.flag("return_state", False):
            raise given.unsaid("gives its states as well")
        doubled = token == "GRU" and given.flag("reset_after", True)
        biases = "0" if not given.flag("use_bias", True) else "2" if doubled else "1"
        last = "" if given.flag("return_sequences", False) else "last=on"
        return f"{token}{arguments(str(given.size('units')), f'bias={biases}', last)}"

    return write


def convolved_over_time(given: Given) -> str:
    """Write a convolutional LSTM."""
    check_channels_last(given)
    if given.sizes("strides", 1) != "1" or given.sizes("dilation_rate", 1) != "1":
        raise given.unsaid("has strides or gaps")
    padding = option("p", str(given.config.get("padding", "valid")), "same")
    last = "" if given.flag("return_sequences", False) else "last=on"
    return f"CLSTM{arguments(str(given.size('filters')), given.sizes('kernel_size', 1), padding, bias(given), last)}"


def attention(given: Given, sources: Sequence[str]) -> str:
    """Write attention, whose keys and values may come from another layer."""
    heads, width = given.size("num_heads"), given.size("key_dim")
    if given.config.get("output_shape") is not None or given.config.get("attention_axes") not in (None, [1]):
        raise given.unsaid("has an output_shape, or attends along axes of its own")
    value = width if given.config.get("value_dim") is None else given.size("value_dim")
    seen = {source for source in sources[1:] if source != sources[0]}
    if len(seen) > 1 or (seen and len(sources) > 2 and sources[0] in sources[1:]):
        raise given.unsaid("takes keys and values from two layers")
    memory = f"from=@{label_of(seen.pop())}" if seen else ""
    return f"MHA{arguments(str(heads), f'dk={width}', option('dv', str(value), str(width)), bias(given), memory)}"

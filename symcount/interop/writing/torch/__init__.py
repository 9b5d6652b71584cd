"""PyTorch: a network as the modules that a person would have written."""

from __future__ import annotations

from symcount.counts import Count
from symcount.interop.writing.networks import Written, written
from symcount.interop.writing.sizes import Sizes
from symcount.interop.writing.torch.framework import Torch


def code(count: Count) -> str:
    """Return a network as PyTorch code, whose last line holds the number of its parameters."""
    return torch_written(count).code


def torch_written(count: Count) -> Written:
    """Return a network as PyTorch code, with what became of each layer."""
    sizes = Sizes(count.numbers)
    return written(count, sizes, Torch(sizes))

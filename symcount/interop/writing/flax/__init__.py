"""Flax: a network as the NNX modules that a person would have written."""

from __future__ import annotations

from symcount.counts import Count
from symcount.interop.writing.flax.framework import Flax
from symcount.interop.writing.networks import Written, written
from symcount.interop.writing.sizes import Sizes


def code(count: Count) -> str:
    """Return a network as Flax code, whose last line holds the number of its parameters."""
    return flax_written(count).code


def flax_written(count: Count) -> Written:
    """Return a network as Flax code, with what became of each layer."""
    sizes = Sizes(count.numbers)
    return written(count, sizes, Flax(sizes))

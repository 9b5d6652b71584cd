"""Windows that slide, whatever the framework: what stands before and behind each axis, and what a word says."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.making import Making
from symcount.layers import Word
from symcount.layers.arguments import SAME
from symcount.layers.inside import margins
from symcount.layers.windows import extent
from symcount.trace import Step

Pair = tuple[Size, Size]
"""What is added before and behind an axis."""

MOST_AXES = 3
"""The most axes that the convolutions and poolings of frameworks go over."""


def rank_of(making: Making, step: Step, most: int = MOST_AXES) -> int:
    """Return over how many axes a layer goes, or refuse more than the framework has."""
    rank = step.input.rank
    if rank > most:
        raise lacking(step, f"{making.style.name} has no such layer over {rank} axes", f"it goes over {most} at most")
    return rank


def pads(step: Step) -> list[Pair]:
    """Return the zeros before and behind each axis."""
    layer: Any = step.layer
    if not any(isinstance(pad, Word) for pad in layer.padding):
        return [(pad, pad) for pad in layer.padding]
    rows = zip(
        step.input.axes, step.output.axes, layer.kernel, layer.stride, layer.padding, layer.dilation, strict=True
    )
    return [margins(n, m, extent(k, d), s, pad) for n, m, k, s, pad, d in rows]


def output_paddings(layer: Any) -> list[Size]:
    """Return how much a transposed convolution gives behind its last window, along each axis."""
    rows = zip(layer.painted, layer.kernel, layer.dilation, layer.output_padding, strict=True)
    return [last - extent(kernel, dilation) + more for last, kernel, dilation, more in rows]


def borders(step: Step, sign: int) -> list[Pair]:
    """Return what a padding adds to each axis, or a cropping takes off as numbers below 0."""
    layer: Any = step.layer
    before, after = (layer.before, layer.after) if layer.amount is None else (layer.amount, layer.amount)
    return [(sign * one, sign * other) for one, other in zip(before, after, strict=True)]


def keeps_its_size(pad: Size | Word, kernel: Size, stride: Size, dilation: Size) -> bool:
    """Whether a padding keeps the size of an axis by as many zeros on both sides, which every framework has a word for.

    >>> keeps_its_size(SAME, 3, 1, 1), keeps_its_size(SAME, 2, 1, 1)
    (True, False)
    """
    known = isinstance(kernel, int) and isinstance(dilation, int)
    return pad == SAME and stride == 1 and not (known and (kernel - 1) * dilation % 2)


def rounded_up(step: Step) -> list[Pair]:
    """Return the padding by which a pooling rounds up: so much more behind that the last window fits."""
    layer: Any = step.layer
    pairs: list[Pair] = []
    rows = zip(step.input.axes, step.output.axes, layer.kernel, layer.stride, pads(step), strict=True)
    for n, m, kernel, stride, (before, _) in rows:
        sizes = (n, m, kernel, stride, before)
        known = [each for each in sizes if isinstance(each, int)]
        if len(known) != len(sizes):
            raise lacking(step, "how much is padded to round up depends on open sizes", "give them values")
        pairs.append((known[4], max(0, (known[1] - 1) * known[3] + known[2] - known[0] - known[4])))
    return pairs

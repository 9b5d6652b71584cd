"""Mistakes with sizes, which every later layer then follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symcount.exam.mistakes.mistake import Mistake
from symcount.layers import Layer, Shape, Word
from symcount.layers.arguments import SAME
from symcount.layers.convolution import Convolution, Convolving, LocallyConnected
from symcount.layers.dense import Hidden
from symcount.layers.depthwise import Depthwise
from symcount.layers.pooling import GlobalAveragePooling, Pooling
from symcount.layers.resizing import Flatten, Upsampling
from symcount.layers.transposed import Transposed
from symcount.layers.windows import Windowed

_WINDOWS = (Windowed, Transposed)
_CONVOLUTIONS = (Convolving, Depthwise)

Output = Callable[[Any, Shape], Shape]


def _taken(**values: Any) -> Output:
    """Run the rule of what leaves on the layer with other values for its arguments, along every axis."""
    return lambda layer, x: layer.with_values(**{name: (value,) * x.rank for name, value in values.items()}).output(x)


def _as(**arguments: str) -> Output:
    """Run the rule of what leaves on the layer in which an argument has the value of another."""
    return lambda layer, x: layer.with_values(**{to: getattr(layer, of) for to, of in arguments.items()}).output(x)


def _longer(by: int) -> Output:
    """The rule of what leaves, with so many more places along every axis."""

    def output(layer: Layer, x: Shape) -> Shape:
        found = layer.output(x)
        return Shape(found.channels, tuple(axis + by for axis in found.axes))

    return output


def _padded_once(layer: Any, x: Shape) -> Shape:
    return _rule(layer, x if _is_padded_by_word(layer) else _moved(x, tuple(-pad for pad in layer.padding)))


def _rounded_up(layer: Any, x: Shape) -> Shape:
    """Run the rule on an axis that is longer by as much as a window needs to fit once more."""
    is_up = _is_padded_by_word(layer) or bool(getattr(layer, "ceil", 0))
    return _rule(layer, x if is_up else _moved(x, tuple(stride - 1 for stride in layer.stride)))


def _rounded_down(layer: Any, x: Shape) -> Shape:
    if _is_padded_by_word(layer):
        return _rule(layer, _moved(x, tuple(1 - stride for stride in layer.stride)))
    return _rule(layer.with_values(ceil=0), x)


def _is_padded_by_word(layer: Any) -> bool:
    return any(isinstance(pad, Word) for pad in layer.padding)


def _rule(layer: Layer, x: Shape) -> Shape:
    return layer.output(x)


def _moved(x: Shape, by: tuple[int, ...]) -> Shape:
    return Shape(x.channels, tuple(axis + more for axis, more in zip(x.axes, by, strict=True)))


def _as_convolution(layer: Any, x: Shape) -> Shape:
    window = {name: getattr(layer, name) for name in ("filters", "kernel", "stride", "padding")}
    return Convolution.bound({}, x.rank).with_values(**window).output(x)


def _deep(layer: Any, x: Shape) -> Shape:
    return Shape(x.channels, layer.output(x).axes)


def _channels_multiplied(layer: Any, x: Shape) -> Shape:
    return Shape(x.channels * layer.filters, layer.output(x).axes)


def _pooled(layer: Layer, x: Shape, source: Shape) -> tuple[Layer, Shape] | None:
    return (layer, Pooling.bound({"kernel": 2}, x.rank).output(x)) if x.axes else None


def _one_channel(layer: Layer, x: Shape, source: Shape) -> tuple[Layer, Shape] | None:
    return (layer, Shape(1, x.axes)) if x.axes else None


def _channels_alone(layer: Layer, x: Shape, source: Shape) -> tuple[Layer, Shape] | None:
    return (layer, Shape(x.channels)) if x.axes else None


def _of_the_input(layer: Layer, x: Shape, source: Shape) -> tuple[Layer, Shape] | None:
    return (layer, source) if x.axes else None


def _channels_of_the_input(layer: Layer, x: Shape, source: Shape) -> tuple[Layer, Shape]:
    return layer, Shape(source.channels, x.axes)


SIZES = (
    Mistake("padding-ignored", "the padding is ignored", _WINDOWS, output=_taken(padding=0)),
    Mistake("padding-once", "the padding is counted on one side: it is on both", (Windowed,), output=_padded_once),
    Mistake(
        "same-assumed",
        "a padding that keeps the size is assumed: here there is none, or another",
        _CONVOLUTIONS,
        output=_taken(padding=SAME),
    ),
    Mistake("stride-ignored", "the stride is ignored", _WINDOWS, output=_taken(stride=1)),
    Mistake(
        "kernel-for-stride",
        "the kernel is taken for the stride",
        (Convolving, Depthwise),
        output=_as(stride="kernel"),
    ),
    Mistake(
        "pool-divides",
        "the size is divided by the stride: the window of the pooling is larger than that",
        (Pooling,),
        output=_as(kernel="stride"),
    ),
    Mistake("no-plus-1", "the 1 at the end is left out: it is the first window", (Windowed,), output=_longer(-1)),
    Mistake("one-too-many", "one position too many is counted", _WINDOWS, output=_longer(1)),
    Mistake(
        "rounded-up", "the size is rounded up: a window that does not fit is none", (Windowed,), output=_rounded_up
    ),
    Mistake("rounded-down", "the size is rounded down: here it is rounded up", (Windowed,), output=_rounded_down),
    Mistake("dilation-ignored", "the dilation is ignored", _WINDOWS, output=_taken(dilation=1)),
    Mistake(
        "depth-from-input",
        "the depth of the input is kept: there are as many maps as filters",
        (Convolution, LocallyConnected, Transposed),
        output=_deep,
    ),
    Mistake(
        "channels-multiplied",
        "each filter is given a map for each channel: it adds them up to one",
        (Convolution, LocallyConnected),
        output=_channels_multiplied,
    ),
    Mistake(
        "times-stride",
        "the size is multiplied by the stride alone: the window and the padding count too",
        (Transposed,),
        output=_taken(padding=SAME),
    ),
    Mistake(
        "as-convolution",
        "the rule of a convolution is used: a transposed one goes the other way",
        (Transposed,),
        output=_as_convolution,
    ),
    Mistake("no-output-padding", "the output padding is ignored", (Transposed,), output=_taken(output_padding=0)),
    Mistake(
        "pooling-left-out", "a pooling is left out: it makes the maps smaller", (Pooling,), output=lambda layer, x: x
    ),
    Mistake("upsampling-left-out", "an upsampling is left out", (Upsampling,), output=lambda layer, x: x),
    Mistake(
        "global-pooling-left-out",
        "a global pooling is left out: one value is left of each map",
        (GlobalAveragePooling,),
        output=lambda layer, x: Shape(x.size),
    ),
    Mistake(
        "flatten-no-channels",
        "the channels are forgotten where the maps are flattened",
        (Flatten, Hidden),
        taken=_one_channel,
    ),
    Mistake(
        "flatten-no-area",
        "the places are forgotten where the maps are flattened: each value of each map counts",
        (Flatten, Hidden),
        taken=_channels_alone,
    ),
    Mistake(
        "extra-pooling",
        "a pooling of 2 by 2 is done before the maps are flattened: there is none here",
        (Flatten, Hidden),
        taken=_pooled,
    ),
    Mistake(
        "flatten-of-input",
        "the input of the network is flattened, and not what the layers before make of it",
        (Flatten, Hidden),
        taken=_of_the_input,
    ),
    Mistake(
        "cin-of-input",
        "the channels of the network's input are taken: here those of the layer before arrive",
        (Convolution, LocallyConnected, Transposed),
        taken=_channels_of_the_input,
    ),
)
"""Mistakes with sizes, the most frequent first."""

"""Mistakes with convolutions whose filters see some channels alone: groups, depthwise and separable ones."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import ratio
from symcount.exam.mistakes.mistake import Mistake, operands, setting
from symcount.exam.mistakes.weights import MIXING
from symcount.layers import Layer, Shape
from symcount.layers.convolution import Convolution, LocallyConnected
from symcount.layers.depthwise import Depthwise, Separable
from symcount.layers.transposed import Transposed


def _as_convolution(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    """A depthwise or separable convolution as a plain one with as many filters as leave it."""
    plain = Convolution.bound({}, x.rank)
    return plain.with_values(filters=y.channels, kernel=layer.kernel, bias=layer.bias), x, y


def _only_depthwise(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    first = Depthwise.bound({}, x.rank)
    return first.with_values(kernel=layer.kernel, multiplier=layer.multiplier, bias=0), x, y


def _only_pointwise(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    plain = Convolution.bound({}, x.rank).with_values(filters=layer.filters, kernel=(1,) * x.rank, bias=layer.bias)
    return plain, Shape(layer.multiplier * x.channels, x.axes), y


def _in_one_group(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    return layer.with_values(filters=ratio(layer.filters, layer.groups)), x, y


GROUPS = (
    Mistake(
        "groups-ignored",
        "the groups are ignored: a filter sees the channels of its group alone",
        MIXING,
        amount=setting(groups=1),
    ),
    Mistake(
        "groups-twice",
        "the groups divide the filters too: they divide the channels that a filter sees",
        (Convolution, LocallyConnected, Transposed),
        amount=operands(_in_one_group),
    ),
    Mistake(
        "depthwise-as-full",
        "a depthwise convolution is counted as a plain one: a window of it sees one channel alone",
        (Depthwise,),
        amount=operands(_as_convolution),
    ),
    Mistake(
        "separable-as-full",
        "a separable convolution is counted as a plain one",
        (Separable,),
        amount=operands(_as_convolution),
    ),
    Mistake(
        "no-pointwise",
        "of a separable convolution the second part, of kernel 1, is left out",
        (Separable,),
        amount=operands(_only_depthwise),
    ),
    Mistake(
        "no-depthwise",
        "of a separable convolution the first part, channel by channel, is left out",
        (Separable,),
        amount=operands(_only_pointwise),
    ),
)
"""Mistakes with which channels a filter sees."""

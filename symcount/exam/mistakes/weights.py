"""Mistakes with weights and biases: of windows, of dense layers, and of what has no weights at all."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import product
from symcount.exam.mistakes.mistake import (
    AT_EVERY_POSITION,
    PARAMS,
    WITHOUT_BIASES,
    Mistake,
    beside_weights,
    instead,
    operands,
    setting,
)
from symcount.exam.mistakes.normalisations import NORMS
from symcount.layers import Input, Layer, Shape
from symcount.layers.attention import Attention
from symcount.layers.convolution import Convolution, LocallyConnected
from symcount.layers.dense import Hidden, Linear
from symcount.layers.depthwise import Depthwise, Separable
from symcount.layers.feedforward import FeedForward, GatedLinearUnit
from symcount.layers.pooling import Pooling
from symcount.layers.recurrent import ConvolutionalMemory, Recurrent
from symcount.layers.transposed import Transposed

WINDOWS = (Convolution, LocallyConnected, Transposed, Depthwise, Separable)
MIXING = (Convolution, LocallyConnected, Transposed, Separable)
DENSE = (Hidden, Linear)
BIASED = (*WINDOWS, *DENSE, Recurrent, ConvolutionalMemory, Attention, FeedForward, GatedLinearUnit)


def _one_channel(layer: Layer, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    return layer, Shape(1, x.axes), y


def _line(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    first, *others = layer.kernel
    return layer.with_values(kernel=(first, *(1 for _ in others))), x, y


def _no_window(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    return layer.with_values(kernel=(1,) * len(layer.kernel)), x, y


def _as_depthwise(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    return Depthwise.bound({}, x.rank).with_values(kernel=layer.kernel), x, y


def _shared(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    plain = Convolution.bound({}, x.rank)
    same = {name: getattr(layer, name) for name in ("filters", "kernel", "stride", "padding", "groups")}
    return plain.with_values(**same), x, y


def _lenet_table(layer: Any, x: Shape, y: Shape) -> tuple[Layer, Shape, Shape]:
    is_third = x.channels == _TABLE[0] and layer.filters == _TABLE[1] and layer.groups == 1
    return (layer.with_values(links=_TABLE[2]) if is_third else layer), x, y


_TABLE = (6, 16, 60)
"""The maps that arrive and leave, and the connections, of table I of LeCun and others, 1998."""

WEIGHTS = (
    Mistake("no-bias", "the biases are left out", BIASED, amount=WITHOUT_BIASES),
    Mistake(
        "bias-once",
        "one bias is counted for a whole layer, where each filter or unit has one",
        BIASED,
        PARAMS,
        amount=beside_weights(lambda layer, x, y: 1),
    ),
    Mistake(
        "no-cin",
        "the channels of the input are forgotten: a filter has a window on each of them",
        (*MIXING, Depthwise),
        amount=operands(_one_channel),
    ),
    Mistake(
        "k-not-squared",
        "the kernel is counted along one side: a window of k by k has k·k weights",
        (*WINDOWS, ConvolutionalMemory),
        amount=operands(_line),
    ),
    Mistake(
        "no-kernel",
        "the window is forgotten: a filter has a weight for each place in it",
        (*WINDOWS, ConvolutionalMemory),
        amount=operands(_no_window),
    ),
    Mistake("one-filter", "one filter is counted, where there are several", MIXING, amount=setting(filters=1)),
    Mistake(
        "only-filters",
        "the filters or units are counted, not their weights",
        (*WINDOWS, *DENSE),
        PARAMS,
        instead(lambda layer, x, y: y.channels),
    ),
    Mistake(
        "cin-eq-cout",
        "as many channels are taken to arrive as leave",
        MIXING,
        amount=operands(lambda layer, x, y: (layer, Shape(y.channels, x.axes), y)),
    ),
    Mistake(
        "shared",
        "the weights are taken to be shared: every position has some of its own",
        (LocallyConnected,),
        amount=operands(_shared),
    ),
    Mistake(
        "unshared",
        "weights are counted at every position: the same ones are used at all of them",
        BIASED,
        PARAMS,
        AT_EVERY_POSITION,
    ),
    Mistake(
        "bias-per-position",
        "a bias is counted at every position: a filter has one for all of them",
        (*WINDOWS,),
        PARAMS,
        beside_weights(lambda layer, x, y: layer.biases(x) * product(y.axes)),
    ),
    Mistake(
        "bias-per-channel",
        "a bias is counted for each channel that a filter sees: it has one for all of them",
        MIXING,
        PARAMS,
        beside_weights(lambda layer, x, y: layer.biases(x) * x.channels),
    ),
    Mistake(
        "swapped-bias",
        "the biases are counted by what arrives: there is one for each filter or unit, by what leaves",
        (*MIXING, *DENSE),
        PARAMS,
        beside_weights(lambda layer, x, y: x.channels),
    ),
    Mistake(
        "bias-for-input-layer",
        "the input is given biases: it has none",
        (Input,),
        PARAMS,
        instead(lambda layer, x, y: y.size),
        everywhere=True,
    ),
    Mistake(
        "activations-as-params",
        "the values of the output are counted, not the parameters",
        (*WINDOWS, *DENSE),
        PARAMS,
        instead(lambda layer, x, y: y.size),
    ),
    Mistake(
        "units-summed",
        "the units are added up: between two layers each unit of one meets each unit of the other",
        (Input, *DENSE),
        PARAMS,
        instead(lambda layer, x, y: y.size),
        everywhere=True,
    ),
    Mistake(
        "one-unit",
        "one unit is counted, where there are several",
        DENSE,
        amount=setting(units=1),
    ),
    Mistake(
        "macs-as-params",
        "the products are counted, not the parameters",
        BIASED,
        PARAMS,
        instead(lambda layer, x, y: layer.macs(x, y)),
    ),
    Mistake(
        "pool-has-params",
        "a pooling is given weights and biases: it has nothing to learn",
        (Pooling,),
        PARAMS,
        operands(_as_depthwise),
    ),
    Mistake(
        "partial-table",
        "LeNet-5's table of 60 connections is used: here every filter sees all channels",
        (Convolution,),
        amount=operands(_lenet_table),
    ),
    Mistake(
        "layer-left-out",
        "the layer is left out of the sum",
        (*BIASED, *NORMS),
        amount=instead(lambda layer, x, y: 0),
        once=True,
    ),
    Mistake(
        "bias-twice",
        "the biases are counted twice",
        (*WINDOWS, *DENSE),
        PARAMS,
        beside_weights(lambda layer, x, y: 2 * layer.biases(x)),
    ),
)
"""Mistakes with what a layer learns, the most frequent first."""

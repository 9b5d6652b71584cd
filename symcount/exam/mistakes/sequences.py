"""Mistakes with what works on sequences: recurrent layers, attention, embeddings, feed-forward layers."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size
from symcount.exam.mistakes.mistake import PARAMS, Mistake, Operands, instead, operands, result, setting
from symcount.layers import Layer, Shape
from symcount.layers.attention import Attention
from symcount.layers.dense import Linear
from symcount.layers.embedding import Embedding, Positions
from symcount.layers.feedforward import FeedForward, GatedLinearUnit
from symcount.layers.recurrent import GatedRecurrentUnit, LongShortTermMemory, Recurrent


def _no_input(layer: Layer, x: Shape, y: Shape) -> Operands:
    return layer, Shape(0, x.axes), y


def _without_state(amount: Size, layer: Any, x: Shape, y: Shape) -> Size:
    """An amount less that of the weights for the state: those that are left where nothing arrives."""
    left: Size = amount - layer.weights_only().parameters(Shape(0, x.axes))
    return left


def _wide_heads(layer: Any, x: Shape, y: Shape) -> Operands:
    return layer.with_values(dk=x.channels, dv=x.channels), x, y


def _as_many_keys(layer: Any, x: Shape, y: Shape) -> Operands:
    return layer.with_values(kv=layer.heads), x, y


def _without_last(amount: Size, layer: Any, x: Shape, y: Shape) -> Size:
    """An amount less that of the last projection, and of the bias that is added to what it gives."""
    projection = layer.projections(x)[-1]
    left: Size = amount - (projection.takes + (0 if layer.bias == 0 else 1)) * projection.gives
    return left


def _plain(layer: Any, x: Shape, y: Shape) -> Operands:
    return FeedForward.bound({}, x.rank).with_values(hidden=layer.hidden, bias=layer.bias), x, y


def _first_matrix(layer: Any, x: Shape, y: Shape) -> Size:
    first: Size = (x.channels + layer.bias) * layer.hidden
    return first


SEQUENCES = (
    Mistake(
        "no-input-weights",
        "the weights for the input are left out: a gate has some for the input and some for the state",
        (Recurrent,),
        amount=operands(_no_input),
    ),
    Mistake(
        "no-recurrent",
        "the weights for the state are left out: a gate has some for the input and some for the state",
        (Recurrent,),
        PARAMS,
        result(_without_state),
    ),
    Mistake(
        "one-bias",
        "one bias is counted for each unit of a gate, where there are two",
        (Recurrent,),
        amount=setting(bias=1),
    ),
    Mistake(
        "two-biases",
        "two biases are counted for each unit of a gate, where there is one",
        (Recurrent,),
        amount=setting(bias=2),
    ),
    Mistake("one-gate", "the gates are forgotten: each has weights of its own", (Recurrent,), amount=setting(gates=1)),
    Mistake(
        "gru-4-gates",
        "four gates are counted, as an LSTM has: a GRU has two gates and a candidate",
        (GatedRecurrentUnit,),
        amount=setting(gates=4),
    ),
    Mistake(
        "lstm-3-gates",
        "three are counted, the gates: an LSTM has a candidate besides, with weights of its own",
        (LongShortTermMemory,),
        amount=setting(gates=3),
    ),
    Mistake(
        "no-output-projection",
        "the projection behind the heads is left out",
        (Attention,),
        PARAMS,
        result(_without_last),
    ),
    Mistake(
        "heads-multiplied",
        "each head is given all the channels: they share them, and the number of heads changes nothing",
        (Attention,),
        amount=operands(_wide_heads),
    ),
    Mistake(
        "kv-heads-ignored",
        "keys and values are given as many heads as queries: here they have fewer",
        (Attention,),
        amount=operands(_as_many_keys),
    ),
    Mistake(
        "one-projection",
        "one projection is counted: queries, keys, values and output have one each",
        (Attention,),
        PARAMS,
        instead(lambda layer, x, y: layer.projections(x)[0].weights),  # type: ignore[attr-defined]
    ),
    Mistake(
        "embedding-ignored",
        "an embedding is left out: it has a vector for each entry of the vocabulary",
        (Embedding,),
        PARAMS,
        instead(lambda layer, x, y: 0),
    ),
    Mistake(
        "embedding-per-token",
        "an embedding is counted by the tokens that arrive: it has a vector for each entry of the vocabulary",
        (Embedding,),
        PARAMS,
        instead(lambda layer, x, y: y.size),
    ),
    Mistake(
        "tied-counted-twice",
        "shared weights are counted twice",
        (Embedding, Linear),
        PARAMS,
        setting(tied=None),
    ),
    Mistake(
        "positions-ignored",
        "the table of positions is left out: it has a vector for each",
        (Positions,),
        PARAMS,
        instead(lambda layer, x, y: 0),
    ),
    Mistake(
        "one-matrix",
        "the second matrix of a feed-forward layer, back to the channels, is left out",
        (FeedForward,),
        PARAMS,
        instead(_first_matrix),
    ),
    Mistake(
        "gate-ignored",
        "a gated layer is counted with two matrices: it has three",
        (GatedLinearUnit,),
        amount=operands(_plain),
    ),
)
"""Mistakes with layers on sequences."""

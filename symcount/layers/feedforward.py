"""The layers between attentions: feed-forward, gated, and the router of a mixture of experts."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size
from symcount.layers.arguments import flag, ranks, size
from symcount.layers.layer import Layer
from symcount.layers.projections import Projecting, Projection, weights_total
from symcount.layers.shape import Shape


class FeedForward(Projecting, token="FF", aliases=("mlp", "feedforward")):
    """Two dense layers over the channels, with an activation between them, at every place.

    Vaswani and others, Attention is all you need, 2017, section 3.3.
    """

    hidden: Size = size("h")
    bias: Size = flag("bias", default=1, added=True)
    lora: Any = ranks("in", "out")

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.hidden + (self.hidden + self.bias) * x.channels

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        return Projection(x.channels, self.hidden), Projection(self.hidden, x.channels)


class GatedLinearUnit(Projecting, token="GLU", aliases=("swiglu", "geglu", "reglu")):
    """A gated feed-forward layer: two dense layers multiplied value by value, and one back to the channels.

    Shazeer, GLU variants improve transformer, 2020: 3·c·h without biases.
    """

    hidden: Size = size("h")
    bias: Size = flag("bias", default=0, added=True)
    lora: Any = ranks("gate", "up", "down")

    def parameters(self, x: Shape) -> Size:
        biases = self.bias * (2 * self.hidden + x.channels)
        return weights_total(self.projections(x)) + biases

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        wide = Projection(x.channels, self.hidden)
        return wide, wide, Projection(self.hidden, x.channels)


class Router(Layer, token="router"):
    """The scores by which a mixture of experts chooses: a dense layer with a unit for each expert.

    ``moe(n)[…]`` has one; what arrives goes on unchanged.
    """

    experts: Size = size("n")
    bias: Size = flag("bias", default=0, added=True)

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.experts

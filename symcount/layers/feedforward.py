"""The layers between attentions: feed-forward, gated, and mixtures of experts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.arithmetic import Size, product
from symcount.layers.arguments import LayerError
from symcount.layers.constraints import AtLeastOne, Constraint
from symcount.layers.declarations import flag, ranks, size
from symcount.layers.kept import Kept
from symcount.layers.layer import Layer
from symcount.layers.projections import Projecting, Projection
from symcount.layers.reach import alone
from symcount.layers.sentences import Sentence, each_of, many, sentence
from symcount.layers.shape import Shape


class FeedForward(Projecting, token="FF", aliases=("mlp", "feedforward")):
    """Two dense layers over the channels, with an activation between them, at every place.

    Vaswani and others, Attention is all you need, 2017, section 3.3.
    """

    reach = alone

    noun = "feed-forward layer"

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        places = product(x.axes)
        return (
            Kept("its input", 2 * x.size),
            Kept("what enters the activation", 2 * (self.hidden * places)),
            Kept("what leaves the activation", 2 * (self.hidden * places)),
            Kept("mask of the dropout behind it", x.size),
        )

    hidden: Size = size("h", open_letter="m")
    bias: Size = flag("bias", default=1, added=True)
    lora: Any = ranks("in", "out")

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.hidden + (self.hidden + self.bias) * x.channels

    def biases(self, x: Shape) -> Size:
        return self.bias * (self.hidden + x.channels)

    def reason(self, x: Shape) -> Sentence:
        bias = "one bias for each value that either gives" if self.bias != 0 else "no bias"
        inner, outer = many(self.hidden, "value"), many(x.channels, "channel")
        return sentence("a dense layer from {} to {}, and one back; {}, the same at every place", outer, inner, bias)

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        return Projection(x.channels, self.hidden), Projection(self.hidden, x.channels)


class GatedLinearUnit(Projecting, token="GLU", aliases=("swiglu", "geglu", "reglu")):
    """A gated feed-forward layer: two dense layers multiplied value by value, and one back to the channels.

    Shazeer, GLU variants improve transformer, 2020: 3·c·h without biases.
    """

    reach = alone

    noun = "gated layer"

    hidden: Size = size("h", open_letter="m")
    bias: Size = flag("bias", default=0, added=True)
    lora: Any = ranks("gate", "up", "down")

    def parameters(self, x: Shape) -> Size:
        return 3 * x.channels * self.hidden + self.bias * (2 * self.hidden + x.channels)

    def biases(self, x: Shape) -> Size:
        return self.bias * (2 * self.hidden + x.channels)

    def reason(self, x: Shape) -> Sentence:
        bias = "one bias for each value that a matrix gives" if self.bias != 0 else "no bias"
        inner, outer = many(self.hidden, "value"), many(x.channels, "channel")
        return sentence("two matrices from {} to {}, gate and values, and one back; {}", outer, inner, bias)

    def projections(self, x: Shape) -> tuple[Projection, ...]:
        wide = Projection(x.channels, self.hidden)
        return wide, wide, Projection(self.hidden, x.channels)


class Experts(Layer, token="moe", aliases=("mixtureofexperts",)):
    """A mixture of experts: a router with a score for each, and a block as many times, written ``moe(8,top=2)[…]``.

    The router's parameters are the rule here, ``bias=on`` gives it one for each expert; the block
    counts n times, and ``shared`` more that every token meets. Of the n each token meets ``top``
    (Shazeer and others, Outrageously large neural networks, 2017; shared ones: DeepSeekMoE, 2024).
    """

    reach = alone

    noun = "router"

    experts: Size = size("e")
    top: Size = size("top", named_only=True)
    shared: Size = size("shared", default=0, least=0, named_only=True)
    bias: Size = flag("bias", default=0, added=True, named_only=True)

    def output(self, x: Shape) -> Shape:
        if isinstance(self.top, int) and isinstance(self.experts, int) and self.top > self.experts:
            message = f"top (={self.top}) is more than there are experts (={self.experts})"
            raise LayerError("too-many-experts", message, argument="top")
        return x

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield AtLeastOne(self.experts - self.top + 1)

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.experts

    def biases(self, x: Shape) -> Size:
        return self.bias * self.experts

    def macs(self, x: Shape, y: Shape) -> Size:
        return x.channels * self.experts * product(x.axes)

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.parameters(x) * product(x.axes)

    def held(self, x: Shape, y: Shape) -> Size:
        return self.experts * product(x.axes)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("every token has a score for each expert: each weight is met at every place")

    def reason(self, x: Shape) -> Sentence:
        words = "the router: a score for {}, with a weight for {}"
        return sentence(words, each_of(self.experts, "expert"), each_of(x.channels, "channel"))

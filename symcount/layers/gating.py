"""Layers that weigh the channels by what stands in all of them."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size
from symcount.layers.arguments import SAME, LayerError
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import flag, size
from symcount.layers.inside import taps_inside
from symcount.layers.layer import Layer
from symcount.layers.reach import whole
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, every, many, sentence, with_bias
from symcount.layers.shape import Shape


class SqueezeExcitation(Layer, token="SE", aliases=("squeezeexcitation",)):
    """A squeeze and excitation: the means of all channels through a dense layer of ``r``, back to a factor for each.

    Hu, Shen and Sun, Squeeze-and-excitation networks, 2018.
    """

    reach = whole

    noun = "squeeze and excitation"

    squeezed: Size = size("r")
    bias: Size = flag("bias", default=1, added=True)

    def parameters(self, x: Shape) -> Size:
        return (x.channels + self.bias) * self.squeezed + (self.squeezed + self.bias) * x.channels

    def biases(self, x: Shape) -> Size:
        return self.bias * (self.squeezed + x.channels)

    def macs(self, x: Shape, y: Shape) -> Size:
        return x.channels * self.squeezed + self.squeezed * x.channels

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.parameters(x)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("each weight is met once, behind the means; the factors are not counted")

    def reason(self, x: Shape) -> Sentence:
        words = "one dense layer squeezes {} into {}, another gives a factor for each channel; {}"
        return sentence(words, every(x.channels, "channel"), many(self.squeezed, "unit"), with_bias(self.bias, "unit"))


class ChannelAttention(Layer, token="ECA", aliases=("efficientchannelattention",)):
    """An efficient channel attention: the means of all channels through one window of ``k`` neighbours, and no bias.

    Wang and others, ECA-Net: efficient channel attention for deep convolutional neural networks, 2020.
    """

    reach = whole

    noun = "channel attention"

    kernel: Size = size("k")

    def output(self, x: Shape) -> Shape:
        if isinstance(self.kernel, int) and self.kernel % 2 == 0:
            message = f"a window of {self.kernel} has no middle, and ECA keeps the channels"
            raise LayerError("even-kernel", message, hint="its kernel is odd", argument="kernel")
        return x

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        if not isinstance(self.kernel, int):
            yield Divisible(2, self.kernel - 1, "2", "kernel - 1")

    def parameters(self, x: Shape) -> Size:
        return self.kernel

    biases = none("its window has no bias")

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.kernel * x.channels

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        return taps_inside(x.channels, x.channels, self.kernel, 1, SAME, 1)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("the window slides over the means of the channels; the factors are not counted")

    def reason(self, x: Shape) -> Sentence:
        return sentence(
            "one window over {} that stand beside each other, the same everywhere", many(self.kernel, "mean")
        )

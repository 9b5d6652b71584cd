"""Layers that weigh the channels by what stands in all of them."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.layers.declarations import flag, size
from symcount.layers.layer import Layer
from symcount.layers.reach import whole
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

"""Convolutions of each channel by itself: depthwise, and separable ones, which mix the channels afterwards."""

from __future__ import annotations

from symcount.arithmetic import Size, product
from symcount.layers.arguments import CAUSAL, SAME, Padding
from symcount.layers.convolution import Convolving, at_every
from symcount.layers.declarations import flag, padding, size, sizes
from symcount.layers.sentences import Sentence, each_of, every, many, sentence, with_bias
from symcount.layers.shape import Shape
from symcount.layers.windows import Windowed


class Depthwise(Windowed, token="DW", aliases=("depthwise", "depthwiseconv", "dwconv")):
    """A depthwise convolution: each channel has its own ``m`` windows, and sees no other channel."""

    noun = "depthwise convolution"

    kernel: tuple[Size, ...] = sizes("k")
    stride: tuple[Size, ...] = sizes("s", default=1)
    padding: tuple[Padding, ...] = padding(SAME, CAUSAL)
    dilation: tuple[Size, ...] = sizes("d", default=1)
    bias: Size = flag("bias", default=1, added=True)
    multiplier: Size = size("m", default=1, named_only=True)

    def output(self, x: Shape) -> Shape:
        return Shape(self.multiplier * x.channels, self.positions(x))

    def parameters(self, x: Shape) -> Size:
        return (product(self.kernel) + self.bias) * self.multiplier * x.channels

    def biases(self, x: Shape) -> Size:
        return self.bias * self.multiplier * x.channels

    def reason(self, x: Shape) -> Sentence:
        windows = many(self.multiplier, "window")
        words = "{} has {} of {} and sees no other channel; {}"
        return sentence(words, each_of(x.channels, "channel"), windows, self.kernel, with_bias(self.bias, "window"))

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.weights(x) * product(y.axes)

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        return self.taps(x, y) * self.multiplier * x.channels

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.macs_inside(x, y) + self.bias * y.size

    def work(self, x: Shape, y: Shape) -> Sentence:
        return at_every(y, "output")


class Separable(Convolving, token="SC", aliases=("sepconv", "separableconv")):
    """A separable convolution: a depthwise one without bias, then a convolution of kernel 1 over the channels.

    As in Keras' SeparableConv2D, the one bias is that of the second part.
    """

    noun = "separable convolution"

    bias: Size = flag("bias", default=1, added=True)
    multiplier: Size = size("m", default=1, named_only=True)

    def parameters(self, x: Shape) -> Size:
        middle = self.multiplier * x.channels
        return product(self.kernel) * middle + (middle + self.bias) * self.filters

    def biases(self, x: Shape) -> Size:
        return self.bias * self.filters

    def reason(self, x: Shape) -> Sentence:
        mixed = every(self.multiplier * x.channels, "map")
        words = "first {} of {} for {}, without a bias; then {} mixes {}; {}"
        windows, channels = many(self.multiplier, "window"), each_of(x.channels, "channel")
        filters, bias = each_of(self.filters, "filter"), with_bias(self.bias, "filter")
        return sentence(words, windows, self.kernel, channels, filters, mixed, bias)

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.weights(x) * product(y.axes)

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        middle = self.multiplier * x.channels
        return self.taps(x, y) * middle + middle * self.filters * product(y.axes)

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.macs_inside(x, y) + self.bias * y.size

    def work(self, x: Shape, y: Shape) -> Sentence:
        return at_every(y, "output")

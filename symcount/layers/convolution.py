"""Convolutions: plain, locally connected, transposed, depthwise and separable."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product, ratio
from symcount.layers.arguments import CAUSAL, SAME, LayerError, Padding, Word
from symcount.layers.constraints import AtLeastOne, Constraint, Divisible
from symcount.layers.declarations import flag, padding, size, sizes
from symcount.layers.layer import Layer
from symcount.layers.sentences import Sentence, each_of, every, listed, many, sentence, window, with_bias
from symcount.layers.shape import Shape
from symcount.layers.windows import Windowed, extent, option, over_axes, padded


class _Convolving(Windowed):
    """A window of weights that slides over every axis."""

    filters: Size = size("f")
    kernel: tuple[Size, ...] = sizes("k")
    stride: tuple[Size, ...] = sizes("s", default=1)
    padding: tuple[Padding, ...] = padding(SAME, CAUSAL)
    dilation: tuple[Size, ...] = sizes("d", default=1)

    def output(self, x: Shape) -> Shape:
        return Shape(self.filters, self.positions(x))


class _Grouped(_Convolving):
    """A convolution whose channels may be parted into groups."""

    groups: Size = size("g", default=1)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")
        yield Divisible(self.groups, self.filters, "groups", "filters")

    def seen(self, x: Shape) -> Sentence:
        """Return what a filter sees: every channel, or those of its group."""
        if isinstance(self.groups, int) and self.groups == 1:
            return every(x.channels, "channel")
        return sentence("the {} of its group", many(ratio(x.channels, self.groups), "channel"))


class Convolution(_Grouped, token="C", aliases=("conv", "convolution", "lazyconv")):
    """A convolution over every axis of its input: each filter is one window over all channels of its group.

    ``links`` is the number of links of a partial connection table, from channels to filters, in
    place of ``c·f/g`` (LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to
    document recognition, 1998, table I).
    """

    noun = "convolution"

    bias: Size = flag("bias", default=1, added=True)
    links: Size | None = size("links", default=None, named_only=True)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield from super().constraints(x)
        if self.links is None:
            return
        most = x.channels * ratio(self.filters, self.groups)
        if isinstance(self.links, int) and isinstance(most, int) and self.links > most:
            message = f"links (={self.links}) are more than the {most} that there are, c·f/g"
            raise LayerError("too-many-links", message, argument="links")
        yield AtLeastOne(most - self.links + 1)

    def parameters(self, x: Shape) -> Size:
        window = product(self.kernel)
        if self.links is not None:
            return window * self.links + self.bias * self.filters
        return (window * ratio(x.channels, self.groups) + self.bias) * self.filters

    def biases(self, x: Shape) -> Size:
        return self.bias * self.filters

    def reason(self, x: Shape) -> Sentence:
        bias = with_bias(self.bias, "filter")
        if self.links is not None:
            linked = many(self.links, "link")
            return sentence(
                "{} from channels to filters, each with {} of its own; {}", linked, window(self.kernel), bias
            )
        return sentence(
            "{} sees {} through {}; {}", each_of(self.filters, "filter"), self.seen(x), window(self.kernel), bias
        )


class LocallyConnected(_Grouped, token="LC", aliases=("local", "locallyconnected")):
    """A convolution that shares nothing: every place has weights of its own.

    ``bias=on`` is one for each unit, ``bias=map`` one for each map.
    """

    noun = "locally connected layer"

    bias: Size | Word = flag("bias", default=1, words=("map",), added=True)

    def parameters(self, x: Shape) -> Size:
        places = product(self.positions(x))
        window = product(self.kernel) * ratio(x.channels, self.groups)
        if isinstance(self.bias, Word):
            return places * window * self.filters + self.filters
        return places * (window + self.bias) * self.filters

    def biases(self, x: Shape) -> Size:
        if isinstance(self.bias, Word):
            return self.filters
        return product(self.positions(x)) * self.bias * self.filters

    def reason(self, x: Shape) -> Sentence:
        filters, seen = each_of(self.filters, "filter"), self.seen(x)
        bias = (
            sentence("one bias for each map")
            if isinstance(self.bias, Word)
            else with_bias(self.bias, "place and filter")
        )
        words = "nothing is shared: at every place {} sees {} through {} of its own; {}"
        return sentence(words, filters, seen, window(self.kernel), bias)


class Transposed(Layer, token="T", aliases=("convt", "deconv", "convtranspose")):
    """A transposed convolution: every value of its input paints a window of the output.

    The output size follows PyTorch's ConvTranspose2d; with ``p=same`` it is ``n·s``, as in Keras.
    """

    noun = "transposed convolution"

    filters: Size = size("f")
    kernel: tuple[Size, ...] = sizes("k")
    stride: tuple[Size, ...] = sizes("s", default=1)
    padding: tuple[Padding, ...] = padding(SAME)
    output_padding: tuple[Size, ...] = sizes("op", default=0, least=0)
    dilation: tuple[Size, ...] = sizes("d", default=1)
    groups: Size = size("g", default=1)
    bias: Size = flag("bias", default=1, added=True)

    def output(self, x: Shape) -> Shape:
        rows = zip(
            over_axes(self, x),
            self.kernel,
            self.stride,
            self.padding,
            self.output_padding,
            self.dilation,
            strict=True,
        )
        return Shape(self.filters, tuple(_painted(*row) for row in rows))

    def parameters(self, x: Shape) -> Size:
        return product(self.kernel) * x.channels * ratio(self.filters, self.groups) + self.bias * self.filters

    def biases(self, x: Shape) -> Size:
        return self.bias * self.filters

    def reason(self, x: Shape) -> Sentence:
        shared = isinstance(self.groups, int) and self.groups == 1
        filters = each_of(self.filters if shared else ratio(self.filters, self.groups), "filter")
        filters = filters if shared else sentence("{} of its group", filters)
        words = "every channel paints {} through {}; {}"
        return sentence(words, filters, window(self.kernel), with_bias(self.bias, "filter"))

    def fit(self, x: Shape) -> Sentence:
        return listed((padded(self.padding), option("stride", self.stride), option("dilation", self.dilation)))

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")
        yield Divisible(self.groups, self.filters, "groups", "filters")


def _painted(n: Size, kernel: Size, stride: Size, pad: Padding, more: Size, dilation: Size) -> Size:
    """The output size of a transposed convolution along one axis."""
    if isinstance(pad, Word):
        if not (isinstance(more, int) and more == 0):
            raise LayerError("bad-argument", "output_padding has no meaning with p=same", argument="output_padding")
        return n * stride
    return (n - 1) * stride + extent(kernel, dilation) - 2 * pad + more


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


class Separable(_Convolving, token="SC", aliases=("sepconv", "separableconv")):
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

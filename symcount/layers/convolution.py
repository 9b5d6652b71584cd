"""Convolutions: plain and locally connected."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product, ratio
from symcount.layers.arguments import CAUSAL, SAME, LayerError, Padding, Word
from symcount.layers.constraints import AtLeastOne, Constraint, Divisible
from symcount.layers.declarations import flag, padding, size, sizes
from symcount.layers.sentences import Sentence, each_of, every, many, sentence, window, with_bias
from symcount.layers.shape import Shape
from symcount.layers.windows import Windowed


class Convolving(Windowed):
    """A window of weights that slides over every axis."""

    filters: Size = size("f")
    kernel: tuple[Size, ...] = sizes("k")
    stride: tuple[Size, ...] = sizes("s", default=1)
    padding: tuple[Padding, ...] = padding(SAME, CAUSAL)
    dilation: tuple[Size, ...] = sizes("d", default=1)

    def output(self, x: Shape) -> Shape:
        return Shape(self.filters, self.positions(x))


class _Grouped(Convolving):
    """A convolution whose channels may be parted into groups."""

    groups: Size = size("g", default=1)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")
        yield Divisible(self.groups, self.filters, "groups", "filters")

    def sees(self, x: Shape) -> Sentence:
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
            "{} sees {} through {}; {}", each_of(self.filters, "filter"), self.sees(x), window(self.kernel), bias
        )

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.weights(x) * product(y.axes)

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        if not self.is_padded:
            return self.macs(x, y)
        pairs = self.links if self.links is not None else ratio(x.channels, self.groups) * self.filters
        return self.taps(x, y) * pairs

    def connections(self, x: Shape, y: Shape) -> Size:
        if not self.is_padded:
            return self.parameters(x) * product(y.axes)
        return self.macs_inside(x, y) + self.bias * y.size

    def work(self, x: Shape, y: Shape) -> Sentence:
        return at_every(y, "output")


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
        filters, seen = each_of(self.filters, "filter"), self.sees(x)
        bias = (
            sentence("one bias for each map")
            if isinstance(self.bias, Word)
            else with_bias(self.bias, "place and filter")
        )
        words = "nothing is shared: at every place {} sees {} through {} of its own; {}"
        return sentence(words, filters, seen, window(self.kernel), bias)

    def macs(self, x: Shape, y: Shape) -> Size:
        return product(y.axes) * product(self.kernel) * ratio(x.channels, self.groups) * self.filters

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        return self.taps(x, y) * ratio(x.channels, self.groups) * self.filters

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.macs_inside(x, y) + (y.size if isinstance(self.bias, Word) else self.bias * y.size)

    def work(self, x: Shape, y: Shape) -> Sentence:
        return sentence("every place has weights of its own: each is met once")


def at_every(shape: Shape, of: str) -> Sentence:
    """Return how often each weight is met: once at every place of a shape."""
    places = each_of(product(shape.axes), f"place of the {of}", f"places of the {of}")
    return sentence("each weight is met once at {}", places)

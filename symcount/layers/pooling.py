"""Poolings: over windows, to a given size, and over everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from symcount.arithmetic import IndexedSum, Size, Symbol, ceil_div, maximum, minimum, product
from symcount.layers.arguments import SAME, From, LayerError, Padding, Word
from symcount.layers.declarations import flag, padding, sizes
from symcount.layers.inside import lettered_taps, taps_inside
from symcount.layers.layer import Layer
from symcount.layers.reach import Along, Chosen, Reach, Window, whole
from symcount.layers.rules import none
from symcount.layers.sentences import SILENT, Sentence, each_of, listed, sentence
from symcount.layers.shape import Shape
from symcount.layers.windows import Windowed, extent, over_axes
from symcount.records import replace


class Pooling(Windowed, token="P", aliases=("pool", "MP", "maxpool", "maxpooling")):
    """A max pooling: the largest value of each window, channel by channel.

    ``ceil=on`` rounds the output up, as PyTorch does: the last window must start inside the input
    or its left padding. ``weight=on`` and ``bias=on`` give each channel a learned coefficient and
    a learned offset, the subsampling of LeNet-5 (LeCun and others, 1998).
    """

    noun = "max pooling"
    taken: ClassVar[str] = "the largest value"

    kernel: tuple[Size, ...] = sizes("k", open_letter="p")
    stride: tuple[Size, ...] = sizes("s", default=From("kernel"))
    padding: tuple[Padding, ...] = padding(SAME)
    dilation: tuple[Size, ...] = sizes("d", default=1)
    ceil: Size = flag("ceil", default=0, counted=False)
    weight: Size = flag("weight", default=0)
    bias: Size = flag("bias", default=0, added=True)

    def output(self, x: Shape) -> Shape:
        if not self.ceil:
            return Shape(x.channels, self.positions(x))
        rows = zip(over_axes(self, x), self.kernel, self.stride, self.padding, self.dilation, strict=True)
        return Shape(x.channels, tuple(_rounded_up(*row) for row in rows))

    def parameters(self, x: Shape) -> Size:
        return (self.weight + self.bias) * x.channels

    def biases(self, x: Shape) -> Size:
        return self.bias * x.channels

    macs = none("a pooling is not counted, nor is the coefficient of a subsampling")

    def connections(self, x: Shape, y: Shape) -> Size:
        if not (self.ceil or self.is_padded):
            return (product(self.kernel) + self.bias) * y.size
        rows = zip(x.axes, y.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        seen = product(lettered_taps(taps_inside(*row, cut=bool(self.ceil)), row[2]) for row in rows)
        return seen * x.channels + self.bias * y.size

    def reason(self, x: Shape) -> Sentence:
        learned = listed((_learned("coefficient", self.weight), _learned("offset", self.bias)), " and ")
        if learned:
            return sentence("{} has {}, shared by all its windows", each_of(x.channels, "channel"), learned)
        return sentence(f"{self.taken} of each window is taken: there is nothing to learn")

    def reach(self, x: Shape) -> Reach:
        rows = zip(super().reach(x) or (), self.padding, strict=True)
        return tuple(_rounded_room(window, pad) for window, pad in rows) if self.ceil else super().reach(x)

    def fit(self, x: Shape) -> Sentence:
        return listed((super().fit(x), sentence("rounded up") if self.ceil else SILENT))

    def notes(self, x: Shape) -> Iterator[str]:
        return iter(()) if self.ceil else super().notes(x)


def _windows_chosen(n: Size, target: Size) -> Size:
    """How many values the windows of an adaptive pooling see along one axis: each from ⌊i·n/a⌋ to ⌈(i + 1)·n/a⌉."""
    if isinstance(target, int):
        return sum(ceil_div((i + 1) * n, target) - i * n // target for i in range(target))
    i = Symbol("i'")  # no text can write it: a size may be called i
    return IndexedSum(i, 0, target - 1, ceil_div((i + 1) * n, target) - i * n // target)


def _learned(what: str, number: Size) -> Sentence:
    if isinstance(number, int):
        return sentence(f"one learned {what}") if number else SILENT
    return sentence("{} learned {}", number, what)


def _rounded_room(window: Along, pad: Padding) -> Window:
    """The window of a pooling that rounds up, for which an axis is long enough where its last place begins inside."""
    assert isinstance(window, Window)
    assert not isinstance(pad, Word)
    return replace(window, room=maximum(window.room - window.stride + 1, 1 - pad))


def _rounded_up(n: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size) -> Size:
    """The output size of a pooling that rounds up, along one axis."""
    if isinstance(pad, Word):
        raise LayerError("bad-argument", "ceil=on has no meaning with p=same, which rounds up already", argument="ceil")
    fitted = ceil_div(n + 2 * pad - extent(kernel, dilation), stride) + 1
    return minimum(fitted, (n + pad - 1) // stride + 1)


class AveragePooling(Pooling, token="AP", aliases=("avgpool", "averagepooling", "avgpooling")):
    """An average pooling: the mean of each window, channel by channel."""

    noun = "average pooling"
    taken = "the mean"


class GlobalAveragePooling(Layer, token="GAP", aliases=("globalavgpool", "globalaveragepooling")):
    """A global average pooling: the mean of each channel, as a vector."""

    reach = whole

    noun = "global average pooling"

    parameters = biases = macs = none("the mean of each channel is taken")

    def output(self, x: Shape) -> Shape:
        over_axes(self, x)
        return Shape(x.channels)

    def connections(self, x: Shape, y: Shape) -> Size:
        return x.size


class GlobalMaxPooling(GlobalAveragePooling, token="GMP", aliases=("globalmaxpool", "globalmaxpooling")):
    """A global max pooling: the largest value of each channel, as a vector."""

    noun = "global max pooling"

    parameters = biases = macs = none("the largest value of each channel is taken")


class AdaptiveAveragePooling(Layer, token="AAP", aliases=("adaptiveavgpool", "adaptiveaveragepooling")):
    """An average pooling whose windows are chosen so that the output has the size given."""

    noun = "adaptive average pooling"

    target: tuple[Size, ...] = sizes("a")

    parameters = biases = macs = none("the mean of each window is taken")

    def output(self, x: Shape) -> Shape:
        over_axes(self, x)
        return Shape(x.channels, self.target)

    def reach(self, x: Shape) -> Reach:
        return tuple(map(Chosen, self.target))

    def connections(self, x: Shape, y: Shape) -> Size:
        return x.channels * product(map(_windows_chosen, x.axes, self.target))


class AdaptiveMaxPooling(AdaptiveAveragePooling, token="AMP", aliases=("adaptivemaxpool", "adaptivemaxpooling")):
    """A max pooling whose windows are chosen so that the output has the size given."""

    noun = "adaptive max pooling"

    parameters = biases = macs = none("the largest value of each window is taken")


class RegionPooling(Layer, token="roi", aliases=("roipool", "roialign")):
    """A pooling of one region of an image to the size given; what stands behind it is counted for one region.

    Girshick, Fast R-CNN, 2015 (RoI pooling); He, Gkioxari, Dollár and Girshick, Mask R-CNN, 2017 (RoI align).
    """

    reach = whole

    noun = "pooling of a region"

    target: tuple[Size, ...] = sizes("a")

    parameters = biases = macs = none("the values of a region are pooled")
    connections = none("how many values are seen depends on the region")

    def output(self, x: Shape) -> Shape:
        over_axes(self, x)
        return Shape(x.channels, self.target)

    def rooms(self, x: Shape) -> Reach:
        return tuple(map(Chosen, self.target))

"""Transposed convolutions, which paint windows of the output."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, is_number, maximum, product, ratio
from symcount.layers.arguments import SAME, ByConvention, LayerError, Padding, Word
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.conventions import STRIDES_FILLED
from symcount.layers.convolution import at_every
from symcount.layers.declarations import flag, padding, size, sizes
from symcount.layers.inside import taps_inside
from symcount.layers.layer import Layer
from symcount.layers.reach import Painted, Reach
from symcount.layers.sentences import Sentence, each_of, listed, sentence, window, with_bias
from symcount.layers.shape import Shape
from symcount.layers.windows import extent, option, over_axes, padded


class Transposed(Layer, token="T", aliases=("convt", "deconv", "convtranspose")):
    """A transposed convolution: every value of its input paints a window of the output.

    The output size follows PyTorch's ConvTranspose2d; with ``p=same`` it is ``n·s``, as in Keras. Where a stride is
    larger than the kernel, ``fill=on`` leaves a whole stride for the last value too, as Keras does.
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
    fill: Size = flag("fill", default=ByConvention(STRIDES_FILLED), counted=False, named_only=True)

    def output(self, x: Shape) -> Shape:
        rows = zip(over_axes(self, x), self.stride, self.padding, self.output_padding, self.painted, strict=True)
        return Shape(self.filters, tuple(_painted(*row) for row in rows))

    @property
    def painted(self) -> tuple[Size, ...]:
        """How much of each axis of the output the last value paints."""
        extents = map(extent, self.kernel, self.dilation)
        return tuple(map(maximum, extents, self.stride) if self.fill else extents)

    def parameters(self, x: Shape) -> Size:
        return product(self.kernel) * x.channels * ratio(self.filters, self.groups) + self.bias * self.filters

    def biases(self, x: Shape) -> Size:
        return self.bias * self.filters

    def reach(self, x: Shape) -> Reach:
        rows = zip(
            self.kernel, self.stride, self.padding, self.dilation, self.output_padding, self.painted, strict=True
        )
        return tuple(Painted(k, s, _cut(k, s, pad, d), d, _more(s, pad, op, last)) for k, s, pad, d, op, last in rows)

    def notes(self, x: Shape) -> Iterator[str]:
        rows = zip(map(extent, self.kernel, self.dilation), self.stride, self.padding, strict=True)
        if self.fill and any(_is_less(*sizes) for *sizes, pad in rows if not isinstance(pad, Word)):
            yield "the last value has a whole stride, as in Keras (PyTorch ends with its window)"

    def reason(self, x: Shape) -> Sentence:
        shared = is_number(self.groups, 1)
        filters = each_of(self.filters if shared else ratio(self.filters, self.groups), "filter")
        filters = filters if shared else sentence("{} of its group", filters)
        words = "every channel paints {} through {}; {}"
        return sentence(words, filters, window(self.kernel), with_bias(self.bias, "filter"))

    def macs(self, x: Shape, y: Shape) -> Size:
        return self.weights(x) * product(x.axes)

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        rows = zip(y.axes, x.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        return product(map(_painted_inside, *zip(*rows, strict=True))) * x.channels * ratio(self.filters, self.groups)

    def connections(self, x: Shape, y: Shape) -> Size:
        return self.macs_inside(x, y) + self.bias * y.size

    def work(self, x: Shape, y: Shape) -> Sentence:
        return at_every(x, "input")

    def fit(self, x: Shape) -> Sentence:
        return listed((padded(self.padding), option("stride", self.stride), option("dilation", self.dilation)))

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")
        yield Divisible(self.groups, self.filters, "groups", "filters")


def _is_less(one: Size, other: Size) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one < other


def _painted(n: Size, stride: Size, pad: Padding, more: Size, last: Size) -> Size:
    """The output size of a transposed convolution along one axis."""
    if isinstance(pad, Word):
        if not (is_number(more, 0)):
            raise LayerError("bad-argument", "output_padding has no meaning with p=same", argument="output_padding")
        return n * stride
    return (n - 1) * stride + last - 2 * pad + more


def _painted_inside(m: Size, n: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size) -> Size:
    """How many taps of the windows that are painted along one axis fall on the output, and are not cut off."""
    before = _cut(kernel, stride, pad, dilation)
    none_cut = not isinstance(pad, Word) or _fits(extent(kernel, dilation), stride)
    if none_cut and is_number(before, 0):
        return n * kernel
    return taps_inside(m, n, kernel, stride, before, dilation, cut=True)


def _fits(extent: Size, stride: Size) -> bool:
    """Whether a window is certain not to reach the next one."""
    return extent == stride or (isinstance(extent, int) and isinstance(stride, int) and extent <= stride)


def _more(stride: Size, pad: Padding, added: Size, last: Size) -> Size:
    """How much longer than its strides an axis of the output is."""
    return 0 if isinstance(pad, Word) else last - stride - 2 * pad + added


def _cut(kernel: Size, stride: Size, pad: Padding, dilation: Size) -> Size:
    """How much is cut off before the first value along one axis."""
    return maximum(0, extent(kernel, dilation) - stride) // 2 if isinstance(pad, Word) else pad

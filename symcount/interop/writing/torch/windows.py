"""Windows that slide, as PyTorch has them: convolutions, transposed ones, poolings, with their padding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.arithmetic import Size
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch.making import TorchMaking
from symcount.interop.writing.windows import MOST_AXES, Pair, keeps_its_size, output_paddings, pads, rank_of
from symcount.layers import Word
from symcount.layers.windows import extent
from symcount.trace import Step


class Windows(TorchMaking):
    """The modules of layers with windows."""

    def convolution(self, step: Step, filters: Size, groups: Size, *, counts: bool = True) -> tuple[Module, ...]:
        """Return a convolution, behind a padding of its own where PyTorch's cannot say it."""
        layer: Any = step.layer
        before, padding = self._padding(step, most=None)
        arguments = (
            self.sizes.size(step.input.channels, "in_channels"),
            self.sizes.size(filters, "out_channels"),
            self.sizes.each(layer.kernel, "kernel_size"),
            self.sizes.each(layer.stride, "stride", "stride", 1),
            padding,
            self.sizes.each(layer.dilation, "dilation", "dilation", 1),
            self.sizes.size(groups, "groups", "groups", 1),
            flag(layer.bias, "bias", True),
        )
        name = f"nn.Conv{rank_of(self, step)}d"
        return (*before, Module(name, arguments, step, "conv", counts=counts))

    def transposed(self, step: Step) -> Module:
        """Return a transposed convolution."""
        layer: Any = step.layer
        rows = zip(layer.kernel, layer.stride, layer.padding, output_paddings(layer), layer.dilation, strict=True)
        cuts = [_cut(step, *row) for row in rows]
        arguments = (
            self.sizes.size(step.input.channels, "in_channels"),
            self.sizes.size(layer.filters, "out_channels"),
            self.sizes.each(layer.kernel, "kernel_size"),
            self.sizes.each(layer.stride, "stride", "stride", 1),
            self.sizes.each([cut for cut, _ in cuts], "padding", "padding", 0),
            self.sizes.each([more for _, more in cuts], "output_padding", "output_padding", 0),
            self.sizes.size(layer.groups, "groups", "groups", 1),
            flag(layer.bias, "bias", True),
            self.sizes.each(layer.dilation, "dilation", "dilation", 1),
        )
        name = f"nn.ConvTranspose{rank_of(self, step)}d"
        return Module(name, arguments, step, "up", counts=True)

    def pooling(self, step: Step, *, largest: bool) -> tuple[Module, ...]:
        """Return a pooling, behind a padding of its own where PyTorch's cannot say it."""
        layer: Any = step.layer
        if not largest and any(each != 1 for each in layer.dilation):
            raise lacking(step, "PyTorch's average pooling has no dilation", "leave d out, or take the maximum, P")
        before, padding = self._padding(step, most=[kernel // 2 for kernel in layer.kernel], filled=largest)
        if before and layer.ceil:
            raise lacking(step, "PyTorch pads a pooling by at most half of its kernel", "put pad(…) before it")
        stride = self.sizes.each(layer.stride, "stride", "stride")
        kernel = self.sizes.each(layer.kernel, "kernel_size")
        arguments = (
            kernel,
            Argument(stride.text, "stride", kernel.text, "stride", stride.is_open),
            padding,
            *([self.sizes.each(layer.dilation, "dilation", "dilation", 1)] if largest else []),
            flag(layer.ceil, "ceil_mode", False),
        )
        name = f"nn.{'Max' if largest else 'Avg'}Pool{rank_of(self, step)}d"
        return (*before, Module(name, arguments, step, "pool"))

    def _padding(
        self, step: Step, most: Sequence[Size] | None, *, filled: bool = False
    ) -> tuple[tuple[Module, ...], Argument]:
        """A module that pads where that is needed, and the padding that the layer itself is given."""
        layer: Any = step.layer
        none = Argument("0", "padding", "0", "padding")
        if most is None and all(map(keeps_its_size, layer.padding, layer.kernel, layer.stride, layer.dilation)):
            return (), Argument('"same"', "padding", "0", "padding")
        pairs = pads(step)
        within = most is None or all(_fits(pad, half) for (pad, _), half in zip(pairs, most, strict=True))
        if most is not None and not filled and step.input.rank == MOST_AXES:
            # an average over three axes refuses an input that is smaller than the kernel, however it is padded
            within = within and all(map(_fits, layer.kernel, step.input.axes))
        if within and all(self.sizes.text(one) == self.sizes.text(other) for one, other in pairs):
            return (), self.sizes.each([one for one, _ in pairs], "padding", "padding", 0)
        return (self.bordered(step, pairs, filled=filled),), none

    def bordered(self, step: Step, pairs: Sequence[Pair], *, filled: bool = False) -> Module:
        """Return a module that adds a border, or cuts one off where it is below 0."""
        sides = [side for pair in reversed(pairs) for side in pair]
        border = self.sizes.each(sides, "padding")
        if filled:
            value = Argument('float("-inf")')
            return Module(f"nn.ConstantPad{rank_of(self, step)}d", (border, value), step, "pad")
        return Module(f"nn.ZeroPad{rank_of(self, step)}d", (border,), step, "pad")


def _fits(pad: Size, most: Size) -> bool:
    return not (isinstance(pad, int) and isinstance(most, int)) or pad <= most


def _cut(step: Step, kernel: Size, stride: Size, pad: Size | Word, more: Size, dilation: Size) -> Pair:
    """The padding and the output padding of a transposed convolution along one axis."""
    reach = extent(kernel, dilation)
    if isinstance(pad, Word):
        if not (isinstance(reach, int) and isinstance(stride, int)):
            raise lacking(step, "what p=same cuts off depends on open sizes", "give kernel and stride numbers")
        pad = max(0, -(-(reach - stride) // 2))
        more = stride - reach + 2 * pad
    sizes = (more, stride, dilation)
    known = [size for size in sizes if isinstance(size, int)]
    if len(known) == len(sizes) and more != 0 and known[0] >= max(known[1:]):
        raise lacking(step, f"PyTorch wants output_padding (={more}) smaller than stride or dilation")
    return pad, more

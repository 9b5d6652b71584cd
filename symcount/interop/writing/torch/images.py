"""PyTorch's layers that have the channels first: those of images, and of other things with axes."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import product
from symcount.interop.writing.framework import FIRST, lacking
from symcount.interop.writing.making import Made, step_with
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch.windows import Windows
from symcount.interop.writing.windows import borders, rank_of
from symcount.trace import Step


class ImageLayers(Windows):
    """Makes convolutions, poolings, and normalisations over places."""

    def _depthwise(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.convolution(step, layer.multiplier * step.input.channels, step.input.channels)

    def _separable(self, step: Step) -> Made:
        layer: Any = step.layer
        middle = layer.multiplier * step.input.channels
        *before, depthwise = self.convolution(step_with(step, bias=0), middle, step.input.channels, counts=False)
        channels, _, *window = depthwise.arguments[:6]
        filters, multiplier = self.sizes.size(layer.filters, "filters"), layer.multiplier
        last = self.sizes.size(multiplier, "multiplier", "multiplier", 1), flag(layer.bias, "bias", True)
        arguments = (channels, filters, *window, *last)
        name = f"SeparableConv{rank_of(self, step)}d"
        return (*before, Module(name, arguments, step, "conv", counts=True))

    def _transposed(self, step: Step) -> Made:
        return (self.transposed(step),)

    def _adaptive(self, step: Step, kind: str, target: Argument) -> Module:
        name = f"nn.Adaptive{kind}Pool{rank_of(self, step)}d"
        return Module(name, (target,), step, "pool")

    def _global_average(self, step: Step) -> Made:
        return self._adaptive(step, "Avg", Argument("1")), Module("nn.Flatten", (), step, "flatten")

    def _global_max(self, step: Step) -> Made:
        return self._adaptive(step, "Max", Argument("1")), Module("nn.Flatten", (), step, "flatten")

    def _adaptive_average(self, step: Step) -> Made:
        layer: Any = step.layer
        return (self._adaptive(step, "Avg", self.sizes.each(layer.target, "output_size")),)

    def _adaptive_max(self, step: Step) -> Made:
        layer: Any = step.layer
        return (self._adaptive(step, "Max", self.sizes.each(layer.target, "output_size")),)

    def _upsampling(self, step: Step) -> Made:
        layer: Any = step.layer
        rank_of(self, step)
        factor = self.sizes.each(layer.factor, "scale_factor", "scale_factor")
        return self.one(step, "nn.Upsample", factor, word="upsample", counts=False)

    def _resized(self, step: Step) -> Made:
        layer: Any = step.layer
        rank_of(self, step)
        size = self.sizes.each(layer.target, "size", "size")
        return self.one(step, "nn.Upsample", size, word="resize", counts=False)

    def _cropped(self, step: Step) -> Made:
        return (self.bordered(step, borders(step, -1)),)

    def _shuffled(self, step: Step) -> Made:
        layer: Any = step.layer
        if not step.input.axes:
            raise lacking(step, "PyTorch shuffles the channels of what has axes")
        return self.one(
            step, "nn.ChannelShuffle", self.sizes.size(layer.groups, "groups"), word="shuffle", counts=False
        )

    def _space_to_depth(self, step: Step) -> Made:
        return self._blocks(step, "nn.PixelUnshuffle")

    def _depth_to_space(self, step: Step) -> Made:
        return self._blocks(step, "nn.PixelShuffle")

    def _blocks(self, step: Step, name: str) -> Made:
        layer: Any = step.layer
        if step.input.rank != 2:
            raise lacking(step, f"PyTorch's {name.removeprefix('nn.')} takes images")
        return self.one(step, name, self.sizes.size(layer.factor, "factor"), word="blocks", counts=False)

    def _local_response(self, step: Step) -> Made:
        if not step.input.axes:
            raise lacking(step, "PyTorch's LocalResponseNorm needs axes")
        size = self.number(step, "5", "size")
        return self.one(step, "nn.LocalResponseNorm", size, word="norm", counts=False)

    def _batch_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        if step.input.rank > 3:
            raise lacking(step, f"PyTorch has no batch normalisation over {step.input.rank} axes", "put seq before it")
        name = f"nn.BatchNorm{max(1, step.input.rank)}d"
        return self._normed(step, name, (), layer.scale, layer.shift)

    def _group_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        groups = self.sizes.size(layer.groups, "groups")
        return self._normed(step, "nn.GroupNorm", (groups,), layer.affine, layer.shift)

    def _instance_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        if not step.input.axes or step.input.rank > 3:
            raise lacking(step, "PyTorch's instance normalisation takes one to three axes")
        if product(step.input.axes) == 1:
            raise lacking(step, "PyTorch normalises no single value", "leave it out, or put it before the pooling")
        name = f"nn.InstanceNorm{step.input.rank}d"
        return self._normed(step, name, (), layer.affine, layer.shift, usual=False)

    def _normed(
        self, step: Step, name: str, before: tuple[Argument, ...], scale: Any, shift: Any, usual: bool = True
    ) -> Made:
        """A normalisation that learns both or nothing; what learns one alone has it behind."""
        channels = self.sizes.size(step.input.channels, "channels")
        both = scale == 1 and shift == 1
        arguments = (*before, channels, flag(both, "affine", usual))
        normed = Module(name, arguments, step, "norm", counts=both)
        if both or (scale == 0 and shift == 0):
            return (normed,)
        return normed, self.affine(step, FIRST, scale=scale, shift=shift)

    def _slopes(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.per == "unit" and step.input.axes:
            units = self.sizes.size(step.input.size, "units")
            sizes = ", ".join(map(self.sizes.text, step.input.sizes))
            back = Argument(f"({sizes})", role="sizes", is_open=not all(isinstance(n, int) for n in step.input.sizes))
            return (
                Module("nn.Flatten", (), step, "flatten"),
                Module("nn.PReLU", (units,), step, "activation", counts=True),
                Module("nn.Unflatten", (Argument("1"), back), step, "unflatten"),
            )
        slopes = Argument("1") if layer.per == "layer" else self.sizes.size(step.input.channels, "channels")
        slopes = Argument(slopes.text, "", "1", "channels", slopes.is_open)
        return self.one(step, "nn.PReLU", slopes, word="activation")

    def _neighbours(self, step: Step) -> Made:
        layer: Any = step.layer
        axes = Argument(str(step.input.rank), "axes", "2", "axes")
        return self.one(step, "ChannelAttention", self.sizes.size(layer.kernel, "kernel"), axes, word="attention")

    def _squeezed(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        squeezed, bias = self.sizes.size(layer.squeezed, "squeezed"), flag(layer.bias, "bias", True)
        axes = Argument(str(step.input.rank), "axes", "2", "axes")
        return self.one(step, "SqueezeExcitation", channels, squeezed, axes, bias, word="squeeze")

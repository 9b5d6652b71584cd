"""Windows that slide, as Flax has them: convolutions, transposed ones, poolings, with their padding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.arithmetic import Size
from symcount.interop.writing.flax.making import FlaxMaking
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.windows import Pair, output_paddings, pads, rounded_up
from symcount.layers import Word
from symcount.layers.arguments import CAUSAL, SAME
from symcount.layers.windows import extent
from symcount.trace import Step

_SAME = '"SAME"'


class Windows(FlaxMaking):
    """The layers with windows."""

    def convolution(self, step: Step, filters: Size, groups: Size) -> Made:
        """Return a convolution."""
        layer: Any = step.layer
        grouped = self.sizes.size(groups, "groups", "feature_group_count", 1)
        features = self.channels(step, "in_features"), self.sizes.size(filters, "out_features")
        return self.one(step, "nnx.Conv", *features, *self._window(step), grouped, self.biased(layer.bias), word="conv")

    def _window(self, step: Step) -> tuple[Argument, ...]:
        layer: Any = step.layer
        return (
            self.sides(layer.kernel, "kernel_size"),
            self.sizes.each(layer.stride, "strides", "strides", 1),
            self._padding(step),
            self.sizes.each(layer.dilation, "kernel_dilation", "kernel_dilation", 1),
        )

    def _depthwise(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.convolution(step, layer.multiplier * step.input.channels, step.input.channels)

    def _separable(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.channels(step, "in_features"),
            self.sizes.size(layer.filters, "out_features"),
            *self._window(step),
            self.sizes.size(layer.multiplier, "multiplier", "multiplier", 1),
            self.biased(layer.bias),
        )
        return self.one(step, "SeparableConv", *arguments, word="conv")

    def _padding(self, step: Step) -> Argument:
        """The padding of a convolution: the word or the numbers of the text."""
        layer: Any = step.layer
        if all(pad == SAME for pad in layer.padding):
            return Argument(_SAME, "padding", _SAME, "padding")
        if layer.padding == (CAUSAL,):
            return Argument('"CAUSAL"', "padding", _SAME, "padding")
        found = pads(step)
        if all(self.sizes.text(one) == self.sizes.text(other) for one, other in found):
            return self.sizes.each([one for one, _ in found], "padding", "padding")
        return self.pairs(found, "padding")

    def _transposed(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.groups != 1:
            raise lacking(step, "Flax's transposed convolutions have no groups", "leave g out")
        arguments = (
            self.channels(step, "in_features"),
            self.sizes.size(layer.filters, "out_features"),
            self.sides(layer.kernel, "kernel_size"),
            self.sizes.each(layer.stride, "strides", "strides", 1),
            self._cut(step),
            self.sizes.each(layer.dilation, "kernel_dilation", "kernel_dilation", 1),
            self.biased(layer.bias),
        )
        return self.one(step, "nnx.ConvTranspose", *arguments, word="up")

    def _cut(self, step: Step) -> Argument:
        """What a transposed convolution is padded by among its strides, which is less the more it is cut."""
        layer: Any = step.layer
        if all(pad == SAME for pad in layer.padding):
            return Argument(_SAME, "padding", _SAME, "padding")
        if any(isinstance(pad, Word) for pad in layer.padding):
            raise lacking(step, "Flax pads all axes by one word or none", "write a number for each axis")
        pairs: list[Pair] = []
        rows = zip(layer.kernel, layer.dilation, layer.padding, output_paddings(layer), strict=True)
        for kernel, dilation, pad, more in rows:
            before = extent(kernel, dilation) - 1 - pad
            pairs.append((before, before + more))
        return self.pairs(pairs, "padding")

    def pooling(self, step: Step, *, largest: bool) -> Made:
        """Return a pooling."""
        layer: Any = step.layer
        if any(each != 1 for each in layer.dilation):
            raise lacking(step, "Flax's poolings have no dilation", "leave d out")
        arguments = [self.sides(layer.kernel, "window_shape", "window_shape")]
        arguments.append(self.sides(layer.stride, "strides", "strides", 1))
        if layer.ceil == 1:
            if not largest and any(pad != 0 for pad in layer.padding):
                why = "Flax's average pooling does not round up what is padded"
                raise lacking(step, why, "leave p or ceil out, or take the maximum, P")
            arguments += self._bordering(rounded_up(step))
            arguments += [] if largest else [Argument("False", "count_include_pad")]
        elif all(pad == SAME for pad in layer.padding):
            arguments.append(Argument(_SAME, "padding"))
        else:
            arguments += self._bordering(pads(step))
        return (self.function(step, f"nnx.{'max' if largest else 'avg'}_pool", "pool", *arguments),)

    def _bordering(self, pairs: Sequence[Pair]) -> list[Argument]:
        return [] if all(pair == (0, 0) for pair in pairs) else [self.pairs(pairs, "padding")]

    def bordered(self, step: Step, pairs: Sequence[Pair]) -> Module:
        """Return what adds a border, or cuts one off where it is below 0."""
        if any(isinstance(side, int) and side < 0 for pair in pairs for side in pair):
            cuts = self.pairs([(-one, -other) for one, other in pairs], "")
            return Module("Crop", (cuts,), step, "crop")
        return self.function(step, "jnp.pad", "pad", self.pairs(pairs, "pad_width", whole=True))

"""Windows that slide, as Keras has them: convolutions, transposed ones, poolings, with their padding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.arithmetic import Size
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.keras.making import KerasMaking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.windows import Pair, keeps_its_size, output_paddings, pads, rank_of, rounded_up
from symcount.layers import Word
from symcount.layers.arguments import CAUSAL, SAME
from symcount.layers.windows import extent
from symcount.records import replace
from symcount.trace import Step

_MOST_DEPTHWISE = 2
"""The most axes that Keras' depthwise and separable convolutions go over."""


class Windows(KerasMaking):
    """The layers with windows."""

    def convolution(self, step: Step, filters: Size, groups: Size) -> Made:
        """Return a convolution, behind a padding of its own where a word does not say it."""
        layer: Any = step.layer
        before, window = self._window(step, is_causal=step.input.rank == 1)
        grouped = self.sizes.size(groups, "groups", "groups", 1)
        arguments = (self.sizes.size(filters, "filters"), *window, grouped, self.biased(layer.bias))
        return (*before, Module(f"layers.Conv{rank_of(self, step)}D", arguments, step, "conv", counts=True))

    def depthwise(self, step: Step) -> Made:
        """Return a depthwise convolution, which Keras has over one and two axes with the same stride along both."""
        layer: Any = step.layer
        if step.input.rank > _MOST_DEPTHWISE or len(set(map(self.sizes.text, layer.stride))) > 1:
            return self.convolution(step, layer.multiplier * step.input.channels, step.input.channels)
        before, window = self._window(step)
        multiplier = self.sizes.size(layer.multiplier, "depth_multiplier", "depth_multiplier", 1)
        arguments = (*window, multiplier, self.biased(layer.bias))
        return (*before, Module(f"layers.DepthwiseConv{step.input.rank}D", arguments, step, "conv", counts=True))

    def separable(self, step: Step) -> Made:
        """Return a separable convolution."""
        layer: Any = step.layer
        rank = rank_of(self, step, _MOST_DEPTHWISE)
        before, window = self._window(step)
        multiplier = self.sizes.size(layer.multiplier, "depth_multiplier", "depth_multiplier", 1)
        arguments = (self.sizes.size(layer.filters, "filters"), *window, multiplier, self.biased(layer.bias))
        return (*before, Module(f"layers.SeparableConv{rank}D", arguments, step, "conv", counts=True))

    def _window(self, step: Step, *, is_causal: bool = False) -> tuple[Made, tuple[Argument, ...]]:
        """A padding where one is needed, and kernel, strides, padding and dilation of a convolution."""
        layer: Any = step.layer
        self._refuse_gaps_in_strides(step)
        before, padding = self._padding(step, is_causal=is_causal)
        return before, (
            self.sizes.each(layer.kernel, "kernel_size"),
            self.sizes.each(layer.stride, "strides", "strides", 1),
            padding,
            self.sizes.each(layer.dilation, "dilation_rate", "dilation_rate", 1),
        )

    def _refuse_gaps_in_strides(self, step: Step) -> None:
        layer: Any = step.layer
        if any(each != 1 for each in layer.stride) and any(each != 1 for each in layer.dilation):
            raise lacking(step, "Keras has no convolution with both a stride and a dilation", "leave s or d out")

    def transposed(self, step: Step) -> Made:
        """Return a transposed convolution, before a cropping where its padding is a number."""
        layer: Any = step.layer
        self._refuse_gaps_in_strides(step)
        if layer.groups != 1:
            raise lacking(step, "Keras' transposed convolutions have no groups", "leave g out")
        words = {pad for pad in layer.padding if isinstance(pad, Word)}
        if words and len(words) != len(set(layer.padding)):
            raise lacking(step, "Keras pads all axes by one word or none", "write a number for each axis")
        kernel, stride = layer.kernel, layer.stride
        arguments = (
            self.sizes.size(layer.filters, "filters"),
            self.sizes.each(kernel, "kernel_size"),
            self.sizes.each(stride, "strides", "strides", 1),
            Argument('"same"' if words else '"valid"', "padding", '"valid"', "padding"),
            *(() if words else (self._more(step),)),
            self.sizes.each(layer.dilation, "dilation_rate", "dilation_rate", 1),
            self.biased(layer.bias),
        )
        made = Module(f"layers.Conv{rank_of(self, step)}DTranspose", arguments, step, "up", counts=True)
        if words or all(pad == 0 for pad in layer.padding):
            return (made,)
        return made, self.bordered(step, [(-pad, -pad) for pad in layer.padding])

    def _more(self, step: Step) -> Argument:
        """The output padding, which Keras makes up to a whole stride unless it is said."""
        layer: Any = step.layer
        more = output_paddings(layer)
        rows = [*zip(more, map(extent, layer.kernel, layer.dilation), layer.stride, strict=True)]
        for size, _, stride in rows:
            if isinstance(size, int) and isinstance(stride, int) and size >= stride:
                why = f"Keras wants output_padding (={size}) smaller than the stride"
                raise lacking(step, why, "put pad(…) behind it")
        if all(_is_usual(*row) for row in rows):
            return Argument("None", "output_padding", "None", "output_padding")
        return self.sizes.each(more, "output_padding", "output_padding")

    def pooling(self, step: Step, *, largest: bool) -> Made:
        """Return a pooling, behind a padding of its own where a word does not say it."""
        layer: Any = step.layer
        if any(each != 1 for each in layer.dilation):
            raise lacking(step, "Keras' poolings have no dilation", "leave d out")
        before, padding = self._padding(step, largest=largest, is_pooling=True)
        kernel, stride = self.sizes.each(layer.kernel, "pool_size"), self.sizes.each(layer.stride, "strides")
        strides = Argument(stride.text, "strides", kernel.text, "strides", stride.is_open)
        name = f"layers.{'Max' if largest else 'Average'}Pooling{rank_of(self, step)}D"
        return (*before, Module(name, (kernel, strides, padding), step, "pool"))

    def _padding(
        self, step: Step, *, largest: bool = False, is_pooling: bool = False, is_causal: bool = False
    ) -> tuple[Made, Argument]:
        """A layer that pads where that is needed, and the padding that the layer itself is given."""
        layer: Any = step.layer
        valid = Argument('"valid"', "padding", '"valid"', "padding")
        rounds_up = is_pooling and layer.ceil == 1
        if not rounds_up and all(pad == SAME for pad in layer.padding):
            return (), Argument('"same"', "padding", '"valid"', "padding")
        if is_causal and layer.padding == (CAUSAL,):
            return (), Argument('"causal"', "padding", '"valid"', "padding")
        if rounds_up and not largest:
            why = "Keras' average pooling does not round up: its last windows would be averaged with zeros"
            raise lacking(step, why, "leave ceil out, or take the maximum, P")
        pairs = rounded_up(step) if rounds_up else pads(step)
        if all(pair == (0, 0) for pair in pairs):
            return (), valid
        if not rounds_up and (largest or not is_pooling) and all(map(_is_as_same, *_windows(layer))):
            return (), Argument('"same"', "padding", '"valid"', "padding")
        return (self.bordered(step, pairs, filled=largest),), valid

    def bordered(self, step: Step, pairs: Sequence[Pair], *, filled: bool = False) -> Module:
        """Return a layer that adds a border, or cuts one off where it is below 0."""
        rank = rank_of(self, step)
        cuts = any(isinstance(side, int) and side < 0 for pair in pairs for side in pair)
        sides = [(-one, -other) for one, other in pairs] if cuts else [*pairs]
        if filled:
            return Module("MinimumPadding", (self._sides(sides, rank, always=True),), step, "pad")
        name = f"layers.{'Cropping' if cuts else 'ZeroPadding'}{rank}D"
        border = replace(self._sides(sides, rank), role="cropping" if cuts else "padding")
        return Module(name, (border,), step, "crop" if cuts else "pad")

    def _sides(self, pairs: Sequence[Pair], rank: int, *, always: bool = False) -> Argument:
        """The sides of a border: one number where all are equal, else a pair for each axis."""
        texts = [(self.sizes.text(one), self.sizes.text(other)) for one, other in pairs]
        is_open = not all(each.isdigit() for pair in texts for each in pair)
        if not always and len({each for pair in texts for each in pair}) == 1:
            return Argument(texts[0][0], "", None, "padding", is_open)
        each = [f"({one}, {other})" for one, other in texts]
        whole = each[0] if rank == 1 and not always else f"({', '.join(each)}{',' * (len(each) == 1)})"
        return Argument(whole, "", None, "padding", is_open)


def _windows(layer: Any) -> tuple[Sequence[Any], ...]:
    return layer.padding, layer.kernel, layer.stride, layer.dilation


def _is_usual(more: Size, reach: Size, stride: Size) -> bool:
    """Whether an output padding is the one that Keras takes by itself: what a stride has more than the window."""
    return isinstance(reach, int) and isinstance(stride, int) and more == max(0, stride - reach)


def _is_as_same(pad: Size | Word, kernel: Size, stride: Size, dilation: Size) -> bool:
    """Whether a padding is the one that Keras' word says: a number that keeps the size of the axis."""
    if isinstance(pad, Word):
        return keeps_its_size(pad, kernel, stride, dilation)
    sizes = (pad, kernel, stride, dilation)
    known = [each for each in sizes if isinstance(each, int)]
    return len(known) == len(sizes) and stride == 1 and 2 * known[0] == (known[1] - 1) * known[3]

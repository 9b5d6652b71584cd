"""Keras' layers of images, and of other things with axes."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.framework import lacking
from symcount.interop.writing.keras.windows import Windows
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.windows import rank_of
from symcount.trace import Step


class ImageLayers(Windows):
    """Makes convolutions, poolings, and normalisations over places."""

    def _pool(self, step: Step, kind: str, *arguments: Argument) -> Made:
        return (Module(f"layers.{kind}{rank_of(self, step)}D", arguments, step, "pool"),)

    def _global_average(self, step: Step) -> Made:
        return self._pool(step, "GlobalAveragePooling")

    def _global_max(self, step: Step) -> Made:
        return self._pool(step, "GlobalMaxPooling")

    def _adaptive_average(self, step: Step) -> Made:
        layer: Any = step.layer
        return self._pool(step, "AdaptiveAveragePooling", self.sizes.each(layer.target, "output_size"))

    def _adaptive_max(self, step: Step) -> Made:
        layer: Any = step.layer
        return self._pool(step, "AdaptiveMaxPooling", self.sizes.each(layer.target, "output_size"))

    def _upsampling(self, step: Step) -> Made:
        layer: Any = step.layer
        name = f"layers.UpSampling{rank_of(self, step)}D"
        return self.one(step, name, self.sizes.each(layer.factor, "size"), word="upsample", counts=False)

    def _resized(self, step: Step) -> Made:
        layer: Any = step.layer
        if step.input.rank != 2:
            raise lacking(step, "Keras resizes images alone, of two axes")
        pairs = zip(layer.target, ("height", "width"), strict=True)
        sizes = (self.sizes.size(size, role) for size, role in pairs)
        nearest = Argument('"nearest"', "interpolation")
        return self.one(step, "layers.Resizing", *sizes, nearest, word="resize", counts=False)

    def _local_response(self, step: Step) -> Made:
        size = self.number(step, "5", "size")
        return self.one(step, "LocalResponseNormalization", size, word="norm", counts=False)

    def _batch_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        learned = flag(layer.scale, "scale", True), flag(layer.shift, "center", True)
        order = (learned[1], learned[0])
        return self.one(step, "layers.BatchNormalization", *order, word="norm")

    def _group_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        return self._grouped(step, self.sizes.size(layer.groups, "groups"))

    def _instance_norm(self, step: Step) -> Made:
        if not step.input.axes:
            raise lacking(step, "an instance normalisation needs axes")
        return self._grouped(step, Argument("-1", "groups"))

    def _grouped(self, step: Step, groups: Argument) -> Made:
        layer: Any = step.layer
        learned = flag(layer.shift, "center", True), flag(layer.affine, "scale", True)
        counts = layer.shift == 1 or layer.affine == 1
        return self.one(step, "layers.GroupNormalization", groups, *learned, word="norm", counts=counts)

    def _slopes(self, step: Step) -> Made:
        layer: Any = step.layer
        last = step.input.rank + 1
        axes = {"unit": (), "channel": (*range(1, last),), "layer": (*range(1, last + 1),)}[str(layer.per)]
        shared = Argument(str([*axes]) if axes else "None", "shared_axes", "None")
        return self.one(step, "layers.PReLU", shared, word="activation")

    def _neighbours(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "ChannelAttention", self.sizes.size(layer.kernel, "kernel"), word="attention")

    def _squeezed(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        squeezed, bias = self.sizes.size(layer.squeezed, "squeezed"), flag(layer.bias, "bias", True)
        return self.one(step, "SqueezeExcitation", channels, squeezed, bias, word="squeeze")

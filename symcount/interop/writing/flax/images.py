"""Flax's layers of images, and of other things with axes."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.flax.making import RNGS
from symcount.interop.writing.flax.windows import Windows
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.trace import Step


class ImageLayers(Windows):
    """Makes convolutions, poolings, and normalisations over places."""

    def _over_places(self, step: Step, name: str) -> Made:
        axes = str((*range(1, step.input.rank + 1),))
        return (self.function(step, name, "pool", Argument(axes, "axis")),)

    def _global_average(self, step: Step) -> Made:
        return self._over_places(step, "jnp.mean")

    def _global_max(self, step: Step) -> Made:
        return self._over_places(step, "jnp.max")

    def _adaptive(self, step: Step, name: str) -> Made:
        layer: Any = step.layer
        sizes = self.sides(layer.target, "sizes")
        return self.one(step, "AdaptivePool", Argument(name), sizes, word="pool", counts=False)

    def _adaptive_average(self, step: Step) -> Made:
        return self._adaptive(step, "jnp.mean")

    def _adaptive_max(self, step: Step) -> Made:
        return self._adaptive(step, "jnp.max")

    def _upsampling(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "Upsample", self.sides(layer.factor, "factors"), word="upsample", counts=False)

    def _resized(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "Resize", self.sides(layer.target, "sizes"), word="resize", counts=False)

    def _local_response(self, step: Step) -> Made:
        size = self.number(step, "5", "size")
        return self.one(step, "LocalResponseNorm", size, word="norm", counts=False)

    def _batch_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        return self._normed(step, "BatchNorm", shift=layer.shift, scale=layer.scale)

    def _group_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        groups = self.sizes.size(layer.groups, "num_groups", "num_groups", 32)
        return self._normed(step, "GroupNorm", groups, shift=layer.shift, scale=layer.affine)

    def _instance_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        if not step.input.axes:
            raise lacking(step, "an instance normalisation needs axes")
        return self._normed(step, "InstanceNorm", shift=layer.shift, scale=layer.affine)

    def _normed(self, step: Step, name: str, *before: Argument, shift: Any, scale: Any) -> Made:
        learned = flag(shift, "use_bias", True), flag(scale, "use_scale", True)
        arguments = (self.channels(step), *before, *learned)
        counts = shift == 1 or scale == 1
        more = () if counts else (RNGS,)  # Flax's normalisations want it though they learn nothing
        return self.one(step, f"nnx.{name}", *arguments, *more, word="norm", counts=counts)

    def _slopes(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.per == "layer":
            return (Module("nnx.PReLU", (), step, "activation", counts=True),)
        per_unit = layer.per == "unit" and bool(step.input.axes)
        sizes = (*step.input.axes, step.input.channels) if per_unit else (step.input.channels,)
        return self.one(step, "Slopes", self.sides(sizes, "shape"), word="activation")

    def _neighbours(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "ChannelAttention", self.sizes.size(layer.kernel, "kernel"), word="attention")

    def _squeezed(self, step: Step) -> Made:
        layer: Any = step.layer
        squeezed, bias = self.sizes.size(layer.squeezed, "squeezed"), flag(layer.bias, "bias", True)
        return self.one(step, "SqueezeExcitation", self.channels(step), squeezed, bias, word="squeeze")

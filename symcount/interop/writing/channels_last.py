"""Layers that are alike in the frameworks that have the channels last."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.alike import AlikeLayers
from symcount.interop.writing.making import Made
from symcount.interop.writing.windows import borders
from symcount.trace import Step


class LastLayers(AlikeLayers):
    """Makes layers that only move values, by classes that have the same names in each of them."""

    def _take(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "Take", self.sizes.size(layer.count, "channels"), word="take", counts=False)

    def _cropped(self, step: Step) -> Made:
        pairs = borders(step, -1)
        return (self.bordered(step, pairs),) if any(pair != (0, 0) for pair in pairs) else ()

    def _shuffled(self, step: Step) -> Made:
        layer: Any = step.layer
        groups = self.sizes.size(layer.groups, "groups")
        return self.one(step, "ChannelShuffle", groups, word="shuffle", counts=False)

    def _space_to_depth(self, step: Step) -> Made:
        return self._blocks(step, "SpaceToDepth")

    def _depth_to_space(self, step: Step) -> Made:
        return self._blocks(step, "DepthToSpace")

    def _blocks(self, step: Step, name: str) -> Made:
        layer: Any = step.layer
        return self.one(step, name, self.sizes.size(layer.factor, "factor"), word="blocks", counts=False)

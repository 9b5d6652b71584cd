"""Layers that carry a state along a sequence, and attention of what is made before it: a class of each framework."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.framework import LAST
from symcount.interop.writing.making import Made, Making
from symcount.interop.writing.nodes import Module
from symcount.interop.writing.sizes import flag
from symcount.trace import Step


class StateLayers(Making):
    """Makes state spaces, the mixing of RWKV, learned queries, and attention without matrices."""

    def _queries(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        width = self.sizes.size(step.output.channels, "channels")
        return self.one(step, "Queries", self.sizes.size(layer.count, "count"), width, word="queries"), LAST

    def _attend(self, step: Step) -> Made:
        layer: Any = step.layer
        kv = self.optional("kv_heads", None if layer.kv == layer.heads else layer.kv)
        heads = self.sizes.size(layer.heads, "heads")
        if layer.keys is None:
            return self.one(step, "PackedAttention", heads, *kv, word="attention", counts=False)
        needs = tuple(id(step.taken[name]) for name in ("keys", "values"))
        return (Module("GivenAttention", (heads, *kv), step, "attention", needs=needs),)

    def _selective(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.state, "states"),
            self.sizes.size(layer.width(step.input), "inner"),
            self.sizes.size(layer.step_rank(step.input), "rank"),
            self.sizes.size(layer.kernel, "kernel", "kernel", 4),
            flag(layer.bias, "bias", False),
            flag(layer.norm, "norm", False),
        )
        return self.one(step, "SelectiveStateSpace", *arguments, word="state_space")

    def _duality(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.heads, "heads"),
            self.sizes.size(layer.state, "states"),
            self.sizes.size(layer.width(step.input), "inner"),
            self.sizes.size(layer.groups, "groups", "groups", 1),
            self.sizes.size(layer.kernel, "kernel", "kernel", 4),
            flag(layer.bias, "bias", False),
        )
        return self.one(step, "StateSpaceDuality", *arguments, word="state_space")

    def _time_mixing(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        width, head = self.optional("width", layer.width), self.optional("head", layer.head)
        return self.one(step, "TimeMixing", channels, *width, *head, word="time_mixing")

    def _channel_mixing(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        arguments = self.sizes.size(layer.hidden, "hidden"), flag(layer.receptance, "receptance", True)
        return self.one(step, "ChannelMixing", channels, *arguments, word="mixing")

    def _finch_mixing(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.head, "head"),
            self.sizes.size(layer.mix, "mix", "mix", 32),
            self.sizes.size(layer.decay, "decay", "decay", 64),
            *self.optional("width", layer.width),
        )
        return self.one(step, "FinchMixing", *arguments, word="time_mixing")

    def _goose_mixing(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.head, "head"),
            self.sizes.size(layer.decay, "decay", "decay"),
            self.sizes.size(layer.rate, "rate", "rate"),
            self.sizes.size(layer.gate, "gate", "gate"),
            *self.optional("value", layer.value),
        )
        return self.one(step, "GooseMixing", *arguments, word="time_mixing")

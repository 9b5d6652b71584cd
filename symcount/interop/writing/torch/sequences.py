"""PyTorch's layers that have the channels last: those of sequences."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size, by_name, product
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch.making import TorchMaking
from symcount.layers import Source
from symcount.trace import Part, Step


class SequenceLayers(TorchMaking):
    """Makes attention, embeddings, recurrent layers, and what acts on the channels of every place."""

    def _linear(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        takes = self.sizes.size(step.input.channels, "in_features")
        gives = self.sizes.size(layer.units, "out_features")
        return self.one(step, "nn.Linear", takes, gives, flag(layer.bias, "bias", True), word="linear")

    def _layer_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        return self.one(step, "nn.LayerNorm", channels, flag(layer.bias, "bias", True), word="norm")

    def _global_response(self, step: Step) -> Made:
        channels = self.sizes.size(step.input.channels, "channels")
        return self.one(step, "GlobalResponse", channels, word="norm")

    def _rms_norm(self, step: Step) -> Made:
        return self.one(step, "nn.RMSNorm", self.sizes.size(step.input.channels, "channels"), word="norm")

    def _embedding(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        entries = self.sizes.size(layer.vocabulary, "num_embeddings")
        return self.one(step, "nn.Embedding", entries, self.sizes.size(layer.width, "embedding_dim"), word="embedding")

    def _positions(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.kind == "rope":
            return ()
        channels = self.sizes.size(step.input.channels, "channels")
        if layer.kind == "sin":
            return self.one(step, "Sines", word="positions", counts=False)
        table: Size = product(step.input.axes) if layer.max is None else layer.max
        return self.one(step, "Positions", self.sizes.size(table, "places"), channels, word="positions")

    def _class_token(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        return self.one(
            step, "ClassToken", channels, self.sizes.size(layer.tokens, "tokens", "tokens", 1), word="token"
        )

    def _attention(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        memory: Source | None = layer.memory
        channels = self.optional("memory_channels", None if memory is None else memory.shape.channels)
        return (self.attending(step, *channels),)

    def recurrent(self, step: Step, part: Part, *, both: bool) -> Module:
        """Return a recurrent layer, perhaps in both directions, that gives the sequence or its last step alone."""
        layer: Any = step.layer
        if step.input.rank > 1:
            raise lacking(step, "PyTorch's recurrent layers run over a sequence, and over no axis of an image")
        if layer.bias == 1:
            why = f"PyTorch's {step.kind} has two biases a gate, or none"
            raise lacking(step, why, f"write {step.kind}({by_name(layer.units)},bias=2), or bias=off")
        name = f"{'Last' if layer.last else 'Every'}Step{step.kind}"
        proj = getattr(layer, "proj", None)
        arguments = (
            self.sizes.size(step.input.channels, "input_size"),
            self.sizes.size(layer.units, "hidden_size"),
            flag(layer.bias, "bias", True),
            Argument("True", "batch_first"),
            flag(both, "bidirectional", False),
            self.sizes.size(0 if proj is None else proj, "proj_size", "proj_size", 0),
        )
        return Module(name, arguments, part, "recurrent", counts=True)

    def _one_direction(self, step: Step) -> Made:
        return (self.recurrent(step, step, both=False),)

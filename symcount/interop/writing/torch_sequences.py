"""PyTorch's layers that have the channels last: those of sequences."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size, by_name, product
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch_making import Made, Making, refuse_adapters
from symcount.layers import Source, Word
from symcount.trace import Part, Step


class SequenceLayers(Making):
    """Makes attention, embeddings, recurrent layers, and what acts on the channels of every place."""

    def _linear(self, step: Step) -> Made:
        layer: Any = step.layer
        refuse_adapters(step)
        takes = self.sizes.size(step.input.channels, "in_features")
        gives = self.sizes.size(layer.units, "out_features")
        return self._one(step, "nn.Linear", takes, gives, flag(layer.bias, "bias", True), word="linear")

    def _layer_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        channels = self.sizes.size(step.input.channels, "channels")
        return self._one(step, "nn.LayerNorm", channels, flag(layer.bias, "bias", True), word="norm")

    def _rms_norm(self, step: Step) -> Made:
        return self._one(step, "nn.RMSNorm", self.sizes.size(step.input.channels, "channels"), word="norm")

    def _embedding(self, step: Step) -> Made:
        layer: Any = step.layer
        refuse_adapters(step)
        entries = self.sizes.size(layer.vocabulary, "num_embeddings")
        return self._one(step, "nn.Embedding", entries, self.sizes.size(layer.width, "embedding_dim"), word="embedding")

    def _positions(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.kind == "rope":
            return ()
        channels = self.sizes.size(step.input.channels, "channels")
        if layer.kind == "sin":
            return self._one(step, "Sines", word="positions", counts=False)
        table: Size = product(step.input.axes) if layer.max is None else layer.max
        return self._one(step, "Positions", self.sizes.size(table, "places"), channels, word="positions")

    def _class_token(self, step: Step) -> Made:
        return self._one(step, "ClassToken", self.sizes.size(step.input.channels, "channels"), word="token")

    def _attention(self, step: Step) -> Made:
        layer: Any = step.layer
        refuse_adapters(step)
        biases = layer.bias if isinstance(layer.bias, tuple) else (1, 1, 1, 0) if isinstance(layer.bias, Word) else None
        bias = flag(layer.bias, "bias", True) if biases is None else Argument(str(tuple(map(bool, biases))), "bias")
        memory: Source | None = layer.memory
        windowed = not isinstance(layer.win, Word)
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.heads, "heads"),
            *([self.sizes.size(layer.win, "window")] if windowed else []),
            *self._optional("kv_heads", None if by_name(layer.kv) == by_name(layer.heads) else layer.kv),
            *self._optional("head_dim", layer.dk),
            *self._optional("value_dim", None if layer.dv is layer.dk else layer.dv),
            *self._optional("memory_channels", None if memory is None else memory.shape.channels),
            bias,
            flag(layer.norm, "norm", False),
            self.sizes.size(layer.rel, "relative", "relative", 0),
        )
        needs = (id(step.taken["memory"]),) if memory is not None else ()
        if windowed:
            self._check_windows(step)
        name = "WindowAttention" if windowed else "Attention"
        return (Module(name, arguments, step, "attention", counts=True, needs=needs),)

    def _check_windows(self, step: Step) -> None:
        layer: Any = step.layer
        if layer.memory is not None or step.input.rank > 2:
            raise lacking(step, "attention inside windows is written for images and sequences that see themselves")
        for n in step.input.axes:
            if isinstance(n, int) and isinstance(layer.win, int) and n % layer.win:
                raise lacking(step, f"windows of {layer.win} do not fit {n} places", "pad(…) before it makes them fit")

    def _latent_attention(self, step: Step) -> Made:
        layer: Any = step.layer
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.heads, "heads"),
            self.sizes.size(layer.latent, "latent"),
            self.sizes.size(layer.dk, "head_dim"),
            self.sizes.size(layer.rope, "rope_dim"),
            *self._optional("query_latent", layer.q),
            *self._optional("value_dim", None if layer.dv is layer.dk else layer.dv),
        )
        return self._one(step, "LatentAttention", *arguments, word="attention")

    def _feed_forward(self, step: Step) -> Made:
        return self._wide(step, "FeedForward", usual=True)

    def _gated(self, step: Step) -> Made:
        return self._wide(step, "GatedLinearUnit", usual=False)

    def _wide(self, step: Step, name: str, *, usual: bool) -> Made:
        layer: Any = step.layer
        refuse_adapters(step)
        channels, hidden = self.sizes.size(step.input.channels, "channels"), self.sizes.size(layer.hidden, "hidden")
        return self._one(step, name, channels, hidden, flag(layer.bias, "bias", usual), word="feed_forward")

    def recurrent(self, step: Step, part: Part, *, both: bool) -> Module:
        """Return a recurrent layer, perhaps in both directions, that gives the sequence or its last step alone."""
        layer: Any = step.layer
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

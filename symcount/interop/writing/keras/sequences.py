"""Keras' layers of sequences: attention, embeddings, recurrent layers, and what acts on the channels of every place."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size, by_name, product
from symcount.interop.writing.alike import memory_of
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.keras.making import KerasMaking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.layers import Source, Word
from symcount.layers.arguments import SAME
from symcount.trace import Part, Step

_NAMES = {"RNN": "SimpleRNN", "LSTM": "LSTM", "GRU": "GRU"}


class SequenceLayers(KerasMaking):
    """Makes attention, embeddings, recurrent layers, and what acts on the channels of every place."""

    def _linear(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        units, bias = self.sizes.size(layer.units, "units"), self.biased(layer.bias)
        name = "layers.Dense" if layer.tied is None else "TiedDense"
        return self.one(step, name, units, bias, word="linear")

    def _layer_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "layers.LayerNormalization", flag(layer.bias, "center", True), word="norm")

    def _rms_norm(self, step: Step) -> Made:
        return self.one(step, "layers.RMSNormalization", word="norm")

    def _global_response(self, step: Step) -> Made:
        return self.one(step, "GlobalResponse", word="norm")

    def _embedding(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        entries, width = self.sizes.size(layer.vocabulary, "input_dim"), self.sizes.size(layer.width, "output_dim")
        if layer.tied is not None:
            return self.one(step, "TiedEmbedding", width, word="embedding")
        return self.one(step, "layers.Embedding", entries, width, word="embedding")

    def _positions(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.kind == "rope":
            return ()
        if layer.kind == "sin":
            return self.one(step, "Sines", word="positions", counts=False)
        table: Size = product(step.input.axes) if layer.max is None else layer.max
        return self.one(step, "Positions", self.sizes.size(table, "places"), word="positions")

    def _class_token(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "ClassToken", self.sizes.size(layer.tokens, "count", "count", 1), word="token")

    def _attention(self, step: Step) -> Made:
        self.refuse_adapters(step)
        if not self._is_plain(step):
            return (self.attending(step),)
        name, arguments = self._plain(step)
        memory = memory_of(step)
        arity = 1 if memory else 2
        return (Module(name, arguments, step, "attention", counts=True, needs=memory, arity=arity),)

    def _is_plain(self, step: Step) -> bool:
        """Whether Keras' own attention says it; what is in it learns although it is held itself."""
        layer: Any = step.layer
        if layer.frozen == 1:
            return False
        memory: Source | None = layer.memory
        same_axes = memory is None or memory.shape.rank == step.input.rank
        shared = by_name(layer.kv) != by_name(layer.heads)
        fits = not shared or (step.input.rank == 1 and layer.dv is layer.dk and same_axes and layer.out is None)
        return fits and same_axes and layer.bias in (0, 1) and layer.norm == 0 and layer.rel == 0 and _is_whole(layer)

    def _plain(self, step: Step) -> tuple[str, tuple[Argument, ...]]:
        layer: Any = step.layer
        heads, bias = self.sizes.size(layer.heads, "num_heads"), self.biased(layer.bias)
        width = step.input.channels // layer.heads if layer.dk is None else layer.dk
        key_dim = self.sizes.size(width, "key_dim")
        if by_name(layer.kv) == by_name(layer.heads):
            values = self.optional("value_dim", None if layer.dv is layer.dk else layer.dv)
            left = self.optional("output_shape", layer.out)
            return "layers.MultiHeadAttention", (heads, key_dim, *values, *left, bias)
        head_dim = self.sizes.size(width, "head_dim")
        heads = self.sizes.size(layer.heads, "num_query_heads")
        return "layers.GroupQueryAttention", (head_dim, heads, self.sizes.size(layer.kv, "num_key_value_heads"), bias)

    def recurrent(self, step: Step, *, counts: bool) -> Module:
        """Return a recurrent layer that gives the sequence or its last step alone."""
        layer: Any = step.layer
        units = by_name(layer.units)
        if step.input.rank > 1:
            raise lacking(step, "Keras' recurrent layers run over a sequence, and over no axis of an image")
        if getattr(layer, "proj", None) is not None:
            raise lacking(step, "Keras' LSTM has no projection", "leave proj= out")
        if layer.bias == 2 and step.kind != "GRU":
            why = f"Keras' {_NAMES[step.kind]} has one bias a gate, or none"
            raise lacking(step, why, f"write {step.kind}({units},bias=1), or bias=off")
        arguments = (
            self.sizes.size(layer.units, "units"),
            self.biased(layer.bias),
            flag(not layer.last, "return_sequences", False),
            *([flag(layer.bias != 1, "reset_after", True)] if step.kind == "GRU" else []),
        )
        return Module(f"layers.{_NAMES[step.kind]}", arguments, step, "recurrent", counts=counts)

    def _one_direction(self, step: Step) -> Made:
        return (self.recurrent(step, counts=True),)

    def both_ways(self, step: Step, part: Part) -> Module:
        """Return a recurrent layer in both directions."""
        inner = Argument("", role="layer", module=self.recurrent(step, counts=False))
        return Module("layers.Bidirectional", (inner,), part, "recurrent", counts=True)

    def _convolutional(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.bias == 2:
            raise lacking(step, "Keras' ConvLSTM has one bias a gate, or none", "leave bias=2 out")
        words = [pad for pad in layer.padding if isinstance(pad, Word)]
        if any(pad not in (0, SAME) for pad in layer.padding) or (words and len(words) != len(layer.padding)):
            raise lacking(step, "Keras pads a ConvLSTM by p=same or not at all")
        arguments = (
            self.sizes.size(layer.filters, "filters"),
            self.sizes.each(layer.kernel, "kernel_size"),
            Argument('"same"' if words else '"valid"', "padding", '"valid"', "padding"),
            self.biased(layer.bias),
            flag(not layer.last, "return_sequences", False),
        )
        rank = step.input.rank - 1
        if rank > 3:
            raise lacking(step, f"Keras has no ConvLSTM over images of {rank} axes")
        return self.one(step, f"layers.ConvLSTM{rank}D", *arguments, word="recurrent")


def _is_whole(layer: Any) -> bool:
    """Whether attention sees everything, and not windows."""
    return isinstance(layer.win, Word)

"""Flax's layers of sequences: attention, embeddings, recurrent layers, and what acts on the channels of every place."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size, by_name, product
from symcount.interop.writing.alike import memory_of
from symcount.interop.writing.flax.making import RNGS, FlaxMaking
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.layers import Source, Word
from symcount.records import replace
from symcount.trace import Part, Step

_CELLS = {"RNN": "nnx.SimpleCell", "LSTM": "nnx.OptimizedLSTMCell", "GRU": "nnx.GRUCell"}


class SequenceLayers(FlaxMaking):
    """Makes attention, embeddings, recurrent layers, and what acts on the channels of every place."""

    def _linear(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        units, bias = self.sizes.size(layer.units, "out_features"), self.biased(layer.bias)
        if layer.tied is not None:
            return self.one(step, "TiedLinear", units, bias, word="linear")
        return self.one(step, "nnx.Linear", self.channels(step, "in_features"), units, bias, word="linear")

    def _layer_norm(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "nnx.LayerNorm", self.channels(step), flag(layer.bias, "use_bias", True), word="norm")

    def _rms_norm(self, step: Step) -> Made:
        return self.one(step, "nnx.RMSNorm", self.channels(step), word="norm")

    def _global_response(self, step: Step) -> Made:
        return self.one(step, "GlobalResponse", self.channels(step), word="norm")

    def _embedding(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        entries, width = self.sizes.size(layer.vocabulary, "num_embeddings"), self.sizes.size(layer.width, "features")
        if layer.tied is not None:
            return self.one(step, "TiedEmbed", width, word="embedding")
        return self.one(step, "nnx.Embed", entries, width, word="embedding")

    def _positions(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.kind == "rope":
            return ()
        if layer.kind == "sin":
            return (self.function(step, "with_sines", "positions"),)
        table: Size = product(step.input.axes) if layer.max is None else layer.max
        return self.one(step, "Positions", self.sizes.size(table, "places"), self.channels(step), word="positions")

    def _class_token(self, step: Step) -> Made:
        layer: Any = step.layer
        tokens = self.sizes.size(layer.tokens, "tokens", "tokens", 1)
        return self.one(step, "ClassToken", self.channels(step), tokens, word="token")

    def _attention(self, step: Step) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        memory: Source | None = layer.memory
        if not self._is_plain(step):
            return (
                self.attending(
                    step, *self.optional("memory_channels", None if memory is None else memory.shape.channels)
                ),
            )
        kv = () if by_name(layer.kv) == by_name(layer.heads) else (layer.kv,)
        arguments = (
            self.sizes.size(layer.heads, "num_heads"),
            self.channels(step, "in_features"),
            *([] if layer.dk is None else [self.sizes.size(layer.heads * layer.dk, "qkv_features", "qkv_features")]),
            *(self.sizes.size(each, "num_kv_heads", "num_kv_heads") for each in kv),
            *(self.optional("in_kv_features", None if memory is None else memory.shape.channels)),
            self.biased(layer.bias),
            Argument("False", "decode"),
            RNGS,
        )
        return (Module("nnx.MultiHeadAttention", arguments, step, "attention", counts=True, needs=memory_of(step)),)

    def _is_plain(self, step: Step) -> bool:
        """Whether Flax's own attention says it, which sees the places of a sequence."""
        layer: Any = step.layer
        memory: Source | None = layer.memory
        is_sequence = step.input.rank == 1 and (memory is None or memory.shape.rank == 1)
        is_usual = layer.dv is layer.dk and layer.norm == 0 and layer.rel == 0 and isinstance(layer.win, Word)
        return is_sequence and is_usual and layer.bias in (0, 1)

    def _recurrent(self, step: Step) -> Module:
        layer: Any = step.layer
        if getattr(layer, "proj", None) is not None:
            raise lacking(step, "Flax's LSTM has no projection", "leave proj= out")
        if layer.bias != 1:
            why = f"Flax's {step.kind} has one bias a gate"
            raise lacking(step, why, f"write {step.kind}({by_name(layer.units)},bias=1)")
        sizes = self.channels(step, "in_features"), self.sizes.size(layer.units, "hidden_features")
        cell = Module(_CELLS[step.kind], (*sizes, RNGS), step, "cell")
        return Module("nnx.RNN", (Argument("", role="cell", module=cell),), step, "recurrent")

    def _one_direction(self, step: Step) -> Made:
        layer: Any = step.layer
        made = self._recurrent(step)
        if layer.last:
            made = Module("LastStep", (Argument("", role="recurrent", module=made),), step, "recurrent")
        return (replace(made, counts=True),)

    def both_ways(self, step: Step, part: Part) -> Module:
        """Return a recurrent layer in both directions."""
        layer: Any = step.layer
        each = [Argument("", role="recurrent", module=replace(self._recurrent(step), part=part)) for _ in range(2)]
        made = Module("nnx.Bidirectional", tuple(each), part, "recurrent", counts=True)
        if layer.last:
            inner = replace(made, counts=False)
            made = replace(made, name="LastStepBothWays", arguments=(Argument("", role="recurrent", module=inner),))
        return made

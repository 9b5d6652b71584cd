"""Flax's layers that act on each value by itself, or set values elsewhere."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.flax.making import RNGS, FlaxMaking
from symcount.interop.writing.framework import LAST, lacking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument
from symcount.trace import Step

ACTIVATIONS = {
    "R": "nnx.relu", "act": "nnx.relu", "R6": "nnx.relu6", "leakyrelu": "nnx.leaky_relu", "elu": "nnx.elu",
    "selu": "nnx.selu", "silu": "nnx.silu", "gelu": "nnx.gelu", "mish": "jax.nn.mish", "tanh": "nnx.tanh",
    "sigmoid": "nnx.sigmoid", "softplus": "nnx.softplus", "hardswish": "nnx.hard_swish",
}  # fmt: skip
"""Activations without parameters; `act` stands for any of them."""

_ALIASES = {
    "hardsigmoid": "nnx.hard_sigmoid", "hardtanh": "nnx.hard_tanh", "celu": "nnx.celu", "softsign": "nnx.soft_sign",
    "logsigmoid": "nnx.log_sigmoid",
}  # fmt: skip


class AnyLayers(FlaxMaking):
    """Makes dense layers, activations, and what sets values elsewhere."""

    def _activation(self, step: Step, at: str) -> tuple[Made, str]:
        written = step.call.written.name.lower().replace("_", "")
        if written == "rrelu":
            raise lacking(step, "Flax has no activation with random slopes", "leakyrelu has one slope")
        return (self.function(step, _ALIASES.get(written, ACTIVATIONS[step.kind]), "activation"),), at

    def _dropout(self, step: Step, at: str) -> tuple[Made, str]:
        rate = self.number(step, "0.5", "rate")
        return self.one(step, "nnx.Dropout", rate, RNGS, word="dropout", counts=False), at

    def _noise(self, step: Step, at: str) -> tuple[Made, str]:
        deviation = self.number(step, "0.1", "deviation")
        return self.one(step, "GaussianNoise", deviation, RNGS, word="noise", counts=False), at

    def _zero(self, step: Step, at: str) -> tuple[Made, str]:
        return (self.function(step, "jnp.zeros_like", "zeros"),), at

    def _dense(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        self.refuse_adapters(step)
        flattened = (self.function(step, "flatten", "flatten"),) if step.input.axes else ()
        word = "head" if step.kind == "O" else "dense"
        features = self.sizes.size(step.input.size, "in_features"), self.sizes.size(layer.units, "out_features")
        return (*flattened, *self.one(step, "nnx.Linear", *features, self.biased(layer.bias), word=word)), LAST

    def _flatten(self, step: Step, at: str) -> tuple[Made, str]:
        return (self.function(step, "flatten", "flatten"),), LAST

    def _softmax(self, step: Step) -> Made:
        return (self.function(step, "nnx.softmax", "softmax"),)

    def _sequence(self, step: Step) -> Made:
        if step.input.rank == 1:
            return ()
        return self.one(step, "Reshape", Argument("-1"), self.channels(step), word="flatten", counts=False)

    def _reshape(self, step: Step) -> Made:
        sizes = [self.sizes.size(size, "size") for size in (*step.output.axes, step.output.channels)]
        return self.one(step, "Reshape", *sizes, word="reshape", counts=False)

    def _repeated(self, step: Step) -> Made:
        layer: Any = step.layer
        times = self.sizes.size(layer.times, "times")
        return self.one(step, "RepeatVector", times, word="repeat", counts=False)

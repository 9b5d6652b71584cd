"""Keras' layers that act on each value by itself, or set values elsewhere."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.framework import LAST, lacking
from symcount.interop.writing.keras.making import KerasMaking
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.trace import Step

_LAYERS = {
    "R": ("layers.ReLU", ()), "act": ("layers.ReLU", ()), "R6": ("layers.ReLU", ("6",)),
    "leakyrelu": ("layers.LeakyReLU", ()), "elu": ("layers.ELU", ()),
}  # fmt: skip
"""Activations that are layers of their own, and what they are given."""

_WORDS = {
    "selu": "selu", "silu": "silu", "gelu": "gelu", "mish": "mish", "tanh": "tanh", "sigmoid": "sigmoid",
    "softplus": "softplus", "hardswish": "hard_swish",
}  # fmt: skip
"""Activations that are words."""

_ALIASES = {
    "hardsigmoid": "hard_sigmoid", "hardtanh": "hard_tanh", "celu": "celu", "softsign": "softsign",
    "logsigmoid": "log_sigmoid",
}  # fmt: skip

ACTIVATIONS = frozenset((*_LAYERS, *_WORDS))
"""The kinds of activations without parameters; `act` stands for any of them."""


class AnyLayers(KerasMaking):
    """Makes dense layers, activations, and what sets values elsewhere."""

    def _activation(self, step: Step, at: str) -> tuple[Made, str]:
        written = step.call.written.name.lower().replace("_", "")
        if written == "rrelu":
            raise lacking(step, "Keras has no activation with random slopes", "leakyrelu has one slope")
        word = _ALIASES.get(written)
        if word is None and step.kind in _LAYERS:
            name, given = _LAYERS[step.kind]
            arguments = [Argument(each, "max_value") for each in given]
        else:
            name, arguments = "layers.Activation", [Argument(f'"{word or _WORDS[step.kind]}"', role="activation")]
        return self.one(step, name, *arguments, word="activation", counts=False), at

    def _dropout(self, step: Step, at: str) -> tuple[Made, str]:
        return self.one(step, "layers.Dropout", self.number(step, "0.5", "rate"), word="dropout", counts=False), at

    def _noise(self, step: Step, at: str) -> tuple[Made, str]:
        return self.one(
            step, "layers.GaussianNoise", self.number(step, "0.1", "stddev"), word="noise", counts=False
        ), at

    def _dense(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        self.refuse_adapters(step)
        flattened = (Module("layers.Flatten", (), step, "flatten"),) if step.input.axes else ()
        word = "head" if step.kind == "O" else "dense"
        units = self.sizes.size(layer.units, "units")
        return (*flattened, *self.one(step, "layers.Dense", units, self.biased(layer.bias), word=word)), LAST

    def _flatten(self, step: Step, at: str) -> tuple[Made, str]:
        return self.one(step, "layers.Flatten", word="flatten", counts=False), LAST

    def _softmax(self, step: Step) -> Made:
        return self.one(step, "layers.Softmax", word="softmax", counts=False)

    def _sequence(self, step: Step) -> Made:
        if step.input.rank == 1:
            return ()
        return (self.reshaped(step, (-1, step.input.channels), "flatten"),)

    def _reshape(self, step: Step) -> Made:
        return (self.reshaped(step, (*step.output.axes, step.output.channels), "reshape"),)

    def _repeated(self, step: Step) -> Made:
        layer: Any = step.layer
        return self.one(step, "layers.RepeatVector", self.sizes.size(layer.times, "n"), word="repeat", counts=False)

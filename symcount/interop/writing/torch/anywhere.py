"""PyTorch's layers that take the channels wherever they stand, or set them elsewhere."""

from __future__ import annotations

from typing import Any

from symcount.interop.writing.framework import FIRST, LAST
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.torch.making import TorchMaking
from symcount.trace import Step

ACTIVATIONS = {
    "R": "nn.ReLU", "R6": "nn.ReLU6", "leakyrelu": "nn.LeakyReLU", "elu": "nn.ELU", "selu": "nn.SELU",
    "silu": "nn.SiLU", "gelu": "nn.GELU", "mish": "nn.Mish", "tanh": "nn.Tanh", "sigmoid": "nn.Sigmoid",
    "softplus": "nn.Softplus", "hardswish": "nn.Hardswish", "act": "nn.ReLU",
}  # fmt: skip
"""Activations without parameters; `act` stands for any of them."""

_ALIASES = {
    "hardsigmoid": "nn.Hardsigmoid", "hardtanh": "nn.Hardtanh", "celu": "nn.CELU", "rrelu": "nn.RReLU",
    "softsign": "nn.Softsign", "logsigmoid": "nn.LogSigmoid",
}  # fmt: skip


class AnyLayers(TorchMaking):
    """Makes dense layers, activations, and what sets values elsewhere."""

    def _activation(self, step: Step, at: str) -> tuple[Made, str]:
        name = _ALIASES.get(step.call.written.name.lower().replace("_", ""), ACTIVATIONS[step.kind])
        return self.one(step, name, word="activation", counts=False), at

    def _dropout(self, step: Step, at: str) -> tuple[Made, str]:
        rate = self.number(step, "0.5", "p", "0.5")
        return self.one(step, "nn.Dropout", rate, word="dropout", counts=False), at

    def _noise(self, step: Step, at: str) -> tuple[Made, str]:
        return self.one(step, "GaussianNoise", self.number(step, "0.1", "std"), word="noise", counts=False), at

    def _softmax(self, step: Step, at: str) -> tuple[Made, str]:
        axis = "1" if at == FIRST or not step.input.axes else "-1"
        return self.one(step, "nn.Softmax", Argument(axis, "dim"), word="softmax", counts=False), at

    def _dense(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        self.refuse_adapters(step)
        flattened = (Module("nn.Flatten", (), step, "flatten"),) if step.input.axes else ()
        takes = self.sizes.size(step.input.size, "in_features")
        gives = self.sizes.size(layer.units, "out_features")
        word = "head" if step.kind == "O" else "dense"
        return (*flattened, *self.one(step, "nn.Linear", takes, gives, flag(layer.bias, "bias", True), word=word)), at

    def _flatten(self, step: Step, at: str) -> tuple[Made, str]:
        return self.one(step, "nn.Flatten", word="flatten", counts=False), FIRST

    def _sequence(self, step: Step, at: str) -> tuple[Made, str]:
        rank = step.input.rank
        if rank == 1:
            return (), at
        axes = ("2",) if at == FIRST else ("1", str(rank))
        return self.one(step, "nn.Flatten", *map(Argument, axes), word="flatten", counts=False), at

    def _take(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        axis = Argument("1" if at == FIRST or not step.input.axes else "-1", "axis", "1")
        return self.one(step, "Take", self.sizes.size(layer.count, "channels"), axis, word="take", counts=False), at

    def _reshape(self, step: Step, at: str) -> tuple[Made, str]:
        turned = self.turned(step, step.input, at, FIRST)
        sizes = [self.sizes.size(size, "size") for size in step.output.sizes]
        return (*turned, *self.one(step, "Reshape", *sizes, word="reshape", counts=False)), FIRST

    def _repeated(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        times = self.sizes.size(layer.times, "times")
        return self.one(step, "RepeatVector", times, word="repeat", counts=False), LAST

"""The nodes that each kind of layer becomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.interop.writing.framework import FIRST, lacking
from symcount.interop.writing.nodes import Module
from symcount.interop.writing.onnx.making import Making, Operator, over_samples, sizes_of, step_of, total_of
from symcount.interop.writing.onnx.sequences import SEQUENCES
from symcount.interop.writing.onnx.windows import WINDOWS

_ACTIVATIONS = {
    "R": "Relu", "act": "Relu", "leakyrelu": "LeakyRelu", "elu": "Elu", "selu": "Selu", "gelu": "Gelu",
    "mish": "Mish", "tanh": "Tanh", "sigmoid": "Sigmoid", "softplus": "Softplus", "hardswish": "HardSwish",
}  # fmt: skip

_ALIASES = {"hardsigmoid": "HardSigmoid", "celu": "Celu", "softsign": "Softsign"}
"""Activations that the language has no kind of its own for."""

_UNSAID = ("hardtanh", "rrelu", "logsigmoid")


def _activation(making: Making, module: Module, x: str) -> str:
    step = step_of(module)
    written = step.call.written.name.lower().replace("_", "")
    if written in _UNSAID:
        raise lacking(step, f"ONNX has no operator for {written}", "R is a near one")
    name = _ALIASES.get(written, _ACTIVATIONS[step.kind])
    return making.node(name, x, leaves=step.name)


def _up_to_six(making: Making, module: Module, x: str) -> str:
    return making.node("Clip", x, making.number(0), making.number(6), leaves=step_of(module).name)


def _gated_by_itself(making: Making, module: Module, x: str) -> str:
    return making.node("Mul", x, making.node("Sigmoid", x), leaves=step_of(module).name)


def _softmax(making: Making, module: Module, x: str) -> str:
    axis = 1 if _is_first(module) else -1
    return making.node("Softmax", x, axis=axis, leaves=step_of(module).name)


def _dropout(making: Making, module: Module, x: str) -> str:
    return making.node("Dropout", x, leaves=step_of(module).name)


def _dense(making: Making, module: Module, x: str) -> str:
    step = step_of(module)
    layer: Any = step.layer
    flat = making.node("Flatten", x, axis=1) if step.input.axes else x
    weight = making.weight(step, "weight", layer.units, total_of(step.input))
    bias = [making.weight(step, "bias", layer.units)] if layer.bias == 1 else []
    return making.node("Gemm", flat, weight, *bias, transB=1, leaves=step.name)


def _flatten(making: Making, module: Module, x: str) -> str:
    return making.node("Flatten", x, axis=1, leaves=step_of(module).name)


def _sequence(making: Making, module: Module, x: str) -> str:
    step = step_of(module)
    channels = sizes_of(step.input)[0]
    sizes = (0, channels, -1) if _is_first(module) else (0, -1, channels)
    return making.node("Reshape", x, making.numbers(*sizes), leaves=step.name)


def _reshape(making: Making, module: Module, x: str) -> str:
    step = step_of(module)
    return making.node("Reshape", x, making.numbers(0, *sizes_of(step.output)), leaves=step.name)


def _take(making: Making, module: Module, x: str) -> str:
    step = step_of(module)
    axis = 1 if _is_first(module) or not step.input.axes else 1 + step.input.rank
    count = sizes_of(step.output)[0]
    places = [making.numbers(each) for each in (0, count, axis)]
    return making.node("Slice", x, *places, leaves=step.name)


def _scale(making: Making, module: Module, x: str) -> str:
    return _for_each_channel(making, module, x, "Mul", "weight")


def _bias(making: Making, module: Module, x: str) -> str:
    return _for_each_channel(making, module, x, "Add", "bias")


def _for_each_channel(making: Making, module: Module, x: str, operator: str, role: str) -> str:
    step = step_of(module)
    ones = (1,) * (step.input.rank if _is_first(module) else 0)
    return making.node(operator, x, making.weight(step, role, sizes_of(step.input)[0], *ones), leaves=step.name)


def _is_first(module: Module) -> bool:
    return module.arguments[0].text == FIRST


def _queries(making: Making, module: Module, x: str) -> str:
    step = step_of(module)
    channels, count = sizes_of(step.output)
    return over_samples(making, x, making.weight(step, "vectors", 1, count, channels), leaves=step.name)


ANYWHERE: Mapping[str, Operator] = {
    **dict.fromkeys(_ACTIVATIONS, _activation), "R6": _up_to_six, "silu": _gated_by_itself, "softmax": _softmax,
    "D": _dropout, "noise": _dropout, "H": _dense, "O": _dense, "F": _flatten, "seq": _sequence, "reshape": _reshape,
    "take": _take, "scale": _scale, "bias": _bias, "queries": _queries,
}  # fmt: skip
"""Kinds that take the channels wherever they stand, or set them elsewhere."""

FIRST_KINDS: Mapping[str, Operator] = WINDOWS
"""Kinds that want the channels before the axes."""

LAST_KINDS: Mapping[str, Operator] = SEQUENCES
"""Kinds that want the channels behind the axes."""

OPERATORS: Mapping[str, Operator] = {**ANYWHERE, **FIRST_KINDS, **LAST_KINDS}
"""Every kind that ONNX has operators for."""

MIXTURE = "moe"
"""A mixture of experts, whose experts are networks of their own."""

INSTEAD = {"LC": "a convolution, C, shares its weights", "CLSTM": "keras has one: --to keras"}
"""What a person may write in place of a kind that ONNX lacks."""

"""Layers of sequences as ONNX has them: what acts on the channels of every place, attention, and recurrent layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.arithmetic import by_name
from symcount.interop.writing.framework import lacking
from symcount.interop.writing.nodes import Module
from symcount.interop.writing.onnx.attention import ATTENTION
from symcount.interop.writing.onnx.making import (
    Making,
    Operator,
    layer_of,
    over_samples,
    projected,
    shifted,
    sizes_of,
)
from symcount.trace import Step


def _linear(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    units = sizes_of(step.output)[0]
    if layer.tied is None:
        return projected(making, step, x, "", sizes_of(step.input)[0], units, bias=layer.bias, leaves=step.name)
    table, shape = _lent(making, step)
    turned = table if shape == (sizes_of(step.input)[0], units) else making.node("Transpose", table, perm=[1, 0])
    left = making.node("MatMul", x, turned, leaves="" if layer.bias == 1 else step.name)
    return shifted(making, step, left, "bias", units, step.name) if layer.bias == 1 else left


def _lent(making: Making, step: Step) -> tuple[str, tuple[int, ...]]:
    """The matrix that a layer borrows."""
    found = next((making.matrices[id(each)] for each in step.taken["tied"].steps if id(each) in making.matrices), None)
    if found is None:
        raise lacking(step, "its weights are those of a layer that stands behind it", "label the first of the two")
    return found


def _layer_norm(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    roles = ("scale", "bias") if layer.bias == 1 else ("scale",)
    values = [making.weight(step, role, step.input.channels) for role in roles]
    return making.node("LayerNormalization", x, *values, axis=-1, leaves=step.name)


def _rms_norm(making: Making, module: Module, x: str) -> str:
    step, _ = layer_of(module)
    scale = making.weight(step, "scale", step.input.channels)
    return making.node("RMSNormalization", x, scale, axis=-1, leaves=step.name)


def _embedding(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    if layer.tied is not None:
        table, shape = _lent(making, step)
        table = table if shape[-1] == layer.width else making.node("Transpose", table, perm=[1, 0])
    else:
        table = making.weight(step, "table", layer.vocabulary, layer.width)
    return making.node("Gather", table, x, leaves=step.name)


def _positions(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    channels, *axes = sizes_of(step.input)
    if layer.kind != "learned" or len(axes) != 1 or layer.max not in (None, axes[0]):
        raise lacking(step, "positions are written that are learned, one for each step of a sequence")
    return making.node("Add", x, making.weight(step, "table", axes[0], channels), leaves=step.name)


def _class_token(making: Making, module: Module, x: str) -> str:
    """Tokens before the others, once for each sample."""
    step, layer = layer_of(module)
    tokens = over_samples(making, x, making.weight(step, "tokens", 1, layer.tokens, step.input.channels))
    return making.node("Concat", tokens, x, axis=1, leaves=step.name)


def _global_response(making: Making, module: Module, x: str) -> str:
    """Each channel by the size of all its values, beside the mean of these sizes."""
    step, _ = layer_of(module)
    scale, bias = (making.weight(step, role, step.input.channels) for role in ("scale", "bias"))
    size = making.node("ReduceL2", x, making.numbers(*range(1, step.input.rank + 1)), keepdims=1)
    mean = making.node("Add", making.node("ReduceMean", size, making.numbers(-1), keepdims=1), making.number(1e-6))
    scaled = making.node("Mul", x, making.node("Div", size, mean))
    learned = making.node("Add", making.node("Mul", scaled, scale), bias)
    return making.node("Add", learned, x, leaves=step.name)


def _token(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    index = 0 if layer.index is None else layer.index
    return making.node("Gather", x, making.place(index), axis=1, leaves=step.name)


def _feed_forward(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    channels = step.input.channels
    hidden = projected(making, step, x, "hidden_", channels, layer.hidden, bias=layer.bias)
    left = making.node("Gelu", hidden)
    return projected(making, step, left, "back_", layer.hidden, channels, bias=layer.bias, leaves=step.name)


def _gated(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    channels = step.input.channels
    gate, up = (projected(making, step, x, role, channels, layer.hidden, bias=layer.bias) for role in ("gate_", "up_"))
    gated = making.node("Mul", making.node("Mul", gate, making.node("Sigmoid", gate)), up)
    return projected(making, step, gated, "down_", layer.hidden, channels, bias=layer.bias, leaves=step.name)


def _recurrent(making: Making, module: Module, x: str) -> str:
    step, layer = layer_of(module)
    both = len(module.arguments) > 1
    if getattr(layer, "proj", None) is not None or (both and layer.last):
        raise lacking(step, "ONNX's recurrent layers give every step, of as many values as there are units")
    if layer.bias == 1:
        why = f"ONNX's {step.kind} has two biases a gate, or none"
        raise lacking(step, why, f"write {step.kind}({by_name(layer.units)},bias=2), or bias=off")
    ways, rows = 1 + both, layer.gates * layer.units
    weights = [
        making.weight(step, "weight", ways, rows, step.input.channels),
        making.weight(step, "recurrence", ways, rows, layer.units),
        *([making.weight(step, "bias", ways, 2 * rows)] if layer.bias == 2 else []),
    ]
    options: dict[str, Any] = {"direction": "bidirectional"} if both else {}
    options |= {"linear_before_reset": 1} if step.kind == "GRU" else {}
    every = making.node(
        step.kind, making.node("Transpose", x, perm=[1, 0, 2]), *weights, hidden_size=layer.units, **options
    )
    if both:
        beside = making.node("Transpose", every, perm=[0, 2, 1, 3])
        flat = making.node("Reshape", beside, making.numbers(0, 0, -1))
    else:
        flat = making.node("Squeeze", every, making.numbers(1))
    if not layer.last:
        return making.node("Transpose", flat, perm=[1, 0, 2], leaves=step.name)
    steps = making.node("Transpose", flat, perm=[1, 0, 2])
    return making.node("Gather", steps, making.place(-1), axis=1, leaves=step.name)


SEQUENCES: Mapping[str, Operator] = {
    "Lin": _linear, "LN": _layer_norm, "RMS": _rms_norm, "E": _embedding, "PE": _positions, "tok": _token,
    "cls": _class_token, "GRN": _global_response,
    **ATTENTION, "FF": _feed_forward, "GLU": _gated, "RNN": _recurrent, "LSTM": _recurrent, "GRU": _recurrent,
}  # fmt: skip
"""Kinds that want the channels behind the axes."""

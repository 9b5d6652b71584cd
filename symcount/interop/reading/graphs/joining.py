"""Steps at which tensors meet: sums, products, channels side by side, and parameters that stand by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from symcount.interop.reading.graphs.flow import FIRST, LAST, SPREAD, Flow, Parameter, Value, refused
from symcount.interop.reading.graphs.operations import Operation


def joined(flow: Flow, joint: str, tensors: Sequence[Value], shape: tuple[int, ...]) -> Value:
    """Tensors that are added or multiplied; a vector meets what has axes."""
    one, *others = tensors
    for other in others:
        if one.at == SPREAD or (prod(one.shape) < prod(other.shape) and other.at != SPREAD):
            one = other
    inputs = tuple(_vector(flow, each, one).operation for each in tensors)
    return flow.add(Operation(inputs, joint=joint), shape, one.at)


def _vector(flow: Flow, value: Value, wanted: Value) -> Value:
    """A value that meets one with axes: one of length 1 along each of them is a vector."""
    if value.at == SPREAD:
        return Value(value.operation, value.shape[:1], FIRST)
    ones = value.shape[1:] if value.at == FIRST else value.shape[:-1]
    if len(value.shape) > 1 and value.shape != wanted.shape and all(size == 1 for size in ones):
        return flow.layer(value, "F", (value.channels,), FIRST)
    return value


def with_parameter(flow: Flow, name: str, joint: str, value: Value, parameter: Parameter) -> Value:
    """A tensor that meets a parameter: a factor or an addend for each channel, or a place for each position."""
    if parameter.count == value.channels:
        return flow.layer(value, "scale" if joint == "×" else "bias", value.shape, value.at)
    if parameter.count == prod(value.shape) and joint == "+":
        return flow.layer(value, "PE", value.shape, value.at)
    if joint == "+" and value.at == LAST and parameter.count % value.channels == 0:
        return flow.layer(value, f"PE({parameter.count // value.channels})", value.shape, value.at)
    return flow.declared(value, parameter.count, name)


def concatenated(
    flow: Flow, name: str, tensors: Sequence[Value], parameters: bool, axis: int, shape: tuple[int, ...]
) -> Value:
    """Channels side by side, or a learned step before a sequence; ``axis`` counts the batch."""
    axis %= len(shape) + 1
    first = tensors[0]
    if parameters:
        if axis == 1 and first.at == LAST and len(tensors) == 1:
            return flow.layer(first, "cls", shape, LAST)
        raise refused(f"{name} sets a parameter beside a tensor")
    if axis != (1 if first.at == FIRST else len(shape)):
        raise refused(f"{name} sets tensors side by side along an axis that is not their channels")
    return flow.add(Operation(tuple(value.operation for value in tensors), joint="|"), shape, first.at)

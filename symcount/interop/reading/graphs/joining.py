"""Steps at which tensors meet: sums, products, channels side by side, and parameters that stand by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from symcount.interop.reading.graphs.flow import CUT, FIRST, LAST, SPREAD, Flow, Parameter, Value, refused
from symcount.interop.reading.graphs.operations import Operation
from symcount.records import replace


def joined(flow: Flow, joint: str, tensors: Sequence[Value], shape: tuple[int, ...]) -> Value:
    """Tensors that are added or multiplied; a vector meets what has axes."""
    one, *others = tensors
    if any(each.at == CUT for each in tensors):
        if any(other.layout != one.layout for other in others):
            raise refused("tensors that meet while their places stand on other axes")
        operation = Operation(tuple(each.operation for each in tensors), joint=joint)
        return replace(one, operation=flow.add(operation, shape, CUT).operation)
    for other in others:
        if one.at == SPREAD or (prod(one.shape) < prod(other.shape) and other.at != SPREAD):
            one = other
    tensors = [_vector(flow, each, one) for each in tensors]
    if any(len(each.shape) > 1 and each.sizes != one.sizes for each in tensors):
        sizes = " and ".join(dict.fromkeys(str(each.shape) for each in tensors))
        raise refused(f"tensors of the shapes {sizes} that meet")
    inputs = tuple(each.operation for each in tensors)
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
    if parameter.count == value.channels and (value.layout is None or value.layout.is_channels_last):
        return flow.layer(value, "scale" if joint == "×" else "bias", value.shape, value.at)
    if parameter.count == prod(value.shape) and joint == "+":
        return flow.layer(value, "PE", value.shape, value.at)
    if (
        joint == "+"
        and value.at == LAST
        and parameter.count % value.channels == 0
        and parameter.count > prod(value.shape)
    ):
        return flow.layer(value, f"PE({parameter.count // value.channels})", value.shape, value.at)
    return flow.declared(value, parameter.count, name)


def concatenated(
    flow: Flow, name: str, tensors: Sequence[Value], parameters: int, axis: int, shape: tuple[int, ...]
) -> Value:
    """Channels side by side, places one behind another, or so many parameters as learned steps before a sequence.

    ``axis`` counts the batch.
    """
    axis %= len(shape) + 1
    first = tensors[0]
    if any(each.at == CUT for each in tensors):
        raise refused(f"{name} sets tensors side by side that are cut")
    if parameters:
        if axis == 1 and first.at == LAST and len(tensors) == 1 and parameters % first.channels == 0:
            count = parameters // first.channels
            return flow.layer(first, "cls" if count == 1 else f"cls({count})", shape, LAST)
        raise refused(f"{name} sets a parameter beside a tensor")
    inputs = tuple(value.operation for value in tensors)
    if any(value.at != first.at for value in tensors) or first.at == SPREAD:
        raise refused(f"{name} sets tensors side by side whose channels stand on different axes")
    if axis == (1 if first.at == FIRST else len(shape)):
        return flow.add(Operation(inputs, joint="|"), shape, first.at)
    place = axis - (first.at == FIRST)
    if place not in _JOINED_PLACES or len(shape) < _WITH_PLACES:
        raise refused(f"{name} sets tensors side by side along an axis that is not their channels")
    return flow.add(Operation(inputs, joint=_JOINED_PLACES[place]), shape, first.at)


_JOINED_PLACES = {1: "cat", 2: "cat2"}
"""How tensors are joined along an axis of their places, the first of which is 1."""

_WITH_PLACES = 2
"""The least axes of a tensor that has places, without its batch."""

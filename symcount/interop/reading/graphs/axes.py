"""Steps that set the axes of a tensor anew: the language has its channels in one place, so most are no layer."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from symcount.interop.reading.graphs.flow import FIRST, GROUPED, LAST, LOOSE, MIXED, SPREAD, Flow, Value, refused


def permuted(flow: Flow, name: str, value: Value, order: Sequence[int], shape: tuple[int, ...]) -> Value:
    """Channels moved from the front to the end, or back; ``order`` has the batch too, as the first axis."""
    rank = len(value.shape)
    order = [axis % (rank + 1) for axis in order]
    if value.at == GROUPED and order[1:3] == [2, 1]:
        return Value(value.operation, shape, MIXED)
    to_last, to_first = [0, *range(2, rank + 1), 1], [0, rank, *range(1, rank)]
    if value.at == FIRST and order == to_last:
        return Value(value.operation, shape, LAST)
    if value.at == LAST and order == to_first:
        return Value(value.operation, shape, FIRST)
    if rank == 2 and order == [0, 2, 1]:
        return flow.layer(value, "swap", shape, value.at)
    if order == [*range(rank + 1)]:
        return value
    raise refused(f"{name} sets the axes in the order {order}")


def exchanged(flow: Flow, name: str, value: Value, one: int, other: int, shape: tuple[int, ...]) -> Value:
    """Two axes in each other's place."""
    rank = len(value.shape) + 1
    order = [*range(rank)]
    order[one % rank], order[other % rank] = order[other % rank], order[one % rank]
    return permuted(flow, name, value, order, shape)


def reshaped(flow: Flow, name: str, value: Value, shape: tuple[int, ...]) -> Value:
    """The same values in another shape: a vector, a sequence, groups of channels, or axes of length 1."""
    if value.at == MIXED and shape == (value.shape[0] * value.shape[1], *value.shape[2:]):
        return flow.layer(value, f"shuffle({value.shape[1]})", shape, FIRST)
    if shape == value.shape:
        return value
    if len(value.shape) == 1 and shape[1:] == (1,) * (len(shape) - 1) and shape[0] == value.shape[0]:
        return Value(value.operation, shape, SPREAD)
    if value.at == SPREAD and shape == value.shape[:1]:
        return Value(value.operation, shape, FIRST)
    if value.at == FIRST and shape[2:] == value.shape[1:] and len(shape) > 2:
        return Value(value.operation, shape, GROUPED)
    if len(shape) == 1 and shape[0] == prod(value.shape):
        return flow.layer(value, "F", shape, FIRST)
    if value.at == FIRST and len(shape) == 2 and shape[0] == value.shape[0]:
        return flow.layer(value, "seq", shape, FIRST)
    if value.at == LAST and len(shape) == 2 and shape[-1] == value.shape[-1]:
        return flow.layer(value, "seq", shape, LAST)
    raise refused(f"{name}, which makes {shape} of {value.shape}")


def averaged(flow: Flow, name: str, value: Value, axes: Sequence[int], shape: tuple[int, ...]) -> Value:
    """The mean over all places; ``axes`` count the batch as the first."""
    rank = len(value.shape)
    axes = sorted(axis % (rank + 1) for axis in axes)
    places = [*range(2, rank + 1)] if value.at == FIRST else [*range(1, rank)]
    if axes != places:
        raise refused(f"{name} takes the mean over the axes {axes}")
    if len(shape) == 1:
        return flow.layer(value, "GAP", shape, FIRST)
    return flow.layer(value, "AAP(1)", shape, value.at)


def one_step(flow: Flow, name: str, value: Value, place: int | None, shape: tuple[int, ...]) -> Value:
    """One step of a sequence, by its place; None where the place is not known."""
    if value.at == LAST and len(value.shape) == 2 and len(shape) == 1 and place is not None:
        text = "tok" if place == 0 else f"tok({place % value.shape[0]})"
        return flow.layer(value, text, shape, FIRST)
    if shape == value.shape:
        return value
    raise refused(f"{name} takes a part of a tensor")


def parted(flow: Flow, name: str, value: Value, axis: int, sizes: Sequence[int]) -> tuple[Value, ...]:
    """The channels in equal parts."""
    if axis % (len(value.shape) + 1) != (1 if value.at == FIRST else len(value.shape)) or len(set(sizes)) > 1:
        raise refused(f"{name} parts a tensor along an axis, or in unequal parts")
    [part, *_] = sizes
    shape = (part, *value.shape[1:]) if value.at == FIRST else (*value.shape[:-1], part)
    return tuple(flow.layer(value, f"take({part})", shape, value.at) for _ in sizes)


def loosened(value: Value, shape: tuple[int, ...]) -> Value:
    """The axes of a sequence on the way into a recurrent layer or out of it; ``shape`` has the batch."""
    if len(value.shape) != 2:
        raise refused(f"a sequence of the shape {value.shape}")
    steps, channels = value.shape
    at = LAST if shape == (1, steps, channels) else LOOSE
    return Value(value.operation, value.shape, at)

"""Steps that set the axes of a tensor anew: the language has its channels in one place, so most are no layer."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from symcount.interop.reading.graphs.flow import CUT, FIRST, LAST, LOOSE, SPREAD, Flow, Value, refused
from symcount.interop.reading.graphs.layout import Axes, Layout, Part, joined_parts, regrouped, whole
from symcount.interop.reading.graphs.windows import each

Shape = tuple[int, ...]


def permuted(flow: Flow, name: str, value: Value, order: Sequence[int], shape: Shape) -> Value:
    """Axes in another order; ``order`` and ``shape`` have the batch too, as the first axis."""
    if value.at in (SPREAD, LOOSE):
        raise refused(f"{name} sets the axes in the order {[*order]}")
    layout = _layout(flow, value)
    axes = tuple(layout.axes[axis % len(shape)] for axis in order)
    return _settled(flow, value, Layout(axes, layout.shape, layout.at), shape)


def exchanged(flow: Flow, name: str, value: Value, one: int, other: int, shape: Shape) -> Value:
    """Two axes in each other's place."""
    order = [*range(len(shape))]
    order[one % len(shape)], order[other % len(shape)] = order[other % len(shape)], order[one % len(shape)]
    return permuted(flow, name, value, order, shape)


def reshaped(flow: Flow, name: str, value: Value, shape: Shape) -> Value:
    """The same values in another shape, which has the batch: a vector, a sequence, windows, or axes of length 1."""
    found = _vector(flow, value, shape[1:]) if shape[0] == flow.batch else None
    if found is not None:
        return found
    layout = _layout(flow, value) if value.at not in (SPREAD, LOOSE) else None
    axes = None if layout is None else regrouped(layout.axes, shape)
    if layout is None or axes is None:
        raise refused(f"{name}, which makes {shape[1:]} of {value.shape}")
    return _settled(flow, value, Layout(axes, layout.shape, layout.at), shape)


def _vector(flow: Flow, value: Value, shape: Shape) -> Value | None:
    """A vector made of a tensor, or a tensor of a vector; None where it is neither."""
    one = shape[1:] == (1,) * (len(shape) - 1) and len(shape) > 0
    if shape == value.shape:
        return value
    if len(value.shape) == 1 and shape == (1, *value.shape):
        return flow.layer(value, f"reshape({value.channels},1)", shape, LAST)
    if value.at == SPREAD and one and shape[:1] == value.shape[:1]:
        return Value(value.operation, shape, FIRST if len(shape) == 1 else SPREAD)
    if value.at == FIRST and len(value.shape) == 1 and one and shape[:1] == value.shape:
        return Value(value.operation, shape, SPREAD)
    if value.at == CUT:
        return None
    if value.at == FIRST and value.channels == 1 and one and shape[0] == prod(value.shape) > 1:
        return flow.layer(value, "F", shape, SPREAD if len(shape) > 1 else FIRST)
    if shape == (prod(value.shape),):
        return flow.layer(value, "F", shape, FIRST)
    return None


def _layout(flow: Flow, value: Value) -> Layout:
    if value.layout is not None:
        return value.layout
    shape = (flow.batch, *value.shape)
    return Layout(whole(shape), shape, value.at)


def _settled(flow: Flow, value: Value, layout: Layout, shape: Shape) -> Value:
    """What stands in a layout, as the language has it where the channels are whole, and the places in their order."""
    axes = tuple(map(joined_parts, layout.axes))
    rank = len(layout.shape)
    order = [0, rank - 1, *range(1, rank - 1)] if layout.at == LAST else [*range(rank)]
    parts: Axes = tuple(whole(layout.shape)[axis] for axis in order)
    batch, channels, *places = parts
    if axes[:1] == (batch,) and len(axes) > 1:
        for at, found, others in ((FIRST, axes[1], axes[2:]), (LAST, axes[-1], axes[1:-1])):
            if found == channels:
                if others == tuple(places):
                    return Value(value.operation, shape[1:], at)
                laid = _laid(flow, value, others, places, shape[1:], at)
                if laid is not None:
                    return laid
        shuffled = [part for part in axes[1] if channels and part[0][0] == channels[0][0][0]]
        if len(shuffled) == len(axes[1]) == 2 and axes[2:] == tuple(places) and layout.at == FIRST:
            return flow.layer(value, f"shuffle({min(shuffled)[1]})", shape[1:], FIRST)
    return Value(value.operation, shape[1:], CUT, Layout(axes, layout.shape, layout.at))


_MOST_AXES = 3


def _laid(
    flow: Flow, value: Value, axes: Axes, places: Sequence[tuple[Part, ...]], shape: Shape, at: str
) -> Value | None:
    """The places of a tensor, in their order, as a sequence, or as an image; None where they are neither."""
    if joined_parts([part for axis in axes for part in axis]) != joined_parts(
        [part for axis in places for part in axis]
    ):
        return None
    if len(axes) == 1:
        return flow.layer(value, "seq", shape, at)
    if 1 < len(axes) <= _MOST_AXES and len(places) == 1:
        sizes = (shape[0], *shape[1:]) if at == FIRST else (shape[-1], *shape[:-1])
        return flow.layer(value, f"reshape({','.join(map(str, sizes))})", shape, at)
    return None


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
    """A tensor in parts along an axis, which counts the batch as the first."""
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return tuple(cut(flow, name, value, axis, start, size) for start, size in zip(starts, sizes, strict=True))


def cut(flow: Flow, name: str, value: Value, axis: int, start: int, size: int) -> Value:
    """So many places of an axis, which counts the batch as the first: some of the channels, or a part of an axis."""
    at = axis % (len(value.shape) + 1) - 1
    if at < 0 or value.at not in (FIRST, LAST):
        raise refused(f"{name} takes a part of a tensor")
    shape = (*value.shape[:at], size, *value.shape[at + 1 :])
    if at == (0 if value.at == FIRST else len(value.shape) - 1):
        return flow.layer(value, f"take({size})", shape, value.at)
    place, places = at - (value.at == FIRST), len(value.shape) - 1
    before, after = [0] * places, [0] * places
    before[place], after[place] = start, value.shape[at] - start - size
    sides = [f"{word}={each(cuts)}" for word, cuts in (("before", before), ("after", after)) if any(cuts)]
    return flow.layer(value, f"crop({','.join(sides)})" if sides else "_", shape, value.at)


def loosened(value: Value, shape: tuple[int, ...]) -> Value:
    """The axes of a sequence on the way into a recurrent layer or out of it; ``shape`` has the batch."""
    if len(value.shape) != 2:
        raise refused(f"a sequence of the shape {value.shape}")
    steps, channels = value.shape
    at = LAST if shape == (1, steps, channels) else LOOSE
    return Value(value.operation, value.shape, at)

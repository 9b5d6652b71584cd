"""Attention as ONNX has it: products and a softmax, of heads that may share keys, and places that may be in windows."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from symcount.interop.writing.making import biases_of_attention, check_windows
from symcount.interop.writing.nodes import Module
from symcount.interop.writing.onnx.making import Making, Operator, layer_of, projected, sizes_of
from symcount.layers import Shape, Word
from symcount.records import record
from symcount.trace import Step


@record
class _Heads:
    """How many heads ask, how many have keys and values, and how wide these are."""

    asking: int
    kept: int
    width: int
    value: int


def _attention(making: Making, module: Module, x: str) -> str:
    """Queries, keys and values of every head, their products, and a matrix back."""
    step, layer = layer_of(module)
    windowed = not isinstance(layer.win, Word)
    if windowed:
        check_windows(step)
    channels = sizes_of(step.input)[0]
    width = channels // layer.heads if layer.dk is None else layer.dk
    heads = _Heads(layer.heads, layer.kv, width, width if layer.dv is None else layer.dv)
    asked = _windows(making, step, layer.win, x) if windowed else _in_a_row(making, step.input, x)
    places = answering = layer.win**step.input.rank if windowed else prod(sizes_of(step.input)[1:])
    seen, memory = asked, channels
    if layer.memory is not None:
        seen = _in_a_row(making, layer.memory.shape, _taken(making, module, layer.memory.shape)[0])
        memory, *axes = sizes_of(layer.memory.shape)
        answering = prod(axes)
    biases = biases_of_attention(layer)
    query = _headed(making, step, asked, "query_", (channels, heads.asking, width), biases[0])
    key = _headed(making, step, seen, "key_", (memory, heads.kept, width), biases[1])
    value = _headed(making, step, seen, "value_", (memory, heads.kept, heads.value), biases[2])
    if layer.norm == 1:
        query = _normed(making, step, query, "query_norm", width)
        key = _normed(making, step, key, "key_norm", width)
    offsets = _offsets(making, step, heads, places, answering) if layer.rel != 0 else ""
    mixed = _mixed(making, query, key, value, heads, offsets)
    if not windowed:
        return _back(making, step, mixed, heads, biases[3])
    takes, gives = heads.asking * heads.value, sizes_of(step.output)[0]
    out = projected(making, step, mixed, "out_", takes, gives, bias=biases[3])
    return _out_of_windows(making, step, layer.win, out)


def _back(making: Making, step: Step, mixed: str, heads: _Heads, bias: object) -> str:
    """What a matrix makes of all heads side by side, on the axes of the output."""
    is_done = step.input.rank == 1
    takes, gives = heads.asking * heads.value, sizes_of(step.output)[0]
    out = projected(making, step, mixed, "out_", takes, gives, bias=bias, leaves=step.name if is_done else "")
    return out if is_done else making.node("Reshape", out, making.numbers(0, *_last(step.output)), leaves=step.name)


def _last(shape: Shape) -> tuple[int, ...]:
    channels, *axes = sizes_of(shape)
    return (*axes, channels)


def _taken(making: Making, module: Module, shape: Shape) -> list[str]:
    """The tensors that a layer takes besides, their channels at the end."""
    found = [making.tensors[key] for key in module.needs]
    order = [0, *range(2, 2 + shape.rank), 1]
    return [making.node("Transpose", each, perm=order) for each in found] if module.turns else found


def _in_a_row(making: Making, shape: Shape, x: str) -> str:
    """All places one after another."""
    channels, *axes = sizes_of(shape)
    return x if len(axes) == 1 else making.node("Reshape", x, making.numbers(0, prod(axes), channels))


def _headed(making: Making, step: Step, x: str, role: str, sizes: tuple[int, int, int], bias: object) -> str:
    """What a matrix makes of every place, parted into heads."""
    takes, heads, width = sizes
    made = projected(making, step, x, role, takes, heads * width, bias=bias)
    return making.node("Reshape", made, making.numbers(0, 0, heads, width))


def _normed(making: Making, step: Step, x: str, role: str, width: int) -> str:
    return making.node("RMSNormalization", x, making.weight(step, role, width), axis=-1)


def _mixed(making: Making, query: str, key: str, value: str, heads: _Heads, offsets: str = "") -> str:
    """The values that every place asks for, those of all heads side by side."""
    query = making.node("Transpose", query, perm=[0, 2, 1, 3])
    if heads.asking == heads.kept:
        key, value = (
            making.node("Transpose", key, perm=[0, 2, 3, 1]),
            making.node("Transpose", value, perm=[0, 2, 1, 3]),
        )
    else:
        key = making.node("Transpose", _for_every_head(making, key, heads, heads.width), perm=[0, 1, 3, 2])
        value = _for_every_head(making, value, heads, heads.value)
    scores = making.node("Mul", making.node("MatMul", query, key), making.number(float(heads.width) ** -0.5))
    scores = making.node("Add", scores, offsets) if offsets else scores
    mixed = making.node("MatMul", making.node("Softmax", scores, axis=-1), value)
    together = making.node("Transpose", mixed, perm=[0, 2, 1, 3])
    return making.node("Reshape", together, making.numbers(0, 0, heads.asking * heads.value))


def _for_every_head(making: Making, x: str, heads: _Heads, width: int) -> str:
    """Keys or values as often as heads share them."""
    kept = making.node("Unsqueeze", making.node("Transpose", x, perm=[0, 2, 1, 3]), making.numbers(2))
    often = making.node("Expand", kept, making.numbers(1, 1, heads.asking // heads.kept, 1, 1))
    return making.node("Reshape", often, making.numbers(0, heads.asking, -1, width))


def _offsets(making: Making, step: Step, heads: _Heads, asking: int, answering: int) -> str:
    """An addend for each score, of a table by how far two places are apart."""
    layer: Any = step.layer
    table = making.weight(step, "relative", layer.rel, heads.asking)
    window = None if isinstance(layer.win, Word) else layer.win
    if window is not None and asking == window**2 and layer.rel == (2 * window - 1) ** 2:
        down, right = (
            making.node("Add", _apart(making, places, places), making.place(window - 1))
            for places in ([n // window for n in range(asking)], [n % window for n in range(asking)])
        )
        index = making.node("Add", making.node("Mul", down, making.place(2 * window - 1)), right)
    else:
        apart = making.node("Neg", _apart(making, [*range(asking)], [*range(answering)]))
        middle = making.node("Add", apart, making.place(layer.rel // 2))
        index = making.node("Clip", middle, making.place(0), making.place(layer.rel - 1))
    return making.node("Transpose", making.node("Gather", table, index, axis=0), perm=[2, 0, 1])


def _apart(making: Making, places: list[int], others: list[int]) -> str:
    column = making.node("Unsqueeze", making.numbers(*places), making.numbers(1))
    return making.node("Sub", column, making.numbers(*others))


def _windows(making: Making, step: Step, side: int, x: str) -> str:
    """Each window as a sample of its own."""
    channels, *axes = sizes_of(step.input)
    parted = [size for n in axes for size in (n // side, side)]
    made = making.node("Reshape", x, making.numbers(-1, *parted, channels))
    turned = making.node("Transpose", made, perm=_order(len(axes)))
    return making.node("Reshape", turned, making.numbers(-1, side ** len(axes), channels))


def _out_of_windows(making: Making, step: Step, side: int, x: str) -> str:
    channels, *axes = sizes_of(step.output)
    order = _order(len(axes))
    parted = making.node("Reshape", x, making.numbers(-1, *(n // side for n in axes), *(side for _ in axes), channels))
    turned = making.node("Transpose", parted, perm=sorted(range(len(order)), key=order.__getitem__))
    return making.node("Reshape", turned, making.numbers(-1, *axes, channels), leaves=step.name)


def _order(axes: int) -> list[int]:
    """The numbers of windows before the places inside them."""
    return [0, *range(1, 2 * axes, 2), *range(2, 2 * axes + 1, 2), 2 * axes + 1]


def _latent(making: Making, module: Module, x: str) -> str:
    """Keys and values of a few values for each place; the rotation, which learns nothing, is left out."""
    step, layer = layer_of(module)
    channels = sizes_of(step.input)[0]
    heads = _Heads(layer.heads, layer.heads, layer.dk + layer.rope, layer.dk if layer.dv is None else layer.dv)
    places = _in_a_row(making, step.input, x)
    asked, takes = places, channels
    if layer.q is not None:
        small = projected(making, step, places, "query_down_", channels, layer.q, bias=0)
        asked, takes = _normed(making, step, small, "query_norm", layer.q), layer.q
    query = _headed(making, step, asked, "query_", (takes, heads.asking, heads.width), 0)
    made = projected(making, step, places, "latent_", channels, layer.latent + layer.rope, bias=0)
    kept, rotated = _parts(making, made, layer.latent, layer.rope)
    kept = _normed(making, step, kept, "latent_norm", layer.latent)
    expanded = _headed(making, step, kept, "expand_", (layer.latent, heads.asking, layer.dk + heads.value), 0)
    key, value = _parts(making, expanded, layer.dk, heads.value)
    shared = making.node("Unsqueeze", rotated, making.numbers(2))
    shared = making.node("Expand", shared, making.numbers(1, 1, heads.asking, 1))
    key = making.node("Concat", key, shared, axis=-1)
    return _back(making, step, _mixed(making, query, key, value, heads), heads, 0)


def _parts(making: Making, x: str, *sizes: int) -> list[str]:
    """So many of the last values each, one part after another."""
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    pairs = zip([0, *ends], ends, strict=False)
    return [making.node("Slice", x, *(making.numbers(each) for each in (first, end, -1))) for first, end in pairs]


def _given(making: Making, module: Module, x: str) -> str:
    """Attention of queries, keys and values that are made elsewhere."""
    step, layer = layer_of(module)
    width, value = layer.widths(step.input)
    heads = _Heads(layer.heads, layer.kv, width, value)
    row = _in_a_row(making, step.input, x)
    if layer.keys is None:
        query, key, values = _parts(making, row, heads.asking * width, heads.kept * width, heads.kept * value)
    else:
        taken = zip((layer.keys, layer.values), _taken(making, module, layer.keys.shape), strict=True)
        query, (key, values) = row, (_in_a_row(making, each.shape, made) for each, made in taken)
    rows = ((query, heads.asking, width), (key, heads.kept, width), (values, heads.kept, value))
    query, key, values = (making.node("Reshape", each, making.numbers(0, 0, count, size)) for each, count, size in rows)
    mixed = _mixed(making, query, key, values, heads)
    return making.node("Reshape", mixed, making.numbers(0, *_last(step.output)), leaves=step.name)


ATTENTION: Mapping[str, Operator] = {"MHA": _attention, "MLA": _latent, "attend": _given}
"""Kinds of attention, all of which want the channels behind the axes."""

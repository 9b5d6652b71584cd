"""Multiply-accumulates against PyTorch's own counter of floating point operations, which runs every operation.

Modules and tensors are on the meta device, which keeps shapes and no values. A layer is run as a reader of PyTorch
would write it; of whole networks each layer is run on the shape that the network gives it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symcount as sc
from symcount.catalogue import models
from symcount.layers import Layer, Shape
from symcount.trace import Step

if os.environ.get("SYMCOUNT_ORACLE") != "torch":
    pytest.importorskip("torch")

import torch
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

MANY = settings(max_examples=150, deadline=None)
LENGTH = 7
"""What an open size of a shipped network is here."""

ran: Counter[str] = Counter()


def tensor(*sizes: int) -> Any:
    return torch.empty(*sizes, device="meta")


def counted(run: Callable[[], object]) -> int:
    """The floating point operations of what runs."""
    with FlopCounterMode(display=False) as counter:
        run()
    total: int = counter.get_total_flops()
    return total


def convolved(layer: Any, x: tuple[int, ...], filters: int, groups: int, transposed: bool = False) -> None:
    rank = len(x) - 1
    name = f"Conv{'Transpose' * transposed}{rank}d"
    padding = tuple(0 if isinstance(each, str) else each for each in layer.padding)
    arguments = {"stride": layer.stride, "dilation": layer.dilation, "groups": groups, "padding": padding}
    module = getattr(torch.nn, name)(x[0], filters, layer.kernel, **arguments, device="meta")
    if any(isinstance(each, str) for each in layer.padding):
        margins = []
        for n, k, s, d in reversed([*zip(x[1:], layer.kernel, layer.stride, layer.dilation, strict=True)]):
            margins += [0, max(0, (-(-n // s) - 1) * s + (k - 1) * d + 1 - n)]
        module(functional.pad(tensor(1, *x), margins))
    else:
        module(tensor(1, *x))


def attended(layer: Any, x: tuple[int, ...], memory: tuple[int, ...]) -> None:
    places, c = prod(x[1:]), x[0]
    answering, seen = prod(memory[1:]), memory[0]
    width = c // layer.heads if layer.dk is None else layer.dk
    value = width if layer.dv is None else layer.dv
    linear(tensor(places, c), layer.heads * width)
    linear(tensor(answering, seen), layer.kv * width)
    linear(tensor(answering, seen), layer.kv * value)
    windows, inside = 1, places
    if not isinstance(layer.win, str):
        inside = layer.win ** (len(x) - 1)
        windows, answering = places // inside, inside
    query = tensor(windows, layer.heads, inside, width)
    keys = tensor(windows, layer.kv, answering, width), tensor(windows, layer.kv, answering, value)
    functional.scaled_dot_product_attention(query, *keys, enable_gqa=layer.kv != layer.heads)
    linear(tensor(places, layer.heads * value), c if layer.out is None else layer.out)


def attended_through_a_latent(layer: Any, x: tuple[int, ...]) -> None:
    """DeepSeek-V2, equations 9 to 19: the rotated part of a key is one for all heads, and scored with the rest."""
    places, h, c = prod(x[1:]), layer.heads, x[0]
    width = layer.dk + layer.rope
    arriving = tensor(places, c)
    linear(arriving if layer.q is None else linear(arriving, layer.q), h * width)
    linear(arriving, layer.rope)
    linear(linear(arriving, layer.latent), h * (layer.dk + layer.dv))
    query, key, value = (tensor(1, h, places, each) for each in (width, width, layer.dv))
    functional.scaled_dot_product_attention(query, key, value)
    linear(tensor(places, h * layer.dv), c)


def linear(x: Any, units: int) -> Any:
    return functional.linear(x, tensor(units, x.shape[-1]))


def run(layer: Any, x: tuple[int, ...]) -> None:
    """Run a layer on a tensor of this shape, as PyTorch has it."""
    c, places = x[0], prod(x[1:])
    match type(layer).token:
        case "C":
            convolved(layer, x, layer.filters, layer.groups)
        case "T":
            convolved(layer, x, layer.filters, layer.groups, transposed=True)
        case "DW":
            convolved(layer, x, layer.multiplier * c, c)
        case "SC":
            convolved(layer, x, layer.multiplier * c, c)
            linear(tensor(*layer.output(Shape(x[0], x[1:])).axes, layer.multiplier * c), layer.filters)
        case "H" | "O":
            linear(tensor(1, prod(x)), layer.units)
        case "Lin":
            linear(tensor(places, c), layer.units)
        case "FF":
            linear(linear(tensor(places, c), layer.hidden), c)
        case "GLU":
            linear(tensor(places, c), layer.hidden)
            linear(linear(tensor(places, c), layer.hidden), c)
        case "SE":
            linear(linear(tensor(1, c), layer.squeezed), c)
        case "moe":
            linear(tensor(places, c), layer.experts)
        case "RNN" | "GRU" | "LSTM" as token:
            more = {"proj_size": layer.proj} if token == "LSTM" and layer.proj else {}
            getattr(torch.nn, token)(c, layer.units, batch_first=True, device="meta", **more)(tensor(1, places, c))
        case "TMix" if layer.head is None:
            mixed = [linear(tensor(places, c), layer.width or c) for _ in range(3)]
            linear(mixed[0], c)
        case "CMix":
            linear(linear(tensor(places, c), layer.hidden), c)
            linear(tensor(places, c), c)
        case "MLA":
            attended_through_a_latent(layer, x)
        case "MHA":
            shape = x if layer.memory is None else layer.memory.shape.sizes
            attended(layer, x, shape)


def agrees(layer: Layer, x: tuple[int, ...], flops: Any) -> None:
    ran[type(layer).token] += 1
    assert counted(lambda: run(layer, x)) == flops, (type(layer).token, vars(layer), x)


def sizes_of(step: Step) -> tuple[int, ...]:
    return tuple(size for size in step.input.sizes if isinstance(size, int))


@pytest.mark.parametrize("name", [model.name for model in models()])
def test_every_layer_of_every_shipped_network(name: str) -> None:
    net = sc.zoo(name)
    net = net(**dict.fromkeys(net.symbols, LENGTH))
    seen = set()
    for row in net.rows:
        if isinstance(row.part, Step) and not uses_a_table(row.part.layer):
            key = (row.text, row.part.input)
            if key not in seen:
                seen.add(key)
                agrees(row.part.layer, sizes_of(row.part), row.of("flops"))
    assert seen


def uses_a_table(layer: Any) -> bool:
    """Whether it has a partial connection table, which PyTorch does not."""
    return getattr(layer, "links", None) is not None


def agrees_in_text(text: str) -> None:
    row = [*sc.parse(text).rows][-1]
    assert isinstance(row.part, Step)
    agrees(row.part.layer, sizes_of(row.part), row.of("flops"))


@st.composite
def convolutions(draw: st.DrawFn) -> str:
    rank, g = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    kernel, stride, dilation = (draw(st.integers(1, most)) for most in (4, 3, 2))
    padding = draw(st.sampled_from(["0", "1", "2", "same"]))
    n = "x".join(str(draw(st.integers(9, 14))) for _ in range(rank)) if rank > 1 else str(draw(st.integers(9, 14)))
    c, f = g * draw(st.integers(1, 3)), g * draw(st.integers(1, 3))
    kind = draw(st.sampled_from(["C", "T", "DW", "SC"]))
    if kind == "T":
        padding = "1" if kernel > 2 else "0"
    what = {"C": f"C({f},{kernel},g={g}", "T": f"T({f},{kernel},g={g}", "DW": f"DW({kernel},m={g}",
            "SC": f"SC({f},{kernel},m={g}"}[kind]  # fmt: skip
    return f"I({c},{n})-{what},s={stride},d={dilation},p={padding})"


@MANY
@given(text=convolutions())
def test_convolutions(text: str) -> None:
    agrees_in_text(text)


@MANY
@given(c=st.integers(1, 9), n=st.integers(1, 9), h=st.integers(2, 9), token=st.sampled_from(["RNN", "GRU", "LSTM"]))
def test_recurrent(c: int, n: int, h: int, token: str) -> None:
    agrees_in_text(f"I({c},{n})-{token}({h},last=on)")
    agrees_in_text(f"I({c},{n})-LSTM({h},proj={h - 1})")


@MANY
@given(d=st.integers(1, 5), t=st.integers(1, 9), s=st.integers(1, 9), kv=st.integers(1, 3), more=st.integers(1, 3))
def test_attention(d: int, t: int, s: int, kv: int, more: int) -> None:
    h = kv * more
    agrees_in_text(f"I({h * d},{t})-MHA({h},kv={kv})")
    agrees_in_text(f"I({h * d},{t})-MHA({h},kv={kv},dk={d + 1},dv={d + 2})")
    agrees_in_text(f"I({d},{s})@m; I({h * d},{t})-MHA({h},kv={kv},from=@m)")
    agrees_in_text(f"I({h * d},{2 * s}x{2 * t})-MHA({h},win=2)")


def test_every_kind_with_products_was_held() -> None:
    assert set("C T DW SC H O Lin FF GLU SE moe RNN GRU LSTM MHA".split()) <= set(ran)


def test_a_wrong_count_is_seen() -> None:
    row = [*sc.parse("I(3,8x8)-C(4,3)").rows][-1]
    assert isinstance(row.part, Step)
    with pytest.raises(AssertionError):
        agrees(row.part.layer, (3, 8, 8), row.of("macs"))

"""Bytes of activations, and what a unit sees, against PyTorch on the CPU: its saved tensors, and its gradients.

A transformer layer is written out in PyTorch, in bfloat16 (2 bytes) with dropout, and every tensor that is saved for
the backward pass is held, by the storage that it lies in. What PyTorch keeps and Korthikanti and others (2022) do not
count has a function each, named for what it is.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from functools import partial
from math import sqrt
from typing import Any, NamedTuple

import pytest

import symcount as sc
from tests.seeds import chosen_seed

if os.environ.get("SYMCOUNT_ORACLE") != "torch":
    pytest.importorskip("torch")

import torch
from torch.autograd.graph import saved_tensors_hooks
from torch.nn import functional
from torch.utils.checkpoint import checkpoint


def statistics(tokens: int) -> int:
    """Mean and deviation of a normalisation, which the paper leaves out as small."""
    return 2 * 2 * tokens


def second_bytes(b: int, s: int, a: int, h: int, selective: bool) -> int:
    """What masks are larger by that have the type of the values: those of the scores and behind both blocks."""
    return 2 * b * s * h + (0 if selective else a * b * s * s)


def numbers(b: int, s: int) -> int:
    """The tokens to look up and the tokens to find, in 8 bytes, and by how many the loss is divided, in 4."""
    return 2 * 8 * b * s + 4


Dropout = Callable[[Any], Any]


def mask_of_a_byte(x: Any) -> Any:
    """What runs on a GPU, and what the paper counts."""
    return torch.native_dropout(x, 0.1, True)[0]


def mask_of_values(x: Any) -> Any:
    """What ``torch.nn.Dropout`` does on a CPU: its mask has the type of the values."""
    return functional.dropout(x, 0.1)


def modules(h: int) -> Any:
    """The weights of a transformer layer."""
    linear = {name: torch.nn.Linear(h, h) for name in ("query", "key", "value", "out")}
    dense = {"up": torch.nn.Linear(h, 4 * h), "down": torch.nn.Linear(4 * h, h)}
    norms = {name: torch.nn.LayerNorm(h) for name in ("norm", "second")}
    return torch.nn.ModuleDict({**linear, **dense, **norms}).bfloat16()


def scores(query: Any, key: Any, value: Any, dropout: Dropout) -> Any:
    found = query @ key.transpose(-1, -2)
    return dropout(functional.softmax(found / sqrt(query.shape[-1]), dim=-1)) @ value


def attention(of: Any, x: Any, heads: int, dropout: Dropout, selective: bool) -> Any:
    b, s, h = x.shape
    query, key, value = (
        of[name](x).view(b, s, heads, h // heads).transpose(1, 2) for name in ("query", "key", "value")
    )
    if selective:
        seen = checkpoint(scores, query, key, value, dropout, use_reentrant=True)
    else:
        seen = scores(query, key, value, dropout)
    return dropout(of["out"](seen.transpose(1, 2).reshape(b, s, h)))


def dense(of: Any, x: Any, dropout: Dropout) -> Any:
    return dropout(of["down"](functional.gelu(of["up"](x))))


def transformer(of: Any, x: Any, heads: int, dropout: Dropout, selective: bool) -> Any:
    x = x + attention(of, of["norm"](x), heads, dropout, selective)
    return x + dense(of, of["second"](x), dropout)


def saved(of: Any, run: Callable[[], Any]) -> int:
    """The bytes of all that is saved for the backward pass and is not a parameter, each storage once."""
    storages: dict[int, Any] = {}

    def pack(saved_tensor: Any) -> Any:
        storage = saved_tensor.untyped_storage()
        storages[storage.data_ptr()] = storage
        return saved_tensor

    with saved_tensors_hooks(pack, lambda each: each):
        run()
    learned = {each.untyped_storage().data_ptr() for each in of.parameters()}
    return sum(storage.nbytes() for place, storage in storages.items() if place not in learned)


def tokens(b: int, s: int, h: int) -> Any:
    return torch.randn(b, s, h, dtype=torch.bfloat16, requires_grad=True)


def memory(text: str, b: int, selective: bool = False) -> Any:
    return sc.parse(text).under(scheme="megatron-selective" if selective else "megatron", batch=b).of("memory")


TRANSFORMER_LAYER = "I({h},{s})-{{LN-MHA({a})+_}}-{{LN-FF(4*{h})+_}}"
SIZES = [(1, 1, 1, 4), (2, 3, 2, 8), (3, 7, 4, 12), (2, 16, 8, 64), (5, 9, 3, 27)]
"""Samples, tokens, heads and width."""
EITHER = pytest.mark.parametrize("selective", [False, True])
EVERY_SIZE = pytest.mark.parametrize(("b", "s", "a", "h"), SIZES)


@EITHER
@EVERY_SIZE
def test_a_transformer_layer_to_the_byte(b: int, s: int, a: int, h: int, selective: bool) -> None:
    of, x = modules(h), tokens(b, s, h)
    found = saved(of, lambda: transformer(of, x, a, mask_of_a_byte, selective))
    assert found == memory(TRANSFORMER_LAYER.format(a=a, h=h, s=s), b, selective) + 2 * statistics(b * s)


@EITHER
@EVERY_SIZE
def test_masks_of_a_cpu_have_the_type_of_the_values(b: int, s: int, a: int, h: int, selective: bool) -> None:
    of, x = modules(h), tokens(b, s, h)
    found = saved(of, lambda: transformer(of, x, a, mask_of_values, selective))
    counted = memory(TRANSFORMER_LAYER.format(a=a, h=h, s=s), b, selective)
    assert found == counted + 2 * statistics(b * s) + second_bytes(b, s, a, h, selective)


@EVERY_SIZE
def test_each_part_of_a_transformer_layer(b: int, s: int, a: int, h: int) -> None:
    of, x = modules(h), tokens(b, s, h)
    assert saved(of, lambda: of["norm"](x)) == memory(f"I({h},{s})-LN", b) + statistics(b * s)
    assert saved(of, lambda: dense(of, x, mask_of_a_byte)) == memory(f"I({h},{s})-FF({4 * h})", b)
    for selective in (False, True):
        found = saved(of, partial(attention, of, x, a, mask_of_a_byte, selective))
        assert found == memory(f"I({h},{s})-MHA({a})", b, selective)


@pytest.mark.parametrize(("b", "s", "v", "h"), [(1, 1, 2, 4), (2, 5, 11, 8), (3, 4, 100, 12)])
def test_the_rest_of_a_language_model_to_the_byte(b: int, s: int, v: int, h: int) -> None:
    parts = {"table": torch.nn.Embedding(v, h), "places": torch.nn.Embedding(s, h), "norm": torch.nn.LayerNorm(h)}
    of: Any = torch.nn.ModuleDict({**parts, "out": torch.nn.Linear(h, v, bias=False)}).bfloat16()
    first, following = torch.randint(v, (2, b, s)).unbind()

    def run() -> Any:
        x = mask_of_a_byte(of["table"](first) + of["places"].weight)
        logits = of["out"](of["norm"](x)).float()
        return functional.cross_entropy(logits.flatten(0, 1), following.flatten())

    counted = memory(f"I({s})-E({v},{h})-PE-LN-Lin({v},bias=off)", b)
    assert saved(of, run) == counted + statistics(b * s) + numbers(b, s)


class Drawn(NamedTuple):
    """A piece of a network as a line has it, and as PyTorch runs it."""

    text: str
    run: Callable[[Any], Any]


Sizes = tuple[int, ...]


def by(sizes: Sizes) -> str:
    return "x".join(map(str, sizes))


def convolution(k: Sizes, s: Sizes, p: int, d: int = 1) -> Drawn:
    def run(x: Any) -> Any:
        # positive, so that no two ways to a unit cancel
        weight = 1 + torch.rand(2, x.shape[1], *k, dtype=x.dtype)
        return getattr(functional, f"conv{len(k)}d")(x, weight, stride=s, padding=p, dilation=d)

    return Drawn(f"C(2,{by(k)},s={by(s)},p={p},d={d})", run)


def causal(k: int) -> Drawn:
    behind = convolution((k,), (1,), 0)
    return Drawn(f"C(2,{k},p=causal)", lambda x: behind.run(functional.pad(x, (k - 1, 0))))


def pooling(k: Sizes, s: Sizes, p: int) -> Drawn:
    run = getattr(functional, f"avg_pool{len(k)}d")
    return Drawn(f"AP({by(k)},s={by(s)},p={p})", lambda x: run(x, k, stride=s, padding=p))


IDENTITY = Drawn("_", lambda x: x)


def chained(*parts: Drawn) -> Drawn:
    def run(x: Any) -> Any:
        for part in parts:
            x = part.run(x)
        return x

    return Drawn("-".join(part.text for part in parts), run)


def added(one: Drawn, other: Drawn) -> Drawn:
    return Drawn(f"{{{one.text}+{other.text}}}", lambda x: one.run(x) + other.run(x))


def concatenated(one: Drawn, other: Drawn) -> Drawn:
    return Drawn(f"{{{one.text}|{other.text}}}", lambda x: torch.cat([one.run(x), other.run(x)], 1))


def drawn_piece(draw: random.Random, rank: int) -> Drawn:
    k = tuple(draw.randint(2, 4) for _ in range(rank))
    s = tuple(draw.randint(1, 4 - rank) for _ in range(rank))
    p, d, more = draw.randint(0, 1), draw.randint(1, 2), draw.randint(0, 1)
    wider, ones = tuple(each + 2 * more for each in k), (1,) * rank
    same = convolution((3,) * rank, ones, d, d)
    window = convolution(k, s, p)
    pieces = [
        convolution(k, s, p, d),
        pooling(k, s, p),
        added(window, chained(convolution(wider, s, p + more), same)),
        concatenated(window, pooling(wider, s, p + more)),
        concatenated(same, IDENTITY),
    ]
    if rank == 1:
        pieces.append(added(causal(2 + d), convolution((3,), ones, 1)))
    return draw.choice(pieces)


def drawn_network(draw: random.Random, rank: int) -> Drawn:
    return chained(*(drawn_piece(draw, rank) for _ in range(draw.randint(1, 3))))


WIDE = {1: (700,), 2: (190, 180)}
"""Inputs in whose middle no unit of three pieces sees an edge."""


def spans(x: Any, unit: Any) -> list[tuple[int, int]]:
    """The first and the last place along each axis that a unit's gradient is not zero at."""
    [gradient] = torch.autograd.grad(unit.sum(), x, retain_graph=True)
    places = gradient[0].sum(0).nonzero()
    found = [*zip(places.amin(0).tolist(), places.amax(0).tolist(), strict=True)]
    assert all(first > 0 and last < n - 1 for (first, last), n in zip(found, x.shape[2:], strict=True))
    return found


@pytest.mark.parametrize("which", range(40))
def test_what_a_unit_sees_is_where_its_gradient_is(which: int) -> None:
    rank = 1 + which % 2
    network = drawn_network(random.Random(f"{chosen_seed()} {which}"), rank)
    net = sc.parse(f"I(2,{by(WIDE[rank])})-{network.text}")
    x = torch.ones(1, 2, *WIDE[rank], dtype=torch.float64, requires_grad=True)
    y = network.run(x)
    middle = [size // 2 for size in y.shape[2:]]
    here, next_to_it = (spans(x, y[(0, slice(None), *(at + step for at in middle))]) for step in (0, 1))
    fields = tuple(last - first + 1 for first, last in here)
    strides = tuple(second - first for (first, _), (second, _) in zip(here, next_to_it, strict=True))
    paddings = tuple(at * s - first for at, s, (first, _) in zip(middle, strides, here, strict=True))
    for quantity, seen in (("receptive-field", fields), ("stride", strides), ("padding", paddings)):
        found = net.of(quantity)
        assert (found if isinstance(found, tuple) else (found,) * rank) == seen, (quantity, network.text)

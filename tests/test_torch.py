"""Sequence layers against the tensors that PyTorch allocates; where PyTorch is not installed, nothing here runs.

Modules are made on the meta device, which keeps shapes and no values. ``SYMCOUNT_ORACLE=torch`` says that it
must be there: then a missing PyTorch is a failure.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcount import Architecture

if os.environ.get("SYMCOUNT_ORACLE") != "torch":
    pytest.importorskip("torch")

import torch

LEAST = 200
"""Settings that each kind is held on."""

MANY = settings(max_examples=250, deadline=None)
sizes = st.integers(1, 48)
flags = st.booleans()

ran: Counter[str] = Counter()


def tensors(kind: str, **arguments: Any) -> int:
    """The values of all parameters of a PyTorch module."""
    module = getattr(torch.nn, kind)(**arguments, device="meta")
    return sum(parameter.numel() for parameter in module.parameters())


def agrees(kind: str, text: str, expected: int) -> None:
    ran[kind] += 1
    assert Architecture(text, convention="torch").params == expected


def on(choice: bool) -> str:
    return "on" if choice else "off"


@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
@MANY
@given(c=sizes, h=sizes, bias=flags, both=flags, layers=st.integers(1, 3))
def test_recurrent(kind: str, c: int, h: int, bias: bool, both: bool, layers: int) -> None:
    said = "" if bias else ",bias=off"
    one = f"{kind}({h}{said})"
    text = f"I({c},T)-{f'bi[{one}]' if both else one}*{layers}"
    arguments = {"input_size": c, "hidden_size": h, "bias": bias, "bidirectional": both, "num_layers": layers}
    agrees(kind, text, tensors(kind, **arguments))


@MANY
@given(c=sizes, h=st.integers(2, 48), bias=flags, data=st.data())
def test_projected(c: int, h: int, bias: bool, data: st.DataObject) -> None:
    o = data.draw(st.integers(1, h - 1))
    said = "" if bias else ",bias=off"
    agrees(
        "LSTM proj",
        f"I({c},T)-LSTM({h},proj={o}{said})",
        tensors("LSTM", input_size=c, hidden_size=h, proj_size=o, bias=bias),
    )


@MANY
@given(heads=st.integers(1, 8), width=st.integers(1, 8), key=sizes, bias=flags)
def test_attention(heads: int, width: int, key: int, bias: bool) -> None:
    c = heads * width
    text = f"I({key},S)@mem; I({c},T)-MHA({heads},bias={on(bias)},from=@mem)"
    arguments = {"embed_dim": c, "num_heads": heads, "bias": bias, "kdim": key, "vdim": key}
    agrees("MHA", text, tensors("MultiheadAttention", **arguments))


@MANY
@given(heads=st.integers(1, 4), width=st.integers(1, 16), hidden=sizes, bias=flags)
def test_a_layer_of_a_transformer(heads: int, width: int, hidden: int, bias: bool) -> None:
    c, said = heads * width, f"bias={on(bias)}"
    wide = f"{{LN({said})-FF({hidden},{said})+_}}"
    text = f"I({c},S)@mem; I({c},T)-{{LN({said})-MHA({heads},{said})+_}}"
    arguments = {"d_model": c, "nhead": heads, "dim_feedforward": hidden, "bias": bias}
    agrees("FF", f"{text}-{wide}", tensors("TransformerEncoderLayer", **arguments))
    seen = f"{{LN({said})-MHA({heads},{said},from=@mem)+_}}"
    agrees("decoder", f"{text}-{seen}-{wide}", tensors("TransformerDecoderLayer", **arguments))


@MANY
@given(vocabulary=sizes, width=sizes, units=sizes, bias=flags)
def test_embedding_and_linear(vocabulary: int, width: int, units: int, bias: bool) -> None:
    agrees("E", f"I(L)-E({vocabulary},{width})", tensors("Embedding", num_embeddings=vocabulary, embedding_dim=width))
    expected = tensors("Linear", in_features=width, out_features=units, bias=bias)
    agrees("Lin", f"I({width},T)-Lin({units},bias={on(bias)})", expected)


@MANY
@given(groups=st.integers(1, 32), width=st.integers(1, 32), bias=flags)
def test_normalisations(groups: int, width: int, bias: bool) -> None:
    c = groups * width
    agrees("LN", f"I({c},T)-LN(bias={on(bias)})", tensors("LayerNorm", normalized_shape=c, bias=bias))
    agrees("RMS", f"I({c},T)-RMS", tensors("RMSNorm", normalized_shape=c))
    affine = tensors("GroupNorm", num_groups=groups, num_channels=c, affine=bias)
    agrees("GN", f"I({c},T)-GN({groups},affine={on(bias)})", affine)
    agrees("IN", f"I({c},T)-IN(affine={on(bias)})", tensors("InstanceNorm1d", num_features=c, affine=bias))
    agrees("BN", f"I({c},T)-BN", tensors("BatchNorm1d", num_features=c))


def test_every_kind_was_held_often_enough() -> None:
    kinds = {"RNN", "GRU", "LSTM", "LSTM proj", "MHA", "FF", "decoder", "E", "Lin", "LN", "RMS", "GN", "IN", "BN"}
    assert {kind for kind, times in ran.items() if times >= LEAST} == kinds


def test_a_wrong_count_is_seen() -> None:
    with pytest.raises(AssertionError):
        agrees("wrong", "I(3,T)-LSTM(5,bias=1)", tensors("LSTM", input_size=3, hidden_size=5))

"""Multiply-accumulates: published totals, tables worked out by others, and how layers add up."""

from __future__ import annotations

from typing import Any

import pytest

import symcount as sc

# torchvision's documentation of its weights, `_ops` in units of 10^9, of the input that each is trained on
TORCHVISION = {
    "alexnet-owt": "0.714", "vgg11": "7.609", "vgg13": "11.308", "vgg16": "15.470", "vgg19": "19.632",
    "resnet18": "1.814", "resnet34": "3.664", "resnet50": "4.089", "resnet101": "7.801", "resnet152": "11.514",
    "wide_resnet50_2": "11.398", "resnext50_32x4d": "4.230", "densenet121": "2.834", "densenet161": "7.728",
    "densenet169": "3.360", "densenet201": "4.291", "googlenet": "1.498", "inception_v3-no-aux": "5.713",
    "squeezenet1_0": "0.819", "squeezenet1_1": "0.349", "mobilenet_v2": "0.301", "mobilenet_v3_large": "0.217",
    "mobilenet_v3_small": "0.057", "mnasnet1_0": "0.314", "shufflenet_v2_x1_0": "0.145", "regnet_y_400mf": "0.402",
    "efficientnet_b0": "0.386", "efficientnet_b7": "37.746", "convnext_tiny": "4.456", "swin_t": "4.491",
    "vit_b_16": "17.564", "vit_b_32": "4.409",
}  # fmt: skip


@pytest.mark.parametrize("name", TORCHVISION)
def test_published_totals(name: str) -> None:
    macs = sc.zoo(name).of("macs")
    assert f"{(macs + 500_000) // 1_000_000 / 1000:.3f}" == TORCHVISION[name]


def test_a_table_of_gpt_row_by_row() -> None:
    """The rows of nanoGPT's transformer_sizing.ipynb, floating point operations of GPT-2 over 1024 tokens."""
    text = (
        "let d=768; I(1024)-E(50257,d)@tok-PE-[{LN(bias=off)-MHA(12,bias=off)+_}-{LN(bias=off)-FF(4*d,bias=off)+_}]*12"
    )
    net = sc.parse(f"{text}-LN(bias=off)-Lin(50257,w=@tok,bias=off)")
    assert net.params == 124_337_664
    rows = {row.name: row for row in net.rows}
    attention = 3_623_878_656 + 1_610_612_736 + 1_610_612_736 + 1_207_959_552
    assert rows["MHA1"].of("flops") == attention == 8_053_063_680
    assert rows["FF1"].of("flops") == 4_831_838_208 + 4_831_838_208
    assert rows["repeat"].of("flops") == 212_600_881_152
    assert rows["Lin1"].of("flops") == 79_047_426_048
    assert net.of("flops") == 291_648_307_200


@pytest.mark.parametrize(
    ("text", "macs"),
    [
        ("I(1,32x32)-C(6,5)", 25 * 6 * 28 * 28),
        ("I(3,9x9)-C(4,3,p=1,s=2)", 27 * 4 * 5 * 5),
        ("I(4,9x9)-C(6,3,g=2)", 9 * 2 * 6 * 7 * 7),
        ("I(6,14x14)-C(16,5,links=60)", 25 * 60 * 10 * 10),
        ("I(4,9x9)-LC(6,3,bias=map)", 49 * 36 * 6),
        ("I(4,9x9)-T(6,3,s=2)", 36 * 6 * 81),
        ("I(4,9x9)-DW(3,m=2)", 9 * 8 * 49),
        ("I(4,9x9)-SC(6,3)", (36 + 24) * 49),
        ("I(3,4x4)-P2-BN-R-GAP", 0),
        ("I(3,4x4)-H(5)", 48 * 5),
        ("I(3,4x4)-Lin(5)", 3 * 5 * 16),
        ("I(3,7)-LSTM(5)", 4 * 8 * 5 * 7),
        ("I(3,7)-LSTM(5,last=on)", 4 * 8 * 5 * 7),
        ("I(3,7)-bi[GRU(5)]", 2 * 3 * 8 * 5 * 7),
        ("I(2,6x5x5)-CLSTM(3,3,last=on)", 4 * 9 * 5 * 3 * 25 * 6),
        ("I(8,7)-MHA(2)", 7 * 4 * 64 + 7 * 7 * 2 * 8),
        ("I(8,7)-MHA(4,kv=2)", 7 * (64 + 32 + 32 + 64) + 7 * 7 * 4 * 4),
        ("I(8,4x4)-MHA(2,win=2)", 16 * 4 * 64 + 16 * 4 * 2 * 8),
        ("I(6,9)@m; I(8,7)-MHA(2,from=@m)", 7 * 64 + 2 * 9 * 6 * 8 + 7 * 64 + 7 * 9 * 2 * 8),
        ("I(8,7)-moe(4,top=2,shared=1)[FF(16)]", 7 * 8 * 4 + 3 * 7 * 2 * 8 * 16),
        ("I(8,7)-FF(16)@a-&a", 2 * 7 * 2 * 8 * 16),
        ("I(8,3x3)-SE(2)", 32),
        ("I(7)-E(10,4)", 0),
        ("I(7)-E(10,4)@t-Lin(10,w=@t)", 7 * 40),
        ("I(8,7)-FF(16,lora=2)", 7 * (2 * 8 * 16 + 2 * 2 * 24)),
    ],
)
def test_each_kind(text: str, macs: int) -> None:
    net = sc.parse(text)
    assert net.of("macs") == macs
    assert net.of("flops") == 2 * macs
    of_layers: list[Any] = [row.of("macs") for row in net.layers]
    assert sum(of_layers) == macs


def test_the_rule_of_a_convolution_reads_as_one_writes_it() -> None:
    step = sc.parse("I(1,28x28)-C(32,5)").derive("macs").derivation.layers[0].steps[-1]
    assert str(sc.parse("I(1,28x28)-C(32,5)").derive("macs")).count("k²·c·f·m² = 5·5·1·32·24·24 = 460800") == 1
    assert step.result == 460_800


def test_the_formula_of_a_language_model() -> None:
    net = sc.parse("I(T)-E(V,d)@tok-PE-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V,w=@tok,bias=0)")
    assert str(net.formula("macs")) == "macs = 2*N*T^2*d + 12*N*T*d^2 + T*V*d"


@pytest.mark.parametrize(
    ("text", "a_place"),
    [
        ("TMix", 4 * 64 * 64),
        ("TMix(head=8)", 5 * 64 * 64 + 64 * 8),
        ("Finch(8,mix=3,decay=5)", 5 * 64 * 64 + 10 * 3 * 64 + 2 * 5 * 64 + 64 * 8),
        ("Goose(8,decay=4,rate=5,gate=6)", 4 * 64 * 64 + 2 * (4 + 5 + 6) * 64 + 2 * 64 * 8),
    ],
)
def test_time_mixing_meets_its_matrices_and_reads_a_state_of_each_head(text: str, a_place: int) -> None:
    """Four matrices, or five with the gate and a state of 8 values for each of 64 (Peng and others, 2023 to 2025).

    Thin matrices come in pairs; in RWKV-7 a state is read twice, first for what is taken out of it.
    """
    assert sc.parse(f"I(64,9)-{text}").of("macs") == 9 * a_place

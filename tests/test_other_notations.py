"""Networks in other notations: what they are read as, what is said of it, and what is refused."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import symcount
from symcount.cli.commands import command
from symcount.errors import ArchitectureError
from symcount.interop.reading.notations import NOTATIONS, notation_of
from symcount.interop.reading.source import read_given, read_instead, read_text
from tests.seeds import chosen_seed

VGG16 = """input (224 x 224 RGB image)
conv3-64 conv3-64 maxpool
conv3-128 conv3-128 maxpool
conv3-256 conv3-256 conv3-256 maxpool
conv3-512 conv3-512 conv3-512 maxpool
conv3-512 conv3-512 conv3-512 maxpool
FC-4096 FC-4096 FC-1000 soft-max"""


def section(kind: str, **values: object) -> str:
    return f"[{kind}]\n" + "".join(f"{name}={value}\n" for name, value in values.items())


def convolution(filters: int, size: int, **more: object) -> str:
    return section("convolutional", batch_normalize=1, filters=filters, size=size, stride=1, pad=1, **more)


def tiny_yolo() -> str:
    """YOLOv3-tiny: https://github.com/pjreddie/darknet, cfg/yolov3-tiny.cfg, by its layers."""
    pool, yolo = section("maxpool", size=2, stride=2), section("yolo", mask="0,1,2")
    last = section("convolutional", size=1, stride=1, pad=1, filters=255, activation="linear")
    parts = ["# YOLOv3-tiny\n", section("net", width=416, height=416, channels=3)]
    for filters in (16, 32, 64, 128, 256):
        parts += [convolution(filters, 3), pool]
    parts += [convolution(512, 3), section("maxpool", size=2, stride=1), convolution(1024, 3), convolution(256, 1)]
    parts += [convolution(512, 3), last, yolo, section("route", layers=-4), convolution(128, 1)]
    parts += [section("upsample", stride=2), section("route", layers="-1, 8"), convolution(256, 3), last, yolo]
    return "\n".join(parts)


def caffe(kind: str, bottom: str, top: str, inside: str = "") -> str:
    taken = "".join(f'bottom: "{each}" ' for each in bottom.split())
    return f'layer {{ name: "{top}" type: "{kind}" {taken}top: "{top}" {inside} }}\n'


def lenet() -> str:
    """LeNet of Caffe: https://github.com/BVLC/caffe, examples/mnist/lenet.prototxt, by its layers."""
    pool = "pooling_param { pool: MAX kernel_size: 2 stride: 2 }"
    return "".join(
        (
            'name: "LeNet" # the deployed form\n',
            caffe("Input", "", "data", "input_param { shape: { dim: 64 dim: 1 dim: 28 dim: 28 } }"),
            caffe(
                "Convolution",
                "data",
                "conv1",
                "param { lr_mult: 1 } convolution_param { num_output: 20 kernel_size: 5 }",
            ),
            caffe("Pooling", "conv1", "pool1", pool),
            caffe("Convolution", "pool1", "conv2", "convolution_param { num_output: 50 kernel_size: 5 stride: 1 }"),
            caffe("Pooling", "conv2", "pool2", pool),
            caffe("InnerProduct", "pool2", "ip1", "inner_product_param { num_output: 500 }"),
            caffe("ReLU", "ip1", "ip1"),
            caffe("InnerProduct", "ip1", "ip2", "inner_product_param { num_output: 10 }"),
            caffe("Softmax", "ip2", "prob"),
        )
    )


PRINTED = """Sequential(
  (0): Conv2d(1, 32, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
  (1): BatchNorm2d(32, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
  (2): Sequential(
    (0): ReLU(inplace=True)
    (1): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
  )
  (3): Flatten(start_dim=1, end_dim=-1)
  (4): Linear(in_features=6272, out_features=10, bias=False)
)"""

CELL = "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|"

READ = [
    ("784-800-10", 636_010, "I784-H800-O10"),
    ("1x29x29-20C4-MP2-40C5-MP3-150N-10N", 76_040, "I(1,29x29)-C(20,4)-P2-C(40,5)-P3-H150-O10"),
    ("3x48x48-100C7-MP2-150C4-150MP2-250C4-250MP2-300N-43N", 1_543_443, None),
    ("28x28-20C5-P2-10F", 520 + 28_810, "I(1,28x28)-C(20,5)-P2-O10"),
    ("1x8x8 − 4C3 − AP2x2 − 2N", 40 + 74, "I(1,8x8)-C(4,3)-AP2-O2"),
    ("1x8x9-4C3x2-MP2x3-2N", 28 + 50, "I(1,8x9)-C(4,3x2)-P2x3-O2"),
    # Deotte, How to choose CNN architecture MNIST, Kaggle: 327,242 with 7 batch normalisations of 4 values a channel
    ("784 - [32C3-32C3-32C5S2] - [64C3-64C3-64C5S2] - 128 - 10", 327_242 - 4 * (3 * 32 + 3 * 64 + 128), None),
    ("1x32x32-(2x16C3)-MP2-(2×32FC)-10SVM", 160 + 2_320 + 14 * 14 * 16 * 32 + 32 + 1_056 + 330, None),
    ("INPUT 28x28x1 / CONV-5-32 / POOL-2 / FC-10", 832 + 46_090, "I(1,28x28)-C(32,5)-P2-O10"),
    (VGG16, 138_357_544, None),
    # 4·(c + n + 1)·n for each layer along the line, by hand
    (
        "[1,48,0,1 Ct5,5,16 Mp3,3 Lfys64 Lfx128 Lrx128 Lfx256 O1c105]",
        416 + 20_736 + 98_816 + 131_584 + 394_240 + 26_985,
        "I(1,48×w)-C(16,5,p=same)-tanh-P3-LSTM(64,last=on,along=1)-LSTM128-LSTM128-LSTM256-Lin105",
    ),
    ("[1,48,0,1 Cr3,3,32 Do0.1,2 Mp2,2 Cr3,3,64 Mp2,2 S1(1x0)1,3 Lbx100 Do O1c103]", 734_719, None),
    ("[1,28,28,1 Cr5,5,8 Mp3,3 Fr32 O0s10]", 21_306, None),
    ("[1,1,0,48 Lfx64 Cr1,3,9,1,2 Mp1,3,1,1 O1c5]", 30_715, None),
    ("[1,9,9,1 Mp3,3,2,2 Mp4,4,1,1 Lfx2 O1c5]", 47, None),
    ("[1,0,0,3 Ct5,5,16 Mp3,3 O2l10]", 1_386, "I(3,h×w)-C(16,5,p=same)-tanh-P3-C(10,1)"),
    ("[1,32,32,3 Cs3,3,8,2,2 Mp3,3,2,2 Gn4 Fr16 O0s10]", 224 + 16 + (7 * 7 * 8 + 1) * 16 + (16 + 1) * 10, None),
    (tiny_yolo(), 8_852_366, None),
    (lenet(), 431_080, "I(1,28x28)-C(20,5)-P(2,ceil=on)-C(50,5)-P(2,ceil=on)-H500-R-H10-softmax"),
    (PRINTED, 320 + 64 + 62_720, "I(1,h×w)-C(32,3,p=1)-BN-R-P2-F; I6272-Lin(10,bias=off)"),
    ("ir_r2_k3_s2_e6_c24", None, None),
    (CELL, None, None),
]


@pytest.mark.parametrize(("text", "params", "line"), READ, ids=range(len(READ)))
def test_a_notation_is_read(text: str, params: int | None, line: str | None) -> None:
    read = read_text(text, "it")
    net = symcount.parse(read.numbers)
    assert read.about
    assert symcount.parse(read.numbers).text == read.numbers
    if params is not None:
        assert net.params == params
    if line is not None:
        assert read.numbers == line


def test_every_notation_is_among_them() -> None:
    assert {notation_of(text) for text, _, _ in READ} == {*NOTATIONS}


def test_cells_are_those_of_the_family() -> None:
    choose = random.Random(chosen_seed())
    for _ in range(40):
        edges = [
            choose.choice(["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]) for _ in range(6)
        ]
        nodes = [edges[:1], edges[1:3], edges[3:]]
        text = "+".join("|" + "".join(f"{edge}~{place}|" for place, edge in enumerate(node)) for node in nodes)
        wide, narrow = edges.count("nor_conv_3x3"), edges.count("nor_conv_1x1")
        expected = symcount.zoo("nasbench201", a=wide, b=narrow, w=16, m=5, o=10, c=3).params
        assert symcount.parse(read_text(text, "it").numbers).params == expected


def test_block_strings_are_the_blocks_of_efficientnet() -> None:
    """EfficientNet-B0 between its first and its last convolution, without the classifier: torchvision has as many."""
    blocks = [
        "ds_r1_k3_s1_e1_c16_se0.25", "ir_r2_k3_s2_e6_c24_se0.25", "ir_r2_k5_s2_e6_c40_se0.25",
        "ir_r3_k3_s2_e6_c80_se0.25", "ir_r3_k5_s1_e6_c112_se0.25", "ir_r4_k5_s2_e6_c192_se0.25",
        "ir_r1_k3_s1_e6_c320_se0.25",
    ]  # fmt: skip
    net = symcount.parse(read_text(str(blocks), "it").numbers)
    ends = (27 * 32 + 2 * 32) + (320 * 1280 + 2 * 1280) + (1280 + 1) * 1000
    assert net(c=32, n=112).params == 5_288_548 - ends


def test_a_darknet_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "yolo.cfg"
    path.write_text(tiny_yolo())
    assert symcount.from_file(path).params == 8_852_366
    layers = [section("net", height=8, width=8, channels=4), convolution(4, 1), convolution(4, 3, groups=2)]
    layers += [section("shortcut", **{"from": -2}), section("route", layers=-1, groups=2, group_id=1)]
    layers += [
        section("reorg", stride=2),
        section("maxpool", size=3, stride=2, padding=1),
        section("maxpool", size=3, stride=2),
    ]
    layers += [
        section("avgpool"),
        section("dropout"),
        section("connected", output=5, batch_normalize=1),
        section("softmax"),
    ]
    read = read_text("".join(layers), "it")
    assert read.numbers == (
        "I(4,8x8)-[C(4,1,bias=off)-BN]@l0-C(4,3,p=1,g=2,bias=off)-BN-[{_+@l0}]@l2-{@l2-take(cin/2)}-s2d2"
        "-pad(after=1)-P(3,s=2)-P(3,s=2,p=same)-GAP-D-H(5,bias=off)-BN"
    )
    assert symcount.parse(read.numbers).params == 16 + 8 + 72 + 8 + 40 + 10


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1x29x29-20C4-XX2-10N", "'XX2' is not read"),
        ("785 - [32C3] - 10", "'785' is not read"),
        ("CONV-9-32 / BLA-2", "'BLA-2' is not read"),
        ("[1,48,0,1 Ct5,5,16 Lfxs128]", "'Lfxs128' is not read"),
        ("[1,1,0,48 Lfx64 Lfys64]", "'Lfys64' is not read"),
        ("[1,48,0,1 (Ct5,5,16 Cr3,3,4)]", "'(Ct5,5,16' is not read"),
        ("[1,48,0,1 Cr3,3,8 S1(1x7)1,3]", "'S1(1x7)1,3' is not read"),
        ("[1,48,0,1 Cr3,3,8 O1c9]", "'O1c9' is not read"),
        ("|nor_conv_3x3~0|+|nor_conv_7x7~0|none~1|+|none~0|none~1|none~2|", "operations are none"),
        ("|nor_conv_3x3~0|+|none~0|none~1|", "three nodes"),
        ("ir_r2_k3_s2_e6", "a block is such as"),
        ("ir_r2_k3_s2_e6_cx", "a block is such as"),
        ("ir_r2_k3_q3_c8", "a block is such as"),
        ("ir_r0_k3_c8", "a block is such as"),
        ("ir_r2_k3_c8_se2", "a block is such as"),
        (section("net") + section("convolutional", size="big"), "size is a whole number"),
        (section("net") + section("route", layers=-3), "not before this one"),
        (section("net") + section("route", layers="a"), "by number"),
        (section("net") + section("lstm"), "not read"),
        (caffe("Input", "", "x") + caffe("ReLU", "y", "z"), "no layer before makes the blob 'y'"),
        ('input: "x"\n' + caffe("ReLU", "x", "z"), "shape of the input 'x'"),
        (caffe("Data", "", "x") + caffe("Reorg", "x", "z"), "Reorg is not read"),
        (caffe("Data", "", "x") + caffe("Convolution", "x", "z"), "num_output is a whole number"),
        (caffe("Data", "", "x") + "layer { layer { } } }", "'}' is not read here"),
        (caffe("Data", "", "x") + "layer { " * 60, "'{' is not read here"),
        (caffe("Data", "", "x") + "layer { name:", "ends inside a message"),
        (caffe("Data", "", "x") + "layer { 3 }", "here stands the name"),
        (caffe("Data", "", "x") + "layer { % }", "'%' is not read here"),
    ],
)
def test_what_is_not_read_is_named(text: str, part: str) -> None:
    with pytest.raises(ArchitectureError) as raised:
        read_text(text, "it")
    assert raised.value.code == "bad-notation"
    assert part in str(raised.value)
    assert read_instead(text) is None


@pytest.mark.parametrize(
    "text",
    ["1x29x29-(9999999x20C4)-10N", "1x9x9" + "-1C1" * 2_001, "ir_r2_c8 " * 2_001, "conv-3-8 " * 2_001,
     section("net") + section("dropout") * 2_001],
)  # fmt: skip
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(ArchitectureError, match=r"at most 2,000"):
        read_text(text, "it")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('Model: "sequential"\n Layer (type)   Output Shape   Param #\n', "kernels and strides"),
        ("import torch", "Python code"),
        ("hello", "describes no network in a form that is read"),
    ],
)
def test_what_is_recognised_and_not_read(text: str, part: str) -> None:
    with pytest.raises(ArchitectureError, match=part):
        read_text(text, "it")


def test_a_line_of_the_language_is_itself() -> None:
    assert read_text("# what it is\nI784 - dense(10)", "it").lines() == "I784-H10"
    text = read_text("1x29x29-20C4-MP2-10N", "it").lines()
    assert read_text(text, "it").lines() == text.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "part"), [("m.h5", "model.to_json()"), ("m.pt", "a saved model is not read"), ("m", None)]
)
def test_a_file_that_is_no_text_says_what_is_read(tmp_path: Path, name: str, part: str | None) -> None:
    (tmp_path / name).write_bytes(b"\x89HDF\xff")
    with pytest.raises(ArchitectureError, match="not UTF-8") as raised:
        symcount.from_file(tmp_path / name)
    assert raised.value.hint is None if part is None else part in str(raised.value)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, words)
    return result.exit_code, result.output


def test_a_line_in_another_notation_is_counted_with_a_note() -> None:
    status, text = run("784-800-10")
    assert status == 0
    assert "636,010" in text
    assert "note: read as I784-H800-O10 (a list of layer sizes" in text
    status, text = run("count", "784-800-10", "--format", "json")
    assert json.loads(text)["total"]["params"] == 636_010
    assert "read as I784-H800-O10" in json.loads(text)["notes"][0]
    assert run("formula", "CONV-9-32 / POOL-2 / FC-3", "c=1", "n=28")[0] == 0
    assert "795" in run("derive", "784-800-10")[1] or run("derive", "784-800-10")[0] == 0


def test_strict_refuses_another_notation() -> None:
    status, text = run("784-800-10", "--strict")
    assert (status, "write I784-H800-O10" in text) == (2, True)
    with pytest.raises(ArchitectureError, match="a list of layer sizes"):
        symcount.parse("784-800-10")


def test_what_cannot_be_read_to_its_end_is_the_error_that_it_was() -> None:
    status, text = run("1x29x29-20C4-XX2-10N")
    assert (status, "the number of maps first" in text) == (2, True)


def test_a_source_that_is_no_file_may_be_a_text() -> None:
    assert read_given("784-800-10").numbers == "I784-H800-O10"
    for given, part in (("nowhere.json", "cannot be read"), ("meta-llama/Llama-3.1-8B", "config.json to symcount from"),
                        ("a\0b", "cannot be read"), ("model.onnx", "cannot be read")):  # fmt: skip
        with pytest.raises(ArchitectureError, match=part):
            read_given(given)


def test_a_cfg_file_may_have_the_line_ends_of_windows() -> None:
    text = "[net]\r\nheight=28\r\nwidth=28\r\n[convolutional]\r\nfilters=8\r\n"
    assert read_text(text, "it").numbers == read_text(text.replace("\r", ""), "it").numbers == "I(3,28x28)-C(8,1)"


@pytest.mark.parametrize("text", ["[net]99-20-P2", "[net](8 - 4C3"])
def test_a_section_stands_on_a_line_of_its_own(text: str) -> None:
    with pytest.raises(ArchitectureError):
        read_text(text, "it")


def fuzz(rounds: int, seed: int) -> int:
    """Read spoiled texts in other notations: each gives a line, or an error. How many gave a line that is counted."""
    choose, read = random.Random(seed), 0
    texts = [text for text, _, _ in READ]
    pieces = [piece for text in texts for piece in text.replace("-", " ").split()]
    for _ in range(rounds):
        text = choose.choice(texts)
        for _ in range(choose.randint(1, 4)):
            start, end = sorted(choose.randrange(len(text) + 1) for _ in range(2))
            new = choose.choice([choose.choice(pieces), "", "0", "-", "\n", "9" * 30, "\0", "é", "(", "]"])
            text = text[:start] + new + text[min(end, start + 4) :]
        try:
            symcount.parse(read_text(text, "it").numbers).of("params")
            read += 1
        except ArchitectureError as error:
            assert str(error), text
    return read


def test_spoiled_texts_are_read_or_refused() -> None:
    assert fuzz(250, chosen_seed()) > 8


def test_notations_are_told_apart() -> None:
    names = [each.called for each in NOTATIONS]
    assert all(one != other for one, other in pairwise(sorted(names)))

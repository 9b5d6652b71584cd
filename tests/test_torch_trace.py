"""PyTorch modules, traced: the line that is read has the module's own total and shape, or nothing is read."""

from __future__ import annotations

import os
import random
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from symcount.counts import counted
from symcount.errors import ArchitectureError
from tests.networks import network
from tests.seeds import chosen_seed

if os.environ.get("SYMCOUNT_ORACLE") != "torch":
    pytest.importorskip("torch")

import torch
from torch import nn
from torch.nn import functional

import symcount as sc
from symcount.interop.reading.graphs.chains import line_of
from symcount.interop.reading.traced.exported import exported as exported_graph
from symcount.interop.torch_trace import from_torch, main, traced_network
from symcount.interop.writing.targets import exported

DRAWN = 60
"""Random chains that are exported, built and traced back."""


class Module(nn.Module):  # type: ignore[misc]
    """What the modules here are: PyTorch has no types for a reader that lacks it."""


class Residual(Module):
    def __init__(self, channels: int, shortcut: nn.Module | None = None) -> None:
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(channels, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8))
        self.shortcut = shortcut

    def forward(self, x: Any) -> Any:
        kept = x if self.shortcut is None else self.shortcut(x)
        return torch.relu(self.block(x) + kept)


class Dense(Module):
    """What leaves each layer is seen by all behind it: no series of blocks says it, labels do."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two, self.three = nn.Conv2d(3, 4, 1), nn.Conv2d(7, 4, 1), nn.Conv2d(11, 5, 1)

    def forward(self, x: Any) -> Any:
        one = self.one(x)
        two = self.two(torch.cat([x, one], 1))
        return self.three(torch.cat([x, one, two], 1))


class Normalised(Module):
    """Channels are moved to the end, as in ConvNeXt, with a learned factor for each."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm, self.linear = nn.Conv2d(6, 6, 7, padding=3, groups=6), nn.LayerNorm(6), nn.Linear(6, 6)
        self.scale = nn.Parameter(torch.ones(6, 1, 1))

    def forward(self, x: Any) -> Any:
        y = self.norm(self.conv(x).permute(0, 2, 3, 1))
        return x + self.scale * self.linear(y).permute(0, 3, 1, 2)


class Sequences(Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30, 8)
        self.places = nn.Parameter(torch.zeros(1, 5, 8))
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2)
        self.states = nn.LSTM(8, 4, batch_first=True, bidirectional=True)

    def forward(self, x: Any) -> Any:
        states, _ = self.states(self.encoder(self.words(x) + self.places))
        return states[:, 0]


class Shuffled(Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(6, 6, 1)

    def forward(self, x: Any) -> Any:
        n, c, h, w = x.size()
        return self.conv(x).view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)


class Padded(Module):
    """An odd width is padded, as in Swin: a branch on a shape, which nobody follows without one."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.linear = nn.Conv2d(3, 4, 3), nn.Linear(4, 5)

    def forward(self, x: Any) -> Any:
        x = functional.relu(self.conv(x), inplace=True)
        if x.shape[-1] % 2:
            x = functional.pad(x, (0, 1, 0, 1))
        return self.linear(functional.max_pool2d(x, 2).mean((2, 3)))


class Windowed(Module):
    """Windows of an image that are shifted and cut by hand, with learned addends, and then merged."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out, self.merge = nn.Linear(8, 24), nn.Linear(8, 8), nn.Linear(32, 16, bias=False)
        self.table = nn.Parameter(torch.zeros(9, 2))
        self.register_buffer("places", torch.arange(16) % 9)

    def forward(self, x: Any) -> Any:
        x = x.permute(0, 2, 3, 1)
        n, h, w, c = x.shape
        if h % 2:
            raise ValueError
        cut = torch.roll(x, (-1, -1), (1, 2)).view(n, h // 2, 2, w // 2, 2, c).permute(0, 1, 3, 2, 4, 5)
        q, k, v = self.qkv(cut.reshape(-1, 4, c)).reshape(-1, 4, 3, 2, c // 2).permute(2, 0, 3, 1, 4)
        scores = (q * 0.5) @ k.transpose(-2, -1) + self.table[self.places].view(4, 4, 2).permute(2, 0, 1)[None]
        y = self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(-1, 4, c))
        y = y.view(n, h // 2, w // 2, 2, 2, c).permute(0, 1, 3, 2, 4, 5).reshape(n, h, w, c)
        y = x + torch.roll(y, (1, 1), (1, 2))
        return self.merge(torch.cat([y[:, i::2, j::2] for j in (0, 1) for i in (0, 1)], -1))


class Heads(Module):
    """Attention inside windows that stand on an axis of their own, with a learned addend for each pair of places."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out, self.table = nn.Linear(8, 24), nn.Linear(8, 8), nn.Parameter(torch.zeros(2, 4, 4))

    def forward(self, x: Any) -> Any:
        n, windows, places, c = x.shape
        q, k, v = (each.view(n, windows, places, 2, 4).transpose(2, 3) for each in self.qkv(x).chunk(3, -1))
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=self.table)
        return self.out(y.transpose(2, 3).reshape(n, windows, places, c))


class Partitioned(Module):
    """Windows stand on axes of their own through a whole block, its sums and its dense layers, as in MaxViT."""

    def __init__(self, *within: nn.Module) -> None:
        super().__init__()
        self.conv, self.within, self.norm = nn.Conv2d(3, 8, 1), nn.Sequential(*within), nn.LayerNorm(8)
        self.wide, self.back = nn.Linear(8, 32), nn.Linear(32, 8)

    def forward(self, x: Any) -> Any:
        x = self.conv(x)
        n, c, h, w = x.shape
        x = x.reshape(n, c, h // 2, 2, w // 2, 2).permute(0, 2, 4, 3, 5, 1).reshape(n, -1, 4, c)
        x = self.within(x)
        x = x + self.back(functional.gelu(self.wide(self.norm(x))))
        return x.reshape(n, h // 2, w // 2, 2, 2, c).permute(0, 5, 1, 3, 2, 4).reshape(n, c, h, w)


class Parts(Module):
    """Channels in unequal parts, one of which passes by, as in FasterNet; and a normalisation without a module."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv2d(2, 2, 3, padding=1), nn.BatchNorm2d(6)

    def forward(self, x: Any) -> Any:
        one, two = torch.split(x, [2, 4], dim=1)
        x, norm = torch.cat([self.conv(one), two], 1), self.norm
        return functional.batch_norm(x, norm.running_mean, norm.running_var, norm.weight, norm.bias)


class Tokens(Module):
    """Learned tokens, the first of which go their own way and come back, as in CrossViT."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.one, self.two = nn.Parameter(torch.zeros(1, 2, 4)), nn.Linear(4, 4), nn.Linear(4, 4)

    def forward(self, x: Any) -> Any:
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x.transpose(1, 2)], 1)
        return torch.cat([self.one(x[:, :2]), self.two(x[:, 2:])], 1)


class Shared(Module):
    """Layers that are called again with the same weights, as the heads of a detector on every level."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm, self.linear = nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.Linear(4, 4)

    def forward(self, x: Any) -> Any:
        y = self.norm(self.conv(x))
        return self.linear(self.linear(self.norm(self.conv(y)).mean((2, 3)))), y


class Standardised(Module):
    """Windows that are made of others, and of a learned factor for each, as in NFNet."""

    def __init__(self) -> None:
        super().__init__()
        self.windows, self.gain = nn.Parameter(torch.ones(5, 3, 2, 2)), nn.Parameter(torch.ones(5, 1, 1, 1))

    def forward(self, x: Any) -> Any:
        return functional.conv2d(x, (self.windows - self.windows.mean((1, 2, 3), keepdim=True)) * self.gain)


class Gated(Module):
    """Scores of attention that no layer has, in a module of its own, which leaves the shape that arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.gate = nn.Linear(4, 4), nn.Linear(4, 4), nn.Parameter(torch.zeros(2))

    def forward(self, x: Any) -> Any:
        scores = self.q(x) @ self.k(x).transpose(1, 2)
        gate = self.gate.sigmoid()
        return (gate[0] * scores.softmax(-1) + (1 - gate)[1] * scores.sigmoid()) @ x


Scored = namedtuple("Scored", ["one", "more"])


class Trained(Module):
    """A second head that is there in training alone, where tensors leave by names, as in GoogLeNet."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two, self.more = nn.Linear(4, 4), nn.Linear(4, 3), nn.Linear(4, 2)

    def forward(self, x: Any) -> Any:
        x = torch.relu(self.one(x))
        return Scored(self.two(x), self.more(x)) if self.training else self.two(x)


class Head(Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv, self.score = nn.Conv2d(4, 4, 3, padding=1), nn.Conv2d(4, 6, 1)

    def forward(self, levels: list[Any]) -> Any:
        scores = [self.score(torch.relu(self.conv(level))) for level in levels]
        return torch.cat([each.view(1, 3, 2, -1).permute(0, 3, 1, 2).reshape(1, -1, 2) for each in scores], 1)


class Detector(Module):
    """What a detector does with the places that it keeps depends on values; its heads are the same on every level."""

    def __init__(self) -> None:
        super().__init__()
        self.body, self.head, self.box = nn.Conv2d(3, 4, 3, padding=1), Head(), nn.Linear(2, 5)
        self.scale = nn.Parameter(torch.ones(7))

    def forward(self, x: Any) -> Any:
        y = torch.relu(self.body(x))
        scores = self.head([y, functional.max_pool2d(y, 2)])[0]
        return self.box(scores[scores[:, 0] > scores.mean()][: max(1, int(scores.sum()))])


class EcaModule(Module):
    """Modules that are named as timm's have their code."""

    __module__ = "timm.layers"

    def __init__(self, bias: bool = False) -> None:
        super().__init__()
        self.conv, self.gate = nn.Conv1d(1, 1, 3, padding=1, bias=bias), nn.Sigmoid()

    def forward(self, x: Any) -> Any:
        y = self.conv(x.mean((2, 3)).view(x.shape[0], 1, -1))
        return x * self.gate(y).view(x.shape[0], -1, 1, 1).expand_as(x)


class GlobalResponseNorm(Module):
    __module__ = "timm.layers"

    def __init__(self, channels: int, axes: tuple[int, int] = (2, 3), channel_dim: int = 1) -> None:
        super().__init__()
        self.axes, self.channel_dim = axes, channel_dim
        self.weight, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))

    def forward(self, x: Any) -> Any:
        size = x.norm(p=2, dim=self.axes, keepdim=True)
        shape = (1, -1, 1, 1) if self.channel_dim == 1 else (1, 1, 1, -1)
        return x + self.bias.view(shape) + self.weight.view(shape) * x * size / size.mean(self.channel_dim, True)


class RmsNormAct2d(Module):
    __module__ = "timm.layers"

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight, self.drop, self.act = nn.Parameter(torch.ones(channels)), nn.Identity(), nn.ReLU()

    def forward(self, x: Any) -> Any:
        return self.act(self.drop(x * torch.rsqrt(x.pow(2).mean(1, True)) * self.weight.view(1, -1, 1, 1)))


class Responding(Module):
    """A normalisation of what arrives, and one of channels that stand last, as in ConvNeXt V2."""

    def __init__(self) -> None:
        super().__init__()
        self.rms, self.wide, self.grn = RmsNormAct2d(6), nn.Linear(6, 6), GlobalResponseNorm(6, (1, 2), -1)

    def forward(self, x: Any) -> Any:
        return x + self.grn(self.wide(self.rms(x).permute(0, 2, 3, 1))).permute(0, 3, 1, 2)


class Odd(Module):
    def __init__(self, leaves: int) -> None:
        super().__init__()
        self.bilinear = nn.Bilinear(4, 4, leaves)

    def forward(self, x: Any) -> Any:
        return self.bilinear(x, x)


MODULES = {
    "[{C(8,3,p=1,bias=off)-BN+_}-R]*2": (nn.Sequential(Residual(8), Residual(8)), (8, 9, 9)),
    "{C(8,3,p=1,bias=off)-BN+C(8,1)}-R": (Residual(3, nn.Conv2d(3, 8, 1)), (3, 9, 9)),
    "DW(7,p=3)-LN-Lin6-scale": (Normalised(), (6, 9, 9)),
    "C(6,1)-shuffle2": (Shuffled(), (6, 4, 5)),
    "{@n0|@n1}": (Dense(), (3, 5, 5)),
    "I(3,4x6)-C(8,1)-{_+LN-Lin32-gelu-Lin8}": (Partitioned(), (3, 4, 6)),
    "C(4,1)-ECA3-GRN": (nn.Sequential(nn.Conv2d(3, 4, 1), EcaModule(), GlobalResponseNorm(4)), (3, 5, 5)),
    "{_+RMS-R-Lin6-GRN}": (Responding(), (6, 4, 5)),
    "{take2-C(2,3,p=1)|take4}-BN": (Parts(), (6, 3, 3)),
    "C(4,3)-R-P2-GAP-D(0.5)-H5": (
        nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(),
            nn.Linear(4, 5),
        ),
        (1, 9, 9),
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", MODULES)
def test_a_module_is_read_as_its_owner_would_write_it(part: str) -> None:
    module, shape = MODULES[part]
    net = from_torch(module, shape)
    assert part in net.text
    assert net.params == sum(each.numel() for each in module.parameters())


def test_sequences() -> None:
    net = from_torch(Sequences(), torch.zeros(1, 5, dtype=torch.long))
    assert net.text == "I5-E(30,8)-PE-[{MHA2+_}-LN-{FF16+_}-LN]*2-bi[LSTM(4,bias=2)]-tok"


@pytest.mark.parametrize(
    ("module", "width", "text"),
    [
        (Padded(), (3, 13, 13), "I(3,13x13)-C(4,3)-R-pad(after=1)-P2-GAP-H5"),
        (Padded(), (3, 12, 12), "I(3,12x12)-C(4,3)-R-P2-GAP-H5"),
        (Windowed(), (8, 4, 4), "I(8,4x4)-{_+MHA(2,win=2,rel=9)}-s2d2-Lin(16,bias=off)"),
        (Tokens(), (4, 5), "I(4,5)-cls2-cat{crop(after=5)-Lin4|crop(before=2)-Lin4}"),
        (
            Partitioned(nn.LayerNorm(8), Heads()),
            (3, 4, 6),
            "I(3,4x6)-C(8,1)-LN-MHA(2,win=2,rel=16)-{_+LN-Lin32-gelu-Lin8}",
        ),
        (Shared(), (4, 8, 8), "I(4,8x8)-C(4,3,p=1)@n1; @n1-BN@n2; @n2-&n1-&n2-GAP-H4@n6; @n6-&n6"),
        (Standardised(), (3, 4, 4), "I(3,4x4)-C(5,2,bias=off)-free5"),
        (nn.Sequential(nn.Linear(3, 4), Gated()), (6, 3), "I(3,6)-Lin4-free42"),
        (nn.Sequential(nn.Conv2d(3, 4, 1), EcaModule(bias=True)), (3, 5, 5), "I(3,5x5)-C(4,1)-free4"),
    ],
)
def test_a_branch_on_a_shape_is_taken_as_the_input_takes_it(module: Any, width: tuple[int, ...], text: str) -> None:
    found = traced_network(module, width)
    assert found.network.text == text
    assert found.network.params == sum(each.numel() for each in module.parameters())
    assert bool(found.warnings) == ("free" in text)


@pytest.mark.parametrize("part", MODULES)
def test_what_is_followed_and_what_is_exported_are_the_same(part: str) -> None:
    module, shape = MODULES[part]
    inputs = (torch.zeros(1, *shape),)
    line = line_of_traced(exported_graph(torch, module.eval(), inputs))
    assert line.replace("-D-", "-D(0.5)-") == from_torch(module, shape).text


def line_of_traced(traced: Any) -> str:
    numbers, texts = zip(*traced.inputs, strict=True)
    return sc.parse(line_of(traced.operations, numbers, texts, traced.output.operation)).text


def test_heads_that_are_there_in_training_alone_are_towers_of_their_own() -> None:
    found = traced_network(Trained().train(), (4,))
    assert found.network.text == "I4-H4-R@n2; @n2-H2; @n2-H3"
    assert found.network.output == (3,)
    assert found.warnings == ("more.weight, more.bias are taken in training alone: it is read as it is trained",)


def test_what_depends_on_values_is_read_in_parts() -> None:
    found = traced_network(Detector(), (3, 6, 6))
    head = "@n2-C(4,3,p=1)@n4; @n4-R-C(6,1)@n6; @n3-&n4-R-&n6"
    assert found.network.text == f"I(3,6x6)@n0; @n0-C(4,3,p=1); I(4,6x6)@n2; I(4,3x3)@n3; {head}; I2@n10; @n10-H5-free7"
    assert found.network.params == sum(each.numel() for each in Detector().parameters())
    whole, left = found.warnings
    assert whole.startswith("Detector is not followed as a whole; its parts are read, each by itself: body, head, box")
    assert left == "no step takes scale: written as free(7)"


def test_parameters_that_no_step_takes_are_declared_by_name() -> None:
    class Unused(Module):
        def __init__(self) -> None:
            super().__init__()
            self.one, self.two = nn.Linear(4, 4), nn.Linear(4, 3)

        def forward(self, x: Any) -> Any:
            return self.two(x)

    found = traced_network(Unused(), (4,))
    assert found.network.text == "I4-H3-free20"
    assert found.warnings == ("no step takes one.weight, one.bias: written as free(20)",)


def test_nothing_is_printed_of_a_graph_that_cannot_be_made(capfd: pytest.CaptureFixture[str]) -> None:
    class Valued(Module):
        def forward(self, x: Any) -> Any:
            return x[x > 0][: int(x.sum())]

    with pytest.raises(ArchitectureError, match=r"torch.fx cannot trace"):
        from_torch(Valued(), (4,))
    assert capfd.readouterr() == ("", "")


def test_random_chains_come_back() -> None:
    draw = random.Random(chosen_seed())
    read = 0
    while read < DRAWN:
        text = network(draw, likely=0.0).numbers
        count = counted(text, {}, convention="torch")
        try:
            code = exported(count, "torch")
        except ArchitectureError:
            continue
        names: dict[str, Any] = {}
        exec(compile(code, "the exported code", "exec"), names)
        found = traced_network(names["model"], count.trace.inputs[0].output.sizes)
        assert found.network.params == count.of("params"), text
        assert found.network.output == count.output, text
        read += 1


@pytest.mark.parametrize(
    "name", ["resnet18", "densenet121", "unet-96", "efficientnet_b0", "mobilenet_v3_small", "deit-tiny", "llama-3.2-1b"]
)
def test_shipped_networks_come_back(name: str) -> None:
    count = counted(f"zoo:{name}", {"L": 32} if name.startswith("llama") else {}, convention="torch")
    names: dict[str, Any] = {}
    with torch.device("meta"):
        exec(compile(exported(count, "torch"), "the exported code", "exec"), names)
    [given] = count.trace.inputs
    tensor = torch.zeros(1, *given.output.sizes, dtype=torch.float if given.output.axes else torch.long, device="meta")
    found = traced_network(names["model"], tensor)
    assert (found.network.params, found.network.output) == (count.of("params"), count.output)
    assert found.network.of("macs") == count.of("macs")


def test_shared_matrices_and_memories_come_back_as_the_page_shows() -> None:
    page = (Path(__file__).parent.parent / "docs" / "import.md").read_text(encoding="utf-8")
    assert back("zoo:gpt2", N=3) == page.partition("of three layers as")[2].partition("```text\n")[2].partition("\n")[0]
    assert "MHA(1,from=@n" in back("I(4,6)@m; I(4,5)-MHA(1,from=@m)-Lin2")


def back(source: str, **values: int) -> str:
    """The line of the code of a network."""
    count = counted(source, values, convention="torch")
    names: dict[str, Any] = {}
    with torch.device("meta"):
        exec(compile(exported(count, "torch"), "the exported code", "exec"), names)
        inputs = [torch.zeros(1, *each.output.sizes) for each in count.trace.inputs]
    inputs = [each.long() if each.dim() == 2 else each for each in inputs]
    return traced_network(names["model"], *inputs).network.text


def test_what_no_line_says_is_declared_with_a_warning_or_refused() -> None:
    found = traced_network(nn.Sequential(nn.Linear(9, 4), Odd(4)), (9,))
    assert found.network.text == "I9-H4-free68"
    assert [warning for warning in found.warnings if "Bilinear, is written as free(68)" in warning]
    with pytest.warns(UserWarning, match="Bilinear"):
        from_torch(Odd(4), (4,))
    with pytest.raises(ArchitectureError, match="a Bilinear, which changes the shape") as caught:
        from_torch(Odd(3), (4,))
    assert caught.value.code == "not-traced"


@pytest.mark.parametrize(
    ("forward", "message"),
    [
        (lambda self, x: x * 2 if x.sum() > 0 else x, "torch.fx cannot trace the module"),
        (lambda self, x: x[:, ::2], "takes a part of a tensor"),
        (lambda self, x: torch.cat([x, x], 0), "an axis that is not their channels"),
        (lambda self, x: torch.maximum(torch.relu(x), x), "a maximum of several tensors"),
    ],
)
def test_what_cannot_be_read_is_refused(forward: Any, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused(Module):
        def __init__(self) -> None:
            super().__init__()
            self.linear = nn.Linear(4, 4)

    monkeypatch.setattr(Refused, "forward", forward, raising=False)
    with pytest.raises(ArchitectureError, match=message):
        from_torch(Refused(), (4,))


def test_the_command_prints_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tests.test_torch_trace:Dense", "3", "5", "5"])
    assert capsys.readouterr().out.startswith("I(3,5x5)@n0")
    with pytest.raises(SystemExit) as caught:
        main(["tests.test_torch_trace:Normalised", "5", "9", "9"])
    assert caught.value.code == 2
    assert "the module does not run on this input" in capsys.readouterr().err


def test_the_error_that_the_page_shows() -> None:
    page = (Path(__file__).parent.parent / "docs" / "errors.md").read_text(encoding="utf-8")
    _, said = page.partition("### `not-traced`")[2].partition("```text\n")[2].partition("```")[0].strip().split("\n")
    with pytest.raises(ArchitectureError) as caught:
        from_torch(nn.Sequential(nn.Unfold(3)), (3, 9, 9))
    assert caught.value.message == said

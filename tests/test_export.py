"""The code that a network is written as: formatted, compiled, without symcount in it, its total on the last line."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command
from symcount.counts import counted
from symcount.errors import ArchitectureError
from symcount.interop.writing.flax.classes import FLAX_CLASSES
from symcount.interop.writing.keras.classes import KERAS_CLASSES
from symcount.interop.writing.targets import TARGETS, convention_of, exported
from symcount.interop.writing.torch.classes import TORCH_CLASSES
from tests.networks import network
from tests.seeds import chosen_seed

SHIPPED = (
    "lenet5 alexnet vgg16 vgg16_bn resnet18 resnet50 densenet121 googlenet inception_v3 mobilenet_v2 "
    "mobilenet_v3_large efficientnet_b0 shufflenet_v2_x1_0 unet-96 convnext_tiny vit_b_16 swin_t gpt2 bert-base "
    "t5-base bart-large llama-7b mixtral-8x7b deepseek-v3 whisper-tiny mamba-130m awd-lstm-ptb"
).split()
LINES = (
    "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10",
    "I-C-P-C-P-H-O",
    "I(self,nn)-C(total,3)-H(float)-O(torch)",
    "I(d)-[{H(i*d)-R-H(d)+_}]*(i=1..N)-O(1)",
    "I(3,32x32)@a-C(4,3,p=1)-BN(shift=off)-mul{_|GAP-H4-sigmoid}-{@a|_}-T(3,2,s=2)-crop(1)-O2",
    "I(8,9)@m; I(6,7)-MHA(2,kv=1,dk=4,dv=5,bias=(1,0,1,1),norm=on,from=@m)-[{LN-FF(9)+_}]@b-&b*3-Lin2",
    "I(6,8x8)-MHA(2,win=4,rel=49)-seq-bi[LSTM3]-Lin2",
    "def b(f) = {C(f,3,p=1)+body}; I(3,8x8)-b(3)-b(5)[C(5,1)]-b(5)[{C(5,1)+_}]*2-O3",
    "I(4,9)-[{C(4*2^i,3,p=1)-C(4,1)+_}]*(i=0..3)-moe(4,top=2,shared=1)[GLU(5)]-frozen[Lin3]-D(0.1)-O2",
)


FRAMEWORKS = ("torch", "keras", "flax")

ONLY = {"awd-lstm-ptb": "torch"}
"""What one framework alone has: two biases a gate."""


def texts(framework: str) -> dict[str, str]:
    """The code of shipped networks, of lines and of random networks, by a name for each."""
    shipped = [name for name in SHIPPED if ONLY.get(name, framework) == framework]
    found = {f"zoo_{name}": _of(f"zoo:{name}", framework) for name in shipped}
    found |= {f"line_{number}": _of(line, framework) for number, line in enumerate(LINES)}
    draw = random.Random(chosen_seed())
    while len(found) < len(SHIPPED) + len(LINES) + 60:
        drawn = network(draw)
        try:
            found[f"random_{len(found)}"] = _of(draw.choice((drawn.numbers, drawn.symbols)), framework)
        except ArchitectureError as error:
            assert error.code == "not-in-framework", drawn
    return found


def _of(line: str, framework: str = "torch") -> str:
    return exported(counted(line, {}, convention=convention_of(framework)), framework)


def unformatted(folder: Path) -> str:
    """What a formatter of everybody's settings would change in a folder."""
    run = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", "--quiet", str(folder)]
    return subprocess.run(run, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def written(framework: str) -> dict[str, str]:
    return texts(framework)


CLASSES = {"torch": TORCH_CLASSES, "keras": KERAS_CLASSES, "flax": FLAX_CLASSES}


def test_it_is_formatted(written: dict[str, str], framework: str, tmp_path: Path) -> None:
    classes = {name: f"{text.strip()}\n" for name, text in CLASSES[framework].fixed.items()}
    for name, code in {**written, **classes}.items():
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    assert unformatted(tmp_path) == ""
    (tmp_path / "not.py").write_text("x = (1,2)\n", encoding="utf-8")
    assert "-x = (1,2)" in unformatted(tmp_path)


IMPORTED = {
    "torch": {"import torch", "from torch import nn", "from torch.nn import functional"},
    "flax": {"from functools import partial", "import jax", "import jax.numpy as jnp", "from flax import nnx"},
    "keras": {"import math", "import keras", "from keras import layers", "from keras import layers, ops"},
}


def test_it_compiles_and_needs_no_symcount(written: dict[str, str], framework: str) -> None:
    for name, code in written.items():
        compile(code, name, "exec")
        imports = {line for line in code.splitlines() if line.startswith(("import ", "from "))}
        assert imports <= IMPORTED[framework], name


def test_its_total_is_held(written: dict[str, str], framework: str) -> None:
    for name in SHIPPED:
        if f"zoo_{name}" in written:
            total = counted(f"zoo:{name}", {}, convention=convention_of(framework)).of("params")
            held = [line for line in written[f"zoo_{name}"].splitlines() if line.lstrip().startswith("assert ")]
            assert [line.endswith(f"== {total:_}") for line in held] == [True], name


def test_the_counts_beside_the_layers_add_up(framework: str) -> None:
    line = "I(3,32x32)-C(8,3)-BN-R-SC(4,3)-H20-O10"
    code = _of(line, framework)
    beside = [int(text.rpartition("# ")[2].replace(",", "")) for text in code.splitlines() if "  # " in text]
    assert sum(beside) == sc.parse(line, convention=convention_of(framework)).params


@pytest.mark.parametrize(
    ("framework", "line", "message", "hint"),
    [
        ("torch", "I(1,28x28)-LC(3,3)", "LC1: PyTorch has no locally connected layer", "C, shares its weights"),
        (
            "torch",
            "I(3,9)-LSTM(4,bias=1)",
            "LSTM1: PyTorch's LSTM has two biases a gate, or none",
            "write LSTM(4,bias=2)",
        ),
        (
            "torch",
            "I(1,32x32)-C(6,5)-C(16,5,links=60)",
            "C2: PyTorch has no convolution with a table",
            "leave links= out",
        ),
        ("torch", "I(3,8x8x8x8)-C(4,3)", "C1: PyTorch has no such layer over 4 axes", "over 3 at most"),
        ("torch", "I(3,9x9)-AP(3,d=2)", "AP1: PyTorch's average pooling has no dilation", "take the maximum, P"),
        ("torch", "I(4,9)-Lin(4,lora=2)", "Lin1: low-rank adapters are no layers of PyTorch", "leave lora= out"),
        ("torch", "I(4,6x6)-MHA(2,win=4)", "MHA1: windows of 4 do not fit 6 places", "pad(…) before it"),
        ("flax", "I(1,28x28)-LC(3,3)", "LC1: Flax has no locally connected layer", "C, shares its weights"),
        ("flax", "I(2,5x8x8)-CLSTM(3,3)", "CLSTM1: Flax has no convolutional memory", "keras has one"),
        ("flax", "I(3,9)-LSTM(4,bias=2)", "LSTM1: Flax's LSTM has one bias a gate", "write LSTM(4,bias=1)"),
        ("flax", "I(3,9)-LSTM(4,proj=2)", "LSTM1: Flax's LSTM has no projection", "leave proj= out"),
        ("flax", "I(3,9x9)-P(3,d=2)", "P1: Flax's poolings have no dilation", "leave d out"),
        ("flax", "I(3,8x8)-AP(3,p=1,ceil=on)", "AP1: Flax's average pooling does not round up", "take the maximum, P"),
        ("flax", "I(4,9)-T(4,3,g=2)", "T1: Flax's transposed convolutions have no groups", "leave g out"),
        ("flax", "I(4,9x9)-T(4,3,p=(same,1))", "T1: Flax pads all axes by one word or none", "a number for each axis"),
        ("flax", "I(4,9)-RReLU-O2", "act1: Flax has no activation with random slopes", "has one slope"),
        ("keras", "I(8,5x11)-[P(2,p=1,ceil=on)]@l-&l", "P1: Keras makes it for the size that arrives", "write the"),
        ("torch", "I(8,8x8)-[C(8,3,s=2,p=same)]@l-&l-&l-&l", "C1: PyTorch makes it for the size", "write the"),
        ("keras", "I(1,28x28)-LC(3,3)", "LC1: Keras has no locally connected layer", "C, shares its weights"),
        ("keras", "I(3,9)-LSTM(4,bias=2)", "LSTM1: Keras' LSTM has one bias a gate, or none", "write LSTM(4,bias=1)"),
        ("keras", "I(3,9)-LSTM(4,proj=2)", "LSTM1: Keras' LSTM has no projection", "leave proj= out"),
        ("keras", "I(3,9x9)-C(4,3,s=2,d=2)", "C1: Keras has no convolution with both a stride", "leave s or d out"),
        ("keras", "I(3,9x9)-P(3,d=2)", "P1: Keras' poolings have no dilation", "leave d out"),
        ("keras", "I(3,8x8)-AP(3,ceil=on)", "AP1: Keras' average pooling does not round up", "take the maximum, P"),
        ("keras", "I(4,9)-T(4,3,g=2)", "T1: Keras' transposed convolutions have no groups", "leave g out"),
        ("keras", "I(4,9)-resize(4)", "resize1: Keras resizes images alone", ""),
        ("keras", "I(3,8x8x8x8)-C(4,3)", "C1: Keras has no such layer over 4 axes", "over 3 at most"),
        ("keras", "I(3,8x8x8)-SC(4,3)", "SC1: Keras has no such layer over 3 axes", "over 2 at most"),
    ],
)
def test_what_is_lacking_is_refused_by_name(framework: str, line: str, message: str, hint: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        exported(counted(line, {}), framework)
    assert caught.value.code == "not-in-framework"
    assert caught.value.message.startswith(message)
    assert hint in (caught.value.hint or "")
    assert caught.value.span is not None


def test_the_convention_is_that_of_the_framework_unless_one_is_named() -> None:
    def run(*more: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, ["export", "I(3,9)-LSTM4", "--to", "torch", *more])
        return result.exit_code, result.output

    assert run() == (0, _of("I(3,9)-LSTM4"))
    status, said = run("--convention", "textbook")
    assert status == 2
    assert "two biases a gate" in said


def test_every_target_is_there() -> None:
    lines = {"config": "zoo:gpt2"}
    for target in TARGETS:
        assert exported(counted(lines.get(target, "I(1,28x28)-H10"), {}), target)
    with pytest.raises(ArchitectureError, match="nothing is written for 'torhc'") as caught:
        exported(counted("I784-O10", {}), "torhc")
    assert caught.value.hint == "did you mean torch?"

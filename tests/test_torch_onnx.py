"""ONNX models that PyTorch's exporters write: the lines that are read of them have the modules' own parameters."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import numpy
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from symcount.counts import counted
from symcount.interop.reading.onnx.model import read_model
from symcount.interop.writing.onnx import graphed
from symcount.interop.writing.targets import exported
from tests.test_onnx_written import APART
from tests.test_torch_trace import Dense, Module, Normalised, Residual

if os.environ.get("SYMCOUNT_ORACLE") != "torch":
    pytest.importorskip("torch")

import torch
from torch import nn

pytestmark = pytest.mark.filterwarnings("ignore")  # what the exporters warn of is theirs to mend


class Tagger(Module):
    def __init__(self, both: bool) -> None:
        super().__init__()
        self.words = nn.Embedding(30, 8)
        self.states = nn.LSTM(8, 5, batch_first=True, bidirectional=both)
        self.tags = nn.Linear(10 if both else 5, 3)

    def forward(self, x: Any) -> Any:
        return self.tags(self.states(self.words(x))[0])


def encoder() -> nn.Module:
    return nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2)


def image(*sizes: int) -> torch.Tensor:
    return torch.zeros(1, *sizes)


WORDS = torch.zeros(1, 7, dtype=torch.long)

MODULES: dict[str, tuple[Callable[[], nn.Module], torch.Tensor, bool]] = {
    "[{C(8,3,p=1)+_}-R]*2": (lambda: nn.Sequential(Residual(8), Residual(8)), image(8, 9, 9), True),
    "C(5,1)": (Dense, image(3, 5, 5), False),
    "DW(7,p=3)-LN-Lin6-scale": (Normalised, image(6, 9, 9), True),
    "E(30,8)-LSTM(5,bias=2)-Lin3": (lambda: Tagger(False), WORDS, False),
    "E(30,8)-bi[LSTM(5,bias=2)]-Lin3": (lambda: Tagger(True), WORDS, False),
    "-gelu-Lin8-LN": (
        lambda: nn.Sequential(nn.Linear(8, 9), nn.GELU(), nn.Linear(9, 8), nn.LayerNorm(8)), image(7, 8), False
    ),
    "-Lin1-R": (lambda: nn.Sequential(nn.Linear(8, 1), nn.ReLU()), image(7, 8), False),
    "C(4,3)-hardswish-P2-GAP-H5": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.Hardswish(), nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5)
        ),
        image(1, 9, 9), False,
    ),
}  # fmt: skip


def read(module: nn.Module, given: torch.Tensor, dynamo: bool) -> tuple[str, tuple[str, ...], int]:
    """The line of a module as one of the exporters writes it, with the notes, and its total."""
    for each in module.eval().parameters():
        nn.init.uniform_(each, 0.5, 1)  # equal values would be merged, and zeros left out
    with redirect_stdout(io.StringIO()):
        if dynamo:
            made = torch.onnx.export(module, (given,), dynamo=True, verbose=False).model_proto
        else:
            kept = io.BytesIO()
            torch.onnx.export(module, (given,), kept, dynamo=False)
            made = onnx.load_model_from_string(kept.getvalue())
    found = read_model(onnx, made)
    total = counted(found.letters, {}).of("params")
    assert isinstance(total, int)
    return found.letters, found.notes, total


@pytest.mark.parametrize("dynamo", [False, True])
@pytest.mark.parametrize("part", MODULES)
def test_a_module_comes_back_through_onnx(part: str, dynamo: bool) -> None:
    make, given, folds = MODULES[part]
    module = make()
    line, notes, total = read(module, given, dynamo)
    held = sum(each.numel() for each in module.parameters())
    assert part in line
    assert f"hold {total:,} values" in notes[0]
    assert total == held or (folds and total < held)


def test_attention_comes_back_as_a_layer() -> None:
    module = encoder()
    line, _, total = read(module, image(7, 8), True)
    assert line == "I(8,7)-[{_+MHA2}-LN-{_+Lin16-R-Lin8}-LN]*2"
    assert total == sum(each.numel() for each in module.parameters())


@pytest.mark.parametrize(
    "line", [*APART, "I(6,9)-cls(2)-MHA(6,kv=2)-MHA(2)-LN", "I(6,8x8)-MHA(2,win=4,rel=49)-SE(2)-GRN"]
)
def test_what_is_written_answers_as_the_module_does(line: str) -> None:
    """All weights are the same number in both, which runs the same operations on values that differ by place."""
    model, _ = graphed(counted(line, {}, convention="torch"))
    for node in model.graph.node:
        if node.op_type == "ConstantOfShape":
            value = onnx.helper.make_tensor("value", onnx.TensorProto.FLOAT, [1], [0.3])
            node.attribute.append(onnx.helper.make_attribute("value", value))
    names: dict[str, Any] = {}
    exec(compile(exported(counted(line, {}, convention="torch"), "torch"), line, "exec"), names)
    module = names["model"].eval()
    for weight in module.parameters():
        weight.data.fill_(0.3)
    for each in module.modules():
        if hasattr(each, "eps"):
            each.eps = 1e-5  # that of ONNX
    shape = [size.dim_value or 2 for size in model.graph.input[0].type.tensor_type.shape.dim]
    given = numpy.random.default_rng(0).normal(size=shape).astype(numpy.float32)
    found = ReferenceEvaluator(model).run(None, {"input": given})[0]
    with torch.no_grad():
        wanted = module(torch.tensor(given)).numpy()
    assert found.shape == wanted.shape
    assert numpy.allclose(found, wanted, rtol=1e-4, atol=1e-4)

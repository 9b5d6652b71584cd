"""`symcount export --to onnx`: graphs that onnx checks, whose shapes it infers, and that count alike when read back."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy
import onnx
import pytest
from click.testing import CliRunner
from onnx.reference import ReferenceEvaluator

from symcount.cli.commands import command
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.reading.onnx.model import read_model
from symcount.interop.writing.framework import LAST
from symcount.interop.writing.onnx import graphed, windows
from symcount.trace import Bidirectional, Step
from tests.seeds import chosen_seed
from tests.whole_language import whole_network

SHIPPED = "lenet5 resnet18 mobilenet_v2 shufflenet_v2_x1_0 efficientnet_b0 densenet121 unet-96 convnext_tiny".split()
LINES = (
    "I(8)-E(20,6)-LSTM(5)-bi[GRU(4)]-RNN(3,bias=off,last=on)-H4",
    "I(8)-E(20,6)@e-PE-[{LN-MHA(2,dk=4)+_}-{RMS-FF(9)+_}]*2-GLU(5)-Lin(6)-Lin(20,w=@e,bias=off)",
    "I(8,9x9)-[C(8,3,s=2,p=1)-R]*2-GN(4)-F-O2",
    "I(4,11x8)-SC(6,3,p=same)-T(4,3,s=2,p=1,op=1)-P(3,s=2,ceil=on)-AP(2,weight=on,bias=on)-pad(1)-crop(1)-O3",
    "I(6,8x8)@a-DW(3,p=1)-BN-mul{_|SE(4)}-{@a|_}-U2-AAP(4)-PR-R6-silu-softmax-frozen[scale]-bias-GMP-D-O3",
    "I(4,8x8)-d2s(2)-s2d(2)-LRN-shuffle(2)-IN(affine=on)-seq-Lin3-tok-H2",
    "I(3,6x7x5)-C(4,(1,3,1),s=(1,2,1),d=(2,1,1))-hardsigmoid-hardswish-tanh-resize(2)-GAP",
    "I(5,9)-swap-Lin3-swap-C(4,3)-take(2)-{GAP|GAP}-O(2)",
    "I(8,9x9)-C(8,3)-GN(4)",
    "I(4,9)-Lin(1)-R-Lin(3)-H1-O1",
    "I(3,9); I(4,9)@b-C(3,1)-{_+@b-C(3,1)}",
    "I(6,9)-cls(2)-[{RMS-MHA(6,kv=2,bias=off)+_}]*2-MHA(3,dk=4)-tok-O2",
    "I(6,8x8)-[{LN-MHA(2,win=4,rel=49)+_}]*2-MHA(2)-GAP-O2",
    "I(8,9)@m; I(6,7)-MHA(2,from=@m)",
)


APART = (
    "I(6,9)-MHA(4,kv=2,dk=3,dv=5,norm=on,rel=5,bias=(1,0,1,1))-MHA(3,rel=7,bias=qkv,out=5)",
    "I(6,8x4)-MHA(2,kv=1,win=2,rel=9,out=4)-MHA(2,win=4,norm=on)",
    "I(6,3x3)-MLA(2,4,3,2,q=5,dv=4)-seq-MLA(2,4,3,2)",
    "I(6,9)@x-Lin2@k-Lin4@v-{@x-Lin4}-attend(2,kv=1,k=@k,v=@v)-{Lin6|Lin2|Lin2}-attend(3,kv=1)-queries(3)-Lin2",
    "I(6,5x4)-ECA(3)-GRN-R-seq-cls(2)",
    "I(4,9)-moe(4,top=2,shared=1,bias=on)[GLU(5)]-[{C(4,1)+_}]*2-moe(3,top=1)[Lin5-R-Lin4]",
)
"""Attention and experts of kinds that no line is read of again."""

UNREAD = ("I(3,6x7x5)-C(4,3)-reshape(8,5,6)-GAP", "I(8,9x9)-[C(8,3,s=2,p=1)-R]@l-&l-O2", *APART)
"""Lines whose files are valid, and say what no line says, or share weights, which are counted for each layer."""


def held(count: Count) -> list[tuple[str, Any, Any]]:
    """The layers whose shapes onnx infers otherwise, and the totals where the file reads back to others."""
    model, graph = graphed(count)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True).graph
    shapes = {
        each.name: tuple(dim.dim_value for dim in each.type.tensor_type.shape.dim)[1:]
        for each in [*inferred.value_info, *inferred.output]
    }
    wrong: list[tuple[str, Any, Any]] = []
    inside = {id(step) for part in count.trace.every if isinstance(part, Bidirectional) for step in part.steps}
    for part in (row.part for row in count.every_row if id(row.part) not in inside):
        step = next(part.steps) if isinstance(part, Bidirectional) else part
        if isinstance(part, Step | Bidirectional) and id(step) in graph.left:
            channels, *axes = part.output.sizes
            wanted = (*axes, channels) if graph.draft.layout[id(part)] == LAST else (channels, *axes)
            found = shapes[graph.left[id(step)]]
            wrong += [] if found == wanted else [(step.name, found, wanted)]
    return wrong


def reads_back(count: Count) -> bool:
    """Whether a file counts as what it was written of."""
    model, _ = graphed(count)
    network = read_model(onnx, onnx.ModelProto.FromString(model.SerializeToString()))
    return sum_of(count) == sum_of(counted(network.numbers, {}, convention="torch"))


def sum_of(count: Count) -> int:
    """All values that a network has."""
    found = [count.of("params"), count.of("statistics")]
    return sum(each for each in found if isinstance(each, int))


@pytest.mark.parametrize("line", [*(f"zoo:{name}" for name in SHIPPED), *LINES])
def test_it_is_valid_and_reads_back(line: str) -> None:
    count = counted(line, {}, convention="torch")
    assert held(count) == []
    assert reads_back(count)


@pytest.mark.parametrize("line", UNREAD)
def test_it_is_valid_where_no_line_says_it(line: str) -> None:
    assert held(counted(line, {}, convention="torch")) == []


def test_random_networks() -> None:
    draw = random.Random(chosen_seed())
    written = 0
    for _ in range(150):
        count = counted(whole_network(draw), {}, convention="torch")
        try:
            assert held(count) == [], count.program.source
        except ArchitectureError as error:
            assert error.code == "not-in-framework", count.program.source
        else:
            written += 1
    assert written > 80


def test_a_wrong_padding_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "I(3,9x9)-C(4,3)-R-F-H2"
    assert held(counted(line, {}, convention="torch")) == []
    monkeypatch.setattr(windows, "pads", lambda step: [(1, 1), (0, 0)])
    wrong = held(counted("I(3,9x9)-C(4,3)-R-GAP", {}, convention="torch"))
    assert wrong == [("C1", (4, 9, 7), (4, 7, 7)), ("R1", (4, 9, 7), (4, 7, 7))]


def test_shared_weights_are_one() -> None:
    model, _ = graphed(counted("I(8,9)-[C(8,3,p=1)-R]@l-&l*2-Lin(3)@e-Lin(8,w=@e,bias=off)", {}))
    assert sum(node.op_type == "ConstantOfShape" for node in model.graph.node) == 4


def test_it_runs() -> None:
    model, _ = graphed(counted("I(3,8x8)-C(4,3,p=1)-BN-{R-SE(2)+_}-P2-seq-{LN-MHA(2)+_}-F-O5", {}))
    (left,) = ReferenceEvaluator(model).run(None, {"input": numpy.ones((2, 3, 8, 8), numpy.float32)})
    assert left.shape == (2, 5)


def test_weights_take_no_room_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "vgg16.onnx"
    run = CliRunner().invoke(command, ["export", "zoo:vgg16", "--to", "onnx", "-o", str(path)])
    assert run.output == ""
    assert path.stat().st_size < 20_000
    read = CliRunner().invoke(command, ["from", str(path)])
    assert sum_of(counted(read.output, {})) == 138_357_544


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("I(1,28x28)-LC(3,3)", "LC1: ONNX has no locally connected layer", "C, shares its weights"),
        ("I(3,9)-LSTM(4,bias=1)", "LSTM1: ONNX's LSTM has two biases a gate, or none", "write LSTM(4,bias=2)"),
        ("I(3,9)-LSTM(4,proj=2)", "LSTM1: ONNX's recurrent layers give every step", ""),
        ("I(4,9)-S6(2)", "S61: ONNX has no selective state space", ""),
        ("I(4,6x6)-MHA(2,win=4)", "MHA1: windows of 4 do not fit 6 places", "pad(…) before it"),
        ("I(4,9)-PE(kind=sin)", "PE1: positions are written that are learned", ""),
        ("I(4,9)-BN(scale=off)", "BN1: ONNX's normalisation has a scale and a shift", "leave neither out"),
        ("I(4,9)-AP(2,ceil=on)", "AP1: an average that rounds up", "leave ceil out"),
        ("I(4,9)-AAP(2)", "AAP1: ONNX has no windows of unequal sizes", "a size that divides"),
        ("I(4,9)-T(3,2,s=2,op=3)", "T1: ONNX wants output_padding (=3) smaller", "put pad(…) behind it"),
        ("I(4,9)-Lin(3,lora=2)", "Lin1: low-rank adapters are no layers of ONNX", "leave lora= out"),
        ("I(4,9)-hardtanh", "act1: ONNX has no operator for hardtanh", "R is a near one"),
        ("I(4,9)-s2d(3)", "s2d1: ONNX's SpaceToDepth takes images", ""),
        ("I(4)-GN(2)", "GN1: ONNX's GroupNormalization needs axes", ""),
        ("I(1,32x32)-C(6,5)-C(16,5,links=60)", "C2: ONNX has no convolution with a table", "leave links= out"),
    ],
)
def test_what_is_lacking_is_refused_by_name(line: str, message: str, hint: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        graphed(counted(line, {}, convention="torch"))
    assert caught.value.code == "not-in-framework"
    assert caught.value.message.startswith(message)
    assert hint in (caught.value.hint or "")


def test_open_sizes_are_refused() -> None:
    with pytest.raises(ArchitectureError, match="open symbols are left: n"):
        graphed(counted("I(1,n)-C(3,3)", {}))

"""ONNX models: small graphs by the package's own helper, what is refused, and files that were changed at random."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from symcount.errors import ArchitectureError
from symcount.interop.reading.onnx import inference, read_onnx
from symcount.interop.reading.onnx import model as reading
from symcount.interop.reading.onnx.model import read_model
from symcount.interop.reading.onnx.operators import OPERATORS
from tests.seeds import chosen_seed

CHANGED = 400
"""Models that are changed at random."""


def weight(name: str, *shape: int) -> Any:
    return numpy_helper.from_array((np.arange(np.prod(shape)) % 7 + 2).reshape(shape).astype(np.float32), name)


def whole(name: str, *values: int) -> Any:
    return numpy_helper.from_array(np.array(values, dtype=np.int64), name)


def model(nodes: Sequence[Any], kept: Sequence[Any], *shape: int | str, values: int = TensorProto.FLOAT) -> Any:
    """A model whose input is x and whose output is y."""
    graph = helper.make_graph(
        nodes, "graph", [helper.make_tensor_value_info("x", values, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)], list(kept),
    )  # fmt: skip
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("mine", 1)], producer_name="tests"
    )


def convolved() -> Any:
    node = helper.make_node
    return model(
        [
            node("Conv", ["x", "k", "b"], ["c"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
            node("BatchNormalization", ["c", "s", "t", "m", "v"], ["n"]),
            node("Relu", ["n"], ["r"]),
            node("Conv", ["r", "k2"], ["d"], group=8, pads=[1, 1, 1, 1], strides=[2, 2]),
            node("MaxPool", ["r"], ["p"], kernel_shape=[2, 2], strides=[2, 2]),
            node("Add", ["d", "p"], ["a"]),
            node("GlobalAveragePool", ["a"], ["g"]),
            node("Flatten", ["g"], ["f"]),
            node("Gemm", ["f", "w", "u"], ["y"], transB=1),
        ],
        [
            weight("k", 8, 3, 3, 3), weight("b", 8), *(weight(name, 8) for name in "stmv"), weight("k2", 8, 1, 3, 3),
            weight("w", 10, 8), weight("u", 10),
        ],
        "batch", 3, 16, 16,
    )  # fmt: skip


def attended() -> Any:
    """A block of a decoder with two heads, whose matrix is that of its words too."""
    node = helper.make_node
    heads = [
        step
        for name in "qkv"
        for step in (
            node("MatMul", ["n", f"W{name}"], [f"{name}0"]),
            node("Add", [f"{name}0", f"B{name}"], [f"{name}1"]),
            node("Reshape", [f"{name}1", "split"], [f"{name}2"]),
            node("Transpose", [f"{name}2"], [f"{name}3"], perm=[0, 2, 3, 1] if name == "k" else [0, 2, 1, 3]),
        )
    ]
    return model(
        [
            node("Gather", ["E", "x"], ["e"]),
            node("LayerNormalization", ["e", "g", "h"], ["n"], axis=-1),
            *heads,
            node("MatMul", ["q3", "k3"], ["scores"]),
            node("Mul", ["scores", "root"], ["scaled"]),
            node("Softmax", ["scaled"], ["soft"], axis=-1),
            node("MatMul", ["soft", "v3"], ["seen"]),
            node("Transpose", ["seen"], ["back"], perm=[0, 2, 1, 3]),
            node("Reshape", ["back", "join"], ["joined"]),
            node("MatMul", ["joined", "Wo"], ["out"]),
            node("Add", ["out", "e"], ["sum"]),
            node("Transpose", ["E"], ["T"], perm=[1, 0]),
            node("MatMul", ["sum", "T"], ["y"]),
        ],
        [
            weight("E", 30, 8), weight("g", 8), weight("h", 8), *(weight(f"W{name}", 8, 8) for name in "qkvo"),
            *(weight(f"B{name}", 8) for name in "qkv"), whole("split", 0, 0, 2, 4), whole("join", 0, 0, 8),
            numpy_helper.from_array(np.float32(0.5), "root"),
        ],
        "batch", 7, values=TensorProto.INT64,
    )  # fmt: skip


def chain(*nodes: tuple[str, Sequence[str], dict[str, Any]]) -> list[Any]:
    """Nodes of which each takes what the one before gives, and weights besides."""
    names = ["x", *(f"t{place}" for place in range(len(nodes) - 1)), "y"]
    return [
        helper.make_node(kind, [names[place], *more], [names[place + 1]], **options)
        for place, (kind, more, options) in enumerate(nodes)
    ]


READ: dict[str, Callable[[], Any]] = {
    "I(3,16x16)-C(8,3,p=1)-BN-R-{DW(3,s=2,p=1,bias=off)+P2}-GAP-H10": convolved,
    "I7-E(30,8)@n1; @n1-{LN-MHA(2,bias=(on,on,on,off))+_}-Lin(30,bias=off,w=@n1)": attended,
    "I(3,n×m)-C(4,3)-GAP": lambda: model(
        chain(("Conv", ["k", "b"], {}), ("ReduceMean", ["axes"], {"keepdims": 0})),
        [weight("k", 4, 3, 3, 3), weight("b", 4), whole("axes", 2, 3)], 1, 3, "height", "width",
    ),
    "I(4,5)-Lin(6,bias=off)-silu": lambda: model(
        [
            helper.make_node("MatMul", ["x", "w"], ["a"]), helper.make_node("Sigmoid", ["a"], ["s"]),
            helper.make_node("Mul", ["a", "s"], ["y"]),
        ],
        [weight("w", 4, 6)], 1, 5, 4,
    ),
    "I(4,6)-Lin1-Lin(1,bias=off)": lambda: model(
        [
            helper.make_node("MatMul", ["x", "a"], ["one"]), helper.make_node("Add", ["b", "one"], ["two"]),
            helper.make_node("MatMul", ["two", "c"], ["three"]), helper.make_node("Add", ["three", "d"], ["y"]),
        ],
        [weight("a", 4, 1), weight("b", 1), weight("c", 1, 1), weight("d")], 1, 6, 4,
    ),
    "I(4,5)-RMS": lambda: model(
        [
            helper.make_node("Mul", ["x", "x"], ["two"]), helper.make_node("ReduceMean", ["two", "axes"], ["m"]),
            helper.make_node("Sqrt", ["m"], ["r"]), helper.make_node("Div", ["x", "r"], ["d"]),
            helper.make_node("Mul", ["d", "w"], ["y"]),
        ],
        [weight("w", 4), whole("axes", -1)], 1, 5, 4,
    ),
    "I(4,6x6)-T(5,2,s=2)-PR-IN(affine=on)-U2": lambda: model(
        chain(
            ("ConvTranspose", ["k", "b"], {"strides": [2, 2]}), ("PRelu", ["p"], {}),
            ("InstanceNormalization", ["s", "t"], {}), ("Resize", ["", "f"], {}),
        ),
        [
            weight("k", 4, 5, 2, 2), weight("b", 5), weight("p", 5, 1, 1), weight("s", 5), weight("t", 5),
            numpy_helper.from_array(np.array([1, 1, 2, 2], dtype=np.float32), "f"),
        ],
        1, 4, 6, 6,
    ),
    "I(4,6x6)-{take2-R|take2}": lambda: model(
        [
            helper.make_node("Split", ["x"], ["a", "b"], axis=1, num_outputs=2), helper.make_node("Relu", ["a"], ["r"]),
            helper.make_node("Concat", ["r", "b"], ["y"], axis=1),
        ],
        [], 1, 4, 6, 6,
    ),
    "I(3,9x9)-pad(after=1)-C(4,2)-GMP": lambda: model(
        chain(("Conv", ["k", "b"], {"auto_pad": "SAME_UPPER"}), ("GlobalMaxPool", [], {}), ("Flatten", [], {})),
        [weight("k", 4, 3, 2, 2), weight("b", 4)], 1, 3, 9, 9,
    ),
    "I(4,6x6)-pad(before=0×2)-s2d2-d2s2": lambda: model(
        chain(("Pad", ["sides"], {}), ("SpaceToDepth", [], {"blocksize": 2}), ("DepthToSpace", [], {"blocksize": 2})),
        [whole("sides", 0, 0, 0, 2, 0, 0, 0, 0)], 1, 4, 6, 6,
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", READ)
def test_a_graph_is_read(line: str) -> None:
    made = READ[line]()
    assert read_model(onnx, made).letters == line


def test_the_count_is_that_of_the_initializers_and_both_facts_are_said(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(convolved(), path)
    network = read_onnx(path)
    held = sum(int(np.prod(each.dims)) for each in convolved().graph.initializer)
    assert network.about == "ONNX of opset 18, by tests"
    assert network.notes[0] == f"its initializers hold {held} values: {held - 16} parameters and 16 running statistics"
    assert "folded into a convolution" in network.notes[1]


def test_what_several_layers_take_is_said() -> None:
    made = model(
        chain(("Conv", ["k", "b"], {}), ("Conv", ["k2", "b"], {})),
        [weight("k", 4, 3, 1, 1), weight("k2", 4, 4, 1, 1), weight("b", 4)], 1, 3, 5, 5,
    )  # fmt: skip
    notes = read_model(onnx, made).notes
    assert notes[0] == "its initializers hold 32 values: 32 parameters"
    assert notes[2] == "4 values stand in initializers that several layers take, and are counted for each"


def test_masks_and_rotations_are_no_parameters() -> None:
    made = attended()
    mask = np.triu(np.full((1, 1, 7, 7), -np.inf, dtype=np.float32), 1)
    nodes = list(made.graph.node)
    at = next(place for place, node in enumerate(nodes) if node.op_type == "Softmax")
    nodes.insert(at, helper.make_node("Add", ["scaled", "mask"], ["masked"]))
    nodes[at + 1].input[0] = "masked"
    del made.graph.node[:]
    made.graph.node.extend(nodes)
    made.graph.initializer.append(numpy_helper.from_array(mask, "mask"))
    network = read_model(onnx, made)
    assert network.letters == "I7-E(30,8)@n1; @n1-{LN-MHA(2,bias=(on,on,on,off))+_}-Lin(30,bias=off,w=@n1)"
    assert "49 more are masks and tables of rotations, which nobody learns" in network.notes


REFUSED: dict[str, Callable[[], Any]] = {
    "the operator Einsum of the ONNX model is not read": lambda: model(
        chain(("Einsum", ["w"], {"equation": "abc,cd->abd"})), [weight("w", 4, 4)], 1, 5, 4
    ),
    "the operator mine.Layer of the ONNX model is not read": lambda: model(
        [helper.make_node("Layer", ["x"], ["y"], domain="mine")], [], 1, 4
    ),
    "no layer takes its initializer left": lambda: model(chain(("Relu", [], {})), [weight("left", 4)], 1, 4),
    "without a batch": lambda: model(chain(("Relu", [], {})), [], 4),
    "a size that an open size decides": lambda: model(
        chain(("Resize", ["", "f"], {})),
        [numpy_helper.from_array(np.array([1, 1, 1.5, 1.5], dtype=np.float32), "f")],
        1,
        4,
        "n",
        "n",
    ),
    "has the shape [-1, 8]": lambda: bent(convolved(), lambda graph: graph.initializer[-2].dims.__setitem__(0, -1)),
    "a node Conv lacks W": lambda: bent(convolved(), lambda graph: graph.node[0].input.__delitem__(slice(1, None))),
    "it has no nodes": lambda: bent(convolved(), lambda graph: graph.node.__delitem__(slice(None))),
    "weights that are computed": lambda: model(
        [helper.make_node("Relu", ["x"], ["r"]), helper.make_node("Conv", ["x", "r"], ["y"])], [], 1, 4, 1, 1
    ),
}


def bent(made: Any, change: Callable[[Any], object]) -> Any:
    change(made.graph)
    return made


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_refused(message: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        read_model(onnx, REFUSED[message]())
    assert message in caught.value.message


def test_external_data_is_never_looked_for(tmp_path: Path) -> None:
    made = convolved()
    big = made.graph.initializer[0]
    big.ClearField("raw_data")
    big.data_location = TensorProto.EXTERNAL
    big.external_data.add(key="location", value="../../../etc/passwd")
    path = tmp_path / "model.onnx"
    path.write_bytes(made.SerializeToString())
    assert read_onnx(path).letters.startswith("I(3,16x16)-C(8,3,p=1)-BN")


def test_a_file_that_is_none_and_one_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(ArchitectureError, match=r"model\.onnx is no ONNX model"):
        read_onnx(path)
    monkeypatch.setattr(reading, "MOST_ONNX_BYTES", 2)
    with pytest.raises(ArchitectureError, match="more than 2 bytes") as caught:
        read_onnx(path)
    assert caught.value.code == "too-long"


def test_the_package_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ArchitectureError) as caught:
        read_onnx(path)
    assert (caught.value.code, caught.value.hint) == ("not-installed", "pip install 'symcount[onnx]'")


def test_the_command_and_python_read_a_file(tmp_path: Path) -> None:
    from symcount import from_file

    path = tmp_path / "model.onnx"
    onnx.save(attended(), path)
    done = subprocess.run(
        [sys.executable, "-m", "symcount", "from", str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "I7-E(30,8)@n1; @n1-{LN-MHA(2,bias=(on,on,on,off))+_}-Lin(30,bias=off,w=@n1)"
    assert from_file(path).params == 30 * 8 + 16 + 4 * 64 + 24


def forked(content: bytes) -> bytes:
    """What the inference does, in a copy of this process: a new one for each model would take minutes."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        try:
            found = onnx.shape_inference.infer_shapes(onnx.load_model_from_string(content), data_prop=True)
        except Exception:
            os._exit(1)
        with os.fdopen(there, "wb") as out:
            out.write(found.SerializeToString())
        os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as made:
        inferred = made.read()
    if os.waitpid(child, 0)[1]:
        raise ArchitectureError("bad-file", "the shapes cannot be inferred")
    return inferred


def test_a_model_that_ends_the_inference_is_an_error() -> None:
    made = READ["I(4,6x6)-{take2-R|take2}"]()
    made.graph.node[0].attribute[1].i = 1  # one output, where it has two
    with pytest.raises(ArchitectureError, match="its shapes cannot be inferred"):
        read_model(onnx, made)


def test_a_model_that_was_changed_is_an_error_with_its_place_or_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "inferred", forked)
    draw = random.Random(chosen_seed())
    whole_models = [made().SerializeToString() for made in READ.values()]
    seen: Counter[str] = Counter()
    for _ in range(CHANGED):
        made = onnx.ModelProto.FromString(draw.choice(whole_models))
        for _ in range(draw.choice([1, 1, 2, 3])):
            changed(draw, made.graph)
        try:
            read_model(onnx, made)
            seen["read"] += 1
        except ArchitectureError as error:
            seen[error.code] += 1
    assert seen["read"] > CHANGED // 50
    assert seen["bad-file"] > CHANGED // 10


def changed(draw: random.Random, graph: Any) -> None:
    """Change one thing of a graph."""
    if not graph.node:
        return
    node, size = draw.choice(graph.node), draw.choice([-(2**62), -1, 0, 1, 2, 7, 10**12])
    match draw.randrange(8):
        case 0:
            node.op_type = draw.choice([*OPERATORS, "If", "Loop", "Scan", "QLinearConv"])
        case 1 if node.input:
            node.input[draw.randrange(len(node.input))] = draw.choice(draw.choice(graph.node).output or [""])
        case 2 if node.input:
            del node.input[draw.randrange(len(node.input))]
        case 3 if node.attribute:
            attribute = draw.choice(node.attribute)
            attribute.i = size
            if attribute.ints:
                attribute.ints[draw.randrange(len(attribute.ints))] = size
        case 4 if node.attribute:
            del node.attribute[draw.randrange(len(node.attribute))]
        case 5 if graph.initializer:
            kept = draw.choice(graph.initializer)
            if kept.dims:
                kept.dims[draw.randrange(len(kept.dims))] = size
        case 6 if graph.initializer:
            draw.choice(graph.initializer).data_type = draw.randrange(25)
        case _:
            graph.node.remove(node)

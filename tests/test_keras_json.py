"""Models of Keras read from their JSON: layers, graphs, both versions' forms, archives, and what is refused."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

import symcount
from symcount.errors import ArchitectureError
from symcount.interop.reading.dag import Node, written
from symcount.interop.reading.files import MOST_BYTES
from symcount.interop.reading.keras.archive import MOST_LISTED
from symcount.interop.reading.source import read_path, read_said
from tests.seeds import chosen_seed


def layer(kind: str, name: str = "", shape: list[int | None] | None = None, **config: Any) -> dict[str, Any]:
    """A layer as Keras 3 writes it."""
    said: dict[str, Any] = {"module": "keras.layers", "class_name": kind, "config": {"name": name or kind, **config}}
    said["registered_name"] = None
    if shape is not None:
        said["build_config"] = {"input_shape": shape}
    return said


def entry(*shape: int | None, name: str = "in") -> dict[str, Any]:
    return layer("InputLayer", name, batch_shape=[None, *shape])


def sequential(*layers: dict[str, Any]) -> dict[str, Any]:
    return {"class_name": "Sequential", "config": {"name": "m", "layers": [*layers]}}


def tensor(name: str, call: int = 0, shape: list[int | None] | None = None) -> dict[str, Any]:
    return {"class_name": "__keras_tensor__", "config": {"shape": shape, "keras_history": [name, call, 0]}}


def taking(said: dict[str, Any], *calls: list[Any]) -> dict[str, Any]:
    """A layer that is called on these tensors, once for each list."""
    said["name"] = said["config"]["name"]
    said["inbound_nodes"] = [{"args": [each if len(each) > 1 else each[0]], "kwargs": {}} for each in calls]
    return said


def functional(layers: list[dict[str, Any]], inputs: list[str], outputs: list[str]) -> dict[str, Any]:
    for each in layers:
        each.setdefault("name", each["config"]["name"])
        each.setdefault("inbound_nodes", [])
    ends = [[[name, 0, 0] for name in names] for names in (inputs, outputs)]
    return {"class_name": "Functional", "config": {"layers": layers, "input_layers": ends[0], "output_layers": ends[1]}}


def flat(name: str, source: str) -> dict[str, Any]:
    return taking(layer("Flatten", name), [tensor(source)])


def line(said: Any) -> str:
    read = read_said(json.loads(json.dumps(said)), "model.json")
    assert isinstance(symcount.parse(read.numbers).text, str)
    return read.numbers


IMAGE, SEQUENCE = entry(16, 16, 6), entry(12, 6)

DENSE = {"class_name": "Dense", "config": {"units": 5, "activation": "relu"}}

LAYERS = [
    (entry(8), layer("Dense", units=4, activation="relu"), "I8-Lin4-R"),
    (entry(8), layer("Dense", shape=[None, 8], units=4, use_bias=False), "I8-H(4,bias=off)"),
    (IMAGE, layer("Conv2D", filters=4, kernel_size=[3, 3], strides=[2, 2], padding="same"), "C(4,3,s=2,p=same)"),
    (IMAGE, layer("Conv2D", filters=4, kernel_size=[3, 5], groups=2, dilation_rate=2), "C(4,(3,5),d=2,g=2)"),
    (SEQUENCE, layer("Conv1D", filters=4, kernel_size=3, padding="causal", use_bias=False), "C(4,3,p=causal,bias=off)"),
    (entry(8, 8, 8, 2), layer("Conv3D", filters=4, kernel_size=3), "C(4,3)"),
    (IMAGE, layer("Conv2DTranspose", filters=4, kernel_size=3, strides=2, padding="same"), "T(4,3,s=2,p=same)"),
    (IMAGE, layer("DepthwiseConv2D", kernel_size=3, depth_multiplier=2), "DW(3,m=2)"),
    (IMAGE, layer("SeparableConv2D", filters=8, kernel_size=3, depth_multiplier=2), "SC(8,3,m=2)"),
    (IMAGE, layer("MaxPooling2D", pool_size=[2, 2], strides=[2, 2], padding="same"), "P(2,p=same)"),
    (IMAGE, layer("AveragePooling2D", pool_size=3, strides=1), "AP(3,s=1)"),
    (IMAGE, layer("GlobalAveragePooling2D"), "GAP"),
    (IMAGE, layer("GlobalMaxPooling2D", keepdims=True), "AMP1"),
    (IMAGE, layer("ZeroPadding2D", padding=[[1, 1], [2, 2]]), "pad((1,2))"),
    (IMAGE, layer("ZeroPadding2D", padding=[[0, 1], [0, 1]]), "pad(after=1)"),
    (IMAGE, layer("Cropping2D", cropping=1), "crop1"),
    (SEQUENCE, layer("ZeroPadding1D", padding=[2, 0]), "pad(before=2)"),
    (IMAGE, layer("UpSampling2D", size=[2, 2]), "U2"),
    (IMAGE, layer("Flatten"), "F"),
    (IMAGE, layer("Reshape", target_shape=[256, 6]), "reshape(6,256)"),
    (IMAGE, layer("Reshape", shape=[None, 16, 16, 6], target_shape=[-1, 6]), "reshape(6,256)"),
    (IMAGE, layer("Reshape", target_shape=[-1]), "F"),
    (SEQUENCE, layer("Permute", dims=[2, 1]), "swap"),
    (entry(5), layer("RepeatVector", n=3), "rep3"),
    (IMAGE, layer("BatchNormalization", axis=[3], scale=False), "BN(scale=off)"),
    (IMAGE, layer("LayerNormalization", axis=-1, center=False), "LN(bias=off)"),
    (IMAGE, layer("GroupNormalization", groups=3, axis=-1), "GN3"),
    (IMAGE, layer("RMSNormalization", axis=-1), "RMS"),
    (SEQUENCE, layer("LSTM", units=5), "LSTM(5,bias=1,last=on)"),
    (SEQUENCE, layer("GRU", units=5, return_sequences=True), "GRU(5,bias=2)"),
    (SEQUENCE, layer("GRU", units=5, reset_after=False), "GRU(5,bias=1,last=on)"),
    (SEQUENCE, layer("SimpleRNN", units=5, use_bias=False), "RNN(5,bias=0,last=on)"),
    (
        SEQUENCE,
        layer("Bidirectional", layer={"class_name": "LSTM", "config": {"units": 5, "return_sequences": True}}),
        "bi[LSTM(5,bias=1)]",
    ),
    (SEQUENCE, layer("TimeDistributed", layer=DENSE), "Lin5-R"),
    (entry(4, 8, 8, 2), layer("ConvLSTM2D", filters=3, kernel_size=3, padding="same"), "CLSTM(3,3,last=on)"),
    (IMAGE, layer("PReLU", shape=[None, 16, 16, 6], shared_axes=[1, 2]), "PR"),
    (IMAGE, layer("PReLU"), "PR(per=unit)"),
    (IMAGE, layer("ReLU", max_value=6.0), "R6"),
    (IMAGE, layer("Activation", activation="hard_silu"), "hardswish"),
    (IMAGE, layer("Activation", activation={"class_name": "function", "config": "mine"}), "act"),
    (IMAGE, layer("Dropout", rate=0.5), "D"),
    (IMAGE, layer("LayerScale"), "scale"),
    (IMAGE, layer("Conv2D", filters=1, kernel_size=1, trainable=False), "frozen[C(1,1)]"),
    (entry(None), layer("Embedding", input_dim=50, output_dim=6), "I(n)-E(50,6)"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "said", "text"), LAYERS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_layer_is_read(first: dict[str, Any], said: dict[str, Any], text: str) -> None:
    found = line(sequential(first, said))
    assert symcount.parse(found).text == found
    whole = symcount.parse(text).text if text.startswith("I") else f"{found.split('-')[0]}-{text}"
    assert symcount.parse(found) == symcount.parse(whole)


def test_keras_2_is_read() -> None:
    """Keras 2 names its first layer's shape, tensors by lists, and packages before a sign."""
    conv = {"class_name": "Conv2D", "config": {"name": "c", "batch_input_shape": [None, 28, 28, 1], "filters": 32,
                                              "kernel_size": [3, 3], "activation": "relu"}}  # fmt: skip
    flat = {"class_name": "Flatten", "config": {"name": "f"}}
    dense = {"class_name": "Dense", "config": {"name": "d", "units": 10, "activation": "softmax"}}
    said = {"class_name": "Sequential", "config": {"layers": [conv, flat, dense]}, "keras_version": "2.4.0"}
    assert line(said) == "I(1,28x28)-C(32,3)-R-F-Lin10-softmax"
    model = {
        "class_name": "Model",
        "config": {
            "layers": [
                {
                    "name": "i",
                    "class_name": "InputLayer",
                    "config": {"batch_input_shape": [None, 8]},
                    "inbound_nodes": [],
                },
                {"name": "a", "class_name": "Dense", "config": {"units": 8}, "inbound_nodes": [[["i", 0, 0, {}]]]},
                {
                    "name": "b",
                    "class_name": "Package>Add",
                    "config": {},
                    "inbound_nodes": [[["i", 0, 0, {}], ["a", 0, 0, {}]]],
                },
            ],
            "input_layers": [["i", 0, 0]],
            "output_layers": [["b", 0, 0]],
        },
    }
    assert line(model) == "I8-{_+Lin8}"


def test_branches_and_shared_layers() -> None:
    dense = taking(layer("Dense", "d", units=4), [tensor("in")], [tensor("in2")])
    joined = taking(layer("Concatenate", "c", axis=-1), [tensor("d", 0), tensor("d", 1)])
    said = functional([entry(6, name="in"), entry(6, name="in2"), dense, joined], ["in", "in2"], ["c"])
    assert line(said) == "I6-Lin4@d; I6-&d@d_1; {@d|@d_1}"
    assert symcount.parse(line(said)).params == 28


def test_a_model_inside_another() -> None:
    inner = functional(
        [entry(8, 8, 3), taking(layer("Conv2D", "k", filters=3, kernel_size=1), [tensor("in")]),
         taking(layer("Add", "a"), [tensor("in"), tensor("k")])],
        ["in"], ["a"],
    )  # fmt: skip
    inner["config"]["name"] = "inner"
    said = functional([entry(8, 8, 3, name="x"), taking(inner, [tensor("x")])], ["x"], ["inner"])
    assert line(said) == "I(3,8x8)-{_+C(3,1)}"


def test_one_value_of_a_channel_is_a_factor_for_all_its_places() -> None:
    wide, one = [None, 8, 8, 4], [None, 1, 1, 4]
    pooled = taking(layer("GlobalAveragePooling2D", "g", keepdims=True), [tensor("in", shape=wide)])
    conv = taking(layer("Conv2D", "k", filters=4, kernel_size=1), [tensor("g", shape=one)])
    product = taking(layer("Multiply", "m"), [tensor("in", shape=wide), tensor("k", shape=one)])
    assert line(functional([entry(8, 8, 4), pooled, conv, product], ["in"], ["m"])) == "I(4,8x8)-mul{_|AAP1-C(4,1)-GAP}"


def test_code_is_not_run_and_said() -> None:
    read = read_said(sequential(entry(8), layer("Lambda", "double", function="eval"), layer("Dense", units=2)), "m")
    assert (read.numbers, len(read.notes)) == ("I8-Lin2", 1)
    assert "double (Lambda) is code, which is not run" in read.notes[0]


REFUSED: dict[str, tuple[Any, str, str]] = {
    "a layer of one's own": (sequential(entry(8), layer("MyLayer")), "cannot-say", "MyLayer"),
    "channels first": (sequential(IMAGE, layer("MaxPooling2D", data_format="channels_first")), "cannot-say", "first"),
    "states": (sequential(SEQUENCE, layer("LSTM", units=3, return_state=True)), "cannot-say", "states"),
    "an axis": (sequential(IMAGE, layer("BatchNormalization", shape=[None, 9, 9, 6], axis=1)), "cannot-say", "axis"),
    "a merge of axes": (
        functional([entry(8, 6), taking(layer("Concatenate", "c", axis=1), [tensor("in", shape=[1, 8, 6])] * 2)],
                   ["in"], ["c"]), "cannot-say", "another axis"),
    "no shape": (sequential(layer("Dense", units=3)), "bad-file", "shape of the input"),
    "no layers": ({"class_name": "Sequential", "config": {"layers": []}}, "bad-file", "lists its layers"),
    "layers of text": (sequential("Dense"), "bad-file", "class_name and a config"),  # type: ignore[arg-type]
    "a size of text": (sequential(entry(8), layer("Dense", units="4")), "bad-file", "units is a whole number"),
    "a padding": (sequential(IMAGE, layer("MaxPooling2D", padding="reflect")), "bad-file", "padding is"),
    "a circle": (
        functional([entry(8), flat("a", "b"), flat("b", "a")],
                   ["in"], ["b"]), "bad-file", "takes from itself"),
    "nobody": (
        functional([entry(8), flat("a", "x")], ["in"], ["a"]), "bad-file", "no layer 'x'"),
    "no such output": (functional([entry(8)], ["in"], ["a"]), "bad-file", "no layer 'a'"),
    "the same name": (functional([entry(8), entry(8)], ["in"], ["in"]), "bad-file", "same name"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    said, code, part = REFUSED[name]
    with pytest.raises(ArchitectureError) as raised:
        read_said(said, "model.json")
    assert raised.value.code == code
    assert part in str(raised.value)


def test_models_inside_models_are_bounded() -> None:
    said = sequential(entry(8), layer("Dense", units=2))
    for number in range(30):
        said = sequential(entry(8), {**said, "config": {**said["config"], "name": f"m{number}"}})
    with pytest.raises(ArchitectureError, match="nested too deeply"):
        read_said(said, "model.json")


MODEL = sequential(
    entry(28, 28, 1), layer("Conv2D", filters=32, kernel_size=5), layer("Flatten"), layer("Dense", units=10)
)


def archive(path: Path, content: bytes, name: str = "config.json", compressed: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compressed) as file:
        file.writestr("metadata.json", "{}")
        file.writestr(name, content)
    return path


def test_an_archive_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "model.keras", json.dumps(MODEL).encode())
    assert symcount.from_file(path).params == 832 + 184_330


def test_archives_that_are_refused(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.keras", b" " * (MOST_BYTES + 1))
    assert bomb.stat().st_size < MOST_BYTES // 100
    cut = archive(tmp_path / "whole.keras", json.dumps(MODEL).encode())
    cut.write_bytes(cut.read_bytes()[:-30])
    listed = tmp_path / "listed.keras"
    with zipfile.ZipFile(listed, "w") as file:
        for number in range(MOST_LISTED // 60_000 + 1):
            file.writestr(f"{number:060000d}", "")
    wrong = archive(tmp_path / "wrong.keras", json.dumps(MODEL).encode(), compressed=zipfile.ZIP_STORED)
    wrong.write_bytes(wrong.read_bytes().replace(b'"filters"', b'"filterz"'))
    for path, code in ((bomb, "too-long"), (cut, "bad-file"), (listed, "too-long"), (wrong, "bad-file"),
                       (archive(tmp_path / "none.keras", b"{}", "other.json"), "unknown-source"),
                       (archive(tmp_path / "deep.keras", b"[" * 1000), "too-deep")):  # fmt: skip
        with pytest.raises(ArchitectureError) as raised:
            read_path(path)
        assert raised.value.code == code, path


def test_bytes_of_an_archive_may_be_spoiled(tmp_path: Path) -> None:
    choose = random.Random(chosen_seed())
    whole = archive(tmp_path / "model.keras", json.dumps(MODEL).encode()).read_bytes()
    path, read = tmp_path / "spoiled.keras", 0
    for _ in range(150):
        spoiled = bytearray(whole)
        for _ in range(choose.randint(1, 3)):
            spoiled[choose.randrange(4, len(spoiled))] = choose.randrange(256)
        path.write_bytes(spoiled)
        try:
            read += bool(read_path(path).numbers)
        except ArchitectureError as error:
            assert str(error)
    assert read > 10


ODD: tuple[Any, ...] = (None, True, -1, 0, 1.5, "same", "", [], [1, 2, 3], {}, 10**30, "in")


def spoil(said: Any, choose: random.Random) -> Any:
    """The same JSON with one value somewhere made odd, or left out."""
    match said:
        case dict() if said:
            key = choose.choice([*said])
            if choose.random() < 0.15:
                return {name: value for name, value in said.items() if name != key}
            return {**said, key: spoil(said[key], choose)}
        case list() if said:
            place = choose.randrange(len(said))
            return [*said[:place], spoil(said[place], choose), *said[place + 1 :]]
        case _:
            return choose.choice(ODD)


def fuzz(rounds: int, seed: int) -> int:
    """Read models with spoiled values: each gives a line, or an error. How many gave a line."""
    choose, read = random.Random(seed), 0
    models = [
        MODEL,
        *(sequential(first, said) for first, said, _ in LAYERS),
        *(said for said, _, _ in REFUSED.values()),
    ]
    models.append(functional([entry(6), taking(layer("Dense", "d", units=6), [tensor("in", shape=[None, 6])]),
                              taking(layer("Add", "a"), [tensor("d"), tensor("in")])], ["in"], ["a"]))  # fmt: skip
    for _ in range(rounds):
        said = choose.choice(models)
        for _ in range(choose.randint(1, 3)):
            said = spoil(said, choose)
        try:
            symcount.parse(read_said(said, "model.json").numbers)
            read += 1
        except ArchitectureError as error:
            assert str(error), said
    return read


def test_spoiled_models_are_read_or_refused() -> None:
    assert fuzz(500, chosen_seed()) > 20


def test_random_graphs_keep_every_layer_once() -> None:
    choose = random.Random(chosen_seed())
    for _ in range(150):
        nodes, expected = [Node("x0", "I(4,T)")], 0
        for number in range(1, choose.randint(2, 14)):
            before = [node.name for node in nodes]
            if choose.random() < 0.6:
                nodes.append(Node(f"x{number}", "Lin4", (choose.choice(before),)))
            else:
                nodes.append(
                    Node(
                        f"x{number}",
                        choose.choice(["", "R"]),
                        tuple(choose.choices(before, k=choose.randint(2, 3))),
                        "+",
                    )
                )
        outputs = [nodes[-1].name, *choose.sample([node.name for node in nodes], choose.randint(0, 2))]
        reached, pending = set(), list(outputs)
        known = {node.name: node for node in nodes}
        while pending:
            name = pending.pop()
            if name not in reached:
                reached.add(name)
                pending += known[name].inputs
        expected = 20 * sum(known[name].text == "Lin4" for name in reached)
        assert symcount.parse(written(nodes, outputs)).params == expected


def test_a_graph_is_bounded() -> None:
    deep = [Node("a0", "I(4,T)")]
    for number in range(1, 80):
        deep += [
            Node(f"b{number}", "R", (f"a{number - 1}",)),
            Node(f"a{number}", "", (f"a{number - 1}", f"b{number}"), "+"),
        ]
    assert symcount.parse(written(deep, ["a79"])).params == 0
    inward = [Node("a0", "I(4,T)"), *(Node(f"b{n}", "R", (f"b{n - 1}" if n else "a0",)) for n in range(80))]
    inward += [Node(f"m{n}", "", (f"m{n - 1}" if n else "b79", f"b{79 - n}"), "+") for n in range(80)]
    with pytest.raises(ArchitectureError, match="nested too deeply"):
        written(inward, ["m79"])

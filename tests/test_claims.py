"""Claims about a total: numbers, and the headers of safetensors files."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symcount.answers.claim import Cause, judged
from symcount.cli.commands import command as symcount
from symcount.counts import counted
from symcount.errors import ArchitectureError
from symcount.interop.checking.claims import claim_of
from symcount.interop.reading.safetensors import LONGEST_HEADER, tensors

LENET = "I(1,28x28)-C(20,5)-P2-C(50,5)-P2-H500-R-O10"
SHAPES = {
    "conv1.weight": [20, 1, 5, 5], "conv1.bias": [20], "conv2.weight": [50, 20, 5, 5], "conv2.bias": [50],
    "fc1.weight": [500, 800], "fc1.bias": [500], "fc2.weight": [10, 500], "fc2.bias": [10],
}  # fmt: skip


def header_of(shapes: dict[str, list[int]], type_: str = "F32", size: int = 4) -> dict[str, Any]:
    """A header in which the tensors stand one after another."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, shape in shapes.items():
        start, end = end, end + prod(shape) * size
        header[name] = {"dtype": type_, "shape": shape, "data_offsets": [start, end]}
    return header


def written(path: Path, header: object, room: int | None = None) -> str:
    """Write a file of that header and of zeros that take no room on a disk; return its path."""
    text = json.dumps(header).encode()
    if room is None:
        ends = [entry["data_offsets"][1] for entry in header.values() if "shape" in entry]  # type: ignore[attr-defined]
        room = max(ends, default=0)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + room)
    return str(path)


def causes(line: str, claimed: int) -> set[Cause]:
    return set(judged(counted(line, {}), claim_of(str(claimed))).causes)


@pytest.mark.parametrize("said", ["431080", "431,080", "431_080", " 431080 "])
def test_a_number_is_a_claim(said: str) -> None:
    assert judged(counted(LENET, {}), claim_of(said)).agrees


def test_a_file_is_a_claim(tmp_path: Path) -> None:
    path = written(tmp_path / "model.safetensors", header_of(SHAPES))
    verdict = judged(counted(LENET, {}), claim_of(path))
    assert (verdict.agrees, verdict.claim.source) == (True, "model.safetensors (8 tensors)")
    assert judged(counted(LENET, {}), claim_of(str(tmp_path))).agrees


def test_several_files_are_one_claim(tmp_path: Path) -> None:
    names = list(SHAPES)
    parts = {"a.safetensors": names[:3], "b.safetensors": names[3:]}
    for file, few in parts.items():
        written(tmp_path / file, header_of({name: SHAPES[name] for name in few}))
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {name: file for file, few in parts.items() for name in few}}))
    assert judged(counted(LENET, {}), claim_of(str(index))).agrees
    written(tmp_path / "b.safetensors", header_of(SHAPES))
    with pytest.raises(ArchitectureError, match="same name stands in two"):
        claim_of(str(index))


@pytest.mark.parametrize("name", ["../a.safetensors", "/etc/a.safetensors", "a.bin", "a\0.safetensors", 3])
def test_an_index_leads_nowhere_else(tmp_path: Path, name: object) -> None:
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"w": name}}))
    with pytest.raises(ArchitectureError, match="weight_map") as raised:
        claim_of(str(index))
    assert raised.value.code == "bad-file"


def test_statistics_in_a_file_are_no_parameters(tmp_path: Path) -> None:
    shapes = {
        "0.weight": [8, 3, 3, 3], "1.weight": [8], "1.bias": [8], "1.running_mean": [8], "1.running_var": [8],
        "1.num_batches_tracked": [],
    }  # fmt: skip
    path = written(tmp_path / "a.safetensors", header_of(shapes))
    assert judged(counted("I(3,32x32)-C(8,3,bias=off)-BN", {}), claim_of(path)).agrees


def test_tensors_that_are_more_are_named(tmp_path: Path) -> None:
    more = SHAPES | {f"h.{layer}.attn.bias": [1, 1, 8, 8] for layer in range(3)}
    path = written(tmp_path / "a.safetensors", header_of(more))
    verdict = judged(counted(LENET, {}), claim_of(path))
    assert (verdict.difference, verdict.causes[0]) == (192, Cause("held", "h.*.attn.bias"))


@pytest.mark.parametrize(
    ("line", "claimed", "cause"),
    [
        ("I784-H800-R-H10", 635200, Cause("biases")),
        ("I784-H800-R-H10", 8010, Cause("without", "H1")),
        ("I(3,8x8)-C(8,3)-BN", 8 * 28 + 32, Cause("statistics")),
        ("I(3,8x8)-C(8,3,bias=off)-BN", 8 * 28 + 16, Cause("with bias", "C1")),
        ("I(8,8x8)-[C(8,3,p=same,bias=off)-BN]*4", 4 * (576 + 16 + 8), Cause("with bias", "C1")),
        ("I(8,8x8)-C(8,3,bias=off)-C(9,3,bias=off)", 72 * 8 + 72 * 9 + 17, Cause("with bias all", "C")),
        ("I(8,8x8)-C(8,3)-C(9,3)", 72 * 8 + 72 * 9, Cause("biases of all", "C")),
        ("I(9)-E(50,8)@w-Lin(50,w=@w,bias=off)", 800, Cause("untied", "Lin1")),
        ("I(9)-E(50,8)@w-Lin(50,w=@w,bias=off)", 800, Cause("twice", "E1")),
        ("I64-[H64-R]*5", 7 * 65 * 64, Cause("more", "[H64-R]*5", 2)),
        ("I64-[H64-R]*5", 2 * 65 * 64, Cause("fewer", "[H64-R]*5", 3)),
        ("I64-frozen[H64]-H10", 650, Cause("frozen")),
    ],
)
def test_what_could_make_a_difference(line: str, claimed: int, cause: Cause) -> None:
    assert cause in causes(line, claimed)


def test_what_nothing_makes() -> None:
    assert causes(LENET, 431081) == set()


@pytest.mark.parametrize(
    ("header", "room", "part"),
    [
        ([], 0, "no object"),
        ({"w": 3}, 0, "no dtype"),
        ({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0]}}, 8, "no dtype"),
        ({"w": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}}, 8, "whole numbers"),
        ({"w": {"dtype": "F32", "shape": [True], "data_offsets": [0, 4]}}, 8, "whole numbers"),
        ({"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}, 8, "cannot stand"),
        ({"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}}, 8, "cannot stand"),
        ({"w": {"dtype": "?", "shape": [3], "data_offsets": [12, 0]}}, 12, "cannot stand"),
    ],
)
def test_a_bad_header_is_refused(tmp_path: Path, header: object, room: int, part: str) -> None:
    path = written(tmp_path / "a.safetensors", header, room)
    with pytest.raises(ArchitectureError, match=part) as raised:
        claim_of(path)
    assert raised.value.code == "bad-file"


@pytest.mark.parametrize(
    "content",
    [b"", b"1234567", (1).to_bytes(8, "little") + b"{}", (2**63).to_bytes(8, "little"),
     (LONGEST_HEADER + 1).to_bytes(8, "little") + b"{}", (4).to_bytes(8, "little") + b"{}{}",
     (2).to_bytes(8, "little") + b"{\xff", (202).to_bytes(8, "little") + b"[" * 202],
)  # fmt: skip
def test_bytes_that_are_no_file_of_weights(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.safetensors"
    path.write_bytes(content)
    with pytest.raises(ArchitectureError) as raised:
        tensors(path)
    assert raised.value.code in ("bad-file", "not-text", "too-deep")


def test_a_quantized_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.safetensors", header_of({"h.0.qweight": [64, 8]}, "I32"))
    with pytest.raises(ArchitectureError, match="quantized"):
        claim_of(path)


def test_the_command_says_which_and_how() -> None:
    equal = CliRunner().invoke(symcount, ["verify", LENET, "--against", "431080"])
    assert (equal.exit_code, equal.output) == (0, "equal: 431,080 parameters, as the claim says\n")
    different = CliRunner().invoke(symcount, ["verify", LENET, "--against", "431079"])
    assert different.exit_code == 1
    assert "1 fewer" in different.output

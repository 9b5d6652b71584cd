"""Reads the header of a safetensors file: the name, type and shape of every tensor, and none of their values.

The format: 8 bytes that say how long the header is, the header in JSON, then the values
(https://github.com/huggingface/safetensors, "Format"). A folder, or an index of JSON, stands for several files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.files import content_of, decoded, reading
from symcount.interop.reading.json_text import read_json
from symcount.records import record

LONGEST_HEADER = 100_000_000
"""Bytes of a header: what the format's own library reads at most."""

_LENGTH = 8
"""Bytes that say how long the header is."""

_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
    "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32, "I64": 64, "U64": 64, "F64": 64,
    "C64": 64,
}  # fmt: skip
"""Bits of one value of each type."""

_INDEX = ".safetensors.index.json"


@record
class Tensor:
    """A tensor of a file: its name, the type of its values, and its shape."""

    name: str
    type: str
    shape: tuple[int, ...]

    @property
    def values(self) -> int:
        """The number of its values."""
        return prod(self.shape)


def is_safetensors(path: Path) -> bool:
    """Whether a path is that of such a file, of an index of several, or of a folder that holds some."""
    return path.name.endswith((".safetensors", _INDEX)) or (path.is_dir() and any(path.glob("*.safetensors")))


def tensors(path: Path) -> tuple[Tensor, ...]:
    """Return the tensors of a file, or of all the files of an index or a folder, by their headers."""
    if path.is_dir():
        files = sorted(path.glob("*.safetensors"))
    else:
        files = [path] if path.suffix == ".safetensors" else _listed(path)
    found = [tensor for file in files for tensor in _in_file(file)]
    if len({each.name for each in found}) < len(found):
        raise _bad(path, "a tensor of the same name stands in two of its files")
    return tuple(found)


def _listed(index: Path) -> list[Path]:
    """The files that an index names; they stand beside it, wherever their names would lead."""
    listed = read_json(decoded(content_of(index), visible(index.name)), visible(index.name))
    weight_map = listed.get("weight_map") if isinstance(listed, dict) else None
    if not isinstance(weight_map, dict) or not weight_map or not all(map(_is_plain, weight_map.values())):
        raise _bad(index, "a weight_map from tensors to the names of files beside it is missing")
    return [index.parent / name for name in sorted(set(weight_map.values()))]


def _is_plain(name: object) -> bool:
    """Whether a name is that of a file of weights and no path that leads elsewhere."""
    return isinstance(name, str) and name.endswith(".safetensors") and not set(name) & {"/", "\\", "\0"}


def _in_file(path: Path) -> Iterator[Tensor]:
    with reading(path) as file:
        size = os.fstat(file.fileno()).st_size
        length = int.from_bytes(file.read(_LENGTH), "little")
        if size < _LENGTH or not 2 <= length <= min(size - _LENGTH, LONGEST_HEADER):
            raise _bad(path, f"its header would have {length:,} bytes, in a file of {size:,}")
        header = read_json(decoded(file.read(length), f"the header of {visible(path.name)}"), visible(path.name))
    if not isinstance(header, dict):
        raise _bad(path, "its header is no object of JSON")
    header.pop("__metadata__", None)
    room = size - _LENGTH - length
    for name, entry in header.items():
        yield _tensor(path, name, entry, room)


def _tensor(path: Path, name: str, entry: Any, room: int) -> Tensor:
    """One entry of a header, held against the bytes that it says are there."""
    match entry:
        case {"dtype": str() as type_, "shape": [*shape], "data_offsets": [int() as start, int() as end]}:
            pass
        case _:
            raise _bad(path, f"the tensor {name!r} has no dtype, shape and data_offsets")
    if not all(isinstance(size, int) and not isinstance(size, bool) and size >= 0 for size in shape):
        raise _bad(path, f"the shape of the tensor {name!r} is no list of whole numbers")
    tensor = Tensor(name, type_, tuple(shape))
    bits = _BITS.get(type_)
    if not 0 <= start <= end <= room or (bits is not None and tensor.values * bits != (end - start) * 8):
        raise _bad(path, f"the tensor {name!r} of {type_} {shape} cannot stand in its bytes {start:,} to {end:,}")
    return tensor


def _bad(path: Path, what: str) -> ArchitectureError:
    return ArchitectureError("bad-file", f"{visible(path.name)} is no file of safetensors: {what}")

"""The config.json in a .keras file, which is a zip: its size is bounded, and nothing else in the zip is opened."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.files import MOST_BYTES, decoded, reading
from symcount.interop.reading.json_text import read_json

_MEMBER = "config.json"
_SIGN = b"PK\x03\x04"
_END = b"PK\x05\x06"
_LAST_BYTES = 66_000
"""Where the end record of a zip is looked for: its own 22 bytes, and a comment of at most 65,535."""

MOST_LISTED = 1_000_000
"""Bytes that the list of what is in a zip may take."""


def is_archive(path: Path) -> bool:
    """Whether a file is a zip."""
    with reading(path) as file:
        return file.read(len(_SIGN)) == _SIGN


def read_archive(path: Path) -> Any:
    """Return what the config.json in a zip says."""
    name = visible(path.name)
    with reading(path) as file:
        _check_list(file, name)
        try:
            with zipfile.ZipFile(file) as archive:
                content = _member(archive, name)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise ArchitectureError("bad-file", f"{name} is no zip that is read: {error}") from None
    return read_json(decoded(content, f"{_MEMBER} in {name}"), f"{_MEMBER} in {name}")


def _check_list(file: Any, name: str) -> None:
    """Refuse a zip whose list is long, before it is read."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _LAST_BYTES))
    end = file.read()
    at = end.rfind(_END)
    listed = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    if listed > MOST_LISTED:
        raise ArchitectureError(
            "too-long", f"{name} lists more than {MOST_LISTED:,} bytes of names, the most that are read"
        )
    file.seek(0)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        found = archive.getinfo(_MEMBER)
    except KeyError:
        raise ArchitectureError("unknown-source", f"{name} is a zip without a {_MEMBER}") from None
    if found.flag_bits & 1:
        raise ArchitectureError("bad-file", f"{_MEMBER} in {name} is encrypted")
    with archive.open(found) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        message = f"{_MEMBER} in {name} has more than {MOST_BYTES:,} bytes, the most that are read"
        raise ArchitectureError("too-long", message)
    return content

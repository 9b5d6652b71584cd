"""Reads files of a bounded size, whole or their beginning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from symcount.errors import ArchitectureError, visible

MOST_BYTES = 32_000_000
"""Bytes of one file that is read whole."""


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read it, or say why that cannot be."""
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:  # a ValueError where no file can have such a name
        raise _unread(path, error) from None
    with file:
        try:
            yield file
        except OSError as error:
            raise _unread(path, error) from None


def _unread(path: Path, error: OSError | ValueError) -> ArchitectureError:
    reason = getattr(error, "strerror", None) or str(error)
    return ArchitectureError("no-file", f"{visible(str(path))} cannot be read: {reason}")


def content_of(path: Path) -> bytes:
    """Return what is in a file, or refuse one that is too large."""
    with reading(path) as file:
        return bounded(file, visible(path.name))


def bounded(file: BinaryIO, name: str) -> bytes:
    """Return what is left in an open file, or refuse more than is read."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ArchitectureError("too-long", f"{name} has more than {MOST_BYTES:,} bytes, the most that are read")
    return content


def decoded(content: bytes, name: str) -> str:
    """Return bytes as text."""
    try:
        return content.decode("utf-8-sig").rstrip()
    except UnicodeDecodeError as error:
        raise ArchitectureError("not-text", f"{name} is not UTF-8 text, at byte {error.start}") from None

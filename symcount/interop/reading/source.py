"""From what somebody has, a file, a folder or a text, to the network that it describes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symcount.counts.name_alone import name_alone
from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.files import content_of, decoded
from symcount.interop.reading.huggingface import is_config, read_config
from symcount.interop.reading.json_text import read_json
from symcount.interop.reading.keras import is_archive, is_model, read_archive, read_model
from symcount.interop.reading.network import Network
from symcount.interop.reading.notations import notation_of
from symcount.interop.reading.onnx import is_onnx, read_onnx
from symcount.program import canonical_text, program
from symcount.syntax.diagnosis.foreign import foreign

_CONFIG = "config.json"

_READ = (".json", ".cfg", ".prototxt", ".keras", ".onnx")
"""What the names of files end in that are read, if they are there."""


def read_path(path: Path) -> Network:
    """Return the network that a file describes, or the config.json of a folder."""
    if path.is_dir():
        path = path / _CONFIG
    if is_onnx(path):
        return read_onnx(path)
    if is_archive(path):
        return read_said(read_archive(path), visible(path.name))
    try:
        return read_content(content_of(path), visible(path.name))
    except ArchitectureError as error:
        named = name_alone(path.name) if error.code == "not-text" else None
        raise error if named is None else error.hinted(named.hint) from None


def read_given(given: str) -> Network:
    """Return the network of a path, or of a text in another notation where no file has that name."""
    path = Path(given)
    notation = None if _exists(path) else notation_of(given)
    if notation is not None:
        return notation.read(given)
    try:
        return read_path(path)
    except ArchitectureError as error:
        named = name_alone(given) if error.code == "no-file" and path.suffix not in _READ else None
        raise error if named is None else named.within(given) from None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no name that a file can have
        return False


def read_content(content: bytes, name: str) -> Network:
    """Return the network that the content of a file describes; ``name`` is what errors call it."""
    return read_text(decoded(content, name), name)


def read_text(text: str, name: str) -> Network:
    """Return the network that a text describes."""
    notation = notation_of(text)
    if notation is not None:
        return notation.read(text)
    if text.lstrip()[:1] in ("{", "["):
        return read_said(read_json(text, name), name)
    return _of_language(text, foreign(text) or _unknown(name))


def _of_language(text: str, otherwise: ArchitectureError) -> Network:
    """The network of a text that is a line of this language already, or the error for one that is not."""
    try:
        return Network(canonical_text(program(text)))
    except ArchitectureError:
        raise otherwise from None


def read_instead(text: str) -> Network | None:
    """Return the network of a text that is in another notation; None where it is in none, or cannot be read."""
    notation = notation_of(text)
    try:
        return None if notation is None else notation.read(text)
    except ArchitectureError:
        return None


def read_said(said: Any, name: str) -> Network:
    """Return the network that an object of JSON describes."""
    if is_config(said):
        config: Mapping[str, Any] = said
        return read_config(config)
    if is_model(said):
        return read_model(said)
    raise _unknown(name)


def _unknown(name: str) -> ArchitectureError:
    message = f"{name} describes no network in a form that is read"
    return ArchitectureError("unknown-source", message, hint="symcount from -h lists what is read")

"""From what somebody has, a file, a folder or a text, to the network that it describes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.files import content_of, decoded
from symcount.interop.reading.huggingface import is_config, read_config
from symcount.interop.reading.json_text import read_json
from symcount.interop.reading.network import Network

_CONFIG = "config.json"


def read_path(path: Path) -> Network:
    """Return the network that a file describes, or the config.json of a folder."""
    if path.is_dir():
        path = path / _CONFIG
    return read_content(content_of(path), visible(path.name))


def read_content(content: bytes, name: str) -> Network:
    """Return the network that the content of a file describes; ``name`` is what errors call it."""
    return read_text(decoded(content, name), name)


def read_text(text: str, name: str) -> Network:
    """Return the network that a text describes."""
    if text.lstrip()[:1] in ("{", "["):
        return read_said(read_json(text, name), name)
    raise _unknown(name)


def read_said(said: Any, name: str) -> Network:
    """Return the network that an object of JSON describes."""
    if is_config(said):
        config: Mapping[str, Any] = said
        return read_config(config)
    raise _unknown(name)


def _unknown(name: str) -> ArchitectureError:
    message = f"{name} describes no network in a form that is read"
    return ArchitectureError("unknown-source", message, hint="a config.json of Hugging Face is read")

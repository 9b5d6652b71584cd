"""Networks from what others wrote, in Python."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symcount.architecture import Architecture
from symcount.interop.reading.huggingface import read_config
from symcount.interop.reading.network import Network
from symcount.interop.reading.source import read_path


def from_config(config: Mapping[str, Any], *, symbols: bool = False) -> Architecture:
    """Return the network of a Hugging Face config, given as the mapping that its ``to_dict()`` or its JSON is.

    ``symbols`` leaves its sizes open under the letters of its family. A type that is not read, or a value that is
    none, raises `ArchitectureError`.

    >>> from_config({"model_type": "gpt2", "n_layer": 24, "n_embd": 1024, "n_head": 16}).params
    354823168
    >>> from_config({"model_type": "llama"}, symbols=True).params
    4*N*d**2 + 3*N*d*d_ff + 2*N*d + 2*V*d + d
    """
    return _architecture(read_config(config), symbols)


def from_file(path: str | os.PathLike[str], *, symbols: bool = False) -> Architecture:
    """Return the network that a file describes: whatever ``symcount from`` reads, or a folder with a config.json.

    ``symbols`` leaves its sizes open, where what is read has letters for them.
    """
    return _architecture(read_path(Path(path)), symbols)


def _architecture(network: Network, symbols: bool) -> Architecture:
    return Architecture(network.letters if symbols else network.numbers)

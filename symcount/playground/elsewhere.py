"""What was pasted in another notation, as a text of the language: loaded where a text is none."""

from __future__ import annotations

from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.source import read_text


def read_instead(text: str) -> dict[str, Any] | None:
    """Return what others wrote, such as a config.json, as a text and its values; None where it is nothing that is read.

    >>> read_instead("784-800-10")["values"]
    {}
    """
    try:
        network = read_text(text, "the text")
    except ArchitectureError:
        return None
    values = {name: str(size) for name, size in network.sizes.items()}
    return {"text": network.lines(symbols=True), "values": values, "about": network.about}

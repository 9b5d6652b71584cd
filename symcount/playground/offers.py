"""What the page offers: networks of the zoo, quantities, conventions, words that complete a text, media to copy in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.answers.kinds import in_families
from symcount.catalogue import models, network_text
from symcount.layers import KINDS
from symcount.playground.copies import copies
from symcount.program import WRAPPERS
from symcount.quantities import CONVENTIONS, QUANTITIES


def offers() -> dict[str, Any]:
    """Return everything that can be chosen or completed."""
    return {
        "zoo": [{"name": model.name, "about": model.about} for model in models()],
        "quantities": [{"name": each.name, "about": each.summary} for each in QUANTITIES.values()],
        "conventions": [{"name": each.name, "about": each.summary} for each in CONVENTIONS.values()],
        "copies": copies(),
        "kinds": [*_kinds()],
    }


def _kinds() -> Iterator[dict[str, Any]]:
    for kind in in_families():
        said = (kind.__doc__ or "").strip().partition("\n")[0]
        names = [each.short for each in kind.arguments.values()]
        yield {"token": kind.token, "aliases": kind.aliases, "about": said, "arguments": names}
    for name, wrapper in WRAPPERS.items():
        if name not in KINDS:
            yield {"token": name, "aliases": (), "about": wrapper.sentence, "arguments": []}


def shipped(name: str) -> dict[str, Any]:
    """Return the text that a name of the zoo stands for, and the values that make it this network."""
    text, values = network_text(name)
    return {"text": text.strip(), "values": {name: str(value) for name, value in values.items()}}

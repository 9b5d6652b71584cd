"""Pictures as data: marks with places, which no medium is known to; each picture is a module, loaded by its name.

A module of this room that is named in `PICTURES` has a function ``drawn``, which takes a count and a view of it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from symcount.counts import Count
from symcount.drawing.figure import Figure
from symcount.drawing.view import View
from symcount.errors import ArchitectureError

PICTURES = {
    "strip": "the layers from left to right as boxes in proportion, with branches, repeats and shapes",
    "shares": "a bar for each layer and block: its parameters, products and activations",
    "icicle": "blocks and what is in them, level by level, as high as their share",
    "receptive-field": "what a unit behind each layer sees of the input, windows in windows",
    "convolution": "a layer at work: padding, stride and dilation, its windows, and what is never seen",
    "growth": "a quantity as a symbol grows, of one network or of several, with the places where they cross",
}
"""Every picture by its name, and what it shows."""


_TAKEN = {
    "shares": ("quantities",),
    "icicle": ("quantities",),
    "convolution": ("at",),
    "growth": ("quantities", "over", "beside", "scale"),
}
"""What of a view a picture makes use of, besides its width."""

_WORDS = {
    "quantities": "quantity", "at": "place of a layer", "over": "range of a symbol", "beside": "network beside it",
    "scale": "scale",
}  # fmt: skip


def figure(count: Count, name: str, view: View) -> Figure:
    """Return a picture of a network; what it has no use for is refused."""
    if name not in PICTURES:
        message = f"no picture is called {name!r}"
        raise ArchitectureError("unknown-picture", message, hint=f"there are: {', '.join(PICTURES)}")
    for field, word in _WORDS.items():
        if field not in _TAKEN.get(name, ()) and getattr(view, field) != getattr(View(), field):
            takers = ", ".join(each for each, fields in _TAKEN.items() if field in fields)
            raise ArchitectureError("not-taken", f"the picture {name} takes no {word}", hint=f"it is for {takers}")
    drawn: Callable[[Count, View], Figure] = import_module(f"{__name__}.{name.replace('-', '_')}").drawn
    return drawn(count, view)


__all__ = ["PICTURES", "Figure", "View", "figure"]

"""How marks look: colours that differ in lightness and by a pattern, so that they survive grey printing.

The hues are those of Okabe and Ito, Color universal design, 2008, which people of any colour vision tell apart.
"""

from __future__ import annotations

from symcount.layers import FAMILIES
from symcount.records import record


@record
class Look:
    """A fill, a stroke and its width, a pattern over the fill, and dashes; colours are six hexadecimal digits."""

    fill: str = ""
    stroke: str = ""
    width: float = 0.75
    pattern: str = ""
    dashes: str = ""


_INK, _GREY, _FAINT = "222222", "6b6b6b", "a0a0a0"

LOOKS = {
    "ink": Look(_INK),
    "grey": Look(_GREY),
    "on dark": Look("ffffff"),
    "paper": Look("ffffff"),
    "line": Look(stroke=_GREY),
    "grid": Look(stroke="d9d9d6", width=0.6),
    "cut": Look(stroke="ffffff", width=1.5),
    "strong line": Look(stroke=_INK, width=1.25),
    "skip": Look(stroke="0072b2", width=1),
    "faint line": Look(stroke=_FAINT, width=0.7),
    "frame": Look(stroke=_GREY, dashes="3 2"),
    "soft": Look("f1f1ee"),
    "ground": Look("f6f6f3", "b0b0b0", 0.5),
    "block": Look("8c8c88", _INK),
    "joint": Look("ffffff", _INK, 1),
    "stack": Look(_INK),
    "convolution": Look("4f94c4", _INK),
    "pooling": Look("d55e00", _INK, pattern="level"),
    "normalisation": Look("f7efb0", _INK),
    "activation": Look("e8a61c", _INK),
    "dense": Look("07714f", _INK),
    "recurrent": Look("cc79a7", _INK, pattern="rising"),
    "attention": Look("4b3a78", _INK),
    "embedding": Look("a8d8ef", _INK, pattern="falling"),
    "other": Look("d6d6d2", _INK),
    "value": Look("ffffff", _GREY),
    "padding": Look("ececec", _GREY, dashes="2 1.5"),
    "unseen": Look("f3d9c6", "d55e00", pattern="rising"),
    "first": Look("5fa4d1", "00527f"),
    "second": Look("f5c9a5", "d55e00", pattern="rising"),
    "third": Look("0c8a68", "054c39", pattern="level"),
    "first span": Look(stroke="00527f", width=1.8),
    "second span": Look(stroke="d55e00", width=1.8, dashes="5 2"),
    "third span": Look(stroke="054c39", width=1.8, dashes="1.5 1.5"),
    "depth 1": Look("eaf3fa", _INK),
    "depth 2": Look("cfe3f2", _INK),
    "depth 3": Look("b0d1e9", _INK),
    "depth 4": Look("8cbcdd", _INK),
    "depth 5": Look("639fca", _INK),
    "depth 6": Look("3a80b3", _INK),
    "edge": Look(stroke="d55e00", width=1.25, dashes="5 3"),
    "curve 1": Look(stroke="0072b2", width=1.75),
    "curve 2": Look(stroke="d55e00", width=1.75, dashes="6 3"),
    "curve 3": Look(stroke="0c8a68", width=1.75, dashes="2 2"),
    "curve 4": Look(stroke="a5447a", width=1.75, dashes="8 3 2 3"),
    "curve 5": Look(stroke="222222", width=1.25, dashes="1 3"),
    "curve 6": Look(stroke="8a6d00", width=1.75, dashes="12 3"),
}
"""Every look by its name."""

KINDS_OF_BOXES = {
    "convolution": ("convolution", "depthwise", "transposed"),
    "pooling": ("pooling",),
    "normalisation": ("normalisation",),
    "activation": ("activation",),
    "dense": ("dense", "feedforward"),
    "recurrent": ("recurrent", "statespace", "mixing"),
    "attention": ("attention", "attending", "latent"),
    "embedding": ("embedding",),
    "other": (),
}
"""What a colour stands for, and the families of layers that have it; all others are ``other``."""

_LOOK_OF = {family: look for look, families in KINDS_OF_BOXES.items() for family in families}
_KNOWN = frozenset(family.__name__ for family in FAMILIES)


def look_of(module: str) -> str:
    """Return the look of a layer kind, by the module that it is defined in."""
    return _LOOK_OF.get(module.rpartition(".")[2], "other") if module in _KNOWN else "other"

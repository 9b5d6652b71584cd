"""Finds the kind that a name in a text stands for."""

from __future__ import annotations

import re

from symcount.errors import near
from symcount.layers.layer import ALIASES, KINDS, Layer


def kind_called(name: str) -> type[Layer] | None:
    """Return the kind with this token or alias.

    An alias, and a token of three letters or more, is read in any case, with or without ``_`` between its words;
    ``1d``, ``2d`` or ``3d`` in it says nothing, as the axes are the input's.

    >>> kind_called("conv2d").token, kind_called("Conv2DTranspose").token, kind_called("batch_norm").token
    ('C', 'T', 'BN')
    """
    if name in KINDS or len(name) == 1:
        return KINDS.get(name)
    plain = name.lower().replace("_", "")
    return ALIASES.get(plain) or (ALIASES.get(re.sub("[123]d", "", plain)) if "d" in plain else None)


def kind_near(name: str) -> str | None:
    """Return the token or alias that is spelled most like the name."""
    if len(name) == 1:
        return name.upper() if name.upper() in KINDS else None
    return near(name, [token for token in KINDS if len(token) > 1]) or near(name, ALIASES)

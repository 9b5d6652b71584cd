"""``784-800-10``: the sizes of dense layers, the input's first."""

from __future__ import annotations

import re

from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import Notation, joined
from symcount.syntax.links import WIDTHS_SIGN


def _read(text: str) -> Network:
    first, *others = re.findall("[0-9]+", text)
    links = (f"H{size}" for size in others)
    return Network(
        joined((f"I{first}", *links), text), about="a list of layer sizes, each behind the first a dense layer"
    )


WIDTHS = Notation(WIDTHS_SIGN, "a list of layer sizes", _read)

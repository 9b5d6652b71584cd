"""``1x29x29-20C4-MP2-40C5-MP3-150N-10N``: the number of maps, the kind, the side of the window.

Cireşan, Meier and Schmidhuber, Multi-column deep neural networks for image classification, 2012, table 2, and
others since; ``(2x128C3)`` repeats, as in Courbariaux and others, Binarized neural networks, 2016. The form of Kaggle,
``784 - [32C3-32C3-32C5S2] - 128 - 10``, has groups in brackets, strides and dense layers as bare numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isqrt

from symcount.errors import ArchitectureError
from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import MOST_LINKS, Notation, joined, unreadable
from symcount.syntax.links import MAPS_FIRST as LINKS
from symcount.syntax.links import Links, translated

_LINKS: Links = (*LINKS, (r"([0-9]+)", r"H\1"))
"""The links of the notation, and dense layers as bare numbers."""

_LINK = re.compile(r"\((?P<times>[0-9]+)[x×](?P<inner>[^()\[\]-]+)\)|[^\s()\[\]-]+")
_HINT = "links are such as 20C5, MP2, 150N, and the input such as 1x28x28 comes first"


def _read(text: str) -> Network:
    found = list(_LINK.finditer(text.translate(_DASHES)))
    if not found or sum(int(each["times"] or 1) for each in found[:MOST_LINKS]) > MOST_LINKS:
        raise ArchitectureError("limit", f"a text of at most {MOST_LINKS:,} layers is read")
    links = [link for each in found[1:] for link in _links(text, each)]
    strided = any("S" in each[0] and "C" in each[0] for each in found)
    notes = ["no padding is said: none is assumed" + (", but where strides are" if strided else "")]
    return Network(joined((_input(text, found[0]), *links), text), about="the number of maps first", notes=tuple(notes))


_DASHES = str.maketrans("−–—", "---")


def _input(text: str, first: re.Match[str]) -> str:
    if found := re.fullmatch(r"(?:([0-9]+)x)?([0-9]+x[0-9]+)", first[0]):
        return f"I({found[1] or 1},{found[2]})"
    if first[0].isdecimal() and isqrt(int(first[0])) ** 2 == int(first[0]):
        side = isqrt(int(first[0]))
        return f"I(1,{side}x{side})"
    raise unreadable(text, first[0], first.start(), _HINT)


def _links(text: str, found: re.Match[str]) -> Iterator[str]:
    part = found["inner"] or found[0]
    link = translated(part, _LINKS)
    if link is None:
        raise unreadable(text, found[0], found.start(), _HINT)
    yield from (link,) * int(found["times"] or 1)


MAPS_FIRST = Notation(
    re.compile(r"\A\s*(?:[0-9]+x[0-9]+(?:x[0-9]+)?|[0-9]+)(?:\s*[-−–—]\s*)[\[(]?(?:[0-9]+[x×])?[0-9]+C[0-9]+"),
    "the notation that puts the number of maps first, as 20C5",
    _read,
)

"""``CONV-9-32 / POOL-2 / FC-3`` and ``conv3-64``: the kind, the side of the window, the number of filters.

With a dash behind CONV, as courses write it, windows are not padded; ``conv3-64`` is the table of VGG (Simonyan and
Zisserman, Very deep convolutional networks, 2015, table 1), whose convolutions keep the size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import Notation, joined, unreadable
from symcount.syntax.links import KERNEL_FIRST as LINKS
from symcount.syntax.links import KERNEL_FIRST_SIGN, translated

_PART = re.compile(
    r"input\b\s*:?\s*(?:\(?\s*(?P<size>[0-9]+(?:\s*[x×]\s*[0-9]+){1,2})(?:\s+(?P<rgb>RGB))?[^)\n|/,>-]*\)?)?"
    r"|(?:max|avg|average)-?pool(?:-?[0-9]+)?|soft-?max|dropout(?:-?[0-9.]+)?|[A-Za-z]+-?[0-9]+(?:-[0-9]+)?|[A-Za-z]+"
    r"|(?P<other>[^\s/|,;>-]+)",
    re.IGNORECASE,
)
_HINT = "links are such as CONV-5-32, conv3-64, POOL-2, FC-10, and a size such as INPUT 28x28x1 may come first"


def _read(text: str) -> Network:
    parts = list(_PART.finditer(text))
    first = parts[0] if parts and parts[0][0].lower().startswith("input") else None
    links = [_link(text, part) for part in (parts if first is None else parts[1:])]
    shape = _shape(first) if first is not None else ""
    return Network(
        joined((f"I{shape}", *links), text), about="the kernel first", notes=tuple(_notes(text, bool(shape)))
    )


def _shape(first: re.Match[str]) -> str:
    if first["size"] is None:
        return ""
    rows, columns, *channels = re.findall("[0-9]+", first["size"])
    return f"({channels[0] if channels else 3 if first['rgb'] else 1},{rows}x{columns})"


def _link(text: str, part: re.Match[str]) -> str:
    link = translated(part[0], LINKS)
    if link is None:
        raise unreadable(text, part[0], part.start(), _HINT)
    return link


def _notes(text: str, sized: bool) -> Iterator[str]:
    if re.search(r"\bconv-", text, re.IGNORECASE):
        yield "no padding is said: none is assumed"
    else:
        yield "no padding is said: convolutions keep the size, as in VGG"
    if not sized:
        yield "no input is said: its channels and its side are left open"
    if re.search(r"\b(max|avg|average)?-?pool\b(?!-?[0-9])", text, re.IGNORECASE):
        yield "a pooling without a size takes 2x2"


KERNEL_FIRST = Notation(
    KERNEL_FIRST_SIGN,
    "the notation that puts the kernel first, as CONV-9-32 or conv3-64",
    _read,
)

"""`Notation`: another way to write networks, and what its readers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from symcount.errors import ArchitectureError, Span
from symcount.interop.reading.network import Network
from symcount.records import record

MOST_LINKS = 2_000
"""The most layers that a text in another notation may have."""


@record
class Notation:
    """A notation: what a text in it looks like, what it is called, and how it is read."""

    sign: re.Pattern[str]
    called: str
    read: Callable[[str], Network]


def unreadable(text: str, found: str, start: int, hint: str) -> ArchitectureError:
    """Return the error for a part of a text that its notation has no reading for."""
    span = Span(start, start + max(1, len(found)))
    return ArchitectureError(
        "bad-notation", f"{found!r} is not read in this notation", span=span, source=text, hint=hint
    )


def joined(links: Iterable[str], text: str) -> str:
    """Return links as one chain, the last dense layer as the output; a text that has too many is refused."""
    chain = list(links)
    if len(chain) > MOST_LINKS:
        raise ArchitectureError("limit", f"the text has {len(chain):,} layers; at most {MOST_LINKS:,} are read")
    last = next((place for place in range(len(chain) - 1, 0, -1) if not _COUNTS_NOTHING.match(chain[place])), 0)
    if chain[last].startswith("H"):
        chain[last] = "O" + chain[last][1:]
    return "-".join(chain)


_COUNTS_NOTHING = re.compile(r"(R|softmax|D|act|tanh|sigmoid)\b")

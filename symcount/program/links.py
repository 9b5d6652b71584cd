"""One link of a chain by itself: what many lines have in common is read once, whatever stands around it.

Its layers are not numbered among all of a text, which is not known: their ordinals are marks, which `filled`
replaces in what is written with them. A link that means something else in another place is none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from symcount.errors import ArchitectureError
from symcount.program.items import Item
from symcount.program.program import prelude
from symcount.program.resolve import Resolver
from symcount.program.spelling import canonical_text
from symcount.records import record
from symcount.syntax import parse, tree

_ALONE = re.compile(r"[\w(),.=|+*/\[\]{} -]+", re.ASCII)
"""A text without labels, definitions, remarks and options: only these look beyond their link."""

_BRACKETS_AND_DASHES = re.compile(r"[-()\[\]{}]")
_MARK = re.compile(r'"?‹([0-9]+)›"?')


class _Mark:
    """Stands for a number that is not known yet; written, it is a mark for `filled`."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __str__(self) -> str:
        return f"‹{self.number}›"


PLACE = cast("int", _Mark(0))
"""The place of a link in its chain."""


@record
class Link:
    """A link: its item, its canonical text, and its layers, each with its ordinal among those of its kind in it."""

    item: Item
    text: str
    layers: tuple[tuple[str, int], ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many layers of each kind it has."""
        return Counter(token for token, _ in self.layers)


class _Marking(Resolver):
    """A resolver that does not number layers, but marks them."""

    def __init__(self) -> None:
        shipped = {each.name: each for each in prelude()}
        Resolver.__init__(self, shipped, frozenset(shipped))
        self.layers: list[tuple[str, int]] = []

    def ordinal(self, token: str) -> int:
        self.layers.append((token, Resolver.ordinal(self, token)))
        return cast("int", _Mark(len(self.layers)))


def link(text: str, *, first: bool) -> Link | None:
    """Return the link that a text is, the first of a chain or one behind it; None where it does not stand by itself.

    >>> [found and found.text for found in (link("P2", first=False), link("C(3)@a", first=False))]
    ['P2', None]
    """
    if not _ALONE.fullmatch(text):
        return None
    source = text if first else f"I-{text}"
    try:
        read, resolver = parse(source), _Marking()
        chain = read.statements[0]
        if len(read.statements) > 1 or not isinstance(chain, tree.Chain) or len(chain.items) != (1 if first else 2):
            return None
        found = resolver.chain(_last(chain), source)
    except ArchitectureError:
        return None
    if resolver.used:
        return None
    return Link(found.items[0], canonical_text(found.items[0]), tuple(resolver.layers))


def _last(chain: tree.Chain) -> tree.Chain:
    """Return the chain of the last item alone."""
    return tree.Chain(chain.span, chain.items[-1:])


def split(line: str) -> list[str]:
    """Return the texts of the links of a chain: what stands between the dashes outside of brackets.

    >>> split("I3-[C(k-1)-R]*2-O1")
    ['I3', '[C(k-1)-R]*2', 'O1']
    """
    found, depth, start = [], 0, 0
    for match in _BRACKETS_AND_DASHES.finditer(line):
        sign = match[0]
        if sign != "-":
            depth += 1 if sign in "([{" else -1
        elif not depth:
            found.append(line[start : match.start()])
            start = match.end()
    return [*found, line[start:]]


def template(written: str) -> tuple[tuple[str, int], ...]:
    """Return a text in pieces, each with the number of the mark behind it; -1 where it ends.

    >>> template('"C‹1›" at ‹0›')
    (('"C', 1), ('" at ', 0), ('', -1))
    """
    pieces, start = [], 0
    for match in _MARK.finditer(written):
        quoted = match[0].startswith('"') and match[0].endswith('"')
        begin, end = (match.start(), match.end()) if quoted else match.span(1)
        pieces.append((written[start : begin if quoted else begin - 1], int(match[1])))
        start = end if quoted else end + 1
    return (*pieces, (written[start:], -1))


def filled(pieces: Iterable[tuple[str, int]], numbers: Sequence[int]) -> str:
    """Return the text of a template with these numbers in the place of its marks."""
    return "".join([text if mark < 0 else f"{text}{numbers[mark]}" for text, mark in pieces])

"""One link of a chain by itself: what many lines have in common is read once, whatever stands around it.

Its layers are not numbered among all of a text, which is not known: their ordinals are marks, which a
template of what is written replaces. A link that means something else in another place is none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from symcount.errors import ArchitectureError, Span
from symcount.program.items import Branches, Chain, Group, Item, Repeat
from symcount.program.marks import ORDINALS, Mark
from symcount.program.prelude import definitions_shipped
from symcount.program.resolve import Resolver
from symcount.program.spelling import canonical_text
from symcount.records import Unchanging, record, replace
from symcount.syntax import parse, tree

_ALONE = re.compile(r"[\w(),.=|+*/\[\]{} -]+", re.ASCII)
"""A text without labels, definitions, remarks and options: only these look beyond their link."""

_BRACKETS_AND_DASHES = re.compile(r"[-()\[\]{}]")
_OPENING = re.compile(r"(?:res)?[\[{]")
_BRACKETS_AND_JOINTS = re.compile(r"[()\[\]{}|+]")

_DEEPEST = 20
"""The most blocks inside one another that are taken apart."""


class Link(Unchanging):
    """A link: its item, and its layers, each with its ordinal among those of its kind in it.

    Links one after another are one too; their item is the chain.
    """

    def __init__(self, item: Item | Chain, layers: Sequence[tuple[str, int]]) -> None:
        self.__dict__.update(item=item, layers=layers)

    item: Item | Chain
    layers: Sequence[tuple[str, int]]

    @cached_property
    def text(self) -> str:
        """Its canonical text."""
        return canonical_text(self.item)

    @cached_property
    def written(self) -> tree.Call:
        """What is written as its canonical text, whatever it is made of."""
        return tree.Call(tree.NO_SPAN, self.text, (), None)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many layers of each kind it has."""
        return Counter([token for token, _ in self.layers])


@record
class Occurrence:
    """A link where it stands in a block: ``text`` is as it was read, ``before`` how many layers stand before it.

    In the chain of a branch it is what all of the branch is.
    """

    link: Link
    text: str
    before: int

    @property
    def written(self) -> tree.Call:
        """What is written as its canonical text."""
        return self.link.written

    @property
    def span(self) -> Span:
        """A place in no text."""
        return tree.NO_SPAN


class _Marking(Resolver):
    """A resolver that does not number layers, but marks them."""

    def __init__(self) -> None:
        shipped = definitions_shipped()
        Resolver.__init__(self, shipped, frozenset(shipped))
        self.layers: list[tuple[str, int]] = []

    def ordinal(self, token: str) -> int:
        self.layers.append((token, Resolver.ordinal(self, token)))
        return cast("int", Mark(ORDINALS + len(self.layers) - 1))


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
    if resolver.used or resolver.imports:
        return None
    return Link(found.items[0], resolver.layers)


def skeleton(text: str) -> tuple[str, list[str]] | None:
    """Return a block with ``_`` in the place of each chain in it, and these chains; None for what is no such block.

    A chain that is a block itself, and no branch, stands as its own skeleton, with the chains in it.

    >>> skeleton("[C(3)-{P2|R}]*4"), skeleton("[{H(a+b)+[R-R]*2}]"), skeleton("res[R]"), skeleton("bi[GRU3]")
    (('[_]*4', ['C(3)-{P2|R}']), ('[{_+_}]', ['H(a+b)', '[R-R]*2']), ('res[_]', ['R', '_']), None)
    """
    begin = _OPENING.match(text)
    if begin is None:
        return None
    written, chains, depth, deepest, start = begin[0], [], 0, 0, begin.end()
    for match in _BRACKETS_AND_JOINTS.finditer(text, start - 1):
        sign = match[0]
        if sign in "([{":
            depth += 1
            deepest = max(deepest, depth)
            continue
        depth -= sign in ")]}"
        if not depth or (depth == 1 and sign in "|+"):
            chain = text[start : match.start()]
            inside, of_inside = (begin[0] == "[" and _skeleton_of_chain(chain)) or ("_", [chain])
            chains += of_inside
            written, start = f"{written}{inside}{sign}", match.end()
        if not depth:
            chains += ["_"] * (len(begin[0]) > 1)  # the branch past a residual
            break
    return (written + text[start:], chains) if not depth and deepest <= _DEEPEST else None


def _skeleton_of_chain(text: str) -> tuple[str, list[str]] | None:
    return skeleton(text) if _OPENING.match(text) and len(split(text)) == 1 else None


def series(links: Iterable[tuple[str, Link]]) -> Link:
    """Return links one after another, each with its text, as one."""
    inside, layers = _occurrences(links)
    return Link(_chain(inside), layers)


def block(outside: Link, chains: Iterable[tuple[str, Link]]) -> Link | None:
    """Return the link that a skeleton is with these series in its chains; None where it is none of them."""
    inside, layers = _occurrences(chains)
    item = _with(outside.item, iter(inside)) if len(outside.layers) == len(inside) else None
    return None if item is None else Link(item, layers)


def _occurrences(links: Iterable[tuple[str, Link]]) -> tuple[list[Occurrence], list[tuple[str, int]]]:
    """Links where they stand one after another, and the layers of all."""
    counts: dict[str, int] = {}
    layers: list[tuple[str, int]] = []
    found = []
    for text, each in links:
        found.append(Occurrence(each, text, len(layers)))
        layers += [(token, counts.get(token, 0) + ordinal) for token, ordinal in each.layers]
        for token, count in each.counts.items():
            counts[token] = counts.get(token, 0) + count
    return found, layers


_NO_CHAIN = tree.Chain(tree.NO_SPAN, ())


def _chain(items: Iterable[Occurrence]) -> Chain:
    return Chain(_NO_CHAIN, "", cast("tuple[Item, ...]", tuple(items)))


def _with(item: Item | Chain, chains: Iterator[Occurrence]) -> Item | None:
    """A block with these chains in the place of those of one layer."""
    match item:
        case Repeat(item=inner):
            found = _with(inner, chains)
            return found and replace(item, item=found)
        case Group(chain=chain):
            block = _with(chain.items[0], chains)
            return replace(item, chain=replace(chain, items=(block,)) if block else next(chains).link.item)
        case Branches(chains=branches):
            return replace(item, chains=tuple([_branch_with(each, chains) for each in branches]))
        case _:
            return None


def _branch_with(chain: Chain, chains: Iterator[Occurrence]) -> Chain:
    block = _with(chain.items[0], chains)
    return replace(chain, items=(block,)) if block else _chain([next(chains)])


def _last(chain: tree.Chain) -> tree.Chain:
    """Return the chain of the last item alone."""
    return tree.Chain(chain.span, chain.items[-1:])


def whole_branch(chain: Chain) -> Occurrence | None:
    """Return the occurrence that all of a branch is; None where it is of other items."""
    first: object = chain.items[0]
    return first if isinstance(first, Occurrence) and isinstance(first.link.item, Chain) else None


def is_balanced(text: str) -> bool:
    """Return whether a piece of a line has as many brackets of each kind that open as close.

    >>> is_balanced("C(32,3)"), is_balanced("C(k")
    (True, False)
    """
    return all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]", "{}"))


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

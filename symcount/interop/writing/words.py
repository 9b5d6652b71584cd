"""What attributes of a class are called, after what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.interop.writing.nodes import Loop, Module, Node, Series, Use

_SALIENT = (
    "attention",
    "feed_forward",
    "recurrent",
    "head",
    "blocks",
    "conv",
    "block",
    "embedding",
    "up",
    "linear",
    "dense",
)
"""What a row of modules is called after, the first of these that is in it."""


def word_of(nodes: Sequence[Node], usual: str) -> str:
    """Return what modules in a row are called, the usual where nothing in it stands out."""
    words = [usual if word == "layers" else word for word in _words(nodes)]
    if len(words) == 1:
        return words[0]
    if words and words[-1] == "head":
        return "head"
    found = next((word for word in _SALIENT if word in words), usual)
    return f"{found}s" if found == "conv" else found


def _words(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Module(word=word) | Loop(word=word):
                yield word
            case Use(block=block):
                yield {"cb": "conv", "cbr": "conv", "dbr": "conv"}.get(block.word, block.word.lower())
            case Series(instances=instances):
                yield from _words(instances)
            case _:
                yield "layers"

"""A sentence about a layer: words with sizes among them, which a medium writes as mathematics."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest

from symcount.arithmetic import Size, by_name, is_number
from symcount.records import record

Part = str | Size | tuple[Size, ...]
"""Words, a size, or the sizes of several axes."""


@record
class Sentence:
    """Words and sizes in order; a tuple of sizes is one for each axis.

    >>> str(sentence("{} a window of {}", many(32, "filter"), (5, 5)))
    '32 filters a window of 5×5'
    """

    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else _in_plain_text(part) for part in self.parts)


def _in_plain_text(part: Size | tuple[Size, ...]) -> str:
    return "×".join(map(by_name, part)) if isinstance(part, tuple) else by_name(part)


SILENT = Sentence()
"""Nothing to say."""


def sentence(words: str, *filled: Part | Sentence) -> Sentence:
    """Return the sentence of these words, each ``{}`` filled with a size, words, or a sentence."""
    parts: list[Part] = []
    for text, part in zip_longest(words.split("{}"), filled, fillvalue=""):
        parts += [text, *part.parts] if isinstance(part, Sentence) else [text, part]
    return Sentence(tuple(part for part in parts if part != ""))


def listed(sentences: Iterable[Sentence], between: str = ", ") -> Sentence:
    """Return sentences in a row, those that say nothing left out."""
    spoken = [each.parts for each in sentences if each]
    return Sentence(tuple(chain(*spoken[:1], *((between, *parts) for parts in spoken[1:]))))


def many(size: Size, noun: str, plural: str = "") -> Sentence:
    """Return so many of something.

    >>> str(many(1, "channel")), str(many(3, "channel"))
    ('one channel', '3 channels')
    """
    return sentence("one {}", noun) if is_number(size, 1) else sentence("{} {}", size, plural or f"{noun}s")


def every(size: Size, noun: str) -> Sentence:
    """Return all of something.

    >>> str(every(1, "channel")), str(every(3, "channel"))
    ('the only channel', 'all 3 channels')
    """
    return sentence("the only {}", noun) if is_number(size, 1) else sentence("all {} {}s", size, noun)


def each_of(size: Size, noun: str, plural: str = "") -> Sentence:
    """Return each of something.

    >>> str(each_of(1, "filter")), str(each_of(3, "filter"))
    ('the only filter', 'each of the 3 filters')
    """
    if is_number(size, 1):
        return sentence("the only {}", noun)
    return sentence("each of the {} {}", size, plural or f"{noun}s")


def window(sizes: tuple[Size, ...]) -> Sentence:
    """Return a window of these sizes."""
    return sentence("a window of {}", sizes)


def with_bias(bias: Size, of: str) -> Sentence:
    """Return what the biases are: ``of`` says of what there is one."""
    if isinstance(bias, int):
        return sentence(f"one bias for each {of}" if bias else "no bias")
    return sentence("{} biases for each {}", bias, of)

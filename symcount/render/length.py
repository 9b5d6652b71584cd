"""How long one answer may be: its characters are counted while it is put together, so that no more is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

from symcount.errors import ArchitectureError

MOST_CHARACTERS = 10_000_000
"""The most characters of one answer; the solution of a network of 2,000 layers has a third of them."""

_Part = TypeVar("_Part", bound=Sized)


def within_length(parts: Iterable[_Part], length: Callable[[_Part], int] = len) -> Iterator[_Part]:
    """Yield the parts of an answer as long as they are not too long together; what is longer is refused."""
    characters = 0
    for part in parts:
        characters += length(part)
        if characters > MOST_CHARACTERS:
            message = f"the answer has more than {MOST_CHARACTERS:,} characters, the most that are written"
            hint = "ask for a part of it: --at, --depth, --only, or --detail short"
            raise ArchitectureError("limit", message, hint=hint)
        yield part


def fitting(text: str) -> str:
    """Return a whole answer; one that is too long is refused."""
    return next(within_length([text]))

"""The symbols that are searched for, with their ranges: ``f``, ``f,n=32..224:32``, ``k=3``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symcount.errors import ArchitectureError
from symcount.records import record


@record
class Wanted:
    """A symbol that is searched for, from its first value to its last in steps, or without a last."""

    name: str
    first: int | None = None
    last: int | None = None
    step: int = 1


_WANTED = re.compile(
    r"\s*([A-Za-z_]\w*)\s*(?:=\s*([0-9][0-9_]{0,60})\s*(?:\.\.\s*([0-9][0-9_]{0,60})?\s*(?::\s*([0-9][0-9_]{0,60}))?)?)?\s*"
)


def wanted(given: Iterable[str]) -> tuple[Wanted, ...]:
    """Read what is searched for.

    >>> [(each.name, each.first, each.last, each.step) for each in wanted(["f,n=32..224:32", "k=3", "m=8.."])]
    [('f', None, None, 1), ('n', 32, 224, 32), ('k', 3, 3, 1), ('m', 8, None, 1)]
    """
    found = [_wanted(word) for words in given for word in words.split(",")]
    names = [each.name for each in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ArchitectureError("twice", f"{twice} is searched for twice")
    return tuple(found)


def _wanted(word: str) -> Wanted:
    match = _WANTED.fullmatch(word)
    if match is None:
        raise ArchitectureError(
            "bad-range", f"{word.strip()!r} is no symbol with a range", hint="write f, or n=32..224:32"
        )
    name, *numbers = match.groups()
    first, last, step = (None if each is None else int(each.replace("_", "")) for each in numbers)
    if first is not None and ".." not in word:
        last = first
    if step == 0 or (first is not None and last is not None and last < first):
        message = f"{word.strip()} is empty: {'a step is at least 1' if step == 0 else f'{last} is less than {first}'}"
        raise ArchitectureError("bad-range", message, hint=f"write {name}={last}..{first}" if step != 0 else None)
    return Wanted(name, first, last, step or 1)

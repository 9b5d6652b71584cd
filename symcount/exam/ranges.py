"""Reads the values that a symbol may take in an exam: ``16..64 step 16``, ``3, 5, 7``, ``[3, 5, 7]``, or one number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symcount.errors import ArchitectureError, visible

MOST_VALUES = 10_000
"""The most values of one symbol."""

_RANGE = re.compile(r"(\d+)\s*\.\.\s*(\d+)(?:\s+step\s+(\d+))?")


def read_range(name: str, given: object) -> tuple[int, ...]:
    """Return the values of a symbol, in order and each once.

    >>> read_range("f", "16..64 step 16"), read_range("k", "3, 5, 7"), read_range("c", 3)
    ((16, 32, 48, 64), (3, 5, 7), (3,))
    """
    if isinstance(given, int) and not isinstance(given, bool):
        return _checked(name, given, (given,))
    if isinstance(given, list) and all(isinstance(each, int | str) and not isinstance(each, bool) for each in given):
        return _checked(name, given, (value for each in given for value in read_range(name, each)))
    if isinstance(given, str):
        return _checked(name, given, (value for part in given.split(",") for value in _part(name, given, part.strip())))
    raise _refused(name, given)


def _part(name: str, given: str, part: str) -> Iterable[int]:
    if part.isdecimal():
        return (int(part),)
    found = _RANGE.fullmatch(part)
    if found is None:
        raise _refused(name, given)
    first, last, step = int(found[1]), int(found[2]), int(found[3] or 1)
    if step == 0 or last < first:
        raise _refused(name, given)
    if (last - first) // step >= MOST_VALUES:
        raise ArchitectureError("limit", f"{name} has at most {MOST_VALUES:,} values", hint="give the range a step")
    return range(first, last + 1, step)


def _checked(name: str, given: object, values: Iterable[int]) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(values))
    if not found or min(found) < 0:
        raise _refused(name, given)
    return found


def _refused(name: str, given: object) -> ArchitectureError:
    message = f"{name} takes the values of a range, found {visible(repr(given))}"
    return ArchitectureError("bad-exam", message, hint='write "16..64 step 16", "3, 5, 7" or [3, 5, 7]')

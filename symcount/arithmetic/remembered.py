"""Functions that remember what they answered, and forget all of it when a text is done with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

_MOST_REMEMBERED = 4_096
"""The most answers of one function; a network has a quarter as many symbols at most."""

_FORGETTING: list[Callable[[], None]] = []


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the function, which works each answer out once until `forget` is called.

    >>> asked = []
    >>> double = remembered(lambda n: asked.append(n) or 2 * n)
    >>> double(3), double(3), asked
    (6, 6, [3])
    >>> forget()
    >>> double(3), asked
    (6, [3, 3])
    """
    cached = lru_cache(_MOST_REMEMBERED)(function)
    _FORGETTING.append(cached.cache_clear)
    return cached  # type: ignore[return-value]  # it takes what the function takes


def forget() -> None:
    """Forget every answer: after one of many texts, so that memory does not grow with their number."""
    for each in _FORGETTING:
        each()

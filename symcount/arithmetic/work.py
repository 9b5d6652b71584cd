"""The work that one question may be: steps of multiplying sums out, counted wherever that is done.

Each sum of a network may be short enough by itself, and a thousand layers of them take minutes all the same.
"""

from __future__ import annotations

from threading import local

MOST_STEPS = 200_000
"""The most steps that one question takes; the largest family of the zoo takes 92,000."""

_BEGUN = 5
"""The steps that a product takes besides one for each term of one sum times each of the other."""


class _Work(local):
    """What a question has taken so far, in a thread."""

    steps = 0


_work = _Work()


def spend(terms: int) -> bool:
    """Count a product of sums, so many terms times terms; return whether one question may take it."""
    _work.steps += _BEGUN + terms
    return _work.steps <= MOST_STEPS


def begin() -> None:
    """Begin another question, of which nothing is spent."""
    _work.steps = 0

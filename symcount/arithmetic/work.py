"""The work that one question may be: products of terms, counted wherever sums are multiplied out.

Each sum of a network may be short enough by itself, and a thousand layers of them take minutes all the same.
"""

from __future__ import annotations

from threading import local

MOST_PRODUCTS = 200_000
"""The most products of two terms that one question takes; the largest family of the zoo takes 11,000."""


class _Work(local):
    """What a question has taken so far, in a thread."""

    products = 0


_work = _Work()


def spend(products: int) -> bool:
    """Count products of terms; return whether one question may take so many."""
    _work.products += products
    return _work.products <= MOST_PRODUCTS


def begin() -> None:
    """Begin another question, of which nothing is spent."""
    _work.products = 0

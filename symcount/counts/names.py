"""The names of sizes on the way as a reader sees them: ``n_1``, ``n_2``, … in the order in which they appear.

A walk names a size by its place, so that no name comes twice; on a page the place would be an index of an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count

from symcount.arithmetic import Named
from symcount.arithmetic.notation.names import name_parts

_INDICES = ("i", "j", "l", "r", "s", "t")
"""The letters of an index that the text gives no name."""


def short_names(sizes: Iterable[Named], indices: Iterable[str], written: Iterable[str]) -> dict[str, str]:
    """Return the short name of each size and index; a name that is written in the text stays, and none looks like it.

    >>> n, m = Named("n_3_1_1", 6), Named("n_3_1_2b", 4)
    >>> short_names([n, m], ["i_b"], ["n1"])
    {'n_3_1_1': 'n_2', 'n_3_1_2b': 'n_3', 'i_b': 'i'}
    """
    kept = frozenset(written)
    looks = {name_parts(name) for name in kept}
    short: dict[str, str] = {}
    numbered: dict[str, Iterator[str]] = {}
    for size in sizes:
        if size.name not in kept and size.name not in short:
            letter = name_parts(size.name)[0]
            short[size.name] = _first_free(numbered.setdefault(letter, _numbered(letter)), looks)
    for index in indices:
        if index not in kept and index not in short:
            short[index] = _first_free(chain(_INDICES, _numbered("i")), looks)
    return short


def _numbered(letter: str) -> Iterator[str]:
    return (f"{letter}_{number}" for number in count(1))


def _first_free(names: Iterable[str], looks: set[tuple[str, ...]]) -> str:
    found = next(name for name in names if name_parts(name) not in looks)
    looks.add(name_parts(found))
    return found

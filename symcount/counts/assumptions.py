"""The assumptions that a network makes about its symbols, put briefly and without repetition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from symcount.algebra import AtLeast, Divisible, Expr, Same, as_divisions
from symcount.records import record, replace

Assumption: TypeAlias = Divisible | AtLeast | Same


@record
class Stated:
    """The conditions and the assumptions that are stated beside a formula."""

    conditions: tuple[AtLeast, ...]
    assumptions: tuple[Assumption, ...]


def briefly(stated: Iterable[Assumption]) -> list[Assumption]:
    """Return assumptions; "sizes are equal" becomes "a number divides a symbol" where that says the same."""
    stated = list(stated)
    equalities: dict[tuple[frozenset[Expr], tuple[AtLeast, ...]], list[Same]] = {}
    for each in stated:
        if isinstance(each, Same):
            symbols = frozenset((each.left - each.right).free_symbols)
            equalities.setdefault((symbols, each.where), []).append(each)
    brief: list[Assumption] = [each for each in stated if not isinstance(each, Same)]
    for (_, where), group in sorted(equalities.items(), key=lambda pair: len(pair[0][0])):
        known = [each for each in brief if isinstance(each, Divisible) and {*each.where} <= {*where}]
        divisions = as_divisions([each.left - each.right for each in group], known)
        brief += group if divisions is None else [replace(each, where=where) for each in divisions]
    return brief

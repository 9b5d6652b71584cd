"""The assumptions that a network makes about its symbols, put briefly and without repetition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from symcount.algebra import AtLeast, Divisible, Expr, as_divisions, to_term, value_of
from symcount.arithmetic import by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.records import record


@record
class Same:
    """The assumption that two sizes are equal."""

    left: Expr
    right: Expr

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return {symbol.name for side in (self.left, self.right) for symbol in side.free_symbols}

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        return notation.equals.format(*(by_name(to_term(side), notation) for side in (self.left, self.right)))

    def __str__(self) -> str:
        return self.text()

    def holds(self, values: Mapping[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return value_of(self.left, values) == value_of(self.right, values)


Assumption: TypeAlias = Divisible | AtLeast | Same


@record
class Stated:
    """The conditions and the assumptions that are stated beside a formula."""

    conditions: tuple[AtLeast, ...]
    assumptions: tuple[Assumption, ...]


def briefly(stated: Iterable[Assumption]) -> list[Assumption]:
    """Return assumptions; "sizes are equal" becomes "a number divides a symbol" where that says the same."""
    stated = list(stated)
    equalities: dict[frozenset[Expr], list[Same]] = {}
    for each in stated:
        if isinstance(each, Same):
            equalities.setdefault(frozenset((each.left - each.right).free_symbols), []).append(each)
    brief: list[Assumption] = [each for each in stated if not isinstance(each, Same)]
    for _, group in sorted(equalities.items(), key=lambda pair: len(pair[0])):
        known = [each for each in brief if isinstance(each, Divisible) and not each.where]
        brief += as_divisions([each.left - each.right for each in group], known) or group
    return brief

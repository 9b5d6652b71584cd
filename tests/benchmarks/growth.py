"""How the time grows with the number of layers, for families of networks: as which power of it."""

from __future__ import annotations

from collections.abc import Callable

import symcount
from tests.benchmarks.measure import Figure, exponent

GOAL = 1.05

FAMILIES: dict[str, tuple[str, str, int]] = {
    "a chain of numbers": ("I(3,9000x9000)", "-C(16,3)", 400),
    "a chain of symbols": ("I(3,n×n)", "-C(f,3)", 200),
    "a chain of which every size is open": ("I", "-C", 32),
    "branches": ("I(c,n×n)", "-{C(f,1)|C(f,3,p=1)}", 60),
    "residuals of an open size": ("I(f,n×n)", "-{C(f,3,p=1)-R+_}", 60),
    "repeats": ("I(f,n×n)", "-[C(f,3,p=1)-R]*3", 60),
}
"""What a family begins with, what is repeated, and how often at first; then four times as often."""


def figures(rounds: int) -> list[Figure]:
    """Measure the growth of each family, and of derivations."""
    rounds = max(5, rounds // 2)
    found = [
        Figure(f"growth of {name}", exponent(_counted(begin, part), few, 4 * few, rounds), GOAL, "power")
        for name, (begin, part, few) in FAMILIES.items()
    ]
    return [*found, Figure("growth of derivations", exponent(_derived, 60, 240, rounds), GOAL, "power")]


def _counted(begin: str, part: str) -> Callable[[int], Callable[[], object]]:
    return lambda times: lambda: symcount.parse(begin + part * times).params


def _derived(times: int) -> Callable[[], object]:
    return lambda: symcount.parse("I(3,900x900)" + "-C(16,3)" * times).derive().to("text")

"""Medians of interleaved repetitions in processor time, and what they are held against."""

from __future__ import annotations

import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One measured figure and the goal that it should not exceed, or, ``at_least``, should reach."""

    what: str
    measured: float
    goal: float
    unit: str
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        return self.measured >= self.goal if self.at_least else self.measured <= self.goal

    def __str__(self) -> str:
        sign, missed = "≥" if self.at_least else "≤", "" if self.is_met else "missed"
        return f"{self.what:<58}{self.measured:>12,.2f}  {sign} {self.goal:<9,g} {self.unit:<9}{missed}".rstrip()


def used() -> float:
    """The seconds of a processor that this process and its children, so far as they have ended, have used."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def seconds(task: Callable[[], object]) -> float:
    """Return the seconds of a processor that a task takes."""
    start = used()
    task()
    return used() - start


def times(
    tasks: Sequence[Callable[[], object]], rounds: int, chosen: Callable[[list[float]], float] = median
) -> list[float]:
    """Return the median of each task, or what is ``chosen`` of its times; every round runs all of the tasks."""
    measured: list[list[float]] = [[] for _ in tasks]
    for task in tasks:
        task()
    for _ in range(rounds):
        for task, found in zip(tasks, measured, strict=True):
            found.append(seconds(task))
    return [chosen(found) for found in measured]


def exponent(of: Callable[[int], Callable[[], object]], few: int, many: int, rounds: int) -> float:
    """Return the power of its size with which the time of a task grows, by the fastest rounds."""
    small, large = times([of(few), of(many)], rounds, min)
    return log(large / small) / log(many / few)

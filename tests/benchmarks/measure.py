"""Medians of interleaved repetitions, and what they are held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured figure and the goal that it should not exceed."""

    what: str
    measured: float
    goal: float
    unit: str

    def __str__(self) -> str:
        verdict = "" if self.measured <= self.goal else "  over the goal"
        measured = f"{self.what:<58}{self.measured:>8.2f}  ≤ {self.goal:<6g} {self.unit:<6}"
        return f"{measured}{self.measured / self.goal:>5.0%}{verdict}"


def times(tasks: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Return the median seconds of each task; every round runs all of them, so that a busy machine slows all alike."""
    measured: list[list[float]] = [[] for _ in tasks]
    for task in tasks:
        task()
    for _ in range(rounds):
        for task, seconds in zip(tasks, measured, strict=True):
            start = perf_counter()
            task()
            seconds.append(perf_counter() - start)
    return [median(seconds) for seconds in measured]

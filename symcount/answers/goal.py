"""The best of solutions: those at which a symbol, or a quantity, is largest or smallest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.algebra import Polynomial, Region, Run, compiled, direction, joined
from symcount.errors import ArchitectureError
from symcount.records import record

MOST_SHOWN = 1_000
"""Of more runs of solutions only so many are gathered."""

MOST_ALONG = 1_000_000
"""The most points of a run at which a goal is tried that neither rises nor falls along it."""


@record
class Goal:
    """What is to be largest or smallest: an expression, and which of the two."""

    text: str
    largest: bool


class Best:
    """The best of runs of solutions; ``aim`` is what the goal says, in the symbols of a region."""

    def __init__(self, goal: Goal, aim: Polynomial, region: Region) -> None:
        self.goal = goal
        self.aim = aim
        self.region = region
        self.sign = 1 if goal.largest else -1

    def check_bounded(self, names: Iterable[str]) -> None:
        """Refuse a goal that grows with symbols of which only so many values are tried."""
        for name in names:
            if direction(self.aim, name, self.region.box) not in (0, -self.sign):
                raise self._without_end(name)

    def of(self, runs: Iterable[Run]) -> Iterator[Run]:
        """Yield the best of these runs; of those that there were, where they are interrupted."""
        valued = compiled([self.aim], self.region.symbols)
        best: int | None = None
        kept: list[Run] = []
        try:
            for run in runs:
                for point in self._ends(run):
                    value = self.sign * valued(*(point[name] for name in self.region.symbols))[0]
                    if best is None or value > best:
                        best, kept = value, []
                    if value == best and len(kept) <= MOST_SHOWN:
                        kept.append(
                            Run(run.values, run.symbol, point[run.symbol], point[run.symbol], run.stride)
                            if run.symbol
                            else run
                        )
        except KeyboardInterrupt:
            yield from joined(iter(kept))
            raise
        yield from joined(iter(kept))

    def _ends(self, run: Run) -> Iterable[dict[str, int]]:
        """The points of a run at which a goal may be largest."""
        if not run.symbol:
            return [dict(run.values)]
        way = direction(self.aim, run.symbol, self.region.box)
        way = None if way is None else way * self.sign
        if run.last is None and way != -1 and way != 0:
            raise self._without_end(run.symbol)
        if way is None:
            if (run.count or 0) > MOST_ALONG:
                message = f"{self.goal.text} neither rises nor falls along {run.count:,} values of {run.symbol}"
                raise ArchitectureError("too-large", message, hint=f"give {run.symbol} a smaller range")
            return run.points()
        if way == 0:
            return run.points() if run.count is not None and run.count <= MOST_SHOWN else [run.at(run.first)]
        return [run.at(run.first if way < 0 or run.last is None else run.last)]

    def _without_end(self, name: str) -> ArchitectureError:
        what = "largest" if self.goal.largest else "smallest"
        message = f"there is no {what} {self.goal.text}: {name} can be as large as one likes"
        return ArchitectureError("no-end", message, hint=f"give it a range, as in --for {name}=1..1000")

"""`Run`: points that differ in one symbol alone, as solutions are given."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.records import record


@record
class Run:
    """Points that differ in one symbol alone, from its first value to its last; None is that there is no last one."""

    values: tuple[tuple[str, int], ...]
    symbol: str
    first: int
    last: int | None
    stride: int = 1

    @property
    def count(self) -> int | None:
        """How many points it has."""
        return None if self.last is None else (self.last - self.first) // self.stride + 1

    def at(self, value: int) -> dict[str, int]:
        """Return the point at a value of its symbol."""
        return {**dict(self.values), self.symbol: value}

    def points(self) -> Iterator[dict[str, int]]:
        """Yield its points."""
        value = self.first
        while self.last is None or value <= self.last:
            yield self.at(value)
            value += self.stride


def joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Yield runs, those that continue one another as one; also what there is when they are interrupted."""
    last: Run | None = None
    try:
        for run in runs:
            if last is not None and _goes_on(last, run):
                last = Run(last.values, last.symbol, last.first, run.last, last.stride)
                continue
            if last is not None:
                yield last
            last = run
    except KeyboardInterrupt:
        if last is not None:
            yield last
        raise
    if last is not None:
        yield last


def _goes_on(last: Run, run: Run) -> bool:
    same = (last.values, last.symbol, last.stride) == (run.values, run.symbol, run.stride)
    return same and last.last is not None and run.first == last.last + last.stride

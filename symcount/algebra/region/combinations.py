"""Combinations of values that are tried one by one, each symbol only as far as a solution can lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from math import prod

from symcount.algebra.region.direction import direction
from symcount.algebra.region.ends import interval
from symcount.algebra.region.farthest import Farthest, farthest
from symcount.algebra.region.region import Region
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, Relation
from symcount.algebra.region.search import in_exponents
from symcount.algebra.terms.compiled import compiled
from symcount.errors import ArchitectureError

MOST_POINTS = 20_000_000
"""At more points no relation is tried one by one."""

MOST_UNBOUNDED = 1_000_000
"""How many points are tried where symbols have no largest value, which is then a stated bound."""

MOST_EXPONENT = 1_000
"""How many values of an exponent are tried: a power of a million bits takes its time."""

Progress = Callable[[int, int], None]
"""Is told how many values of how many were tried."""

Limit = tuple[Callable[..., tuple[int, ...]], Farthest]
"""The value of a form that falls as a symbol grows, and how far the symbol is followed."""


class Combinations:
    """The combinations of values of some symbols at which relations may hold.

    ``bounds`` are largest values that nothing but the search sets; ``tried`` counts the combinations that were yielded.
    """

    def __init__(self, names: Sequence[str], relations: Sequence[Relation], region: Region) -> None:
        self.names = names
        self.relations = relations
        self.region = region
        self.bounds: dict[str, int] = {}
        self.tried = 0

    @cached_property
    def ranges(self) -> dict[str, range]:
        """The values that are tried of each symbol."""
        ends = {name: self._largest(name) for name in self.names}
        unbounded = [name for name, end in ends.items() if end is None]
        known = prod(_length(self._range(name, end)) for name, end in ends.items() if end is not None)
        for name in unbounded:
            most = max(1, MOST_UNBOUNDED // max(1, known)) ** (1 / len(unbounded)) if len(unbounded) > 1 else 0
            steps = int(most) if most else max(1, MOST_UNBOUNDED // max(1, known))
            if name in self._exponents:
                steps = min(steps, MOST_EXPONENT)
            ends[name] = self.bounds[name] = self.region.box[name][0] + (steps - 1) * self.region.stride(name)
        return {name: self._range(name, end) for name, end in ends.items() if end is not None}

    def _range(self, name: str, end: int) -> range:
        return range(self.region.box[name][0], end + 1, self.region.stride(name))

    def _largest(self, name: str) -> int | None:
        """The largest value that a symbol can have where all others are least; None where there is no end to them."""
        high = self.region.box[name][1]
        for limit in self._limits.get(name, ()):
            high = self._last(limit, name, {}, high)
        return high

    @cached_property
    def _exponents(self) -> set[str]:
        return in_exponents([*(each.form for each in self.relations), *(each.form for each in self.region.relations)])

    @cached_property
    def _limits(self) -> dict[str, list[Limit]]:
        """For each symbol the forms that limit it: they fall as it grows, and rise with no other symbol."""
        limits: dict[str, list[Limit]] = {}
        for each in () if self.region.determined else self.relations:
            forms = {EQUAL: (each.form, -each.form), NOT_NEGATIVE: (each.form,)}.get(each.sign, ())
            for form in forms:
                ways = {name: direction(form, name, self.region.box) for name in self.region.free}
                if set(ways.values()) <= {0, -1}:
                    valued = compiled([form], self.region.symbols)
                    for name in (name for name, way in ways.items() if way):
                        limits.setdefault(name, []).append((valued, farthest(form, name, self.region)))
        return limits

    def _last(self, limit: Limit, name: str, given: dict[str, int], high: int | None) -> int | None:
        """The last value of a symbol at which a form is at least 0, where some others are given and the rest least."""
        valued, so_far = limit
        low, stride = self.region.box[name][0], self.region.stride(name)
        least = {other: given.get(other, self.region.box[other][0]) for other in self.region.symbols}
        found = interval(
            lambda step: valued(*{**least, name: low + stride * step}.values())[0],
            NOT_NEGATIVE, -1, None if high is None else (high - low) // stride, so_far,
        )  # fmt: skip
        if found is None:
            return low - 1
        return None if found[1] is None else low + stride * found[1]

    @property
    def count(self) -> int:
        """How many combinations of values are tried."""
        return prod(map(_length, self.ranges.values()))

    def check_size(self) -> None:
        """Refuse more combinations than can be tried."""
        limited = sum(name in self._limits for name in self.names)
        if self.count > MOST_POINTS and limited < 2:
            widest = max(self.ranges, key=lambda name: _length(self.ranges[name]))
            sizes = " × ".join(f"{_length(values):,} values of {name}" for name, values in self.ranges.items())
            message = f"{self.count:,} combinations would be tried, of at most {MOST_POINTS:,}: {sizes}"
            hint = f"give {widest} a smaller range, as in {widest}=1..100, or steps, as in {widest}=32..224:32"
            raise ArchitectureError("too-large", message, hint=hint)

    def each(self, progress: Progress) -> Iterator[dict[str, int]]:
        """Yield the combinations."""
        for values in self._chosen({}, [*self.names], progress):
            self.tried += 1
            if self.tried > MOST_POINTS:
                raise _too_many(self.tried, self.names)
            yield values

    def _chosen(self, given: dict[str, int], left: list[str], progress: Progress) -> Iterator[dict[str, int]]:
        """The values of the symbols together; each is limited by those that are chosen before it."""
        if not left:
            yield given
            return
        name, *rest = left
        values = self.ranges[name]
        if given:
            end: int | None = values[-1] if values else values.start - 1
            for limit in self._limits.get(name, ()):
                end = self._last(limit, name, given, end)
            values = self._range(name, values.start - 1 if end is None else end)
        for place, value in enumerate(values):
            if not given:
                progress(place, _length(values))
            yield from self._chosen({**given, name: value}, rest, progress)
        if not given:
            progress(_length(values), _length(values))


def _length(values: range) -> int:
    """How many values there are; Python's own count ends at 2^63."""
    return max(0, -((values.start - values.stop) // values.step))


def _too_many(tried: int, names: Sequence[str]) -> ArchitectureError:
    message = f"more than {tried - 1:,} combinations of {', '.join(names)} would have to be tried"
    return ArchitectureError("too-large", message, hint=f"give {names[0]} a range, as in {names[0]}=1..100")

"""All points of a region at which relations hold: by bisection where they rise or fall, else one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from math import prod

from symcount.algebra.region.direction import direction
from symcount.algebra.region.ends import first_where, interval
from symcount.algebra.region.region import Point, Region, whole_form
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, UNEQUAL, Relation
from symcount.algebra.region.run import Run
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


class Solving:
    """The search for all points of a region at which relations hold.

    ``axis`` is the symbol along which bisection goes, and ``ways`` in which direction each relation goes along it;
    ``bounds`` are largest values that nothing but the search sets.
    """

    def __init__(self, relations: Sequence[Relation], region: Region) -> None:
        self.region = region
        self.relations = [Relation(whole_form(each.form, each.sign), each.sign) for each in relations]
        self.values = compiled([each.form for each in self.relations], region.symbols)
        self.bounds: dict[str, int] = {}
        self.tried = 0

    @cached_property
    def _mixed(self) -> list[Relation]:
        """The relations of the region that its bounds and steps do not say."""
        forms = [each for each in self.region.relations if not self.region.says(each)]
        return [Relation(whole_form(each.form, each.sign), each.sign) for each in forms]

    @cached_property
    def axis(self) -> str | None:
        """The symbol along which every relation rises or falls: that with the fewest conditions besides."""
        found = [
            (sum(name in each.symbols for each in self._filters(name)), self._is_bounded(name), name)
            for name in self.region.free
            if not self.region.determined and self._ways(name) is not None
        ]
        return min(found)[2] if found else None

    def _is_bounded(self, name: str) -> bool:
        return self.region.box[name][1] is not None

    @cached_property
    def ways(self) -> tuple[int, ...]:
        """In which direction each relation goes along the axis."""
        return (self._ways(self.axis) or ()) if self.axis is not None else ()

    def _ways(self, name: str) -> tuple[int, ...] | None:
        ways = tuple(self._way(each, name) for each in self.relations)
        if None in ways or not any(ways):
            return None
        return ways  # type: ignore[return-value]

    def _way(self, relation: Relation, name: str) -> int | None:
        if relation.sign == UNEQUAL:
            return 0 if name not in relation.symbols else None
        return direction(relation.form, name, self.region.box)

    def _filters(self, name: str) -> list[Relation]:
        """The relations of the region that hold here and there along a symbol."""
        return [each for each in self._mixed if name in each.symbols and self._way(each, name) is None]

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The symbols that are tried value by value."""
        return tuple(name for name in self.region.free if name != self.axis)

    @cached_property
    def ranges(self) -> dict[str, range]:
        """The values that are tried of each of these."""
        ends = {name: self._largest(name) for name in self.others}
        unbounded = [name for name, end in ends.items() if end is None]
        known = prod(len(self._range(name, end)) for name, end in ends.items() if end is not None)
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
        for valued in self._limits.get(name, ()):
            high = self._last(valued, name, {}, high)
        return high

    @cached_property
    def _exponents(self) -> set[str]:
        return in_exponents([*(each.form for each in self.relations), *(each.form for each in self.region.relations)])

    @cached_property
    def _limits(self) -> dict[str, list[Callable[..., tuple[int, ...]]]]:
        """For each symbol the forms that fall as it grows, and rise with no other: they limit it."""
        limits: dict[str, list[Callable[..., tuple[int, ...]]]] = {}
        for each in () if self.region.determined else self.relations:
            forms = {EQUAL: (each.form, -each.form), NOT_NEGATIVE: (each.form,)}.get(each.sign, ())
            for form in forms:
                ways = {name: direction(form, name, self.region.box) for name in self.region.free}
                if set(ways.values()) <= {0, -1}:
                    valued = compiled([form], self.region.symbols)
                    for name in (name for name, way in ways.items() if way):
                        limits.setdefault(name, []).append(valued)
        return limits

    def _last(
        self, valued: Callable[..., tuple[int, ...]], name: str, given: dict[str, int], high: int | None
    ) -> int | None:
        """The last value of a symbol at which a form is at least 0, where some others are given and the rest least."""
        low, stride = self.region.box[name][0], self.region.stride(name)
        least = {other: given.get(other, self.region.box[other][0]) for other in self.region.symbols}
        found = interval(
            lambda step: valued(*{**least, name: low + stride * step}.values())[0],
            NOT_NEGATIVE, -1, None if high is None else (high - low) // stride,
        )  # fmt: skip
        if found is None:
            return low - 1
        return None if found[1] is None else low + stride * found[1]

    @property
    def count(self) -> int:
        """How many combinations of values are tried."""
        return prod(map(len, self.ranges.values()))

    def check_size(self) -> None:
        """Refuse more combinations than can be tried."""
        limited = sum(name in self._limits for name in self.others)
        if self.count > MOST_POINTS and limited < 2:
            widest = max(self.ranges, key=lambda name: len(self.ranges[name]))
            sizes = " × ".join(f"{len(values):,} values of {name}" for name, values in self.ranges.items())
            message = f"{self.count:,} combinations would be tried, of at most {MOST_POINTS:,}: {sizes}"
            hint = f"give {widest} a smaller range, as in {widest}=1..100, or steps, as in {widest}=32..224:32"
            raise ArchitectureError("too-large", message, hint=hint)

    def runs(self, progress: Progress = lambda tried, of: None) -> Iterator[Run]:
        """Yield the points at which all relations hold, in runs."""
        self.check_size()
        if self.region.is_empty:
            return
        found = self._along_axis if self.axis is not None else self._one_by_one
        for values in self._combinations({}, list(self.others), progress):
            self.tried += 1
            if self.tried > MOST_POINTS:
                raise _too_many(self.tried, self.others)
            yield from found(values)

    def _combinations(self, given: dict[str, int], left: list[str], progress: Progress) -> Iterator[dict[str, int]]:
        """The values of the other symbols together; each is limited by those that are chosen before it."""
        if not left:
            yield given
            return
        name, *rest = left
        values = self.ranges[name]
        if given:
            end: int | None = values[-1] if values else values.start - 1
            for valued in self._limits.get(name, ()):
                end = self._last(valued, name, given, end)
            values = self._range(name, values.start - 1 if end is None else end)
        for place, value in enumerate(values):
            if not given:
                progress(place, len(values))
            yield from self._combinations({**given, name: value}, rest, progress)
        if not given:
            progress(len(values), len(values))

    def neighbours(self, equation: Relation) -> Iterator[int]:
        """Yield the values of the axis between which the form of an equation crosses 0."""
        axis = self.axis
        assert axis is not None
        low, high = self.region.box[axis]
        stride, way = self.region.stride(axis), self._way(equation, axis) or 1
        least = {name: self.region.box[name][0] for name in self.region.symbols}
        valued = compiled([equation.form], self.region.symbols)
        first = first_where(
            lambda step: way * valued(*{**least, axis: low + stride * step}.values())[0] > 0,
            None if high is None else (high - low) // stride,
        )
        if first is None:
            yield from () if high is None else (high,)
            return
        yield from (low + stride * step for step in (first - 1, first) if step >= 0)

    def _one_by_one(self, values: dict[str, int]) -> Iterator[Run]:
        point = self.region.point([values[name] for name in self.region.free])
        if point is not None and self._holds(point):
            given = dict(zip(self.region.symbols, point, strict=True))
            last = self.region.free[-1] if self.region.free else ""
            rest = tuple((name, value) for name, value in given.items() if name != last)
            yield Run(rest, last, given.get(last, 0), given.get(last, 0), self.region.stride(last) if last else 1)

    def _holds(self, point: Point) -> bool:
        try:
            found = self.values(*point)
        except ZeroDivisionError:
            return False
        return all(_TESTS[each.sign](value) for each, value in zip(self.relations, found, strict=True))

    @cached_property
    def _along(self) -> list[tuple[Relation, int, Callable[..., tuple[int, ...]]]]:
        """What bisection is done of: the relations, and those of the region that rise or fall along the axis."""
        assert self.axis is not None
        mixed = [each for each in self._mixed if self.axis in each.symbols and self._way(each, self.axis) is not None]
        every = [
            *zip(self.relations, self.ways, strict=True),
            *((each, self._way(each, self.axis) or 0) for each in mixed),
        ]
        return [(each, way, compiled([each.form], self.region.symbols)) for each, way in every]

    def _along_axis(self, values: dict[str, int]) -> Iterator[Run]:
        axis = self.axis
        assert axis is not None
        low, high = self.region.box[axis]
        stride = self.region.stride(axis)
        first, last = 0, None if high is None else (high - low) // stride
        names = self.region.symbols
        for relation, way, valued in self._along:

            def value(step: int, valued: Callable[..., tuple[int, ...]] = valued) -> int:
                return valued(*(low + stride * step if name == axis else values[name] for name in names))[0]

            if not way:
                if not _TESTS[relation.sign](value(first)):
                    return
                continue
            found = interval(value, relation.sign, way, last)
            if found is None:
                return
            first = max(first, found[0])
            last = found[1] if last is None or (found[1] is not None and found[1] < last) else last
            if last is not None and first > last:
                return
        rest = tuple((name, values[name]) for name in names if name != axis)
        yield from self._admitted(
            Run(rest, axis, low + stride * first, None if last is None else low + stride * last, stride)
        )

    def _admitted(self, run: Run) -> Iterator[Run]:
        """The parts of a run that are in the region, where some of its relations hold here and there."""
        free = self.region.free
        others = [each for each in self._mixed if run.symbol not in each.symbols]
        if not others and not self._filters(run.symbol) and not self.region.partial:
            yield run
            return
        if not self._filters(run.symbol) and not self.region.partial:
            if self.region.point([run.at(run.first)[name] for name in free]) is not None:
                yield run
            return
        if run.last is None:
            self.bounds[run.symbol] = run.first + run.stride * MOST_UNBOUNDED
            run = Run(run.values, run.symbol, run.first, self.bounds[run.symbol], run.stride)
        for values in run.points():
            if self.region.point([values[name] for name in free]) is not None:
                yield Run(run.values, run.symbol, values[run.symbol], values[run.symbol], run.stride)


_TESTS: dict[str, Callable[[int], bool]] = {
    EQUAL: lambda value: value == 0,
    UNEQUAL: lambda value: value != 0,
    NOT_NEGATIVE: lambda value: value >= 0,
}


def _too_many(tried: int, names: Sequence[str]) -> ArchitectureError:
    message = f"more than {tried - 1:,} combinations of {', '.join(names)} would have to be tried"
    return ArchitectureError("too-large", message, hint=f"give {names[0]} a range, as in {names[0]}=1..100")

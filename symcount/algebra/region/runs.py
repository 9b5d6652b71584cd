"""All points of a region at which relations hold: by bisection where they are monotone, else one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from symcount.algebra.region.axes import Axes
from symcount.algebra.region.combinations import MOST_UNBOUNDED, Combinations, Progress
from symcount.algebra.region.ends import first_where, interval
from symcount.algebra.region.farthest import Farthest, farthest
from symcount.algebra.region.periods import shortest
from symcount.algebra.region.region import Point, Region, whole_form
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, UNEQUAL, Relation
from symcount.algebra.region.run import Run
from symcount.algebra.terms.compiled import compiled


class Solving:
    """The search for all points of a region at which relations hold.

    ``axis`` is the symbol along which bisection goes, ``period`` the number of its values after which what neither
    rises nor falls comes again; the other symbols are tried value by value, in ``combinations``.
    """

    def __init__(self, relations: Sequence[Relation], region: Region) -> None:
        self.region = region
        self.relations = [Relation(whole_form(each.form, each.sign), each.sign) for each in relations]
        self.values = compiled([each.form for each in self.relations], region.symbols)
        self._axes = Axes(self.relations, region)

    @property
    def axis(self) -> str | None:
        """The symbol in which every relation is monotone or periodic."""
        return None if self._axes.best is None else self._axes.best.name

    @property
    def period(self) -> int:
        """The common period, along the axis, of all relations that are not monotone in it."""
        return 1 if self._axes.best is None else self._axes.best.period

    @cached_property
    def combinations(self) -> Combinations:
        """The values of the other symbols."""
        others = tuple(name for name in self.region.free if name != self.axis)
        return Combinations(others, self.relations, self.region)

    def runs(self, progress: Progress = lambda tried, of: None) -> Iterator[Run]:
        """Yield the points at which all relations hold, in runs."""
        self.combinations.check_size()
        if self.region.is_empty:
            return
        found = self._along_axis if self.axis is not None else self._one_by_one
        for values in self.combinations.each(progress):
            yield from found(values)

    def neighbours(self, equation: Relation) -> Iterator[int]:
        """Yield the values of the axis between which the form of an equation crosses 0."""
        axis = self.axis
        assert axis is not None
        low, high = self.region.box[axis]
        stride, way = self.region.stride(axis), self._axes.way(equation, axis) or 1
        least = {name: self.region.box[name][0] for name in self.region.symbols}
        valued = compiled([equation.form], self.region.symbols)
        first = first_where(
            lambda step: way * valued(*{**least, axis: low + stride * step}.values())[0] > 0,
            None if high is None else (high - low) // stride,
            farthest(equation.form, axis, self.region),
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
    def _along(self) -> list[tuple[Relation, int | None, Callable[..., tuple[int, ...]], Farthest]]:
        """What bisection is done of: the relations, and those of the region that rise or fall along the axis.

        What comes again has no direction.
        """
        axes, axis = self._axes, self.axis
        assert axis is not None
        mixed = [each for each in axes.mixed if axis in each.symbols and axes.way(each, axis) is not None]
        every = (*self.relations, *mixed)
        symbols, region = self.region.symbols, self.region
        return [
            (each, axes.way(each, axis), compiled([each.form], symbols), farthest(each.form, axis, region))
            for each in every
        ]

    def _along_axis(self, values: dict[str, int]) -> Iterator[Run]:
        """The solutions along the axis: of each remainder by the period where what comes again holds, by bisection."""
        axis, names = self.axis, self.region.symbols
        assert axis is not None
        low, stride = self.region.box[axis][0], self.region.stride(axis)

        def at(valued: Callable[..., tuple[int, ...]], step: int) -> int:
            return valued(*(low + stride * step if name == axis else values[name] for name in names))[0]

        again = [(each.sign, valued) for each, way, valued, _ in self._along if way is None]
        fitting = {
            place for place in range(self.period) if all(_TESTS[sign](at(valued, place)) for sign, valued in again)
        }
        apart = shortest(fitting, self.period) if fitting else self.period
        for place in range(apart):
            if place in fitting:
                yield from self._bisected(values, place, apart, at)

    def _bisected(
        self, values: dict[str, int], place: int, apart: int, at: Callable[[Callable[..., tuple[int, ...]], int], int]
    ) -> Iterator[Run]:
        """The solutions at one step of the axis and every so many behind it."""
        axis = self.axis
        assert axis is not None
        low, high = self.region.box[axis]
        stride = self.region.stride(axis)
        first, last = 0, None if high is None else ((high - low) // stride - place) // apart
        for relation, way, valued, so_far in self._along:
            if way is None:
                continue

            def value(step: int, valued: Callable[..., tuple[int, ...]] = valued) -> int:
                return at(valued, place + apart * step)

            if not way:
                if not _TESTS[relation.sign](value(first)):
                    return
                continue
            found = interval(value, relation.sign, way, last, so_far)
            if found is None:
                return
            first = max(first, found[0])
            last = found[1] if last is None or (found[1] is not None and found[1] < last) else last
            if last is not None and first > last:
                return
        rest = tuple((name, values[name]) for name in self.region.symbols if name != axis)
        begin, step = low + stride * place, stride * apart
        ends = begin + step * first, None if last is None else begin + step * last
        yield from self._admitted(Run(rest, axis, *ends, step))

    def _admitted(self, run: Run) -> Iterator[Run]:
        """The parts of a run that are in the region, where some of its relations hold here and there."""
        free = self.region.free
        others = [each for each in self._axes.mixed if run.symbol not in each.symbols]
        if not others and not self._axes.filters(run.symbol) and not self.region.partial:
            yield run
            return
        if not self._axes.filters(run.symbol) and not self.region.partial:
            if self.region.point([run.at(run.first)[name] for name in free]) is not None:
                yield run
            return
        if run.last is None:
            self.combinations.bounds[run.symbol] = run.first + run.stride * MOST_UNBOUNDED
            run = Run(run.values, run.symbol, run.first, self.combinations.bounds[run.symbol], run.stride)
        for values in run.points():
            if self.region.point([values[name] for name in free]) is not None:
                yield Run(run.values, run.symbol, values[run.symbol], values[run.symbol], run.stride)


_TESTS: dict[str, Callable[[int], bool]] = {
    EQUAL: lambda value: value == 0,
    UNEQUAL: lambda value: value != 0,
    NOT_NEGATIVE: lambda value: value >= 0,
}

"""The search for a point of a region at which some relation does not hold: the smallest first, then far out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import sympy

from symcount.algebra.functions.expressions import generator_expression
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.direction import direction
from symcount.algebra.region.region import Point, Region, whole_form
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, UNEQUAL, Relation
from symcount.algebra.terms.compiled import compiled

_DOUBLINGS = 40
"""How many times symbols are doubled in search of a point far out."""

FIRST_TRIED = 300
"""How many points are tried before a proof is looked for."""


class Search:
    """A search for a point of a region at which some relation does not hold."""

    def __init__(
        self, relations: Sequence[Relation], region: Region, confirmed: Callable[[dict[str, int]], bool]
    ) -> None:
        self.region = region
        self.confirmed = confirmed
        forms = [whole_form(each.form, each.sign) for each in relations]
        self.signs = [each.sign for each in relations]
        self.forms = forms
        self.values = compiled(forms, region.symbols)
        self.tried = self.admitted = 0
        self.is_complete = False
        self.point: Point | None = None
        self.smallest = False

    def fails(self, point: Point) -> bool:
        """Whether some relation does not hold at a point."""
        try:
            values = self.values(*point)
        except ZeroDivisionError:
            return False
        if all(_holds(value, sign) for value, sign in zip(values, self.signs, strict=True)):
            return False
        return self.confirmed(dict(zip(self.region.symbols, point, strict=True)))

    def first(self, most: int) -> bool:
        """Look at so many points, the smallest first, and say whether one is found."""
        self.tried = self.admitted = 0
        for values in self.region.tried(most):
            self.tried += 1
            point = self.region.point(values)
            if point is None:
                continue
            self.admitted += 1
            if self.fails(point):
                self.point, self.smallest = self._least(point), not self.region.determined
                return True
        self.is_complete = self.region.is_empty or self.tried == self.region.size
        return False

    def _least(self, point: Point) -> Point:
        """Where equations give symbols, a smaller one may come a little later."""
        if not self.region.determined:
            return point
        more = self.region.points(4 * FIRST_TRIED + self.tried)
        return min((each for each in more if self.fails(each)), key=lambda each: (sum(each), each), default=point)

    def far_out(self) -> bool:
        """Look at points far out, and from one that is found go back to a smaller one."""
        for point in _far(self.region, self.forms):
            if self.fails(point):
                self.point = point
                self._go_back()
                return True
        return False

    def _go_back(self) -> None:
        """Make the values of a point smaller, one symbol after another, as long as it stays one."""
        free = self.region.free
        at = {name: self.point[self.region.symbols.index(name)] for name in free}  # type: ignore[index]
        for name in free:
            low, stride = self.region.box[name][0], self.region.stride(name)
            below, above = -1, (at[name] - low) // stride
            while above - below > 1:
                middle = (below + above) // 2
                point = self.region.point([{**at, name: low + stride * middle}[each] for each in free])
                if point is not None and self.fails(point):
                    above = middle
                else:
                    below = middle
            at[name] = low + stride * above
        self.point = self.region.point([at[each] for each in free])
        one = len(free) == 1 and set(self.signs) == {NOT_NEGATIVE}
        self.smallest = one and all(direction(form, free[0], self.region.box) in (-1, 0) for form in self.forms)


_SIGNS: dict[str, Callable[[int], bool]] = {
    EQUAL: lambda value: value == 0,
    UNEQUAL: lambda value: value != 0,
    NOT_NEGATIVE: lambda value: value >= 0,
}


def _holds(value: int, sign: str) -> bool:
    return _SIGNS[sign](value)


def _far(region: Region, forms: Sequence[Polynomial]) -> Iterator[Point]:
    """Points far out: the largest values, and all symbols or one of them doubled again and again."""
    free = region.free
    lows = {name: region.box[name][0] for name in free}
    highs = {name: region.box[name][1] for name in free}
    exponents = in_exponents([*forms, *(each.form for each in region.relations)])
    for power in range(1, _DOUBLINGS):
        for moved in (free, *([name] for name in free if len(free) > 1)):
            values = {}
            for name in free:
                up = region.stride(name) << min(power, 10 if name in exponents else _DOUBLINGS)
                high = highs[name]
                value = lows[name] + (up if name in moved else 0)
                values[name] = value if high is None else min(value, high)
            point = region.point([values[name] for name in free])
            if point is not None:
                yield point


def in_exponents(forms: Iterable[Polynomial]) -> set[str]:
    """Return the symbols whose doubling would make a power too large to be worked out."""
    parts = {
        part
        for form in forms
        for generator in form.generators
        for part in generator_expression(generator).atoms(sympy.Pow, GeometricSum)
    }
    return {symbol.name for part in parts for symbol in part.args[1].free_symbols}

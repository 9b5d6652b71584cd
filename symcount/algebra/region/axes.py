"""The symbol along which solutions are found by bisection: every relation is monotone or periodic in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import gcd, lcm

from symcount.algebra.region.direction import direction
from symcount.algebra.region.periods import period
from symcount.algebra.region.region import Region, whole_form
from symcount.algebra.region.relation import UNEQUAL, Relation
from symcount.records import record


@record
class Axis:
    """A symbol in which every relation is monotone or periodic; ``period`` is that of the periodic ones together."""

    name: str
    period: int = 1


class Axes:
    """The symbols of a region, and how relations go along each."""

    def __init__(self, relations: Sequence[Relation], region: Region) -> None:
        self.relations = relations
        self.region = region

    @cached_property
    def mixed(self) -> list[Relation]:
        """The relations of the region that its bounds and steps do not say."""
        forms = [each for each in self.region.relations if not self.region.says(each)]
        return [Relation(whole_form(each.form, each.sign), each.sign) for each in forms]

    @cached_property
    def best(self) -> Axis | None:
        """The symbol in which all relations are monotone, with the fewest filters; else that of the shortest period."""
        names = [] if self.region.determined else self.region.free
        kept = [
            (len(self.filters(name)), self.region.box[name][1] is not None, name) for name in names if self._goes(name)
        ]
        if kept:
            return Axis(min(kept)[2])
        periods = {name: steps for name in names if (steps := self._period(name)) is not None}
        return Axis(*min(periods.items(), key=lambda each: each[::-1])) if periods else None

    def way(self, relation: Relation, name: str) -> int | None:
        """Return in which direction a relation goes along a symbol; None where that is not known."""
        if relation.sign == UNEQUAL:
            return 0 if name not in relation.symbols else None
        return direction(relation.form, name, self.region.box)

    def filters(self, name: str) -> list[Relation]:
        """Return the relations of the region that are not monotone in a symbol: each of its values must be asked."""
        return [each for each in self.mixed if name in each.symbols and self.way(each, name) is None]

    def _goes(self, name: str) -> bool:
        ways = [self.way(each, name) for each in self.relations]
        return None not in ways and any(ways)

    def _period(self, name: str) -> int | None:
        """The common period, in steps of a symbol, of all relations that are not monotone in it."""
        steps, (low, high), stride = 1, self.region.box[name], self.region.stride(name)
        for each in self.relations:
            if self.way(each, name) is None:
                found = period(each.form, name)
                if found is None:
                    return None
                steps = lcm(steps, found // gcd(found, stride))
        return steps if steps > 1 and (high is None or steps <= (high - low) // stride) else None

"""Along which symbol solutions are bisected: that along which every relation rises, falls, or comes again."""

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
    """A symbol along which relations go: ``period`` steps of it are the least after which all that come again do."""

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
        """That along which every relation rises or falls, with the fewest conditions besides; else one of a period."""
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
        """Return the relations of the region that hold here and there along a symbol."""
        return [each for each in self.mixed if name in each.symbols and self.way(each, name) is None]

    def _goes(self, name: str) -> bool:
        ways = [self.way(each, name) for each in self.relations]
        return None not in ways and any(ways)

    def _period(self, name: str) -> int | None:
        """The steps of a symbol after which every relation that neither rises nor falls comes again."""
        steps, (low, high), stride = 1, self.region.box[name], self.region.stride(name)
        for each in self.relations:
            if self.way(each, name) is None:
                found = period(each.form, name)
                if found is None:
                    return None
                steps = lcm(steps, found // gcd(found, stride))
        return steps if steps > 1 and (high is None or steps <= (high - low) // stride) else None

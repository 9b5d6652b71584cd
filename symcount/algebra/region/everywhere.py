"""Whether relations hold at every point of a region: a proof, the smallest point where one does not, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import prod

import sympy

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.expressions import generator_expression
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.series import GeometricSum
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.region.direction import direction, narrowed, never_negative
from symcount.algebra.region.interval import extent
from symcount.algebra.region.placed import placed
from symcount.algebra.region.region import Point, Region, whole_form
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, UNEQUAL, Relation
from symcount.algebra.region.remainders import classes, moduli
from symcount.algebra.region.residue import Residue
from symcount.algebra.terms.compiled import compiled
from symcount.errors import ArchitectureError
from symcount.records import record

FIRST_TRIED, MOST_TRIED = 300, 60_000
"""How many points are tried before a proof is looked for, and how many where none is found."""

_DOUBLINGS = 40
"""How many times symbols are doubled in search of a point far out."""


@record
class Reason:
    """Why a relation holds: by its form, what is assumed, remainders, its sign, its ends, or point by point.

    ``moduli`` are the numbers by which remainders were taken, ``ends`` the place at which a form is least,
    ``rises`` and ``falls`` the symbols with which it does so.
    """

    kind: str
    moduli: tuple[tuple[str, int], ...] = ()
    ends: tuple[tuple[str, int], ...] = ()
    count: int = 0


@record
class Outcome:
    """What was found: that all holds, and why, or a point where something does not.

    ``smallest`` says that no smaller point is one; ``tried`` how many points were looked at.
    """

    holds: bool | None
    reasons: tuple[Reason, ...] = ()
    point: Point | None = None
    smallest: bool = False
    tried: int = 0
    is_empty: bool = False


def everywhere(
    relations: Sequence[Relation], region: Region, confirmed: Callable[[dict[str, int]], bool] = lambda values: True
) -> Outcome:
    """Return whether relations hold at every point of a region; a point where one does not must be ``confirmed``.

    >>> import sympy
    >>> from symcount.algebra.functions.expressions import to_polynomial
    >>> from symcount.algebra.functions.floors import FloorDiv
    >>> n = sympy.Symbol("n")
    >>> halves = Relation(to_polynomial(2*FloorDiv(n, 2) - n), EQUAL)
    >>> everywhere([halves], Region({"n": 1}, []))
    Outcome(holds=False, reasons=(), point=(1,), smallest=True, tried=1, is_empty=False)
    """
    if region.is_empty:
        return Outcome(None, is_empty=True)
    left = [each for each in relations if not (each.sign == EQUAL and not each.form.expand())]
    if not left:
        return Outcome(True, (Reason("form"),))
    search = _Search(left, region, confirmed)
    if search.first(FIRST_TRIED):
        return search.found()
    reasons = [_reason(each, region) for each in left]
    if None not in reasons:
        return Outcome(True, tuple(dict.fromkeys(filter(None, reasons))), tried=search.tried)
    if search.first(MOST_TRIED) or (not search.is_complete and search.far_out()):
        return search.found()
    if search.is_complete:
        kind = Reason("all", count=search.admitted)
        return Outcome(True if search.admitted else None, (kind,), tried=search.tried, is_empty=not search.admitted)
    return Outcome(None, tuple(filter(None, reasons)), tried=search.tried, is_empty=not search.admitted)


class _Search:
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

    def found(self) -> Outcome:
        return Outcome(False, point=self.point, smallest=self.smallest, tried=self.tried)


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


def is_sure(relation: Relation, region: Region) -> bool:
    """Return whether a relation is seen to hold everywhere, without a look at single points."""
    return _reason(relation, region) is not None


def _reason(relation: Relation, region: Region) -> Reason | None:
    """Why a relation holds everywhere, None where that is not seen."""
    try:
        form = placed(relation.form, region).expand()
    except ArchitectureError:
        return None
    match relation.sign:
        case "==":
            return _vanishes(form)
        case ">=":
            return _is_positive(relation.form.expand(), form, region)
        case _:
            return _differs(relation.form.expand(), form, region)


def _vanishes(form: Polynomial) -> Reason | None:
    if not form:
        return Reason("assumed")
    found = classes(form)
    return Reason("remainders", tuple(found.moduli.items())) if found.all_vanish else None


def _is_positive(form: Polynomial, shifted: Polynomial, region: Region) -> Reason | None:
    if is_never_negative(shifted):
        return Reason("sign")
    if not never_negative(form, region.box):
        return _by_remainders(form, region)
    ends = narrowed(form, region.box)
    moved = tuple((name, low) for name, (low, high) in ends.items() if low == high)
    exact = extent(form, ends)
    return Reason("ends", ends=moved) if exact[0] == exact[1] else Reason("sign")


MOST_PARTED = 64
"""By more remainders the sign of a form is not looked for."""


def _by_remainders(form: Polynomial, region: Region) -> Reason | None:
    """Whether a form with floors is at least 0 for each remainder of the symbols in them."""
    floors = {each for each in form.generators if isinstance(each, FloorDiv) and each.args[1].is_Integer}
    periods = moduli(floors)
    if not floors or prod(periods.values()) > MOST_PARTED or periods.keys() & region.steps.keys():
        return None
    for remainders in product(*map(range, periods.values())):
        steps = [
            Residue(name, modulus, left).division
            for left, (name, modulus) in zip(remainders, periods.items(), strict=True)
        ]
        part = Region(region.least, [*region.stated, *steps])
        if part.is_empty:
            continue
        try:
            at = placed(form, part).expand()
        except ArchitectureError:
            return None
        if not is_never_negative(at) and not never_negative(
            at, dict.fromkeys(periods, (1, None)) | _others(part, periods)
        ):
            return None
    return Reason("classes", tuple(periods.items()))


def _others(region: Region, periods: dict[str, int]) -> dict[str, tuple[int, int | None]]:
    return {name: (1, None) for name in region.free if name not in periods}


def _differs(form: Polynomial, shifted: Polynomial, region: Region) -> Reason | None:
    for sign in (1, -1):
        reason = _is_positive(form.times(sign) - ONE, shifted.times(sign) - ONE, region)
        if reason is not None:
            return reason
    return None

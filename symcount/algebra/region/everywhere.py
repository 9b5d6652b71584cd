"""Whether relations hold at every point of a region: a proof, the smallest point where one does not, or neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcount.algebra.region.reasons import Reason, reason_for
from symcount.algebra.region.region import Point, Region
from symcount.algebra.region.relation import EQUAL, Relation
from symcount.algebra.region.search import FIRST_TRIED, Search
from symcount.records import record

MOST_TRIED = 60_000
"""How many points are tried where no proof is found."""


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
    search = Search(left, region, confirmed)
    if search.first(FIRST_TRIED):
        return _found(search)
    reasons = [reason_for(each, region) for each in left]
    if None not in reasons:
        return Outcome(True, tuple(dict.fromkeys(filter(None, reasons))), tried=search.tried)
    if search.first(MOST_TRIED) or (not search.is_complete and search.far_out()):
        return _found(search)
    if search.is_complete:
        kind = Reason("all", count=search.admitted)
        return Outcome(True if search.admitted else None, (kind,), tried=search.tried, is_empty=not search.admitted)
    return Outcome(None, tuple(filter(None, reasons)), tried=search.tried, is_empty=not search.admitted)


def _found(search: Search) -> Outcome:
    return Outcome(False, point=search.point, smallest=search.smallest, tried=search.tried)

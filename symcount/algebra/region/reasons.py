"""Why a relation holds everywhere: by remainders, by the signs of its terms, or by the ends of a box."""

from __future__ import annotations

from itertools import product
from math import prod

from symcount.algebra.domain.signs import is_never_negative
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.region.direction import narrowed, never_negative
from symcount.algebra.region.interval import extent
from symcount.algebra.region.placed import placed
from symcount.algebra.region.region import Region
from symcount.algebra.region.relation import Relation
from symcount.algebra.region.remainders import classes, moduli
from symcount.algebra.region.residue import Residue
from symcount.errors import ArchitectureError
from symcount.records import record


@record
class Reason:
    """Why a relation holds: by its form, what is assumed, remainders, its sign, its ends, or point by point.

    ``moduli`` are the numbers by which remainders were taken, ``ends`` the place at which a form is least, ``count``
    how many points were tried.
    """

    kind: str
    moduli: tuple[tuple[str, int], ...] = ()
    ends: tuple[tuple[str, int], ...] = ()
    count: int = 0


def is_sure(relation: Relation, region: Region) -> bool:
    """Return whether a relation is seen to hold everywhere, without a look at single points."""
    return reason_for(relation, region) is not None


def reason_for(relation: Relation, region: Region) -> Reason | None:
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

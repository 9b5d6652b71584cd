"""How two totals go beside one another as symbols grow, as lines under a comparison and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from symcount.answers.compare import Compared
from symcount.answers.course import MOST_PIECES, Course, shown
from symcount.arithmetic import Power, Size, Symbol, Term, by_name
from symcount.arithmetic.notation import TEXT
from symcount.render.medium import Medium

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SIGNS = {-1: "fewer", 0: "as many", 1: "more"}


def course_lines(rows: Sequence[Compared], kind: Medium) -> Iterator[str]:
    """Yield how networks go beside the first one, where they cross and what ratios tend to; then how each grows."""
    for place, row in enumerate(rows):
        which = _which(place)
        if row.courses and row.courses[0].always is not None:
            sign = row.courses[0].always
            yield kind.escape(f"the {which} has {'always ' * bool(sign)}{_SIGNS[sign]} {row.quantity.name}")
        for course in row.courses:
            yield from _of_one(course, row, which, kind)
    for place, row in enumerate(rows):
        for course in row.courses:
            yield from _sensitivity(course, row, _which(place), kind)


def _which(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def _of_one(course: Course, row: Compared, which: str, kind: Medium) -> Iterator[str]:
    symbol = kind.maths(kind.notation.name(course.symbol))
    if not course.symbol:
        return
    if course.pieces and course.always is None:
        yield kind.escape(f"the {which} has ") + _crossings(course, row, kind)
    if course.always != 0 and course.has_limit:
        tends = "grows without end" if course.limit is None else "tends to " + _size(course.limit, kind)
        yield (
            kind.escape(f"the ratio of the {which} to the first ")
            + tends
            + kind.escape(" as ")
            + symbol
            + kind.escape(" grows")
        )


def _sensitivity(course: Course, row: Compared, which: str, kind: Medium) -> Iterator[str]:
    """What one more of a symbol adds, and how fast the total grows in proportion."""
    symbol = kind.maths(kind.notation.name(course.symbol))
    if course.step is not None and course.step != 0:
        added = kind.escape(" adds ") + _size(course.step, kind) + kind.escape(f" {row.quantity.name} to the {which}")
        grown = kind.maths(by_name(Power(Symbol(course.symbol), course.power), kind.notation)) if course.power else ""
        power = kind.escape(", which grow as ") + (symbol if course.power == 1 else grown) if course.power else ""
        yield kind.escape("one more ") + symbol + added + power
    if course.elasticity is not None:
        times = "" if course.elasticity == 1 else _size(course.elasticity, kind) + kind.escape(" times ")
        grow = kind.escape(f"in proportion, {row.quantity.name} of the {which} grow ")
        yield grow + times + kind.escape("as fast as ") + symbol


def _crossings(course: Course, row: Compared, kind: Medium) -> str:
    stretches = [*shown(course.pieces)]
    if len(stretches) > MOST_PIECES:
        start, _, sign = stretches[-1]
        turns = kind.escape(f"now fewer, now more {row.quantity.name} up to ") + _at(course, start - 1, kind)
        return turns + kind.escape(", and ") + _stretch(course, start, None, sign, kind)
    first, *told = [_stretch(course, *stretch, kind) for stretch in stretches]
    word = kind.escape(_SIGNS[stretches[0][2]])
    named = word + kind.escape(f" {row.quantity.name}") + first.removeprefix(word)
    return kind.escape(", ").join((named, *told))


def _stretch(course: Course, start: int, end: int | None, sign: int, kind: Medium) -> str:
    word = kind.escape(_SIGNS[sign])
    if end is None:
        so_far = "" if course.sure else ", as far as was looked"
        return word + kind.escape(" from ") + _at(course, start, kind) + kind.escape(f" on{so_far}")
    if end == start + 1:
        return word + kind.escape(" at ") + _at(course, start, kind)
    return word + kind.escape(" up to ") + _at(course, end - 1, kind)


def _at(course: Course, value: int, kind: Medium) -> str:
    notation = kind.notation
    return kind.maths(notation.equals.format(notation.name(course.symbol), notation.integer(value)))


def _size(size: Size | Fraction, kind: Medium) -> str:
    if isinstance(size, Fraction):
        return (
            kind.size(size.numerator) if size.denominator == 1 else kind.maths(f"{size.numerator}/{size.denominator}")
        )
    return kind.size(size)


def courses_json(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Return the same as data."""
    return [_json(each) for each in courses]


def _json(course: Course) -> dict[str, Any]:
    return {
        "symbol": course.symbol,
        "always": None if course.always is None else _SIGNS[course.always],
        "stretches": [{"from": start, "is": _SIGNS[sign]} for start, _, sign in shown(course.pieces)],
        "sure": course.sure,
        "limit_of_ratio": _plain(course.limit),
        "one_more_adds": _plain(course.step),
        "power": course.power,
        "elasticity": _plain(course.elasticity),
    }


def _plain(size: Size | Fraction | None) -> str | None:
    return None if size is None else by_name(size, TEXT) if isinstance(size, Term) else str(size)

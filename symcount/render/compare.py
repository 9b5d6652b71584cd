"""The answer of `compare` in a medium: totals side by side, and what parts each of them from the first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symcount.answers.compare import Compared
from symcount.arithmetic import Term, by_name
from symcount.arithmetic.notation import PYTHON, TEXT
from symcount.errors import visible
from symcount.quantities import Quantity
from symcount.records import replace
from symcount.render.decimals import decimal
from symcount.render.exact import exact
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table


def _plain_ratio(ratio: Fraction | Term | None) -> tuple[str | None, str | None]:
    match ratio:
        case Fraction(numerator=above, denominator=below):
            return f"{above}/{below}", decimal(ratio)
        case Term():
            return by_name(ratio, _FRACTIONS), None
        case None:
            return None, None


_FRACTIONS = replace(PYTHON, ratio=TEXT.ratio)
"""Python's notation where a quotient need not be whole."""


def compare_json(rows: Sequence[Compared]) -> list[dict[str, Any]]:
    """Return the networks as data: numbers are ints, symbolic values and ratios strings."""
    return [_json(row) for row in rows]


def _json(row: Compared) -> dict[str, Any]:
    ratio, rounded = _plain_ratio(row.ratio)
    return {
        "architecture": row.name,
        row.quantity.key: exact(row.total),
        "difference": exact(row.difference),
        "ratio": ratio,
        "rounded": rounded,
        **_courses(row),
    }


def _courses(row: Compared) -> dict[str, Any]:
    if not row.courses:
        return {}
    from symcount.render.course import courses_json

    return {"courses": courses_json(row.courses)}


def compare_table(rows: Sequence[Compared], medium: str = "text", digits: str | None = None) -> Table:
    """Return a row for each network, of each quantity: its total, the difference to the first one's, and the ratio.

    For programs each network has one row, and each quantity columns of its own.
    """
    kind = medium_named(medium).parted(digits)
    by_quantity = _by_quantity(rows)
    if len(by_quantity) == 1 or kind.for_programs:
        return _beside([_of_one(quantity.name, each, kind) for quantity, each in by_quantity.items()])
    of_all = _of_one("total", rows, kind)
    said = (name for quantity, each in by_quantity.items() for name in (quantity.name, *[""] * (len(each) - 1)))
    named = tuple((kind.escape(name), *row) for name, row in zip(said, of_all.rows, strict=True))
    return Table((Column("quantity"), *of_all.columns), named)


def _by_quantity(rows: Sequence[Compared]) -> dict[Quantity, list[Compared]]:
    found: dict[Quantity, list[Compared]] = {}
    for row in rows:
        found.setdefault(row.quantity, []).append(row)
    return found


def _of_one(heading: str, rows: Sequence[Compared], kind: Medium) -> Table:
    headings = (heading, "difference", "ratio", "rounded")
    columns = (Column("network", code=True), *(Column(each, numeric=True) for each in headings))
    return Table(columns, tuple(_network_row(row, kind) for row in rows))


def _beside(tables: Sequence[Table]) -> Table:
    """Tables of the same networks as one; where there are several, a heading says of which quantity it is."""
    if len(tables) == 1:
        return tables[0]
    first = tables[0]
    columns = [first.columns[0], *(each for table in tables for each in _named(table.columns[1:]))]
    rows = (sum((row[1:] for row in rows), rows[0][:1]) for rows in zip(*(table.rows for table in tables), strict=True))
    return Table(tuple(columns), tuple(rows))


def below(rows: Sequence[Compared], medium: str) -> list[str]:
    """Return what stands under the table: crossings, limits and sensitivities; nothing for programs."""
    kind = medium_named(medium)
    if kind.for_programs or not any(row.courses for row in rows):
        return []
    from symcount.render.course import course_lines

    return [line for each in _by_quantity(rows).values() for line in course_lines(each, kind)]


def compare_text(rows: Sequence[Compared], medium: str) -> str:
    """Return the table and what stands under it."""
    kind = medium_named(medium)
    return kind.with_lines(kind.table(compare_table(rows, medium)), below(rows, medium))


def _named(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of one quantity, which the first of them names."""
    quantity, *others = columns
    return (quantity, *(replace(each, heading=f"{each.heading} ({quantity.heading})") for each in others))


def _network_row(row: Compared, kind: Medium) -> tuple[str, ...]:
    exact = "" if row.ratio is None else _exact(row.ratio, kind)
    rounded = decimal(row.ratio) if isinstance(row.ratio, Fraction) else ""
    return kind.escape(visible(row.name)), kind.size(row.total), kind.size(row.difference), exact, rounded


def _exact(ratio: Fraction | Term, kind: Medium) -> str:
    if isinstance(ratio, Term):
        return kind.size(ratio)
    if ratio.denominator == 1:
        return kind.size(ratio.numerator)
    return f"{kind.size(ratio.numerator)}/{kind.size(ratio.denominator)}"

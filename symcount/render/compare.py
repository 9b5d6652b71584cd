"""The answer of `compare` in a medium: totals side by side, and what parts each of them from the first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symcount.architecture import Architecture
from symcount.arithmetic import Size, by_name
from symcount.arithmetic.notation import PYTHON
from symcount.records import record
from symcount.render.medium import MEDIA, Medium
from symcount.render.table import Column, Table

_PLACES = 3
"""Decimals of a rounded ratio."""


@record
class Compared:
    """One network of several: the name it was given by, its total, and what parts it from the first one's.

    ``ratio`` is exact, and None where a total is symbolic or the first one is 0.
    """

    name: str
    total: Size
    difference: Size
    ratio: Fraction | None

    def json(self, quantity: str) -> dict[str, Any]:
        """Return it as data: numbers are ints, symbolic values and ratios strings."""
        ratio = None if self.ratio is None else f"{self.ratio.numerator}/{self.ratio.denominator}"
        rounded = None if self.ratio is None else decimal(self.ratio)
        return {
            "architecture": self.name,
            quantity.replace("-", "_"): _plain(self.total),
            "difference": _plain(self.difference),
            "ratio": ratio,
            "rounded": rounded,
        }


def compared(networks: Sequence[tuple[str, Architecture]], quantity: str) -> list[Compared]:
    """Return every network beside the first one."""
    first = networks[0][1]
    return [_beside(name, net, first, quantity) for name, net in networks]


def _beside(name: str, net: Architecture, first: Architecture, quantity: str) -> Compared:
    total, reference = net.of(quantity), first.of(quantity)
    if isinstance(total, int) and isinstance(reference, int):
        return Compared(name, total, total - reference, Fraction(total, reference) if reference else None)
    from symcount.algebra import ClosedForm

    form, other = (each.formula(quantity).form for each in (net, first))
    parted = ClosedForm(form.polynomial - other.polynomial)
    same = not parted.polynomial
    return Compared(name, form.written(), parted.written(), Fraction(1) if same else None)


def _plain(size: Size) -> int | str:
    return size if isinstance(size, int) else by_name(size, PYTHON)


def compare_table(rows: Sequence[Compared], quantity: str, medium: str = "text") -> Table:
    """Return a row for each network: its total, the difference to the first one's, and the ratio."""
    kind = MEDIA[medium]
    headings = (quantity, "difference", "ratio", "rounded")
    columns = (Column("network"), *(Column(heading, numeric=True) for heading in headings))
    return Table(columns, tuple(_row(row, kind) for row in rows))


def _row(row: Compared, kind: Medium) -> tuple[str, ...]:
    exact = "" if row.ratio is None else _exact(row.ratio, kind)
    rounded = "" if row.ratio is None else decimal(row.ratio)
    return kind.escape(row.name), kind.size(row.total), kind.size(row.difference), exact, rounded


def _exact(ratio: Fraction, kind: Medium) -> str:
    if ratio.denominator == 1:
        return kind.size(ratio.numerator)
    return f"{kind.size(ratio.numerator)}/{kind.size(ratio.denominator)}"


def decimal(ratio: Fraction) -> str:
    """Write a ratio with a fixed number of decimals, rounded half up, from integers alone.

    >>> decimal(Fraction(2, 3)), decimal(Fraction(1, 2000)), decimal(Fraction(-5, 2))
    ('0.667', '0.001', '-2.500')
    """
    scaled = (2 * abs(ratio.numerator) * 10**_PLACES + ratio.denominator) // (2 * ratio.denominator)
    whole, rest = divmod(scaled, 10**_PLACES)
    return f"{'-' if ratio < 0 and scaled else ''}{whole}.{rest:0{_PLACES}}"

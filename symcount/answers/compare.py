"""Compares networks with the first of them: totals, differences and ratios."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from symcount.arithmetic import Size, Term
from symcount.counts import Count
from symcount.quantities import Quantity
from symcount.records import record, replace

if TYPE_CHECKING:
    from symcount.algebra import ClosedForm
    from symcount.answers.course import Course


@record
class Compared:
    """One network of a comparison: its name, its total, and the difference and ratio to the first one's.

    ``ratio`` is exact: a number, or written out where the first total is a single product of symbols;
    None where it is a sum, or 0.
    """

    name: str
    quantity: Quantity
    total: Size
    difference: Size
    ratio: Fraction | Term | None
    courses: tuple[Course, ...] = ()


def compared(
    networks: Sequence[tuple[str, Count]], quantity: Quantity, grows: Sequence[str] = (), given: Sequence[str] = ()
) -> list[Compared]:
    """Return every network, the first included, compared with the first one.

    ``grows`` are the symbols with which it is told how the totals go, all by default; ``given`` is what is assumed.
    """
    first = networks[0][1]
    rows = [_beside(name, count, first, quantity, given) for name, count in networks]
    if not any(count.is_open for _, count in networks):
        if given:
            from symcount.counts.assumed import read_assumptions

            read_assumptions(given, ())  # of numbers nothing can be assumed
        return rows
    from symcount.answers.course import courses

    others = zip(rows[1:], networks[1:], strict=True)
    return [
        rows[0],
        *(replace(row, courses=courses(first, count, quantity, grows, given)) for row, (_, count) in others),
    ]


def _beside(name: str, count: Count, first: Count, quantity: Quantity, given: Sequence[str]) -> Compared:
    total, reference = (each.term(quantity) for each in (count, first))
    if isinstance(total, int) and isinstance(reference, int):
        ratio = Fraction(total, reference) if reference else None
        return Compared(name, quantity, total, total - reference, ratio)
    from symcount.algebra import ClosedForm, Polynomial, equal, quotient, settled

    form, other = (_assumed(each, first, quantity, given) for each in (count, first))
    same = equal(form.expr, other.expr)
    parted = ClosedForm(Polynomial({}) if same else settled(form.polynomial.expand() - other.polynomial.expand()))
    found: Fraction | Term | None = None
    if not parted.polynomial:
        found = Fraction(1)
    elif len(other.polynomial) == 1:
        written = ClosedForm(quotient(form.polynomial, other.polynomial)).to_term()
        found = Fraction(written) if isinstance(written, int) else written
    return Compared(name, quantity, form.to_term(), parted.to_term(), found)


def _assumed(count: Count, first: Count, quantity: Quantity, given: Sequence[str]) -> ClosedForm:
    """The closed form of a total, under what is assumed of the symbols of both networks."""
    form = count.form(quantity)
    if not given:
        return form
    from symcount.algebra import assuming
    from symcount.counts.assumed import as_stated, read_assumptions

    symbols = (*first.trace.symbols, *count.trace.symbols)
    return assuming(form, map(as_stated, read_assumptions(given, symbols)))

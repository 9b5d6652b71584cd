"""Compares networks with the first of them: totals, differences and ratios."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from symcount.arithmetic import Size, Term
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity
from symcount.records import record, replace

if TYPE_CHECKING:
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
    if quantity.is_shape:
        message = f"{quantity.name} is a shape, and has no difference and no ratio"
        raise ArchitectureError("bad-form", message, hint="compare --of size, or count each --of output")
    symbols = dict.fromkeys(name for _, count in networks for name in count.trace.symbols)
    assuming = [(name, count.assuming(given, symbols)) for name, count in networks]
    first = assuming[0][1]
    rows = [_beside(name, count, first, quantity) for name, count in assuming]
    if not symbols:
        return rows
    from symcount.answers.course import courses, sensitivities

    alone = replace(rows[0], courses=sensitivities(first, quantity, grows))
    others = zip(rows[1:], assuming[1:], strict=True)
    return [alone, *(replace(row, courses=courses(first, count, quantity, grows)) for row, (_, count) in others)]


def _beside(name: str, count: Count, first: Count, quantity: Quantity) -> Compared:
    total, reference = (each.term(quantity) for each in (count, first))
    if isinstance(total, int) and isinstance(reference, int):
        ratio = Fraction(total, reference) if reference else None
        return Compared(name, quantity, total, total - reference, ratio)
    from symcount.algebra import ClosedForm, Polynomial, equal, quotient, settled

    form, other = (each.form(quantity) for each in (count, first))
    same = equal(form.expr, other.expr)
    parted = ClosedForm(Polynomial({}) if same else settled(form.polynomial.expand() - other.polynomial.expand()))
    found: Fraction | Term | None = None
    if not parted.polynomial:
        found = Fraction(1)
    elif len(other.polynomial) == 1:
        written = ClosedForm(quotient(form.polynomial, other.polynomial)).to_term()
        found = Fraction(written) if isinstance(written, int) else written
    return Compared(name, quantity, form.to_term(), parted.to_term(), found)

"""What two networks with equal totals have in common: layers of equal amounts, and the sizes with floors in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from symcount.algebra import ClosedForm, Polynomial, Stated, assuming, has_floor
from symcount.arithmetic import Named, Size
from symcount.counts import Count, Row
from symcount.quantities import Quantity, Sum
from symcount.records import record


@record
class Agreement:
    """The total of both, with a letter for each size that holds a floor.

    ``layers`` are pairs of the names of layers that have the same amount, where all have a partner. ``floors`` are
    those of them in whose amount a floor is.
    """

    total: Size
    letters: tuple[Named, ...]
    layers: tuple[tuple[str, str], ...] = ()
    floors: tuple[tuple[str, str], ...] = ()


def agreement(first: Count, second: Count, quantity: Quantity, known: Sequence[Stated] = ()) -> Agreement | None:
    """Return what two networks have in common; None where their quantity is no one number."""
    if quantity.is_shape or any(not isinstance(part, Size) for part in first.parts(quantity)):
        return None
    total, letters = assuming(first.form(quantity), known).named((*first.trace.symbols, *second.trace.symbols))
    rows = (
        [[*_amounts(count, quantity, known)] for count in (first, second)]
        if isinstance(quantity.fold, Sum)
        else [[], []]
    )
    one, other = ([form for _, form in side] for side in rows)
    if not one or Counter(one) != Counter(other):
        return Agreement(total, letters)
    pairs, floors = [], []
    left = list(rows[1])
    for name, form in rows[0]:
        partner = next(each for each in left if each[1] == form)
        left.remove(partner)
        pairs.append((name, partner[0]))
        if has_floor(form):
            floors.append((name, partner[0]))
    return Agreement(total, letters, tuple(pairs), tuple(floors))


def _amounts(count: Count, quantity: Quantity, known: Sequence[Stated]) -> Iterator[tuple[str, Polynomial]]:
    """The layers that have anything of a quantity, each with its amount, multiplied out."""
    for row in count.rows:
        form = _amount(row, quantity, known)
        if form:
            yield row.name, form


def _amount(row: Row, quantity: Quantity, known: Sequence[Stated]) -> Polynomial:
    value = row.value(quantity)
    assert isinstance(value, Size)
    return assuming(ClosedForm(row.numbers.closed.polynomial(value)), known).polynomial.expand()

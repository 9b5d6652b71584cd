"""A quantity of networks as a symbol grows: exact values where a network exists, and where two of them cross."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from symcount.counts import Count
from symcount.drawing.amounts import check_is_number, total_of
from symcount.drawing.view import Over
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity
from symcount.records import record

MOST_VALUES = 400
"""The most values of the symbol at which a curve is worked out; between more, crossings are searched by halving."""

At = Callable[[int], int | None]
"""A quantity at a value of the symbol; None where the network does not exist."""


@record
class Curve:
    """The values of one network: those of the symbol, and those of the quantity."""

    name: str
    points: tuple[tuple[int, int], ...]


@record
class Crossing:
    """The value of the symbol at which the order of two networks is another one than before: equal, or turned round."""

    value: int
    amount: int
    larger: str
    smaller: str
    are_equal: bool


def values_of(over: Over, *, log: bool) -> list[int]:
    """Return the values of the symbol at which a curve is worked out: all, or many that are evenly spread."""
    count = over.last - over.first + 1
    if count <= MOST_VALUES:
        return [*range(over.first, over.last + 1)]
    steps = MOST_VALUES - 1
    if not log:
        return [over.first + (count - 1) * at // steps for at in range(MOST_VALUES)]
    start = max(1, over.first)
    spread = (round(start * (over.last / start) ** (at / steps)) for at in range(MOST_VALUES))
    return sorted({over.first, over.last, *(min(max(each, over.first), over.last) for each in spread)})


def value_at(count: Count, quantity: Quantity, symbol: str) -> At:
    """Return what gives a quantity at a value of a symbol, exactly; all other symbols must have a value."""
    other = [name for name in count.trace.symbols if name != symbol]
    if other:
        message = f"{', '.join(other)} have no value, and a curve is of one symbol"
        raise ArchitectureError("open-total", message, hint=f"give each a value, as in {other[0]}=3")
    if not count.is_open:
        known = total_of(count, quantity)
        return lambda value: known
    check_is_number(count, quantity)
    from symcount.algebra import evaluate

    domain = count.domain(quantity)
    needed = (*domain.conditions, *domain.assumptions)
    expression = count.form(quantity).expr

    @cache
    def at(value: int) -> int | None:
        values = {symbol: value}
        return evaluate(expression, values) if all(each.holds(values) for each in needed) else None

    return at


def curve(name: str, at: At, values: Sequence[int]) -> Curve:
    """Return the curve of one network."""
    found = ((value, at(value)) for value in values)
    return Curve(name, tuple((value, amount) for value, amount in found if amount is not None))


def crossings(named: Sequence[tuple[str, At]], values: Sequence[int]) -> Iterator[Crossing]:
    """Yield where the order of two networks changes, among neighbours of these values."""
    for place, (name, one) in enumerate(named):
        for other_name, other in named[place + 1 :]:
            for before, after in pairwise(values):
                found = _changed(one, other, before, after)
                amount = None if found is None else one(found)
                if found is not None and amount is not None:
                    order = _order(one, other, found)
                    names = (other_name, name) if order == -1 else (name, other_name)
                    yield Crossing(found, amount, *names, order == 0)


def _changed(one: At, other: At, low: int, high: int) -> int | None:
    """The value from which on the order is another one than at ``low``, if it is so at ``high``."""
    before = _order(one, other, low)
    if before in (None, 0) or _order(one, other, high) in (None, before):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        here = _order(one, other, middle)
        if here is None:
            return None
        low, high = (middle, high) if here == before else (low, middle)
    return high


def _order(one: At, other: At, value: int) -> int | None:
    """Which of two is larger: 1, 0 or -1; None where either does not exist."""
    first, second = one(value), other(value)
    return None if first is None or second is None else (first > second) - (first < second)

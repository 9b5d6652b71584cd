"""Which share of a total each family of layers has, what it tends to, and which family has most from where on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from symcount.algebra import ClosedForm, Polynomial, compiled, symbols_in
from symcount.algebra import shortest as in_brackets
from symcount.answers.course import limit_of_ratio
from symcount.answers.grouped import Group, Grouping, Often
from symcount.answers.prove import region_of
from symcount.arithmetic import Size
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity, Sum
from symcount.records import record

_SCANNED = 4_000


@record
class Share:
    """One family of layers: its amount, and its share of the total, or what that tends to as a symbol grows."""

    name: str
    amount: Size
    share: Size | Fraction | None


@record
class Shares:
    """The families of a network; ``most`` are those that have most, each with the value of the symbol from which on."""

    network: str
    symbol: str
    rows: tuple[Share, ...]
    most: tuple[tuple[int, str], ...] = ()


def shares(name: str, count: Count, quantity: Quantity, grows: str = "") -> Shares:
    """Return the share of each family; ``grows`` is the symbol with which shares tend to something."""
    if not isinstance(quantity.fold, Sum):
        raise ArchitectureError("bad-form", f"{quantity.name} is no sum over layers, and has no shares")
    amounts: dict[str, Polynomial] = {}
    for family, amount in _amounts(Grouping(count, quantity, units=()).groups, Polynomial.constant(1)):
        amounts[family] = (amounts.get(family, Polynomial({})) + amount).expand()
    total = Polynomial.total(amounts.values())
    open_names = sorted(symbols_in(total))
    symbol = grows or (open_names[0] if len(open_names) == 1 else "")
    rows = tuple(
        Share(family, in_brackets(amount), _share(amount, total, symbol)) for family, amount in amounts.items()
    )
    most = _most(amounts, count, quantity, symbol) if open_names == [symbol] and not count.assumed else ()
    return Shares(name, symbol, rows, tuple(most))


def _amounts(groups: Sequence[Group | Often], times: Polynomial) -> Iterator[tuple[str, Polynomial]]:
    for group in groups:
        if isinstance(group, Group):
            yield group.name, group.amount * times
        else:
            yield from _amounts(group.inside, times * group.count)


def _share(amount: Polynomial, total: Polynomial, symbol: str) -> Size | Fraction | None:
    if amount.number is not None and total.number is not None:
        return Fraction(amount.number) / Fraction(total.number)
    return limit_of_ratio([total, amount], symbol)[0] if symbol else None


def _most(amounts: dict[str, Polynomial], count: Count, quantity: Quantity, symbol: str) -> Iterator[tuple[int, str]]:
    region = region_of((count,), quantity, ())
    low, high = region.box[symbol]
    stride = region.stride(symbol)
    valued = compiled([ClosedForm(amount).polynomial for amount in amounts.values()], [symbol])
    names = [*amounts]
    last = ""
    for value in range(low, min(high or low + _SCANNED * stride, low + _SCANNED * stride) + 1, stride):
        found = valued(value)
        first = names[found.index(max(found))]
        if first != last:
            yield value, first
            last = first

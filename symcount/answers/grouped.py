"""A formula by the blocks of its network: ``embedding + N*(attention + feedforward) + dense``, with what each is.

A layer is named by its family, a branch by the layer in it that has most. N times it is N before a bracket.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from symcount.algebra import ClosedForm, Polynomial
from symcount.algebra import shortest as in_brackets
from symcount.arithmetic import Named, Product, Size, Sum
from symcount.counts import Count, LayerRow, Row
from symcount.quantities import Quantity
from symcount.records import record

BRANCHES = ("add", "concat", "mul")
"""What is one group by default, named by the layer in it that has most."""


@record
class Group:
    """Layers of one family, and their amount."""

    name: str
    amount: Polynomial


@record
class Often:
    """Groups that happen so many times."""

    times: Size
    count: Polynomial
    inside: tuple[Group | Often, ...]


class Grouping:
    """The amounts of a quantity of a network, by the families of layers that have them; ``units`` are kept whole."""

    def __init__(self, count: Count, quantity: Quantity, units: Collection[str] = BRANCHES) -> None:
        self.quantity = quantity
        self.units = units
        self.letters: list[Named] = []
        self.amounts: dict[str, Polynomial] = {}
        self.groups = self._merged(part for row in count.rows for part in self._parts(row))

    def size(self) -> Size:
        """Return the formula, with a letter for each group; `letters` are these."""
        return self._sum(self.groups)

    def _sum(self, groups: Iterable[Group | Often]) -> Size:
        terms = [self._term(each) for each in groups]
        return 0 if not terms else terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _term(self, group: Group | Often) -> Size:
        if isinstance(group, Often):
            return Product((*_factors(group.times), self._sum(group.inside)))
        return self._letter(group)

    def _letter(self, group: Group) -> Named:
        """A letter for a group: one of its own where another group of the name has another amount."""
        place, free = 1, group.name
        while self.amounts.setdefault(free, group.amount) != group.amount:
            place += 1
            free = f"{group.name}_{place}"
        found = next((each for each in self.letters if each.name == free), None)
        if found is None:
            found = Named(free, in_brackets(group.amount))
            self.letters.append(found)
        return found

    def _merged(self, parts: Iterable[Group | Often]) -> tuple[Group | Often, ...]:
        """The groups of one name together, at the place of the first."""
        merged: dict[str | int, Group | Often] = {}
        for place, part in enumerate(parts):
            if isinstance(part, Group):
                before = merged.get(part.name)
                amount = before.amount + part.amount if isinstance(before, Group) else part.amount
                merged[part.name] = Group(part.name, amount)
            else:
                merged[place] = part
        return tuple(merged.values())

    def _parts(self, row: Row) -> Iterator[Group | Often]:
        amount = self._amount(row)
        if not amount:
            return
        whole = Group(_family(self._largest(row)), amount)
        if isinstance(row, LayerRow) or row.kind in self.units:
            yield whole
            return
        once = Polynomial.total(map(self._amount, row.layers)).expand()
        if once == amount:
            for each in row.layers:
                yield from self._parts(each)
            return
        times = row.numbers.closed.polynomial(row.part.times).expand()
        if (once * times).expand() != amount:
            yield whole
            return
        inside = self._merged(part for each in row.layers for part in self._parts(each))
        groups = [each for each in inside if isinstance(each, Group)]
        one_family = times.number is not None and len(groups) == len(inside) == 1
        if amount.number is None and not one_family:
            yield Often(ClosedForm(times).to_term(), times, inside)
            return
        # numbers are multiplied out, and so is one family that happens a number of times
        yield from (Group(each.name, (each.amount * times).expand()) for each in groups)

    def _largest(self, row: Row) -> Row:
        """The layer in a row that has most: of the highest degree, and with the most terms of it."""
        leaves = [each for each in row.every if isinstance(each, LayerRow) and self._amount(each)]
        return max(leaves, key=lambda each: _weight(self._amount(each)), default=row)

    def _amount(self, row: Row) -> Polynomial:
        value = row.value(self.quantity)
        if not isinstance(value, Size):
            return Polynomial({})
        return row.numbers.closed.polynomial(value).expand()


def _family(row: Row) -> str:
    """The family of a layer: the module of its kind."""
    return type(row.part.layer).__module__.rpartition(".")[2] if isinstance(row, LayerRow) else row.name


def _weight(form: Polynomial) -> tuple[int, int, int]:
    degrees = [sum(exponent for _, exponent in monomial) for monomial in form.terms]
    highest = max(degrees, default=0)
    return highest, degrees.count(highest), len(form)


def _factors(size: Size) -> tuple[Size, ...]:
    return size.factors if isinstance(size, Product) else (size,)

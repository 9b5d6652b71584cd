"""A search space: how many networks a text with choices holds, and from where to where a quantity goes.

Neither is found by counting networks one by one. A formula is a sum of terms, each of few choices, and what must hold
is said of few choices too; so choices are summed out, or the best of each kept, one after another (nonserial dynamic
programming: Bertelè and Brioschi, 1972). The work is that of the widest table on the way, not that of the space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import product
from math import prod

from symcount.answers.apart import compiled, in_python, values_apart, worked_out
from symcount.answers.code import Code, code
from symcount.answers.forms import Answer
from symcount.answers.question import Question
from symcount.arithmetic import Difference, Size, Sum, by_name, symbol_names
from symcount.arithmetic.notation import PYTHON
from symcount.counts import Count
from symcount.counts.least import least_values
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity, quantity_named
from symcount.records import record

MOST_WORKED_OUT = 500_000
"""The most values of one table."""

MOST_CASES = 64
"""The most values for which a formula does not hold, and which are looked at by themselves."""

_PARAMS = quantity_named("params")


@record
class Range:
    """The least and the most of a quantity among the networks of a space."""

    least: int
    most: int


@record
class Table:
    """A value for each combination of some choices, by the places of their values; what is left out cannot be."""

    names: tuple[str, ...]
    values: Mapping[tuple[int, ...], int]


Joint = Callable[[int, int], int]
"""How two values come together: those of one combination, or those of two."""


class Space:
    """The networks of a text: each combination of its choices for which there is one.

    >>> from symcount.counts import counted
    >>> space = Space(counted("let f in [16,32]; I(3,8x8)-C(f,3)-GAP-O10", {}))
    >>> space.choices, space.networks, space.range("params")
    ({'f': (16, 32)}, 2, Range(least=618, most=1226))
    """

    def __init__(self, count: Count, choices: Mapping[str, tuple[int, ...]] | None = None) -> None:
        self.count = count
        if choices is None:
            choices = {name: each for name, each in count.program.options.items() if name in count.trace.symbols}
        self.choices = dict(choices)

    @property
    def is_closed(self) -> bool:
        """Whether nothing but its choices is open."""
        return self.choices.keys() >= self.count.trace.symbols.keys()

    @property
    def combinations(self) -> int:
        """The number of combinations of its choices, whether or not there is a network for each."""
        return prod(map(len, self.choices.values()))

    @cached_property
    def networks(self) -> int:
        """The number of combinations for which there is a network."""
        return sum(each._number for each in self._cases)

    def range(self, quantity: str) -> Range:
        """Return from where to where a quantity goes."""
        found = [each._range(quantity_named(quantity)) for each in self._cases if each._number]
        if not found:
            raise ArchitectureError("no-network", "no combination of the choices is a network")
        return Range(min(each.least for each in found), max(each.most for each in found))

    @cached_property
    def _number(self) -> int:
        """The number of networks for which the formula holds."""
        return self._summed(
            self._allowed(self._params), lambda one, other: one * other, lambda one, other: one + other, 1
        )

    def _range(self, quantity: Quantity) -> Range:
        asked = self._params if quantity == _PARAMS else code(Answer(self.count, Question(quantity)))
        if not asked.is_number:
            raise ArchitectureError("bad-form", f"{quantity.name} is no one number, and has no range")
        parts = [*self._parts(asked.sizes[0])]
        allowed = [Table(each.names, dict.fromkeys(each.values, 0)) for each in self._allowed(asked)]
        least, most = (self._summed((*allowed, *parts), lambda one, other: one + other, best, 0) for best in (min, max))
        return Range(least, most)

    @cached_property
    def _params(self) -> Code:
        self._check_closed()
        return code(Answer(self.count, Question(_PARAMS)))

    @cached_property
    def _cases(self) -> tuple[Space, ...]:
        """The space, or parts of it: a formula does not hold for values such as no pass at all, which are bound."""
        cases: list[Space] = []
        choices = dict(self.choices)
        for name, apart in self._excluded().items():
            for value in apart:
                if len(cases) == MOST_CASES:
                    message = f"the formula holds for none of {name}={value}, and more than {MOST_CASES} such values"
                    raise ArchitectureError("limit", message, hint=f"write let {name} in other values")
                cases += self._bound(name, value, choices)
            choices[name] = tuple(value for value in choices[name] if value not in apart)
        return (Space(self.count, choices), *cases) if cases or choices != self.choices else (self,)

    def _excluded(self) -> dict[str, tuple[int, ...]]:
        """The values of each choice at which the formula leaves networks out, or may."""
        return values_apart([self._params], self.count.trace, self.choices)

    def _bound(self, name: str, value: int, choices: Mapping[str, tuple[int, ...]]) -> Iterator[Space]:
        """Yield the parts of the space in which a choice has a value, where there is any network with it.

        The other choices stay, also those that are no longer met: of no pass, each is a network.
        """
        left = {other: values for other, values in choices.items() if other != name}
        try:
            yield from Space(self.count.with_values({name: value}), left)._cases
        except ArchitectureError as error:
            if error.code in ("limit", "open-symbols"):
                raise

    def _allowed(self, asked: Code) -> tuple[Table, ...]:
        """What must hold, as tables of 1 for what can be; what always can be is left out."""
        least = least_values(self.count.trace)
        found = [self._at_least_one(name) for name in self.choices if least.get(name, 1)]
        found += (self._table(symbol_names(each.sizes), in_python(each)) for each in asked.requirements)
        return tuple(each for each in found if len(each.values) < prod(len(self.choices[name]) for name in each.names))

    def _check_closed(self) -> None:
        if not self.is_closed:
            name = next(each for each in self.count.trace.symbols if each not in self.choices)
            message = f"{name} is open, and no choice"
            raise ArchitectureError("open-symbols", message, hint=f"write let {name} in [16,32], or {name}=16")

    def _at_least_one(self, name: str) -> Table:
        return Table((name,), {(place,): 1 for place, value in enumerate(self.choices[name]) if value})

    def _parts(self, size: Size) -> Iterator[Table]:
        """A sum as tables, one for the terms of the same choices."""
        together: dict[frozenset[str], list[str]] = {}
        for sign, term in _terms(size):
            text = f"{'-' if sign < 0 else '+'}({by_name(term, PYTHON)})"
            together.setdefault(symbol_names([term]), []).append(text)
        for names in sorted(together, key=len, reverse=True):
            wider = next((each for each in together if names < each), None)
            if wider is not None:
                together[wider] += together.pop(names)
        for names, texts in together.items():
            yield self._table(names, "".join(texts), keeps_zero=True)

    def _table(self, names: Iterable[str], text: str, *, keeps_zero: bool = False) -> Table:
        """The values of an expression for each combination; without ``keeps_zero`` what is 0 cannot be."""
        ordered = tuple(name for name in self.choices if name in names)
        self._check_room(ordered)
        run = compiled(ordered, text)
        values = (self.choices[name] for name in ordered)
        rows = zip(self._places(ordered), product(*values), strict=True)
        found = ((places, worked_out(run, each)) for places, each in rows)
        return Table(ordered, {places: value for places, value in found if value or (keeps_zero and value is not None)})

    def _places(self, names: Sequence[str]) -> Iterator[tuple[int, ...]]:
        return product(*(range(len(self.choices[name])) for name in names))

    def _check_room(self, names: Sequence[str]) -> None:
        size = prod(len(self.choices[name]) for name in names)
        if size > MOST_WORKED_OUT:
            message = f"{len(names)} choices depend on each other, and have {size:,} combinations together"
            hint = f"at most {MOST_WORKED_OUT:,} are worked out: give one of {', '.join(names[:4])} a value, or sweep"
            raise ArchitectureError("limit", message, hint=hint)

    def _summed(self, tables: Sequence[Table], joined: Joint, kept: Joint, alone: int) -> int:
        """The one value that is left when each choice is summed out, the one first that is in the smallest tables."""
        waiting, left = [*tables], [*self.choices]
        while left:
            name = min(left, key=lambda each: self._width(waiting, each))
            left.remove(name)
            touched = [each for each in waiting if name in each.names]
            waiting = [each for each in waiting if name not in each.names]
            waiting.append(self._without(name, touched, joined, kept, alone))
        total = alone
        for each in waiting:
            total = joined(total, each.values.get((), 0))
        return total

    def _width(self, tables: Sequence[Table], name: str) -> int:
        names = {each for table in tables if name in table.names for each in table.names}
        return prod(len(self.choices[each]) for each in names)

    def _without(self, name: str, tables: Sequence[Table], joined: Joint, kept: Joint, alone: int) -> Table:
        """Tables of a choice and others as one of the others."""
        among = {each for table in tables for each in table.names} | {name}
        ordered = tuple(each for each in self.choices if each in among)
        self._check_room(ordered)
        own = ordered.index(name)
        places = [tuple(ordered.index(each) for each in table.names) for table in tables]
        found: dict[tuple[int, ...], int] = {}
        for each in self._places(ordered):
            values = [table.values.get(tuple(each[i] for i in at)) for table, at in zip(tables, places, strict=True)]
            if None in values:
                continue
            value = reduce(joined, (value for value in values if value is not None), alone)
            rest = each[:own] + each[own + 1 :]
            found[rest] = kept(found[rest], value) if rest in found else value
        return Table(ordered[:own] + ordered[own + 1 :], found)


def _terms(size: Size, sign: int = 1) -> Iterator[tuple[int, Size]]:
    """The terms that a size is the sum of, each with its sign."""
    match size:
        case Sum(terms=terms):
            for term in terms:
                yield from _terms(term, sign)
        case Difference(left=left, right=right):
            yield from _terms(left, sign)
            yield from _terms(right, -sign)
        case _:
            yield sign, size

"""The search for sizes of a network that meet conditions: what is searched, where, and what is best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from symcount.algebra import (
    EQUAL,
    AtLeast,
    ClosedForm,
    Divisible,
    Isolated,
    Polynomial,
    Region,
    Relation,
    Run,
    Solving,
    closed_expression,
    compiled,
    direction,
    factor,
    isolated,
    joined,
    symbols_in,
    to_expression,
    to_term,
)
from symcount.answers.meaning import Meaning
from symcount.arithmetic import Quotient, Size, Symbol, by_name
from symcount.counts import Count
from symcount.counts.assumed import Assumed, as_stated, read_assumptions
from symcount.counts.assumptions import Assumption, Same
from symcount.counts.domain import least_values
from symcount.errors import ArchitectureError, near
from symcount.program import evaluated
from symcount.program.condition import expression
from symcount.program.ranges import Wanted, wanted
from symcount.quantities import QUANTITIES
from symcount.records import record

MOST_SHOWN = 1_000
"""Of more runs of solutions only so many are gathered."""

MOST_ALONG = 1_000_000
"""The most points of a run at which a goal is tried that neither rises nor falls along it."""


@record
class Goal:
    """What is to be largest or smallest: an expression, and which of the two."""

    text: str
    largest: bool


@record
class Solved:
    """What a symbol is by formulas, where others stay open: its name, its bounds, and what must hold besides."""

    name: str
    low: Size | None
    high: Size | None
    needs: tuple[Assumption, ...] = ()


class Finding:
    """The search for sizes of a network that meet conditions."""

    def __init__(
        self,
        network: tuple[str, Count],
        where: Iterable[str],
        sought: Iterable[str] = (),
        goal: Goal | None = None,
        given: Iterable[str | Assumed] = (),
    ) -> None:
        self.name, self.count = network
        self.where = tuple(where)
        self.goal = goal
        self.meaning = Meaning(self.count)
        self.relations = [each for text in self.where for each in self.meaning.relations(text)]
        self.relations = [each for each in self.relations if each.form or each.sign != EQUAL]
        self.aim = None if goal is None else self._aim(goal)
        self.assumed = read_assumptions(given, self.count.trace.symbols)
        self.wanted = wanted(sought) or tuple(map(Wanted, self._concerned()))
        self._check_wanted()

    def _aim(self, goal: Goal) -> Polynomial:
        value = evaluated(expression(goal.text, QUANTITIES), self.meaning)
        if not isinstance(value, Size):
            raise ArchitectureError("bad-condition", f"{goal.text} is no one size, of which there is a largest")
        return self.meaning.polynomial(value)

    def _concerned(self) -> list[str]:
        """The open symbols on which conditions or the goal depend, in the order of the text."""
        forms = [each.form for each in self.relations] + ([] if self.aim is None else [self.aim])
        names = {name for form in forms for name in symbols_in(form)}
        return [name for name in self.count.trace.symbols if name in names]

    def _check_wanted(self) -> None:
        symbols, concerned = self.count.trace.symbols, self._concerned()
        for each in self.wanted:
            if each.name not in symbols:
                if each.name in self.count.bindings:
                    message = f"{each.name} is bound to {self.count.bindings[each.name]}, and cannot be searched for"
                    raise ArchitectureError("fixed", message, hint=f"open it with {each.name}={each.name}")
                close = near(each.name, symbols)
                hint = f"did you mean {close}?" if close else f"its symbols are: {', '.join(symbols) or 'none'}"
                raise ArchitectureError("unknown-symbol", f"the network has no open symbol {each.name!r}", hint=hint)
            if each.name not in concerned:
                what = " and ".join((*self.meaning.used, *self.meaning.shapes)) or "what is asked"
                message = f"{what} does not depend on {each.name}"
                hint = f"it depends on {', '.join(concerned)}" if concerned else "it is a number"
                raise ArchitectureError("no-dependence", message, hint=hint)

    @property
    def names(self) -> tuple[str, ...]:
        """The symbols that are searched for."""
        return tuple(each.name for each in self.wanted)

    @cached_property
    def open_names(self) -> tuple[str, ...]:
        """The symbols that matter, and are neither searched for nor given by what is assumed."""
        given = {name for each in self.assumed for name in each.symbols}
        return tuple(name for name in self._concerned() if name not in self.names and name not in given)

    @cached_property
    def needed(self) -> tuple[Assumption, ...]:
        """What the network needs of its symbols."""
        used = [each for each in self.meaning.used.values() if not each.is_shape]
        domain = self.count.domain(*used)
        return (*domain.conditions, *domain.assumptions)

    @cached_property
    def region(self) -> Region:
        """The sizes that are searched, those of symbols that do not matter left out."""
        names = dict.fromkeys((*self.names, *sorted({name for each in self.assumed for name in each.symbols})))
        least = least_values(self.count.trace)
        needed = [as_stated(each) for each in self.needed if each.symbols <= names.keys()]
        ranges = [stated for each in self.wanted for stated in _range(each)]
        known = [as_stated(each) for each in self.assumed]
        region = Region({name: least.get(name, 0) for name in names}, [*needed, *known, *ranges])
        if region.is_empty:
            asked = ", ".join(
                f"{each.name}={each.first}..{each.last or ''}" for each in self.wanted if each.first is not None
            )
            needs = " and ".join(map(str, (*self.needed, *self.assumed)))
            message = f"no sizes of the network are in {asked}" if asked else "there are no sizes that are admitted"
            raise ArchitectureError("no-sizes", message, hint=f"it needs {needs}" if needs else None)
        return region

    @cached_property
    def solving(self) -> Solving:
        """The search itself."""
        return Solving(self.relations, self.region)

    def runs(self, progress: Callable[[int, int], None] = lambda tried, of: None) -> Iterator[Run]:
        """Yield the solutions in runs, or the best of them where there is a goal."""
        found = joined(self.solving.runs(progress))
        return found if self.aim is None else self._best(found, self.aim)

    def _best(self, runs: Iterator[Run], aim: Polynomial) -> Iterator[Run]:
        assert self.goal is not None
        sign = 1 if self.goal.largest else -1
        for name in (name for name in self.solving.combinations.ranges if name in self.solving.combinations.bounds):
            if direction(aim, name, self.region.box) not in (0, -sign):
                raise self._without_end(name)
        valued = compiled([aim], self.region.symbols)
        best: int | None = None
        kept: list[Run] = []
        try:
            for run in runs:
                for point in self._ends(run, aim, sign):
                    value = sign * valued(*(point[name] for name in self.region.symbols))[0]
                    if best is None or value > best:
                        best, kept = value, []
                    if value == best and len(kept) <= MOST_SHOWN:
                        kept.append(
                            Run(run.values, run.symbol, point[run.symbol], point[run.symbol], run.stride)
                            if run.symbol
                            else run
                        )
        except KeyboardInterrupt:
            yield from joined(iter(kept))
            raise
        yield from joined(iter(kept))

    def _ends(self, run: Run, aim: Polynomial, sign: int) -> Iterable[dict[str, int]]:
        """The points of a run at which a goal may be largest."""
        if not run.symbol:
            return [dict(run.values)]
        way = direction(aim, run.symbol, self.region.box)
        way = None if way is None else way * sign
        assert self.goal is not None
        if run.last is None and way != -1 and way != 0:
            raise self._without_end(run.symbol)
        if way is None:
            if (run.count or 0) > MOST_ALONG:
                message = f"{self.goal.text} neither rises nor falls along {run.count:,} values of {run.symbol}"
                raise ArchitectureError("too-large", message, hint=f"give {run.symbol} a smaller range")
            return run.points()
        if way == 0:
            return run.points() if run.count is not None and run.count <= MOST_SHOWN else [run.at(run.first)]
        return [run.at(run.first if way < 0 or run.last is None else run.last)]

    def _without_end(self, name: str) -> ArchitectureError:
        assert self.goal is not None
        what = "largest" if self.goal.largest else "smallest"
        message = f"there is no {what} {self.goal.text}: {name} can be as large as one likes"
        return ArchitectureError("no-end", message, hint=f"give it a range, as in --for {name}=1..1000")

    def solved(self) -> Solved:
        """Return what the one symbol searched for is in the others, which stay open."""
        if len(self.names) != 1 or self.goal is not None or any(each.first is not None for each in self.wanted):
            self._refuse_open()
        (name,) = self.names
        found: list[Isolated] = []
        needs: list[Assumption] = []
        for each in self.relations:
            if name not in each.symbols:
                needs += _open(each)
                continue
            one = isolated(each, name)
            if one is None:
                self._refuse_open()
                continue
            found.append(one)
        if not found:
            self._refuse_open()
        lows = dict.fromkeys(each.low for each in found if each.low is not None)
        highs = dict.fromkeys(each.high for each in found if each.high is not None)
        if len(lows) > 1 or len(highs) > 1:
            self._refuse_open()
        needs += [each.needs for each in found if each.needs is not None]
        low, high = next(iter(lows), None), next(iter(highs), None)
        return Solved(name, _shortest(low), _shortest(high), tuple(dict.fromkeys(needs)))

    def _refuse_open(self) -> None:
        names = ", ".join(self.open_names)
        message = f"{', '.join(self.names)} cannot be found by a formula while {names} stay open"
        them = "it" if len(self.open_names) == 1 else "them"
        hint = f"give {them} a value, or a range: --for {','.join((*self.names, *self.open_names))}"
        raise ArchitectureError("stays-open", message, hint=hint)


def _shortest(form: Polynomial | None) -> Size | None:
    """A size over one denominator, factored, where that is no longer."""
    if form is None:
        return None
    plain, below = to_term(form), form.denominator
    factored = to_term(factor(ClosedForm((form * below).expand())))
    over_one = factored if below.is_one else Quotient(factored, to_term(below))
    return over_one if len(by_name(over_one)) <= len(by_name(plain)) else plain


def _range(wanted: Wanted) -> Iterator[AtLeast | Divisible]:
    letter = closed_expression(Symbol(wanted.name))
    if wanted.first is not None:
        yield AtLeast(letter, closed_expression(wanted.first))
        if wanted.step > 1:
            yield Divisible(closed_expression(wanted.step), letter - wanted.first % wanted.step)
    if wanted.last is not None:
        yield AtLeast(closed_expression(wanted.last), letter)


def _open(relation: Relation) -> Iterator[Assumption]:
    """What a condition asks of other symbols; nothing where it always holds, and an error where it never does."""
    if relation.symbols:
        yield _stated(relation)
    elif not relation.holds({}):
        message = f"no sizes meet the condition: of what it compares, one is {relation.form.number} more than the other"
        raise ArchitectureError("no-sizes", message)


def _stated(relation: Relation) -> Assumption:
    form = relation.form.expand()
    left = Polynomial({monomial: number for monomial, number in form.terms.items() if number > 0})
    sides = to_expression(left), to_expression(left - form)
    return Same(*sides) if relation.sign == EQUAL else AtLeast(*sides)

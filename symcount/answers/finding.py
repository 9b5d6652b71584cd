"""The search for sizes of a network that meet conditions: what is searched, where, and what is best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from symcount.algebra import (
    EQUAL,
    AtLeast,
    Divisible,
    Polynomial,
    Region,
    Run,
    Solving,
    closed_expression,
    joined,
    symbols_in,
)
from symcount.answers.goal import Best, Goal
from symcount.answers.meaning import Meaning
from symcount.answers.solved import Solved, solved
from symcount.arithmetic import Size, Symbol
from symcount.counts import Count
from symcount.counts.assumed import Assumed, as_stated, read_assumptions
from symcount.counts.assumptions import Assumption
from symcount.counts.least import least_values
from symcount.errors import ArchitectureError, near
from symcount.program import evaluated
from symcount.program.condition import expression
from symcount.program.ranges import Wanted, wanted
from symcount.quantities import QUANTITIES


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
            if each.name in self.count.program.choices:
                message = f"{each.name} is a choice, and a search goes through all whole numbers"
                hint = (
                    f"symcount sweep … --where '{self.where[0] if self.where else 'params <= 1M'}' goes through choices"
                )
                raise ArchitectureError("not-a-choice", message, hint=hint)
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
        if self.goal is None or self.aim is None:
            return found
        best, tried = Best(self.goal, self.aim, self.region), self.solving.combinations
        best.check_bounded(name for name in tried.ranges if name in tried.bounds)
        return best.of(found)

    def solved(self) -> Solved:
        """Return what the one symbol searched for is in the others, which stay open."""
        refusal = self._refusal()
        if len(self.names) != 1 or self.goal is not None or any(each.first is not None for each in self.wanted):
            raise refusal
        return solved(self.names[0], self.relations, refusal)

    def _refusal(self) -> ArchitectureError:
        names = ", ".join(self.open_names)
        message = f"{', '.join(self.names)} cannot be found by a formula while {names} stay open"
        them = "it" if len(self.open_names) == 1 else "them"
        hint = f"give {them} a value, or a range: --for {','.join((*self.names, *self.open_names))}"
        return ArchitectureError("stays-open", message, hint=hint)


def _range(wanted: Wanted) -> Iterator[AtLeast | Divisible]:
    letter = closed_expression(Symbol(wanted.name))
    if wanted.first is not None:
        yield AtLeast(letter, closed_expression(wanted.first))
        if wanted.step > 1:
            yield Divisible(closed_expression(wanted.step), letter - wanted.first % wanted.step)
    if wanted.last is not None:
        yield AtLeast(closed_expression(wanted.last), letter)

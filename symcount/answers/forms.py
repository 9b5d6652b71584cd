"""The formula of a quantity in one of the forms brief, closed, expanded, factored, by families or by growth."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property

from symcount.algebra import (
    AtLeast,
    ClosedForm,
    Expr,
    Floorless,
    Generator,
    Polynomial,
    agrees,
    brief,
    collected,
    exact_python,
    exact_term,
    factor,
    floorless,
    leading,
    relative,
    shortest,
    simplest,
    to_term,
)
from symcount.answers.by_layers import by_layers
from symcount.answers.grouped import Grouping
from symcount.answers.question import FORMS, Question
from symcount.answers.written import Written
from symcount.arithmetic import (
    Named,
    Product,
    Size,
    by_name,
    dividing,
)
from symcount.arithmetic import Sum as Addition
from symcount.counts import Count
from symcount.counts.assumed import as_stated
from symcount.counts.assumptions import Stated
from symcount.counts.domain import Domain
from symcount.counts.least import least_values
from symcount.counts.plainness import Everywhere
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.program import Divisor
from symcount.quantities import Least, PerAxis, Quantity, Reached, Sum, Value
from symcount.records import record


@record
class Elsewhere:
    """The answer for some values of symbols, at which the formula of all other values does not hold."""

    values: Mapping[str, int]
    answer: Answer


class Answer:
    """The formula that answers a question about a network."""

    def __init__(self, count: Count, question: Question) -> None:
        if question.form not in FORMS:
            message = f"no form is called {question.form!r}"
            raise ArchitectureError("bad-form", message, hint=f"there are: {', '.join(FORMS)}")
        self.count = count
        self.question = question

    @cached_property
    def closed(self) -> ClosedForm:
        """The closed form, under the assumptions that are made."""
        return self.count.form(*self._asked)

    @cached_property
    def domain(self) -> Domain | Everywhere | Stated:
        """The values of the symbols for which it holds, beside those of the assumptions that are made."""
        return self.count.domain(self.question.quantity, at=self.question.at)

    @cached_property
    def floorless(self) -> Floorless | None:
        """The formula without its floors, under the least assumption that removes them; None where it has none."""
        if self.has_several_sizes:
            return None
        known = (*self.domain.assumptions, *self.count.assumed)
        return floorless(self.closed, tuple(map(as_stated, known)))

    @cached_property
    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """What it is where a symbol is 1, of those that are assumed to be 2 or more: ``(w^N - 1)/(w - 1)`` is 0/0."""
        found: dict[frozenset[tuple[str, int]], Elsewhere] = {}
        for each in self.domain.assumptions:
            if isinstance(each, AtLeast) and each.left.is_Symbol and each.right == 2 and not each.where:
                one = {str(each.left): 1}
                with suppress(ArchitectureError):  # there is no such network
                    there = Answer(self.count.with_values(one), self.question)
                    for other in (Elsewhere({}, there), *there.elsewhere):
                        values = {**one, **other.values}
                        found.setdefault(frozenset(values.items()), Elsewhere(values, other.answer))
        return tuple(found.values())

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols that occur in it; of several sizes, all that are open."""
        return tuple(self.count.trace.symbols if self.has_several_sizes else self.closed.symbols)

    @cached_property
    def has_several_sizes(self) -> bool:
        """Whether it is no one size: a shape, or a size for each axis, where they differ."""
        quantity = self.question.quantity
        return quantity.is_shape or any(isinstance(part, PerAxis) for part in self._parts)

    @cached_property
    def _parts(self) -> tuple[Value, ...]:
        return self.count.parts(self.question.quantity, self.question.at)

    @property
    def shape(self) -> Shape:
        """The shape that leaves the network, or the layer that is asked about."""
        at = self.question.at
        return self.count.numbers.shown(self.count.trace.output if at is None else self.count.row(at).part.output)

    @property
    def python(self) -> tuple[str, ...]:
        """Python source in the network's own symbols: one text, or one for each size of a shape."""
        return tuple(map(exact_python, self.exact_sizes))

    @cached_property
    def exact_sizes(self) -> tuple[Size, ...]:
        """The same as written terms, exact on ints; what is there for some inputs alone divides by 0 for none."""
        sizes = tuple(map(exact_term, self._forms))
        total = tuple(dividing(size, least_values(self.count.trace)) for size in sizes)
        if total == sizes or not (
            any(getattr(each, "where", ()) for each in self.domain.conditions)
            or any(isinstance(each.constraint, Divisor) and each.is_in_part for each in self.count.trace.required)
        ):
            return sizes
        return total

    @property
    def _forms(self) -> tuple[Expr | Polynomial, ...]:
        if not self.has_several_sizes:
            return (self.closed.polynomial,)
        sizes = self.shape.sizes if self.question.quantity.is_shape else self.count.sizes(*self._asked)
        return tuple(self.count.numbers.number(size) for size in sizes)

    @property
    def _asked(self) -> tuple[Quantity, str | int | None]:
        return self.question.quantity, self.question.at

    @cached_property
    def written(self) -> Written:
        """The formula in the form that is asked for."""
        question = self.question
        if question.quantity.is_shape:
            return self._shape()
        if self.has_several_sizes:
            return Written(tuple(self.count.numbers.closed.closed(size) for size in self.count.sizes(*self._asked)))
        if question.form == "layers" and not isinstance(question.quantity, Reached | Least):
            return by_layers(self.count, question)
        if question.collect is not None:
            return self._checked(collected(self.closed.polynomial, self._symbols(question.collect)))
        match question.form:
            case "brief":
                named = self._letters
                return self._checked(brief(self.closed.polynomial, named), tuple(named.values()))
            case "factored":
                return self._factored()
            case "relative":
                return self._checked(relative(self.closed.polynomial, self._symbols(question.grows)))
            case "leading":
                return self._leading()
            case "grouped" if isinstance(question.quantity.fold, Sum) and question.at is None:
                grouping = Grouping(self.count, question.quantity)
                return self._checked(grouping.size(), tuple(grouping.letters))
        form = ClosedForm(self.closed.polynomial.expand()) if question.form == "expanded" else self.closed
        size, letters = form.named(self.count.trace.symbols)
        return Written((size,), letters)

    @property
    def _letters(self) -> Mapping[Generator, Named]:
        """A letter for each size that holds a floor."""
        return self.closed.letters(self.count.trace.symbols)

    def _factored(self) -> Written:
        """The product that the formula is, or the simplest way to write it in brackets."""
        letters = self._letters
        brackets = shortest(self.closed.polynomial, letters)
        if letters:
            return self._checked(brackets, tuple(letters.values()))
        product = to_term(factor(self.closed))
        ways = [product, brackets] if isinstance(product, Product) else [brackets]
        return self._checked(simplest([way for way in ways if isinstance(way, Product)] or ways))

    def _symbols(self, names: str) -> tuple[str, ...]:
        found = tuple(name.strip() for name in names.split(",") if name.strip())
        for name in found:
            _check_symbol(name, self.closed)
        return found

    def _leading(self) -> Written:
        """The leading terms, and a letter for the rest."""
        form = self.closed.polynomial.expand()
        lead = leading(form, self._symbols(self.question.grows))
        if lead == form:
            return self._checked(shortest(lead))
        rest = Named("rest", shortest(form - lead))
        return self._checked(Addition((shortest(lead), rest)), (rest,))

    def _checked(self, size: Size, letters: tuple[Named, ...] = ()) -> Written:
        """A form that was made of the closed one, which it must be equal to."""
        if not agrees(size, self.closed):
            raise AssertionError(f"a form of the formula differs from it: {by_name(size)}")
        return Written((size,), letters)

    @property
    def in_line(self) -> Written:
        """The formula in one line, briefly: no letter stands for a floor."""
        if self.has_several_sizes:
            return Written(tuple(map(to_term, self._forms)))
        return Written((self.in_form(self.closed.polynomial),))

    def in_form(self, form: Polynomial) -> Size:
        """Return another formula in the form that is asked for, where that says how it is written."""
        match self.question.form:
            case "brief":
                return brief(form)
            case "factored":
                return shortest(form)
            case _:
                return to_term(form)

    def _shape(self) -> Written:
        """The formula of an output shape, and the named sizes in it."""
        named = dict.fromkeys(size for size in self.shape.sizes if isinstance(size, Named))
        letters = tuple(Named(size.name, self.count.numbers.closed.closed(size)) for size in named)
        return Written(self.shape.sizes, letters)


def _check_symbol(name: str, closed: ClosedForm) -> None:
    if name not in closed.symbols:
        known = ", ".join(closed.symbols) or "none"
        raise ArchitectureError(
            "unknown-symbol", f"the formula has no symbol {name!r}", hint=f"its symbols are: {known}"
        )

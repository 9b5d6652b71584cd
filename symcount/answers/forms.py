"""The formula of a quantity in one of the forms closed, expanded, factored or layer by layer."""

from __future__ import annotations

from functools import cached_property

from symcount.algebra import ClosedForm, assuming, collect, factor, to_python, to_term
from symcount.answers.assume import left_of
from symcount.answers.question import FORMS, Question
from symcount.arithmetic import Named, Size, names_of_values
from symcount.counts import Count
from symcount.counts.assumptions import Stated
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.quantities import Sum
from symcount.records import record


@record
class Written:
    """A formula in one form: its addends, and what the letters in them stand for.

    The sizes of a shape are not added; ``by_value`` says that a rule's letters stand for their values.
    """

    sizes: tuple[Size, ...]
    letters: tuple[Named, ...] = ()
    by_value: bool = False


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
        symbols = self.count.trace.symbols
        for residue in self.question.residues:
            if residue.symbol not in symbols:
                known = ", ".join(symbols)
                message = f"the network has no open symbol {residue.symbol!r} of which to assume anything"
                raise ArchitectureError("unknown-symbol", message, hint=f"its symbols are: {known}" if known else None)
        form = self.count.form(self.question.quantity, self.question.at)
        return assuming(form, self.question.residues)

    @cached_property
    def domain(self) -> Stated:
        """The values of the symbols for which it holds, beside those of the assumptions that are made."""
        domain = self.count.domain(self.question.quantity, at=self.question.at)
        known = self.question.residues
        return Stated(left_of(domain.conditions, known), left_of(domain.assumptions, known))

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols that occur in it; of a shape, all that are open."""
        return tuple(self.count.trace.symbols if self.question.quantity.is_shape else self.closed.symbols)

    @property
    def shape(self) -> Shape:
        """The shape that leaves the network, or the layer that is asked about."""
        at = self.question.at
        return self.count.numbers.shown(self.count.trace.output if at is None else self.count.row(at).part.output)

    @property
    def python(self) -> tuple[str, ...]:
        """Python source in the network's own symbols: one text, or one for each size of a shape."""
        if not self.question.quantity.is_shape:
            return (to_python(self.closed.polynomial),)
        return tuple(map(to_python, self.count.numbers.shape(self.shape)))

    @cached_property
    def written(self) -> Written:
        """The formula in the form that is asked for."""
        question = self.question
        if question.quantity.is_shape:
            return self._shape()
        if question.form == "layers":
            return self._by_layers()
        if question.collect is not None:
            _check_symbol(question.collect, self.closed)
            return Written((to_term(collect(self.closed, question.collect)),))
        if question.form == "factored":
            return Written((to_term(factor(self.closed)),))
        form = ClosedForm(self.closed.polynomial.expand()) if question.form == "expanded" else self.closed
        size, letters = form.named(self.count.trace.symbols)
        return Written((size,), letters)

    def _shape(self) -> Written:
        """The formula of an output shape, and the named sizes in it."""
        named = dict.fromkeys(size for size in self.shape.sizes if isinstance(size, Named))
        letters = tuple(Named(size.name, self.count.numbers.closed.closed(size)) for size in named)
        return Written(self.shape.sizes, letters)

    def _by_layers(self) -> Written:
        """One term for each layer that has any, as its rule is written, and the sizes that these name."""
        quantity, count = self.question.quantity, self.count
        rows = count.rows if self.question.at is None else (count.row(self.question.at),)
        added = rows if isinstance(quantity.fold, Sum) else rows[-1:]
        lettered = (quantity.lettered(row.part, count.setting) for row in added)
        rules = tuple(rule for rule in lettered if not isinstance(rule, Shape) and rule != 0)
        sizes = dict.fromkeys(names_of_values(rules))
        letters = tuple(Named(size.name, to_term(count.numbers.closed.expression((size,)))) for size in sizes)
        return Written(rules, letters, by_value=True)


def _check_symbol(name: str, closed: ClosedForm) -> None:
    if name not in closed.symbols:
        known = ", ".join(closed.symbols) or "none"
        raise ArchitectureError(
            "unknown-symbol", f"the formula has no symbol {name!r}", hint=f"its symbols are: {known}"
        )

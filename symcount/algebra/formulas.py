"""The closed forms of one walked network, and what they rest on: assumptions, and the smallest inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import sympy

from symcount.algebra.assumptions import Divides, divides
from symcount.algebra.bounds import is_never_negative
from symcount.algebra.closed import ClosedForm
from symcount.algebra.closing import Closing
from symcount.algebra.conditions import AtLeast, conditions
from symcount.algebra.conversion import Expr, expression_of, polynomial
from symcount.algebra.evaluation import value_of
from symcount.algebra.forms import assume, has_floor
from symcount.algebra.polynomial import Polynomial
from symcount.algebra.writing import written
from symcount.arithmetic import Named, Product, Remainder, Size, Symbol, Term, by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.errors import ArchitectureError
from symcount.layers import Demand, Equals, LayerError
from symcount.layers import Divides as Division
from symcount.trace import Step, Trace, placed


@dataclass(frozen=True)
class Same:
    """The assumption that two sizes are equal."""

    left: Expr
    right: Expr

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        return notation.equals.format(*(by_name(written(side), notation) for side in (self.left, self.right)))

    def holds(self, values: dict[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return value_of(self.left, values) == value_of(self.right, values)


Assumption = Divides | Same


class Formulas:
    """Closed forms of the sizes of one walk; each size is closed once."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        axes = (axis for step in trace.steps for axis in step.output.axes)
        self._closing = Closing(axes)

    @property
    def symbols(self) -> dict[str, sympy.Symbol]:
        """The open symbols by name, in the order of the text."""
        return {name: sympy.Symbol(name) for name in self._trace.symbols}

    def expression(self, sizes: Iterable[Size]) -> Expr:
        """Return the sum of sizes as a sympy expression, or an int where it holds no symbol."""
        total = self._total(sizes)
        number = total.number
        return number if isinstance(number, int) else expression_of(total)

    def formula(self, sizes: Iterable[Size]) -> Formula:
        """Return the sum of sizes as a formula."""
        return Formula(self, ClosedForm(self._total(sizes)))

    @cached_property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way, and every argument, is as large as it must be."""
        inputs = [size.name for size in reversed(self._trace.input.sizes) if isinstance(size, Symbol)]
        forms = (self._positive(step, size) for step in self._trace.steps for size in _calculated(step))
        return tuple(conditions(forms, inputs))

    def _positive(self, step: Step, size: Size) -> Polynomial:
        """A size that must be at least 1, refused where no input makes it so."""
        form = self._closing.size(size)
        if not has_floor(form) and is_never_negative(-form):
            message = f"{step.name}: {by_name(written(form))} is less than 1, whatever the input"
            raise ArchitectureError("too-small", message, span=step.link.span, source=self._trace.source)
        return form

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What must hold of the symbols for every division of the rules to be exact, and every shape to fit."""
        for step in self._trace.steps:
            self._total(step.output.sizes)
            self._total((step.layer.parameters(step.input),))
        demanded = [self._assumed(*each) for each in self._trace.demands]
        stated = [each for each in demanded if each is not None]
        return tuple(dict.fromkeys((*stated, *self._closing.assumptions)))

    def _total(self, sizes: Iterable[Size]) -> Polynomial:
        return Polynomial.total(self._closing.form(size) for size in sizes)

    def _assumed(self, step: Step, demand: Demand) -> Assumption | None:
        """What a demand of a layer leaves to be assumed; nothing where it is evident."""
        try:
            return self._left_of(demand)
        except LayerError as error:
            raise placed(error, step.link).within(self._trace.source) from None

    def _left_of(self, demand: Demand) -> Assumption | None:
        match demand:
            case Division(divisor, dividend):
                assumption = divides(self._closing.size(divisor), self._closing.size(dividend))
                if assumption is not None and assumption.is_impossible:
                    shown = assumption.text(template="{} would have to divide {}")
                    raise LayerError("not-divisible", f"{demand.dividend_name}: {shown}", argument=demand.divisor_name)
                return assumption
            case Equals(left, right):
                sides = self._closing.size(left), self._closing.size(right)
                number = (sides[0] - sides[1]).number
                if number is not None and number != 0:
                    message = f"{demand.left_name} are {number} more than {demand.right_name}"
                    raise LayerError("not-equal", message)
                return None if number == 0 else Same(*map(expression_of, sides))


def _factors(size: Size) -> Iterator[Size]:
    """The sizes of which a size is the product: two that are both negative would make a positive one."""
    match size:
        case Named(value=Product(factors)) if all(not isinstance(each, int) or each > 0 for each in factors):
            for factor in factors:
                yield from _factors(factor)
        case _:
            yield size


def _calculated(step: Step) -> Iterator[Size]:
    """The sizes of a layer's output and arguments that are calculations, so that each must be at least 1."""
    for size in step.output.sizes:
        yield from _factors(size) if isinstance(size, Named) else ()
    for name, argument in step.layer.arguments.items():
        value = getattr(step.layer, name)
        for size in value if isinstance(value, tuple) else (value,):
            if argument.counted and isinstance(size, Term) and not isinstance(size, Symbol):
                yield size + (1 - argument.least)


@dataclass(frozen=True)
class Formula:
    """A closed form with all that it rests on.

    ``expr`` is the sympy expression, ``named()`` the written formula with a letter for each floor,
    ``conditions`` the inputs for which it holds and ``assumptions`` what it takes for granted.
    """

    of: Formulas
    form: ClosedForm

    @property
    def expr(self) -> Expr:
        """The sympy expression."""
        return self.form.expr

    @property
    def symbols(self) -> dict[str, sympy.Symbol]:
        """The symbols that occur in it, by name."""
        return self.form.symbols

    @property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way is at least 1."""
        return self.of.conditions

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What it takes for granted of the symbols."""
        return self.of.assumptions

    def __str__(self) -> str:
        return by_name(self.form.written())


@dataclass(frozen=True)
class Residue:
    """The assumption that a symbol leaves a remainder: ``n % 32 == 0``."""

    symbol: str
    modulus: int
    remainder: int = 0

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        rest = Remainder(Symbol(self.symbol), self.modulus)
        return notation.equals.format(by_name(rest, notation), notation.integer(self.remainder))


def under(form: ClosedForm, residues: Iterable[Residue]) -> ClosedForm:
    """Return the closed form where symbols leave these remainders: floors that this decides are gone.

    >>> from symcount.algebra.closed import closed_form
    >>> halves = closed_form([Symbol("n") // 2])
    >>> under(halves, [Residue("n", 4)]).expr
    n/2
    """
    expression = form.expr
    for residue in residues:
        expression = assume(expression, residue.symbol, residue.modulus, residue.remainder)
    return ClosedForm(polynomial(expression)) if residues else form

"""The closed forms of one walked network, and what they rest on: assumptions, and the smallest inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from symcount.algebra import (
    AtLeast,
    ClosedForm,
    Conversion,
    Divisible,
    Expr,
    Generator,
    IndexRange,
    Polynomial,
    as_division,
    conditions,
    divisibility,
    for_all,
    has_floor,
    is_never_negative,
    to_expression,
    to_term,
    value_of,
)
from symcount.arithmetic import Named, Power, Product, Size, Symbol, Term, by_name
from symcount.arithmetic.notation import TEXT, Notation
from symcount.errors import ArchitectureError
from symcount.layers import Assumed, Equals, LayerError, Positive
from symcount.layers import Divides as Division
from symcount.quantities import QUANTITIES, TEXTBOOK
from symcount.trace import Demanded, Over, Part, Step, Trace, parts_of, placed


@dataclass(frozen=True)
class Same:
    """The assumption that two sizes are equal."""

    left: Expr
    right: Expr

    @property
    def symbols(self) -> set[str]:
        """The names in it."""
        return {symbol.name for side in (self.left, self.right) for symbol in side.free_symbols}

    def text(self, notation: Notation = TEXT) -> str:
        """Write it in a notation."""
        return notation.equals.format(*(by_name(to_term(side), notation) for side in (self.left, self.right)))

    def holds(self, values: dict[str, int]) -> bool:
        """Return whether it is true of these sizes."""
        return value_of(self.left, values) == value_of(self.right, values)


Assumption = Divisible | AtLeast | Same


class Formulas:
    """Closed forms of the sizes of one walk; each size is closed once."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        axes = (axis for part in trace.parts for each in parts_of(part) for axis in each.output.axes)
        self._closing = Conversion(axes)
        self._stated: dict[Divisible | AtLeast, None] = {}

    @property
    def symbols(self) -> dict[str, Expr]:
        """The open symbols by name, in the order of the text."""
        return {
            name: to_expression(self._closing.to_polynomial(symbol)) for name, symbol in self._trace.symbols.items()
        }

    def expression(self, sizes: Iterable[Size]) -> Expr:
        """Return the sum of sizes as a sympy expression, or an int where it holds no symbol."""
        total = self._total(sizes)
        number = total.number
        return number if isinstance(number, int) else to_expression(total)

    def written(self, sizes: Iterable[Size]) -> Size:
        """Return the sum of sizes as written arithmetic, in the names that the walk gave to sizes with a floor."""
        return to_term(self._total(sizes), self._names)

    def written_in(self, sizes: Iterable[Size], names: Iterable[Named]) -> Size:
        """Return the sum of sizes as written arithmetic, in which these names alone stand for what they name."""
        letters: dict[Generator, Size] = {}
        for named in names:
            generator = self._closing.to_polynomial(named).only_generator
            if generator is not None and not getattr(generator, "is_Symbol", False):
                letters.setdefault(generator, named)
        return to_term(self._total(sizes), letters)

    def closed(self, size: Size) -> Size:
        """Return one size as written arithmetic in the network's own symbols."""
        return to_term(self._closing.expand(size))

    def shown(self, size: Size) -> Size:
        """Return a size as a table shows it: one name for all that are equal, none where it is a plain product."""
        return self._shown.get(size, size) if isinstance(size, Named) else size

    @cached_property
    def _shown(self) -> dict[Named, Size]:
        first: dict[Polynomial, Size] = {}
        shown: dict[Named, Size] = {}
        for size in self._trace.sizes:
            if isinstance(size, Named):
                form = self._closing.expand(size)
                plain = to_term(form)
                first.setdefault(form, plain if isinstance(plain, int | Symbol | Product | Power) else size)
                shown[size] = first[form]
        return shown

    @cached_property
    def _names(self) -> dict[Generator, Size]:
        names: dict[Generator, Size] = {}
        for size in self._trace.sizes:
            if isinstance(size, Named):
                generator = self._closing.to_polynomial(size).only_generator
                if generator is not None and not getattr(generator, "is_Symbol", False):
                    names.setdefault(generator, Symbol(size.name))
        return names

    def formula(self, sizes: Iterable[Size]) -> Formula:
        """Return the sum of sizes as a formula."""
        return Formula(self, ClosedForm(self._total(sizes)))

    @cached_property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way is at least 1."""
        parts = (each for part in self._trace.parts for each in parts_of(part))
        # the channels that leave a block are those of a layer in it
        sizes = ((each, size) for each in parts for size in _calculated(each))
        inputs = [size.name for size in reversed(self._trace.input.sizes) if isinstance(size, Symbol)]
        forms = (self._positive(each, size) for each, size in sizes)
        # a size inside the passes of a repeat depends on its index; what leaves the last pass stands for it
        solved = conditions(filter(self._is_of_the_network, forms), inputs)
        positive = ((each, each.demand.size) for each in self._trace.demands if isinstance(each.demand, Positive))
        passes = (form for each, size in positive for form in self._at_the_ends(each, self._closing.expand(size)))
        stated = (_at_least_one(form) for form in passes if form.number is None and self._is_of_the_network(form))
        return tuple(dict.fromkeys((*solved, *stated)))

    def _positive(self, part: Part, size: Size) -> Polynomial:
        """A size that must be at least 1, refused where no input makes it so."""
        form = self._closing.expand(size)
        if isinstance(part, Step) and not has_floor(form) and is_never_negative(-form):
            message = f"{part.name}: {by_name(to_term(form))} is less than 1, whatever the input"
            raise ArchitectureError("too-small", message, span=part.link.span, source=part.link.source)
        return form

    def _at_the_ends(self, demanded: Demanded, form: Polynomial) -> list[Polynomial]:
        """A size that goes up or down evenly from pass to pass, at the first pass and at the last."""
        forms = [form]
        for passes in map(self._passes, demanded.overs):
            forms = [end for each in forms for end in passes.ends(each)]
        return forms

    def _is_of_the_network(self, form: Polynomial) -> bool:
        return all(name in self._trace.symbols for name in ClosedForm(form).symbols)

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What must hold of the symbols for every division of the rules to be exact, and every shape to fit."""
        self._total(self._trace.sizes)
        self._total(QUANTITIES["params"].of(part, TEXTBOOK) for part in self._trace.parts)
        demanded = map(self._assumed, self._trace.demands)
        brief = _briefly([each for assumed in demanded for each in assumed])
        stated = dict.fromkeys((*brief, *self._stated))
        named = [each for each in stated if each.symbols <= self._trace.symbols.keys()]
        return tuple(each for each in named if not any(_implies(other, each) for other in named))

    def _total(self, sizes: Iterable[Size]) -> Polynomial:
        total, assumed = self._closing.total(sizes)
        self._stated |= dict.fromkeys(assumed)
        return total

    def _assumed(self, demanded: Demanded) -> Iterator[Assumption]:
        """What a demand leaves to be assumed, of every pass that it is made in; nothing where it is evident."""
        try:
            assumption = self._left_of(demanded.demand)
        except LayerError as error:
            if demanded.link is None:
                raise ArchitectureError(error.code, error.message) from None
            raise placed(error, demanded.link).within(demanded.link.source) from None
        if assumption is None or isinstance(assumption, Same):
            return iter(()) if assumption is None else iter((assumption,))
        assumed: Iterator[Divisible | AtLeast] = iter((assumption,))
        for over in demanded.overs:
            assumed = for_all(self._passes(over), assumed)
        return assumed

    def _passes(self, over: Over) -> IndexRange:
        return IndexRange.over(over.index.name, self._closing.expand(over.first), self._closing.expand(over.last))

    def _left_of(self, demand: Assumed) -> Assumption | None:
        match demand:
            case Division(divisor, dividend):
                assumption = divisibility(self._closing.expand(divisor), self._closing.expand(dividend))
                if assumption is not None and assumption.is_impossible:
                    shown = assumption.text(template="{} would have to divide {}")
                    raise LayerError("not-divisible", f"{demand.dividend_name}: {shown}", argument=demand.divisor_name)
                return assumption
            case Equals(left, right):
                sides = self._closing.expand(left), self._closing.expand(right)
                number = (sides[0] - sides[1]).number
                if number is not None and number != 0:
                    message = f"{demand.left_name} are {number} more than {demand.right_name}"
                    raise LayerError("not-equal", message)
                return None if number == 0 else Same(*map(to_expression, sides))
            case Positive():
                return None


def _factors(size: Size) -> Iterator[Size]:
    """The sizes of which a size is the product: two that are both negative would make a positive one."""
    match size:
        case Named(value=Product(factors)) if all(not isinstance(each, int) or each > 0 for each in factors):
            for factor in factors:
                yield from _factors(factor)
        case _:
            yield size


def _implies(one: Assumption, other: Assumption) -> bool:
    """Whether what divides a size is said again of a multiple of it."""
    if (
        one == other
        or not (isinstance(one, Divisible) and isinstance(other, Divisible))
        or one.divisor != other.divisor
    ):
        return False
    return bool((other.dividend / one.dividend).is_Integer)


def _calculated(part: Part) -> Iterator[Size]:
    """The sizes that are calculations, so that each must be at least 1: of outputs, and of a layer's arguments."""
    if not isinstance(part, Step):
        yield from (size for size in part.output.axes if isinstance(size, Named))
        return
    for size in part.output.sizes:
        yield from _factors(size) if isinstance(size, Named) else ()
    for name, argument in part.layer.arguments.items():
        value = getattr(part.layer, name)
        for size in value if isinstance(value, tuple) else (value,):
            if argument.counted and isinstance(size, Term) and not isinstance(size, Symbol):
                yield size + (1 - argument.least)


def _at_least_one(count: Polynomial) -> AtLeast:
    """That a repeat has a pass, its constant on the right: a count may be 0, other than a size."""
    constant = count.constant_term
    return AtLeast(
        to_expression(count - Polynomial.constant(constant)), to_expression(Polynomial.constant(1 - constant))
    )


def _briefly(stated: Iterable[Assumption]) -> list[Assumption]:
    """The assumptions; those that sizes are equal as one that a number divides a symbol, where they say just that."""
    equalities: dict[frozenset[Expr], list[Same]] = {}
    for each in stated:
        if isinstance(each, Same):
            equalities.setdefault(frozenset((each.left - each.right).free_symbols), []).append(each)
    brief: list[Assumption] = [each for each in stated if not isinstance(each, Same)]
    for group in equalities.values():
        division = as_division([each.left - each.right for each in group])
        brief += group if division is None else [division]
    return brief


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
    def symbols(self) -> dict[str, Expr]:
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
        return by_name(self.form.to_term())

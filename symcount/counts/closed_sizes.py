"""Turns the sizes that one walk met into closed forms, each size once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from symcount.algebra import (
    AtLeast,
    Cases,
    ClosedForm,
    Conversion,
    Divisible,
    Expr,
    Generator,
    Multiples,
    Polynomial,
    Stated,
    assuming,
    has_floor,
    multiples,
    settled,
    to_expression,
    to_term,
)
from symcount.arithmetic import Named, Power, Product, Size, Symbol, all_parts
from symcount.counts.least import may_be_zero
from symcount.errors import ArchitectureError
from symcount.layers import AtLeastOne
from symcount.trace import Trace


class ClosedSizes:
    """Closed forms of the sizes of one walk, in the open symbols of the network.

    ``assumed`` tells what the network itself takes for granted: what that divides, a total divides exactly. ``known``
    is what somebody assumes besides, by which every form is simplified.
    """

    def __init__(
        self, trace: Trace, assumed: Callable[[ClosedSizes], Iterable[object]], known: Sequence[Stated] = ()
    ) -> None:
        self.trace = trace
        self.conversion = self._converting({})
        self._assumed = assumed
        self._known = known

    def _converting(self, symbols: Mapping[str, Polynomial]) -> Conversion:
        outputs = [each.output for each in self.trace.every]
        axes = (axis for output in outputs for axis in output.axes)
        sizes = (size for each in (*outputs, *(each.input for each in self.trace.every)) for size in each.sizes)
        return Conversion(axes, sizes, symbols)

    @cached_property
    def cases(self) -> Cases:
        """The cases that the symbols which may be 0 make."""
        return Cases([each.name for each in may_be_zero(self.trace)])

    @cached_property
    def _multiples(self) -> Multiples:
        """The symbols that are multiples wherever the network exists."""
        needed = (each.constraint for each in self.trace.required)
        sizes = (each.size for each in needed if isinstance(each, AtLeastOne))
        return multiples(
            (*self._assumed(self), *self._known), (size.name for size in sizes if isinstance(size, Symbol))
        )

    @cached_property
    def _exact(self) -> Conversion:
        """The conversion that writes such a symbol as a multiple."""
        return self._converting(self._multiples.written)

    @property
    def symbols(self) -> Mapping[str, Expr]:
        """The open symbols by name, in the order of the text."""
        return {name: to_expression(_sum_of((symbol,), self.conversion)) for name, symbol in self.trace.symbols.items()}

    def polynomial(self, *sizes: Size) -> Polynomial:
        """Return the sum of sizes as a polynomial, in which the axes on the way are whole."""
        try:
            form = _sum_of(sizes, self.conversion)
        except ArchitectureError as error:
            if not self._closes(error):
                raise
            form = self._exactly(sizes)
        return self._assuming(form)

    def _exactly(self, sizes: Iterable[Size]) -> Polynomial:
        return self._multiples.back(_sum_of(sizes, self._exact))

    def _assuming(self, form: Polynomial) -> Polynomial:
        return assuming(ClosedForm(form), self._known).polynomial if self._known else form

    def total(self, sizes: Iterable[Size]) -> Polynomial:
        """Return the sum of sizes, without floors of what is a multiple wherever the network exists."""
        sizes = tuple(sizes)
        total = self.polynomial(*sizes)
        if not (has_floor(total) and self._multiples.divisors):
            return total
        return self._assuming(self._exactly(sizes))

    def _closes(self, error: ArchitectureError) -> bool:
        """Whether what has no closed form may have one where symbols are written as multiples."""
        return error.code == "no-closed-form" and bool(self._multiples.divisors)

    def assumed_of_whole(self, sizes: Iterable[Size]) -> tuple[Divisible | AtLeast, ...]:
        """Return what sizes take for granted that are whole because all that is calculated with in them is."""
        sizes = tuple(sizes)
        try:
            return self.conversion.total_of_whole(sizes)[1]
        except ArchitectureError as error:
            if not self._closes(error):
                raise
        found = map(self._multiples.stated, self._exact.total_of_whole(sizes)[1])
        return tuple(each for each in found if each is not None)

    def expression(self, sizes: Iterable[Size]) -> int | Expr:
        """Return the sum of sizes as a sympy expression, or an int where it holds no symbol."""
        total = self.total(sizes)
        number = total.number
        return number if isinstance(number, int) else to_expression(total)

    def form(self, sizes: Iterable[Size]) -> ClosedForm:
        """Return the sum of sizes as a closed form."""
        return ClosedForm(self.total(sizes))

    def term(self, sizes: Iterable[Size]) -> Size:
        """Return the sum of sizes as written arithmetic, in the names that the walk gave to sizes with a floor."""
        return to_term(self.polynomial(*sizes), self._names)

    def term_in(self, sizes: Iterable[Size], names: Iterable[Named]) -> Size:
        """Return the sum of sizes as written arithmetic, in which only these named sizes stay as names."""
        letters: dict[Generator, Size] = {}
        for named in names:
            generator = self._generator(named)
            if generator is not None:
                letters.setdefault(generator, named)
        return to_term(self.polynomial(*sizes), letters)

    def closed(self, size: Size) -> Size:
        """Return one size as written arithmetic in the network's own symbols."""
        return to_term(self._assuming(self.conversion.expand(size)))

    def shown(self, size: Size) -> Size:
        """Return a size as a table shows it: equal sizes under one name, a plain product as it is."""
        return self._shown.get(size, size) if isinstance(size, Named) else size

    @cached_property
    def _shown(self) -> dict[Named, Size]:
        first: dict[Polynomial, Size] = {}
        shown: dict[Named, Size] = {}
        for size in (size for each in self.trace.every for size in (*each.input.sizes, *each.output.sizes)):
            if isinstance(size, Named) and size not in shown:
                form = self._assuming(self.conversion.expand(size))
                if form not in first:
                    plain = to_term(form) if len(form) < 2 else size  # a sum is longer than a name
                    first[form] = plain if _is_plain(plain) else size
                shown[size] = first[form]
        return shown

    @property
    def shown_names(self) -> tuple[Named, ...]:
        """The sizes on the way that are shown under a name, in the order of the walk."""
        return tuple(dict.fromkeys(size for size in self._shown.values() if isinstance(size, Named)))

    @cached_property
    def _names(self) -> dict[Generator, Size]:
        names: dict[Generator, Size] = {}
        for size in self.trace.sizes:
            if isinstance(size, Named):
                generator = self._generator(size)
                if generator is not None:
                    names.setdefault(generator, Symbol(size.name))
        return names

    def _generator(self, named: Named) -> Generator | None:
        """The one floor, minimum or sum kept whole that a named size comes to; None for any other size."""
        generator = self._assuming(self.conversion.to_polynomial(named)).only_generator
        return None if getattr(generator, "is_Symbol", False) else generator


def _sum_of(sizes: Iterable[Size], conversion: Conversion) -> Polynomial:
    return settled(Polynomial.total(map(conversion.to_polynomial, sizes)))


def _is_plain(size: Size) -> bool:
    """Whether a size is as short as a name for it: a number, a symbol, or a product of these."""
    return all(isinstance(part, int | Symbol | Product | Power) for part in all_parts(size))

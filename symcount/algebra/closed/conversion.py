"""Turns arithmetic as a layer's rule writes it into polynomials, the one way to a closed form.

A layer's output axis stays whole where it holds a floor, ``(n//4 - 2)**2``: that is how a reader
wants it. Names may stand for names 4,000 deep: they are resolved with a stack, once each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy

from symcount.algebra.closed.needs import Needs, gather
from symcount.algebra.closed.walk import Known, Walk
from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.functions.expressions import to_expression
from symcount.algebra.functions.hermite import settled
from symcount.algebra.functions.size_function import SizeFunction
from symcount.algebra.poly.coefficient import too_large
from symcount.algebra.poly.monomial import Generator, Monomial
from symcount.algebra.poly.polynomial import Polynomial, Whole
from symcount.arithmetic import Named, Size, names

MOST_WRITTEN = 50_000
"""The most terms of all named sizes together, such as the axes that leave the layers of a network."""


class Conversion:
    """Turns written arithmetic into polynomials, and converts what a name stands for only once.

    ``axes`` are the names whose floor-free sums, such as n - 6, stay whole too; ``sizes`` are those of tensors, which
    are whole numbers, as other names need not be: of ``let a = w/2`` only the ``2*a`` that is used has to be one.
    ``symbols`` are polynomials in the place of symbols.
    """

    def __init__(
        self, axes: Iterable[Size] = (), sizes: Iterable[Size] = (), symbols: Mapping[str, Polynomial] | None = None
    ) -> None:
        self.axes = {axis for axis in axes if isinstance(axis, Named)}
        self.sizes = {size for size in sizes if isinstance(size, Named)}
        self._known: Known = {}
        self._walk = Walk(self._known, symbols or {})
        self._written = 0

    def to_polynomial(self, size: Size) -> Polynomial:
        """Return the polynomial of a size, with the axes whole.

        >>> from symcount.arithmetic import Symbol
        >>> n = Named("n_1", Symbol("n") // 2 - 2)
        >>> to_expression(Conversion().to_polynomial(n * n * 8))
        8*((n//2) - 2)**2
        """
        return self._convert(size)[0]

    def expand(self, size: Size) -> Polynomial:
        """Return the polynomial of a size, multiplied out."""
        return self.to_polynomial(size).expand()

    def is_whole(self, size: Size) -> bool:
        """Return whether a size is whole however its symbols are set, so far as its own divisions tell."""
        self._resolve(size)
        return not self._walk.apart(size, Needs())[1]

    def total(self, sizes: Iterable[Size]) -> tuple[Polynomial, tuple[Divisible | AtLeast, ...]]:
        """Return the sum of sizes, and just what these take for granted, whatever was converted before.

        >>> from symcount.arithmetic import Ratio, Symbol
        >>> conversion = Conversion()
        >>> params, output = Ratio(Symbol("c"), Symbol("g")), Ratio(Symbol("n"), 2) + 1
        >>> for size in (params, output, params):
        ...     total, assumed = conversion.total([size])
        ...     print(to_expression(total), [each.text() for each in assumed])
        c/g ['g divides c']
        n/2 + 1 ['2 divides n']
        c/g ['g divides c']
        """
        return self._added(self._convert(size) for size in sizes)

    def total_of_whole(self, sizes: Iterable[Size]) -> tuple[Polynomial, tuple[Divisible | AtLeast, ...]]:
        """Return the same of sizes that are whole because all that is calculated with in them is.

        >>> from symcount.arithmetic import Quotient, Symbol
        >>> half = Quotient(Symbol("c"), 2)
        >>> [each.text() for each in Conversion().total_of_whole([half * half])[1]]
        []
        """
        return self._added(self._convert_whole(size) for size in sizes)

    def _added(self, found: Iterable[tuple[Polynomial, Needs]]) -> tuple[Polynomial, tuple[Divisible | AtLeast, ...]]:
        converted = list(found)
        return settled(Polynomial.total(form for form, _ in converted)), gather(needs for _, needs in converted)

    def _convert(self, size: Size) -> tuple[Polynomial, Needs]:
        self._resolve(size)
        needs = Needs()
        return settled(self._walk.whole(size, needs)), needs

    def _convert_whole(self, size: Size) -> tuple[Polynomial, Needs]:
        self._resolve(size)
        needs = Needs()
        return self._walk.apart(size, needs)[0], needs

    def _resolve(self, size: Size) -> None:
        known = self._known
        stack = names(size)
        while stack:
            named = stack[-1]
            if named in known:
                stack.pop()
                continue
            missing = [name for name in names(named.value) if name not in known]
            if missing:
                stack += missing
            else:
                needs = Needs()
                form, is_open = self._walk.apart(named.value, needs)
                if is_open and named in self.sizes:
                    form, is_open = self._walk.whole(named.value, needs), False
                kept = self._keep(named, form)
                self._written += _terms(kept)
                if self._written > MOST_WRITTEN:
                    raise too_large(f"a network whose sizes have together more than {MOST_WRITTEN:,} terms")
                known[named] = kept, is_open, needs.of_name()

    def _keep(self, named: Named, form: Polynomial) -> Polynomial:
        """The polynomial of a named size; the sum of an output axis stays one factor, ``(n - 4)^2``."""
        if len(form) < 2:
            return form
        floors = [monomial for monomial in form.terms if any(_has_floor(g) for g, _ in monomial)]
        if named not in self.axes and not (floors and all(_is_linear(monomial) for monomial in floors)):
            return form
        unfolded = settled(form.expand())
        return unfolded if len(unfolded) < 2 else Polynomial.generator(Whole(unfolded))


def _terms(form: Polynomial) -> int:
    """How many terms a sum has, those of the sums that are kept whole included."""
    return len(form) + sum(len(each.polynomial) for each in form.generators if isinstance(each, Whole))


def _has_floor(generator: Generator) -> bool:
    if isinstance(generator, Whole):
        return any(_has_floor(part) for part in generator.polynomial.generators)
    return isinstance(generator, SizeFunction)


def _is_linear(monomial: Monomial) -> bool:
    return len(monomial) == 1 and all(exponent == 1 for _, exponent in monomial)


def closed_expression(size: Size) -> sympy.Expr:
    """Return the closed form of a size as a sympy expression.

    >>> from symcount.arithmetic import Symbol
    >>> k, f = Named("k", 3), Named("f", Symbol("f"))
    >>> closed_expression((k * k * Symbol("c") + 1) * f)
    9*c*f + f
    """
    return to_expression(Conversion().to_polynomial(size))

"""The nodes of written arithmetic, a tree that ``+``, ``*`` and ``//`` build where a size is not a plain int.

Python's operators on them build the tree in the order written. They drop only the neutral plain
ints of options that were left at their default (``x + 0``, ``x*1``, ``x//1``), so that an unused
option vanishes from the page; a *named* size of value 1 stays.
"""

from __future__ import annotations

from typing import NoReturn

from symcount.records import record


class Term:
    """A size that is written out: a letter, or a calculation with letters."""

    __slots__ = ()

    def __add__(self, other: Size) -> Size:
        return _sum(self, other)

    def __radd__(self, other: int) -> Size:
        return _sum(other, self)

    def __sub__(self, other: Size) -> Size:
        return self if is_number(other, 0) else Difference(self, other)

    def __rsub__(self, other: int) -> Size:
        return Difference(other, self)

    def __mul__(self, other: Size) -> Size:
        return _product(self, other)

    def __rmul__(self, other: int) -> Size:
        return _product(other, self)

    def __floordiv__(self, other: Size) -> Size:
        return self if is_number(other, 1) else FloorDiv(self, other)

    def __rfloordiv__(self, other: int) -> Size:
        return FloorDiv(other, self)

    def __mod__(self, other: Size) -> Size:
        return 0 if is_number(other, 1) else Remainder(self, other)

    def __rmod__(self, other: int) -> Size:
        return Remainder(other, self)

    def __pow__(self, other: Size) -> Size:
        return self if is_number(other, 1) else Power(self, other)

    def __rpow__(self, other: int) -> Size:
        return Power(other, self)

    def __neg__(self) -> Size:
        return _product(-1, self)

    def __bool__(self) -> NoReturn:
        raise TypeError("a written term has no truth value: a rule must not branch on a size")


Size = int | Term
"""A size in a rule: a plain int, or a written term."""


@record
class Symbol(Term):
    """A size that is left open, such as the ``n`` of an input whose side is not given."""

    name: str


@record
class Named(Term):
    """A size with a name: the ``k`` that a rule writes for a kernel of 5.

    The value is an int, or a term over other names (``n_1`` is ``n - k + 1``). Equal by identity:
    two layers may use one letter for two sizes.
    """

    name: str
    value: Size

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@record
class Sum(Term):
    """Terms added, in order."""

    terms: tuple[Size, ...]


@record
class Difference(Term):
    """Left minus right."""

    left: Size
    right: Size


@record
class Product(Term):
    """Factors multiplied, in order; a leading -1 is a sign."""

    factors: tuple[Size, ...]


@record
class Power(Term):
    """Base to an exponent."""

    base: Size
    exponent: Size


@record
class FloorDiv(Term):
    """Numerator over denominator, rounded down."""

    numerator: Size
    denominator: Size


@record
class CeilDiv(Term):
    """Numerator over denominator, rounded up."""

    numerator: Size
    denominator: Size


@record
class Ratio(Term):
    """Numerator over denominator, exactly."""

    numerator: Size
    denominator: Size


@record
class Quotient(Ratio):
    """A fraction: numerator over denominator, of which just the size that it is part of need be whole."""


@record
class Remainder(Term):
    """The remainder of the numerator modulo the denominator."""

    numerator: Size
    denominator: Size


@record
class Min(Term):
    """The smallest of several terms."""

    terms: tuple[Size, ...]


@record
class Max(Term):
    """The largest of several terms."""

    terms: tuple[Size, ...]


@record
class Bracket(Term):
    """A comparison as a size, Iverson's bracket: 1 where it is true, else 0; the sign is that of the language."""

    left: Size
    sign: str
    right: Size


@record
class IndexedSum(Term):
    """A term added up for every value of an index, the first and the last included.

    Empty, so 0, where the last is one less than the first. The index is a symbol of this sum alone.
    """

    index: Symbol
    first: Size
    last: Size
    term: Size


def is_number(size: Size, number: int) -> bool:
    """Return whether a size is plainly this number: a term is none, whatever it comes to."""
    return isinstance(size, int) and size == number


def _sum(left: Size, right: Size) -> Size:
    if is_number(left, 0):
        return right
    if is_number(right, 0):
        return left
    head = left.terms if isinstance(left, Sum) else (left,)
    return Sum((*head, right))


def _product(left: Size, right: Size) -> Size:
    if is_number(left, 0) or is_number(right, 0):
        return 0
    if is_number(left, 1):
        return right
    if is_number(right, 1):
        return left
    head = left.factors if isinstance(left, Product) else (left,)
    return Product((*head, right))

"""Makes the values of the language of what Python has: numbers, texts, tuples, lists and ranges."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from symcount.errors import ArchitectureError, Span
from symcount.syntax import tree
from symcount.syntax.limits import MOST_DIGITS, TOO_LARGE
from symcount.syntax.parser import parse
from symcount.syntax.printer import text
from symcount.syntax.reserved import RESERVED
from symcount.syntax.tree import NO_SPAN

Given: TypeAlias = "int | Fraction | str | tuple[Given, ...] | list[Given] | range | tree.Value"
"""What a value may be given as; True and False are ``on`` and ``off``."""


def value(given: Given) -> tree.Value:
    """Return a value of the language: a text as it is read, a node as it is, and a tuple as one size for each axis.

    >>> [text(value(each)) for each in (-3, Fraction(1, 2), Fraction(1, 3), "a+b", True, range(1, 5))]
    ['-3', '0.5', '1/3', 'a+b', 'on', '1..4']
    >>> [text(value(each)) for each in ((28, 28), ("h", "w"), ("same", 1), (0, 1), (5,), [(64, 2), (128, 2)])]
    ['28x28', 'h×w', '(same,1)', '(0,1)', '(5,)', '[(64,2),(128,2)]']
    """
    match given:
        case bool():
            return tree.Name(NO_SPAN, "on" if given else "off")
        case int() | Fraction():
            return _number(given)
        case str():
            return _read(given)
        case tuple():
            return _sizes(tuple(map(value, _some(given))))
        case list():
            return tree.List(NO_SPAN, tuple(map(_list_item, _some(given))))
        case range():
            return _range(given)
    if isinstance(given, tree.Value):
        return given
    if isinstance(given, float):
        raise TypeError(f"a size is exact, found {given!r}: give a Fraction, or the number as text")
    raise TypeError(f"a value is a number, a text, a tuple, a list, a range or its node, found {given!r}")


def _number(number: int | Fraction) -> tree.Expression:
    if number < 0:
        return tree.Negative(NO_SPAN, _number(-number))
    if number.denominator == 1:
        return tree.Number(NO_SPAN, _short(number.numerator))
    decimal = tree.Number(NO_SPAN, Fraction(number))
    if TOO_LARGE % number.denominator == 0 and len(text(decimal)) <= MOST_DIGITS:
        return decimal
    return tree.Operation(NO_SPAN, "/", _number(number.numerator), _number(number.denominator))


def _short(number: int) -> int:
    if number >= TOO_LARGE:
        raise ValueError(f"a number has at most {MOST_DIGITS} digits: give a power as text, such as '10^120'")
    return number


def _read(written: str) -> tree.Value:
    """The value that a text says as an argument of a layer."""
    before = "C("
    try:
        program = parse(f"{before}{written}\n)")
    except ArchitectureError as error:
        raise error.cut(len(before), len(before) + len(written)) from None
    match program.statements:
        case (tree.Chain(items=(tree.Call(arguments=(tree.Argument(name=None, value=read),), block=None),)),):
            return read
    message = f"a value is one size, word or label, found {written!r}"
    raise ArchitectureError("bad-argument", message, span=Span(0, len(written)), source=written)


def _some(given: tuple[Given, ...] | list[Given]) -> tuple[Given, ...]:
    if not given:
        raise ValueError("a tuple or a list of values has one at least")
    return tuple(given)


def _sizes(items: tuple[tree.Value, ...]) -> tree.Value:
    """An area where every item can be a side of one, else a tuple."""
    sides = tuple(item for item in items if isinstance(item, tree.Expression) and not _is_zero_or_word(item))
    return tree.Dimensions(NO_SPAN, sides) if len(sides) == len(items) > 1 else tree.Tuple(NO_SPAN, items)


def _is_zero_or_word(size: tree.Expression) -> bool:
    return size == tree.Number(NO_SPAN, 0) or (isinstance(size, tree.Name) and size.name in RESERVED)


def _list_item(given: Given) -> tree.Value:
    return tree.Tuple(NO_SPAN, tuple(map(value, _some(given)))) if isinstance(given, tuple) else value(given)


def _range(given: range) -> tree.Range:
    if given.step != 1 or not given:
        raise ValueError(f"a range runs upwards by one, over one value at least, found {given!r}")
    return tree.Range(NO_SPAN, _number(given[0]), _number(given[-1]))

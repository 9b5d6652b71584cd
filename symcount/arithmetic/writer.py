"""Prints a written term in a notation, by name or by value.

By name, ``(k^2*c + 1)*f``; by value, each name of the rule replaced by what it stands for,
``(5*5*1 + 1)*32``, where a value that is itself a calculation is put in parentheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from itertools import groupby

from symcount.arithmetic.notation import TEXT, Notation
from symcount.arithmetic.terms import (
    CeilDiv,
    Difference,
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Named,
    Power,
    Product,
    Ratio,
    Remainder,
    Size,
    Sum,
    Symbol,
)


class _Binding(IntEnum):
    """How tightly a piece of text holds together."""

    SUM = 1
    PRODUCT = 2
    POWER = 3
    ATOM = 4


_Written = tuple[str, _Binding]
_Leaf = Callable[[Named], Size | str]


def by_name(size: Size, notation: Notation = TEXT, letters: dict[str, str] | None = None) -> str:
    """Write a rule in its letters; ``letters`` renames them.

    >>> k, c = Named("k", 5), Named("c", 1)
    >>> by_name((k * k * c + 1) * 32)
    '(k^2*c + 1)*32'
    >>> by_name((k * k * c + 1) * 32, letters={"c": "l"})
    '(k^2*l + 1)*32'
    """
    return _by_name(notation, letters or {}).text(size)


def by_value(size: Size, notation: Notation = TEXT) -> str:
    """Write a rule with the value of each of its letters.

    >>> k, c = Named("k", 5), Named("c", 1)
    >>> by_value((k * k * c + 1) * 32)
    '(5*5*1 + 1)*32'
    """
    return _by_value(notation).text(size)


def addends_by_name(size: Size, notation: Notation = TEXT, letters: dict[str, str] | None = None) -> list[str]:
    """Write a rule in its letters, term by term, each but the first with its sign.

    >>> addends_by_name(Sum((Named("n", 28), -5)))
    ['n', ' - 5']
    """
    return _by_name(notation, letters or {}).addends(size)


def addends_by_value(size: Size, notation: Notation = TEXT) -> list[str]:
    """Write a rule with the value of each of its letters, term by term, each but the first with its sign.

    >>> addends_by_value(Named("n", 28) + 1)
    ['28', ' + 1']
    """
    return _by_value(notation).addends(size)


def _by_name(notation: Notation, letters: Mapping[str, str]) -> _Writer:
    return _Writer(notation, lambda named: notation.name(letters.get(named.name, named.name)))


def _by_value(notation: Notation) -> _Writer:
    names = _Writer(notation, lambda named: notation.name(named.name))
    return _Writer(notation, lambda named: named.value, names)


class _Writer:
    def __init__(self, notation: Notation, leaf: _Leaf, inner: _Writer | None = None) -> None:
        self.notation = notation
        self.leaf = leaf
        self.inner = inner or self

    def text(self, size: Size) -> str:
        return self.written(size)[0]

    def written(self, size: Size) -> _Written:
        signs = self.notation
        match size:
            case int():
                return self._integer(size)
            case Symbol(name):
                return signs.name(name), _Binding.ATOM
            case Named():
                value = self.leaf(size)
                return (value, _Binding.ATOM) if isinstance(value, str) else self.inner.written(value)
            case Sum(terms):
                return self._sum(terms), _Binding.SUM
            case Difference(left, right):
                return self._difference(left, right), _Binding.SUM
            case Product(factors):
                return self._product(factors)
            case Power(base, exponent):
                return self._power(self._at(base, _Binding.ATOM), exponent), _Binding.POWER
            case Ratio(above, below):
                # a fraction without a bar reads as a product does
                atom = signs.stacked or signs.ratio.startswith("(")
                return self._over(signs.ratio, above, below), _Binding.ATOM if atom else _Binding.PRODUCT
            case FloorDiv(above, below):
                return self._over(signs.floor, above, below), _Binding.ATOM
            case CeilDiv(above, below):
                return self._over(signs.ceiling, above, below), _Binding.ATOM
            case Remainder(above, below):
                atom = signs.remainder.startswith("(")
                text = signs.remainder.format(self._at(above, _Binding.POWER), self._at(below, _Binding.POWER))
                return text, _Binding.ATOM if atom else _Binding.SUM
            case Min(terms):
                return signs.minimum.format(self._list(terms)), _Binding.ATOM
            case Max(terms):
                return signs.maximum.format(self._list(terms)), _Binding.ATOM
            case IndexedSum():
                return self._summation(size)
            case _:
                raise TypeError(f"{size!r} is not written arithmetic")

    def _at(self, size: Size, least: _Binding) -> str:
        """The text, in parentheses where it holds together less tightly than asked."""
        text, binding = self.written(size)
        return text if binding >= least else self.notation.group.format(text)

    def _integer(self, number: int) -> _Written:
        if number < 0:
            return self.notation.negative + self.notation.integer(-number), _Binding.SUM
        return self.notation.integer(number), _Binding.ATOM

    def _sum(self, terms: Iterable[Size]) -> str:
        first, *rest = terms
        return self.text(first) + "".join(map(self._added, rest))

    def addends(self, size: Size) -> list[str]:
        terms = size.terms if isinstance(size, Sum) and size.terms else (size,)
        return [self.text(terms[0]), *map(self._added, terms[1:])]

    def _added(self, term: Size) -> str:
        """A further term of a sum, with its sign."""
        positive = _negated(term)
        if positive is None:
            return self.notation.plus + self.text(term)
        return self.notation.minus + self._at(positive, _Binding.PRODUCT)

    def _difference(self, left: Size, right: Size) -> str:
        return self.text(left) + self.notation.minus + self._at(right, _Binding.PRODUCT)

    def _product(self, factors: tuple[Size, ...]) -> _Written:
        signs = self.notation
        positive = _negated(Product(factors))
        if positive is not None:
            return signs.negative + self._at(positive, _Binding.PRODUCT), _Binding.SUM
        texts: list[str] = []
        for (text, binding), run in groupby(self.written(factor) for factor in factors):
            times = len(list(run))
            shown = text if binding >= _Binding.PRODUCT else signs.group.format(text)
            if times > 1 and not signs.leading_digit.match(text) and binding in (_Binding.ATOM, _Binding.SUM):
                texts.append(self._raised(shown, times))
            else:
                texts += [shown] * times
        joined = texts[0]
        for text in texts[1:]:
            joined += (signs.times_before_digit if signs.leading_digit.match(text) else signs.times) + text
        return joined, _Binding.PRODUCT

    def _raised(self, base: str, exponent: int) -> str:
        signs = self.notation
        if signs.superscripts:
            return base + str(exponent).translate(signs.superscripts)
        return signs.power.format(base, signs.integer(exponent))

    def _power(self, base: str, exponent: Size) -> str:
        if isinstance(exponent, int) and exponent >= 0:
            return self._raised(base, exponent)
        # a superscript needs no parentheses of its own where the notation brings braces or brackets
        braced = not self.notation.power.endswith("{}")
        return self.notation.power.format(base, self.text(exponent) if braced else self._at(exponent, _Binding.ATOM))

    def _summation(self, size: IndexedSum) -> _Written:
        signs = self.notation
        is_open = signs.summation.endswith("{term}")
        tight = is_open and not isinstance(size.term, IndexedSum)
        text = signs.summation.format(
            index=signs.name(size.index.name),
            first=self.text(size.first),
            last=self.text(size.last) if is_open else self._at(size.last, _Binding.ATOM),
            term=self._at(size.term, _Binding.PRODUCT) if tight else self.text(size.term),
        )
        return text, _Binding.SUM if is_open else _Binding.ATOM

    def _over(self, template: str, above: Size, below: Size) -> str:
        if self.notation.stacked:
            return template.format(self.text(above), self.text(below))
        return template.format(self._at(above, _Binding.PRODUCT), self._at(below, _Binding.POWER))

    def _list(self, terms: Iterable[Size]) -> str:
        return self.notation.comma.join(self.text(term) for term in terms)


def _negated(term: Size) -> Size | None:
    """The term without its leading minus, or None where it has none."""
    match term:
        case int() if term < 0:
            return -term
        case Product((int() as first, *rest)) if first < 0:
            factors = tuple(rest) if first == -1 else (-first, *rest)
            return factors[0] if len(factors) == 1 else Product(factors)
        case _:
            return None

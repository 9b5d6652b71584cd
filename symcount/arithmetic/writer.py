"""Prints a written term in a notation, by name or by value.

By name, ``(k^2*c + 1)*f``; by value, each name of the rule replaced by what it stands for,
``(5*5*1 + 1)*32``, where a value that is itself a calculation is put in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, repeat

from symcount.arithmetic.notation import TEXT, Notation
from symcount.arithmetic.notation.notation import Binding, Form
from symcount.arithmetic.terms import (
    Bracket,
    CeilDiv,
    Difference,
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Named,
    Power,
    Product,
    Quotient,
    Ratio,
    Remainder,
    Size,
    Sum,
    Symbol,
)
from symcount.arithmetic.traversal import substitute

_INDICES = ("i", "j", "l", "r")
"""Letters for the index of a sum whose own name no text can write."""

_Written = tuple[str, Binding]
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
                return signs.name(name), Binding.ATOM
            case Named():
                value = self.leaf(size)
                return (value, Binding.ATOM) if isinstance(value, str) else self.inner.written(value)
            case Sum(terms):
                return self._sum(terms), Binding.SUM
            case Difference(left, right):
                return self._difference(left, right), Binding.SUM
            case Product(factors):
                return self._product(factors)
            case Power(base, exponent):
                return self._power(base, exponent)
            case Ratio(above, below):
                return self._ratio(size, above, below)
            case FloorDiv(above, 1):
                return self._formed(signs.floor_of_sum, above)
            case CeilDiv(above, 1):
                return self._formed(signs.ceiling_of_sum, above)
            case FloorDiv(above, int(below)) if signs.shifted and _is_power_of_two(below):
                return self._formed(signs.shifted, above, below.bit_length() - 1)
            case CeilDiv(above, int(below)) if signs.shifted_up and _is_power_of_two(below):
                return self._formed(signs.shifted_up, above, below.bit_length() - 1)
            case FloorDiv(above, below):
                return self._formed(signs.floor, above, below)
            case CeilDiv(above, below):
                return self._formed(signs.ceiling, above, below)
            case Remainder(above, below):
                return self._formed(signs.remainder, above, below)
            case Min(terms):
                return self._list(signs.minimum, terms)
            case Max(terms):
                return self._list(signs.maximum, terms)
            case Bracket(left, sign, right):
                return self._formed(signs.brackets[sign], left, right)
            case IndexedSum(index, first, last, term):
                shown = self._index(size)
                if shown != index:
                    term = substitute(term, lambda letter: shown if letter == index else letter)
                return self._formed(signs.summation, shown, first, last, term)
            case _:
                raise TypeError(f"{size!r} is not written arithmetic")

    def _index(self, size: IndexedSum) -> Symbol:
        """The index of a sum; for one that no text can write, a letter that is not in the sum."""
        name = size.index.name.rstrip("'")
        if name == size.index.name:
            return size.index
        inside = " ".join(self.text(part) for part in (size.first, size.last, size.term))
        letters = (name, *_INDICES, *(f"{name}_{i}" for i in range(len(inside))))
        return next(Symbol(each) for each in letters if not _stands_in(self.notation.name(each), inside))

    def _at(self, size: Size, least: Binding) -> str:
        """Written arithmetic as text, in parentheses where it binds less tightly than its place needs."""
        text, binding = self.written(size)
        return text if binding >= least else self.notation.group(text)

    def _integer(self, number: int) -> _Written:
        if number < 0:
            return self.notation.negative + self.notation.integer(-number), Binding.SUM
        return self.notation.integer(number), Binding.ATOM

    def _sum(self, terms: Iterable[Size]) -> str:
        first, *rest = terms
        return self.text(first) + "".join(map(self._added, rest))

    def addends(self, size: Size) -> list[str]:
        terms = size.terms if isinstance(size, Sum) and size.terms else (size,)
        return [self.text(terms[0]), *map(self._added, terms[1:])]

    def _added(self, term: Size) -> str:
        """A further term of a sum, with its sign, which may be that of the value that stands for a name."""
        seen = self.leaf(term) if isinstance(term, Named) else term
        writer = self.inner if isinstance(term, Named) else self
        positive = None if isinstance(seen, str) else _negated(seen)
        if positive is None:
            return self.notation.plus + self.text(term)
        return self.notation.minus + writer._at(positive, Binding.PRODUCT)

    def _difference(self, left: Size, right: Size) -> str:
        return self.text(left) + self.notation.minus + self._at(right, Binding.PRODUCT)

    def _product(self, factors: tuple[Size, ...]) -> _Written:
        signs = self.notation
        positive = _negated(Product(factors))
        if positive is not None:
            return signs.negative + self._at(positive, Binding.PRODUCT), Binding.SUM
        return self._side_by_side([*self._factors(factors)]), Binding.PRODUCT

    def _factors(self, factors: Iterable[Size]) -> Iterator[str]:
        """Factors as they stand in a product, equal ones that follow each other as a power."""
        signs = self.notation
        for (text, binding), run in groupby(self.written(factor) for factor in factors):
            times = len(list(run))
            shown = text if binding >= Binding.PRODUCT else signs.group(text)
            is_raised = times > signs.repeats and times > 1 and binding not in (Binding.PRODUCT, Binding.POWER)
            if is_raised and not signs.leading_digit.match(text):
                yield self._raised(shown, times)
            else:
                yield from repeat(shown, times)

    def _side_by_side(self, factors: Sequence[str]) -> str:
        """Factors in a row, with a sign between two that would not be told apart without one."""
        signs = self.notation
        joined = factors[0]
        for before, text in pairwise(factors):
            runs_on = signs.whole_word.match(before) or signs.whole_word.match(text)
            joined += (signs.times_apart if runs_on or signs.leading_digit.match(text) else signs.times) + text
        return joined

    def _raised(self, base: str, exponent: int) -> str:
        signs = self.notation
        if signs.superscripts:
            return base + str(exponent).translate(signs.superscripts)
        return signs.power.template.format(base, signs.integer(exponent))

    def _power(self, base: Size, exponent: Size) -> _Written:
        form = self.notation.power
        if isinstance(exponent, int) and 1 < exponent <= self.notation.repeats:
            return self._side_by_side([self._at(base, Binding.ATOM)] * exponent), Binding.PRODUCT
        if isinstance(exponent, int) and exponent >= 0:
            return self._raised(self._at(base, form.places[0]), exponent), form.binds
        return self._formed(form, base, exponent)

    def _ratio(self, ratio: Ratio, above: Size, below: Size) -> _Written:
        """A fraction; that of a number before the rest, ``9/2 n``, where a notation has it so."""
        signs = self.notation
        match above, below:
            case Product((int() as number, *rest)), int() if isinstance(ratio, Quotient) and number > 1:
                if signs.coefficient_apart:
                    coefficient, _ = self._formed(signs.ratio, number, below)
                    return self._side_by_side([coefficient, *self._factors(rest)]), Binding.PRODUCT
        return self._formed(signs.ratio, above, below)

    def _formed(self, form: Form, *sizes: Size) -> _Written:
        places = (self._at(size, least) for size, least in zip(sizes, form.places, strict=True))
        return form.template.format(*places), form.binds

    def _list(self, form: Form, terms: Iterable[Size]) -> _Written:
        [least] = form.places
        listed = self.notation.comma.join(self._at(term, least) for term in terms)
        return form.template.format(self.notation.group(listed)), form.binds


def _stands_in(letter: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(letter)}(?![\w'])", text) is not None


def _is_power_of_two(number: int) -> bool:
    return number > 0 and not number & (number - 1)


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

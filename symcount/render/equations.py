"""Equations in a medium: chains of sides, broken into lines where they are too wide for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce

from symcount.arithmetic import Difference, Named, Size, Sum, addends_by_name, addends_by_value, by_value
from symcount.arithmetic.notation import Notation
from symcount.derivation import Equation, Worked
from symcount.records import record

Addends = Callable[[Notation], list[str]]
"""A side of an equation in a notation, term by term."""


@record
class Signs:
    """A notation, and plain text with the same names, which is measured for how wide it is to the eye."""

    notation: Notation
    plain: Notation
    width: Callable[[str], int] = len


@record
class Side:
    """One side of an equation: its terms as written in a medium, and how wide each is to the eye."""

    terms: tuple[str, ...]
    widths: tuple[int, ...]

    @property
    def text(self) -> str:
        """The side in one line."""
        return "".join(self.terms)

    @property
    def width(self) -> int:
        """How wide it is in one line."""
        return sum(self.widths)

    @classmethod
    def of(cls, addends: Addends, signs: Signs) -> Side:
        """Return a side as it looks in a notation."""
        seen = addends(signs.plain)
        return cls(
            tuple(seen if signs.notation is signs.plain else addends(signs.notation)), tuple(map(signs.width, seen))
        )


def sides(equation: Equation, signs: Signs, letters: Mapping[str, str], widest: int) -> list[Side]:
    """Return the sides of a step: its name, the rule by name and by value, the result; none twice.

    A side that fits no line is left out where another does.
    """
    renamed = dict(letters)
    name = renamed.get(equation.letter, equation.letter) if equation.name is None else equation.name.name
    result = equation.result
    found = [Side.of(lambda notation: [notation.name(name)], signs)] if name else []
    found.append(Side.of(lambda notation: addends_by_name(equation.rule, notation, renamed), signs))
    found.append(Side.of(lambda notation: addends_by_value(equation.rule, notation), signs))
    found.append(Side.of(lambda notation: addends_by_name(result, notation), signs))
    found = [side for side in found if max(side.widths) <= widest] or found
    return [side for i, side in enumerate(found) if i == 0 or side.text != found[i - 1].text]


def addition(layers: Sequence[Worked], signs: Signs) -> Side:
    """Return the sum of one term a layer: a number, or the layer's rule by value, with its name below."""

    def terms(notation: Notation) -> list[str]:
        shown = (notation.under.format(_term(layer, notation), notation.word(layer.name)) for layer in layers)
        return [text if i == 0 else notation.plus + text for i, text in enumerate(shown)]

    def seen(notation: Notation) -> list[str]:
        return [f" + {_term(layer, notation)}" for layer in layers]

    return Side(tuple(terms(signs.notation)), tuple(map(len, seen(signs.plain))))


def _term(layer: Worked, notation: Notation) -> str:
    assert layer.amount is not None
    if isinstance(layer.amount.result, int):
        return notation.integer(layer.amount.result)
    rule = layer.amount.rule
    while isinstance(rule, Named):
        rule = rule.value
    rule_by_value = by_value(layer.amount.rule, notation)
    return notation.group(rule_by_value) if isinstance(rule, Sum | Difference) else rule_by_value


def word(text: str, notation: Notation) -> Side:
    """Return a word as a side of an equation."""
    return Side((notation.word(text),), (len(text),))


def letter(size: Size, signs: Signs) -> Side:
    """Return a size as a side of its own."""
    return Side.of(lambda notation: addends_by_name(size, notation), signs)


def lines(chain: Sequence[Side], notation: Notation, widest: int) -> list[str]:
    """Set a chain of equal sides in lines that are not too wide; all but the first start with a sign."""
    return ["".join(line) for line in _lines(chain, notation, widest)]


def _lines(chain: Sequence[Side], notation: Notation, widest: int) -> Iterator[list[str]]:
    line: list[str] = []
    room = widest
    for i, side in enumerate(chain):
        pieces = (
            [(side.text, side.width)] if side.width + 3 <= widest else list(zip(side.terms, side.widths, strict=True))
        )
        for j, (text, width) in enumerate(pieces):
            shown = notation.equals.format("", text) if i and not j else text
            too_wide = width + 3 > room or (i > 1 and not j and side.width + 3 > room)
            if line and too_wide:
                yield line
                line, room = [], widest
            line.append(shown)
            room -= width + (3 if i and not j else 0)
    if line:
        yield line


def bounded(left: Side, right: Side, notation: Notation, widest: int) -> list[str]:
    """Set a condition, the left side at least the right one, in lines that are not too wide."""
    first, *rest = lines([right], notation, widest - left.width)
    return [notation.at_least.format(left.text, first), *rest]


def joined(chain: Iterable[str], notation: Notation) -> str:
    """Return equal sides in one line."""
    return reduce(notation.equals.format, chain)

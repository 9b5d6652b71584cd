"""What languages have in common: names that they do not keep for themselves, what is required, quotients at sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from symcount.answers.code import Code, Requirement
from symcount.arithmetic import (
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Power,
    Quotient,
    Remainder,
    Size,
    all_parts,
    by_name,
    lowest,
    magnitude,
    rebuilt,
)
from symcount.arithmetic.notation import Notation, called
from symcount.errors import ArchitectureError
from symcount.records import record

LARGEST_INT64 = 2**63 - 1


@record
class Language:
    """A language: its notation, how requirements are joined and excepted, and the names that it keeps for itself.

    ``truncates`` says that its division of what is not negative rounds down, so that it needs no help there.
    """

    name: str
    notation: Notation
    conjunction: str
    unless: str
    reserved: frozenset[str]
    truncates: bool = False

    def names(self, code: Code) -> dict[str, str]:
        """Return what each symbol of a formula is called: itself, or with a line behind it where that is taken."""
        names: dict[str, str] = {}
        for symbol in code.least:
            name = symbol
            while name in self.reserved or name in names.values() or (name != symbol and name in code.least):
                name += "_"
            names[symbol] = name
        return names

    def writer(self, code: Code, names: dict[str, str]) -> Writer:
        """Return what writes the sizes of a formula under these names."""
        return Writer(self, called(self.notation, names), code.lows)


@record
class Writer:
    """Writes sizes and requirements of one formula; ``lows`` are what its symbols are never below."""

    language: Language
    notation: Notation
    lows: dict[str, int]

    def size(self, size: Size) -> str:
        """Write a size."""
        text = by_name(self._told(size), self.notation)
        return text[1:-1] if is_wrapped(text) else text

    def requirement(self, each: Requirement) -> str:
        """Write what must hold."""
        notation = self.notation
        left, right = self.size(each.left), self.size(each.right)
        if each.sign == ">=":
            text = notation.at_least.format(left, right)
        elif each.sign == "==":
            text = notation.equals.format(left, right)
        else:
            text = notation.divides.format(left, right, by_name(Remainder(each.right, each.left), notation))
        if not each.where:
            return text
        return self.language.unless.format(text, self.language.conjunction.join(map(self.requirement, each.where)))

    def conditions(self, code: Code, names: Mapping[str, str]) -> Iterator[str]:
        """Yield what must hold: the least value of each symbol, then what the network requires, each once."""
        own = {name: self._at_least(names[name], least) for name, least in code.least.items()}
        yield from (own[name] for name, least in code.least.items() if code.lows[name] == least)
        yield from (text for text in map(self.requirement, code.requirements) if text not in own.values())

    def _at_least(self, name: str, least: int) -> str:
        return self.notation.at_least.format(name, self.notation.integer(least))

    def _told(self, size: Size) -> Size:
        """The size with minima of two, and plain quotients where a division that truncates rounds down."""

        def told(part: Size) -> Size:
            match part:
                case Min((first, *rest)) | Max((first, *rest)) if len(rest) > 1:
                    return type(part)((first, told(type(part)(tuple(rest)))))
                case FloorDiv(above, below) if self.language.truncates and below != 1:
                    low, least = lowest(above, self.lows), lowest(below, self.lows)
                    is_plain = low is not None and low >= 0 and least is not None and least > 0
                    return Quotient(above, below) if is_plain else part
                case _:
                    return part

        return rebuilt(size, told)


def bound(code: Code, letter: Callable[[str], Size]) -> Size:
    """Return what no number on the way to any result exceeds."""
    return sum((magnitude(each, letter) for each in code.every_size), start=0)


def refuse_sums(code: Code, language: str) -> None:
    """Refuse sums over an index where a language has no loop in an expression."""
    if any(isinstance(part, IndexedSum) for size in code.every_size for part in all_parts(size)):
        message = f"this formula has a sum over an index, which {language} does not write"
        raise ArchitectureError("bad-form", message, hint="give the count that it runs to a number, or ask for python")


def refuse_powers(code: Code, language: str) -> None:
    """Refuse powers with an open exponent where a language has none that are exact."""
    for size in code.every_size:
        for part in all_parts(size):
            if isinstance(part, Power) and not isinstance(part.exponent, int):
                message = f"this formula has a power with an open exponent, and {language} has none that are exact"
                raise ArchitectureError("bad-form", message, hint="give the exponent a number, or ask for python")


def refuse_several(code: Code, language: str) -> None:
    """Refuse a shape where a language returns one number."""
    if not code.is_number:
        message = f"{code.words} is several numbers, and code in {language} returns one"
        raise ArchitectureError("bad-form", message, hint="ask for python, numpy or javascript")


def refuse_large(code: Code, largest: int, type_: str) -> None:
    """Refuse a formula that no input keeps within a type of numbers."""
    most = bound(code, lambda name: max(1, code.lows[name]))
    if isinstance(most, int) and most > largest:
        message = f"even for the smallest sizes a number on the way may be larger than {type_} hold"
        raise ArchitectureError("limit", message, hint="ask for python or javascript, whose numbers have no end")


def title(code: Code) -> str:
    """Return what is said above code: what it gives, and of which network."""
    return f"The {code.words} of {code.title}, by the convention {code.convention}."


def tuple_of(words: Iterable[str]) -> str:
    """Return words as a tuple in Python.

    >>> tuple_of(["n"])
    '(n,)'
    """
    listed = [*words]
    return f"({', '.join(listed)}{',' * (len(listed) == 1)})"


def is_wrapped(text: str) -> bool:
    """Whether one pair of parentheses encloses a whole text."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place == len(text) - 1 and text.startswith("(")
    return False

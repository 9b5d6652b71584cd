"""`Variant`: one question with values for its symbols: what is asked, the key, and the answers that mistakes give."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcount.arithmetic import Size
from symcount.counts import Count
from symcount.exam.questions import UNITS, Question
from symcount.exam.spoiled import Answer, Made
from symcount.records import record

_PLACES = 2
"""The decimals of a size that is told in a unit of bytes."""

THIN = "\u202f"
"""A narrow space, which parts digits in every language."""


@record
class Option:
    """One answer: as it is shown and as a machine takes it, whether it is right, and the mistakes that give it.

    ``answer`` is what it is where it is a number or a shape, ``formula`` where it is a formula.
    """

    shown: str
    plain: str
    is_right: bool = False
    made: tuple[Made, ...] = ()
    answer: Answer = ()
    formula: Size | None = None


@record
class Sheet:
    """The variants of all questions for one student; the code makes them again."""

    student: int
    code: str
    variants: tuple[Variant, ...]


@record
class Variant:
    """One question with values for its symbols.

    ``code`` makes it again, ``line`` is the network in numbers, ``key`` the right answer. ``options`` are those of a
    choice, the right one among them; ``known`` the wrong answers to an open question that a single mistake gives.
    ``solved`` is the network with the value that was asked for, where one was.
    """

    question: Question
    code: str
    values: Mapping[str, int]
    count: Count
    other: Count | None
    key: Option
    options: tuple[Option, ...] = ()
    known: tuple[Option, ...] = ()
    target: str = ""
    solved: Count | None = None

    @property
    def solutions(self) -> tuple[Count, ...]:
        """The networks that a solution works out."""
        return tuple(each for each in (self.solved or self.count, self.other) if each is not None)

    @property
    def is_choice(self) -> bool:
        """Whether one of several options is the answer."""
        return bool(self.options)

    @property
    def place(self) -> int:
        """The place of the right option, from 0."""
        return next(place for place, each in enumerate(self.options) if each.is_right)

    @property
    def letter(self) -> str:
        """The letter of the right option; nothing where none is offered."""
        return letter(self.place) if self.options else ""

    @property
    def line(self) -> str:
        """The network, in numbers."""
        return self.count.text


def letter(place: int) -> str:
    """Return the letter of an option.

    >>> letter(0), letter(3)
    ('A', 'D')
    """
    return chr(ord("A") + place)


def grouped(number: int) -> str:
    """Return a number with its digits in threes: a narrow space is read alike in every language.

    >>> grouped(832), len(grouped(217706))
    ('832', 7)
    """
    return f"{number:,}".replace(",", THIN)


def in_unit(amount: int, unit: str) -> Fraction:
    """Return bytes in a unit.

    >>> in_unit(3 * 2**19, "MiB")
    Fraction(3, 2)
    """
    return Fraction(amount, UNITS[unit]) if unit else Fraction(amount)


def decimal(amount: Fraction) -> str:
    """Return a number rounded to two decimals, half up; a whole one without any.

    >>> decimal(Fraction(3, 2)), decimal(Fraction(2, 3)), decimal(Fraction(4))
    ('1.50', '0.67', '4')
    """
    if amount.denominator == 1:
        return str(amount.numerator)
    scaled = (2 * amount.numerator * 10**_PLACES + amount.denominator) // (2 * amount.denominator)
    whole, rest = divmod(scaled, 10**_PLACES)
    return f"{whole}.{rest:0{_PLACES}}"


def option(question: Question, answer: Answer, *, made: tuple[Made, ...] = (), is_right: bool = False) -> Option:
    """Return an answer that is a number or a shape as an option."""
    if len(answer) > 1:
        return Option("×".join(map(str, answer)), "x".join(map(str, answer)), is_right, made, answer)
    if question.unit:
        shown = decimal(in_unit(answer[0], question.unit))
        return Option(f"{shown}{THIN}{question.unit}", shown, is_right, made, answer)
    return Option(grouped(answer[0]), str(answer[0]), is_right, made, answer)

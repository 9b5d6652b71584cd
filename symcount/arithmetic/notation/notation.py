"""`Notation`: a table of templates and signs with which written arithmetic is printed, one for each medium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum

from symcount.arithmetic.notation.names import name_parts
from symcount.records import record, replace


class Binding(IntEnum):
    """How tightly a piece of text holds together, the loosest first.

    A summation takes in the product after it, and ends at the next sign of a sum.
    """

    SUM = 1
    SUMMATION = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5


SUM, SUMMATION, PRODUCT, POWER, ATOM = Binding


@record
class Form:
    """How an operation is written: a template, how tightly that holds together, and what each place asks for.

    What holds together less tightly than its place asks for stands there in parentheses; a place that
    asks for a `SUM` takes anything as it is.
    """

    template: str
    binds: Binding
    places: tuple[Binding, ...]


def comparisons(template: str, signs: Mapping[str, str]) -> dict[str, Form]:
    """Return how each comparison is written in a bracket, from one template with a place for its sign.

    >>> comparisons("[{{}} {} {{}}]", {"<=": "≤"})["<="].template
    '[{} ≤ {}]'
    """
    return {sign: Form(template.format(shown), ATOM, (SUM, SUM)) for sign, shown in signs.items()}


@record
class Notation:
    """The signs of one medium.

    ``divides`` takes the divisor, the dividend, and what is left of the one by the other.
    ``group`` puts parentheses around a piece. ``minimum`` and ``maximum`` have one place, for a list in
    parentheses with ``comma`` in it; ``summation`` has those of the index, the first value, the last one
    and the term. ``floor_of_sum`` and ``ceiling_of_sum`` round what is no single quotient; ``brackets`` are
    comparisons, by their signs in the language. ``times_apart`` is the product sign before a factor that starts with
    a digit, which ``leading_digit`` matches, and beside a name that is a whole word, which ``whole_word`` matches;
    ``times`` is the one between any others. ``coefficient_apart`` says that a fraction of a number stands before
    what it multiplies. ``superscripts`` translates the exponents that need no ``power``. ``word`` sets plain
    words among mathematics, ``verbatim`` a name letter by letter, and ``under`` a word below a part of it.
    A power of at most ``repeats`` is written as a product. Where a notation writes a floor or a ceiling of a division
    by a power of two apart, ``shifted`` and ``shifted_up`` take its exponent.
    ``thousands`` are the signs that can part the digits of a number.
    """

    name: Callable[[str], str]
    integer: Callable[[int | str], str]
    plus: str
    minus: str
    negative: str
    times: str
    times_apart: str
    power: Form
    group: Callable[[str], str]
    ratio: Form
    floor: Form
    floor_of_sum: Form
    ceiling: Form
    ceiling_of_sum: Form
    remainder: Form
    minimum: Form
    maximum: Form
    summation: Form
    brackets: Mapping[str, Form]
    comma: str
    by: str
    at_least: str
    at_most: str
    divides: str
    equals: str
    word: Callable[[str], str] = str
    verbatim: Callable[[str], str] = str
    under: str = "{0}"
    leading_digit: re.Pattern[str] = re.compile(r"\d")
    whole_word: re.Pattern[str] = re.compile(r"(?!)")
    coefficient_apart: bool = False
    to: str = " → "
    superscripts: Mapping[int, int] = {}
    repeats: int = 0
    shifted: Form | None = None
    shifted_up: Form | None = None
    thousands: Mapping[str, str] = {"space": "\u202f", "comma": ","}


def told_apart(notation: Notation, names: Iterable[str]) -> Notation:
    """Return a notation in which none of these names looks like another: one that would is written letter by letter.

    >>> from symcount.arithmetic.notation import UNICODE
    >>> signs = told_apart(UNICODE, ["f1", "f_1", "g1"])
    >>> signs.name("f1"), signs.name("f_1"), signs.name("g1")
    ('f1', 'f₁', 'g₁')
    """
    looks: dict[str, str] = {}
    apart: dict[str, str] = {}
    # a name that writes its index as such keeps it
    for name in sorted(dict.fromkeys(names), key=lambda name: "_".join(name_parts(name)) != name):
        if looks.setdefault(notation.name(name), name) != name:
            apart[name] = notation.verbatim(name)
    if not apart:
        return notation
    return replace(notation, name=lambda name: apart[name] if name in apart else notation.name(name))


def called(notation: Notation, names: Mapping[str, str]) -> Notation:
    """Return a notation in which names are called otherwise."""
    return replace(notation, name=lambda name: notation.name(names.get(name, name)))


def grouped(notation: Notation, sign: str) -> Notation:
    """Return a notation whose numbers have their digits parted by threes, by ``space`` or ``comma``.

    >>> from symcount.arithmetic.notation import LATEX
    >>> grouped(LATEX, "comma").integer(217706)
    '217{,}706'
    """
    between = notation.thousands[sign]
    return replace(notation, integer=lambda number: notation.integer(f"{number:,}".replace(",", between)))

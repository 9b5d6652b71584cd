"""How arithmetic looks in a medium: one table of templates for each, no code in the writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from symcount.records import record, replace


@record
class Notation:
    """The signs of one medium.

    ``stacked`` says that a division is drawn with a bar, so that its parts need no parentheses.
    ``divides`` takes the divisor, the dividend, and what is left of the one by the other.
    ``summation`` ends with the term where nothing else closes it.
    ``times_before_digit`` is the product sign before a factor that starts with a digit, and
    ``times`` the one before any other; ``leading_digit`` matches a factor that does. ``superscripts``
    translates the exponents that need no ``power``. ``word`` sets plain words among mathematics, and
    ``under`` a word below a part of it. ``thousands`` are the signs that can part the digits of a number.
    """

    name: Callable[[str], str]
    integer: Callable[[int | str], str]
    plus: str
    minus: str
    negative: str
    times: str
    times_before_digit: str
    power: str
    group: str
    ratio: str
    floor: str
    ceiling: str
    remainder: str
    minimum: str
    maximum: str
    summation: str
    comma: str
    by: str
    at_least: str
    divides: str
    equals: str
    stacked: bool
    word: Callable[[str], str] = str
    under: str = "{0}"
    leading_digit: re.Pattern[str] = re.compile(r"\d")
    to: str = " → "
    superscripts: Mapping[int, int] = {}
    thousands: Mapping[str, str] = {"space": "\u202f", "comma": ","}


def grouped(notation: Notation, sign: str) -> Notation:
    """Return a notation whose numbers have their digits parted by threes, by ``space`` or ``comma``.

    >>> from symcount.arithmetic.notation import LATEX
    >>> grouped(LATEX, "comma").integer(217706)
    '217{,}706'
    """
    between = notation.thousands[sign]
    return replace(notation, integer=lambda number: notation.integer(f"{number:,}".replace(",", between)))

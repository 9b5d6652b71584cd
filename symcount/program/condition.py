"""Conditions as people write them: ``n % 32 == 0``, ``64 <= n <= 224``, ``k odd``, ``h divides d``, ``macs <= 3e8``.

Each becomes two expressions of the language and what is said between them; budgets are exact whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction

from symcount.errors import ArchitectureError
from symcount.records import record
from symcount.syntax import parse, tree

DIVIDES = "divides"
"""What stands between a divisor and what it divides, beside the signs of comparison."""


@record
class Condition:
    """Two expressions, and a sign of comparison, or ``divides``, between them; ``given`` is the text."""

    left: tree.Value
    sign: str
    right: tree.Value
    given: str


def conditions(given: str, names: Collection[str] = ()) -> tuple[Condition, ...]:
    """Read conditions joined by ``and`` or a comma; ``names`` with a dash in them, as quantities have, are read as one.

    >>> [(each.sign, each.given) for each in conditions("1 < n <= 1.5k and n odd")]
    [('<', '1 < n <= 1.5k'), ('<=', '1 < n <= 1.5k'), ('divides', 'n odd')]
    """
    return tuple(each for part in _parts(given) for each in _read(part, names))


def expression(given: str, names: Collection[str] = ()) -> tree.Value:
    """Read one expression, such as ``12*N*d^2`` or ``1.2B``."""
    return _side(given, given, names)


def _parts(given: str) -> Iterator[str]:
    depth, last = 0, 0
    for found in re.finditer(r"[(\[]|[)\]]|,|\band\b", given):
        depth += (found[0] in "([") - (found[0] in ")]")
        if not depth and found[0] in (",", "and"):
            yield given[last : found.start()]
            last = found.end()
    yield given[last:]


_WORDS = (
    (re.compile(r"(.+?)\s+(?:is\s+)?odd"), "2 {0}-1"),
    (re.compile(r"(.+?)\s+(?:is\s+)?even"), "2 {0}"),
    (re.compile(r"(.+?)\s+divides\s+(.+)"), "{0} {1}"),
    (re.compile(r"(.+?)\s+(?:is\s+)?(?:divisible by|a multiple of)\s+(.+)"), "{1} {0}"),
)
"""What is said in words, with its divisor and its dividend."""

_SIGNS = re.compile(r"<=|>=|==|!=|≤|≥|≠|<|>|=")
_SPELLED = {"≤": "<=", "≥": ">=", "≠": "!=", "=": "=="}


def _read(given: str, names: Collection[str]) -> Iterator[Condition]:
    text = given.strip()
    for pattern, order in _WORDS:
        match = pattern.fullmatch(text)
        if match is not None:
            divisor, dividend = (each.format(*match.groups()) for each in order.split(" ", 1))
            yield Condition(_side(divisor, text, names), DIVIDES, _side(dividend, text, names), text)
            return
    signs = [_SPELLED.get(sign, sign) for sign in _SIGNS.findall(text)]
    sides = _SIGNS.split(text)
    if not signs or not all(map(str.strip, sides)):
        message = f"{text!r} is not a condition" if text else "a condition is missing"
        raise ArchitectureError(
            "bad-condition", message, hint="write 'n % 32 == 0', 'n >= 64', 'k odd' or 'h divides d'"
        )
    read = [_side(side, text, names) for side in sides]
    for left, sign, right in zip(read, signs, read[1:], strict=False):
        yield Condition(left, sign, right, text)


_LET = "let it="
_BUDGET = re.compile(r"(?<![\w.])([0-9][0-9_]*(?:\.[0-9]+)?)(?:[eE]\+?([0-9]{1,3})|([kKMBGT]))(?!\w)")
_THOUSANDS = {"k": 3, "K": 3, "M": 6, "B": 9, "G": 9, "T": 12}


def _side(side: str, whole: str, names: Collection[str]) -> tree.Value:
    """An expression of a condition; what is wrong with it is shown in the condition."""
    plain = _BUDGET.sub(_number, _without_dashes(side, names))
    try:
        program = parse(f"{_LET}{plain}")
    except ArchitectureError as error:
        message, hint = f"{side.strip()!r} cannot be read: {error.message}", error.hint
        raise ArchitectureError("bad-condition", message, hint=hint, source=whole) from None
    match program.statements:
        case (tree.Let(value=value),):
            return value
        case _:
            raise ArchitectureError("bad-condition", f"{side.strip()!r} is no size", source=whole)


def _without_dashes(side: str, names: Collection[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        if "-" in name:
            side = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", name.replace("-", "_"), side)
    return side


def _number(budget: re.Match[str]) -> str:
    """A budget as the whole number that it is: ``25.5M`` is 25500000."""
    exponent = int(budget[2]) if budget[2] else _THOUSANDS[budget[3]]
    number = Fraction(budget[1].replace("_", "")) * 10**exponent
    if number.denominator != 1:
        raise ArchitectureError("bad-condition", f"{budget[0]} is no whole number")
    return str(number.numerator)


def is_claim(word: str) -> bool:
    """Return whether a text is a claim, and no network: a sign of comparison stands outside of all brackets.

    >>> is_claim("macs <= 3e8"), is_claim("I(d)->[H(i)]*(i=1..N)-C(if(i>0,1,2),3,p=same)")
    (True, False)
    """
    outside = word.replace("->", "")
    while (inner := re.sub(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}", "", outside)) != outside:
        outside = inner
    return re.search(r"[<>≤≥≠]|==|!=|\s(odd|even|divides)\b", outside) is not None

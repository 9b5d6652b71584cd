"""Lets a caller choose the letters of the rules, and checks that every medium can print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from unicodedata import name

from symcount.arithmetic import Named, Size, Symbol, all_parts
from symcount.arithmetic.notation.names import name_parts
from symcount.errors import ArchitectureError, visible
from symcount.layers.layer import KINDS
from symcount.layers.letters import axis_letters


def renamed(letters: Mapping[str, str], used: Iterable[str]) -> dict[str, str]:
    """Return letters as names of the language; a letter of the rules whose place is taken moves out of the way.

    A Greek letter may be given as it is.

    >>> renamed({"k": "n", "c": "κ"}, ["n", "k", "c"])
    {'k': 'n', 'c': 'kappa', 'n': 'N'}
    """
    used = tuple(used)
    _check_known(letters, used)
    new = {old: _checked(letter) for old, letter in letters.items()}
    taken = set(new.values())
    if len(taken) < len(new):
        raise ArchitectureError("twice", "two letters would become the same one")
    kept = [letter for letter in dict.fromkeys(used) if letter not in new]
    for letter in kept:
        if letter in taken:
            others = chain((letter.upper(),), (f"{letter}_{number}" for number in count()))
            new[letter] = next(each for each in others if each not in taken.union(kept))
            taken.add(new[letter])
    return new


def _check_known(letters: Iterable[str], used: Iterable[str]) -> None:
    """Refuse a letter that stands in no rule, neither here nor elsewhere: a class has one list for all its networks."""
    unknown = next((letter for letter in letters if letter not in used and letter not in _every_letter()), None)
    if unknown is not None:
        message = f"no rule has a letter {visible(unknown)!r}"
        known = ", ".join(dict.fromkeys(used)) or "c, n, k, f"
        raise ArchitectureError("bad-letter", message, hint=f"the letters here are: {known}")


def _every_letter() -> set[str]:
    """The letters of arguments and shapes of every kind."""
    arguments = {each.letter for kind in KINDS.values() for each in kind.arguments.values()}
    axes = {letter for rank in (1, 2, 3) for letter in axis_letters(rank)}
    return {*arguments, *axes, *(f"m_{axis.removeprefix('n_')}" for axis in axes), "c", "n", "m"}


def giving_way(meanings: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the letters of rules that look like a name of the network, each with what stands in its place.

    >>> giving_way({"k": "its kernel", "n": "the size of its input", "f": "its filters"}, ["n", "f", "f_1"])
    {'n': 'n_in', 'f': 'F'}
    """
    looks = {name_parts(name) for name in names}
    clashing = [letter for letter in meanings if name_parts(letter) in looks]
    looks |= {name_parts(letter) for letter in meanings}
    new: dict[str, str] = {}
    for letter in clashing:
        ends = (end for end, words in _ENDS.items() if meanings[letter].endswith(words))
        others = chain((f"{letter}_{end}" for end in ends), (letter.upper(),), (f"{letter}_{at}" for at in count()))
        new[letter] = next(each for each in others if name_parts(each) not in looks)
        looks.add(name_parts(new[letter]))
    return new


_ENDS = {"in": "of its input", "out": "of its output"}
"""The index of a size that arrives or leaves, by how its meaning ends."""


def letters_in(rules: Iterable[Size]) -> Iterator[str]:
    """Yield the letters that rules are written in.

    >>> [*letters_in([Symbol("k") ** 2 * Named("c", 3) + 1])]
    ['k', 'c']
    """
    return (part.name for rule in rules for part in all_parts(rule) if isinstance(part, Named | Symbol))


def _checked(letter: str) -> str:
    spelled = "".join(map(_spelled, letter))
    spelled = {"lambda": "lamda", "Lambda": "Lamda"}.get(spelled, spelled)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", spelled):
        message = f"{letter!r} cannot be a letter"
        raise ArchitectureError("bad-letter", message, hint="write a letter, or a name such as d_model or alpha")
    return spelled


def _spelled(sign: str) -> str:
    """A letter as a name of the language: ``κ`` is ``kappa``, anything else stays as it is."""
    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)", name(sign, ""))
    if match is None:
        return sign
    return match[2].lower() if match[1] == "SMALL" else match[2].capitalize()

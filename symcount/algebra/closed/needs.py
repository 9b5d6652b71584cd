"""What a converted size takes for granted, kept with the size: so that no formula states what another needs."""

from __future__ import annotations

from collections.abc import Iterable

from symcount.algebra.domain.assumptions import AtLeast, Divisible


class Needs:
    """The assumptions of one size: its own, and those of the names in it.

    Names share what is below them, so that a chain of thousands of names holds each assumption once.
    """

    __slots__ = ("below", "own")

    def __init__(self) -> None:
        self.own: dict[Divisible | AtLeast, None] = {}
        self.below: dict[Needs, None] = {}

    def of_name(self) -> Needs | None:
        """Return what a name passes on: None where there is nothing, and no level where there is nothing new."""
        if self.own or len(self.below) > 1:
            return self
        return next(iter(self.below), None)


def gather(needs: Iterable[Needs]) -> tuple[Divisible | AtLeast, ...]:
    """Return every assumption of several sizes once, those of names before those that rest on them.

    >>> import sympy
    >>> c, k = (Divisible(sympy.Integer(2), sympy.Symbol(name)) for name in "ck")
    >>> channels, kernel = Needs(), Needs()
    >>> channels.own[c] = kernel.own[k] = None
    >>> kernel.below[channels] = None
    >>> [each.text() for each in gather([kernel])], [each.text() for each in gather([channels])]
    (['2 divides c', '2 divides k'], ['2 divides c'])
    """
    found: dict[Divisible | AtLeast, None] = {}
    seen: set[Needs] = set()
    stack = [(each, False) for each in needs][::-1]
    while stack:
        each, below_done = stack.pop()
        if below_done:
            found |= each.own
        elif each not in seen:
            seen.add(each)
            stack.append((each, True))
            stack += ((part, False) for part in each.below)
    return tuple(found)

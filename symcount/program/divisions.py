"""What a text divides by where it is evaluated, and under which open conditions: none of it may be 0 there.

A formula does not say it: what is simplified, as ``0*(5//(n%2))`` is, no longer shows by what it was divided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from symcount.arithmetic import Bracket, Term
from symcount.records import record, replace

MOST_OF_A_NAME = 64
"""The most divisors of one definition that are told apart by their conditions; of more, each holds everywhere."""


@record
class Divisor:
    """An open size that something is divided by where all the conditions ``where`` hold, there at least.

    It is more than 0 where it ``is_rounded``, in a floor or a remainder, else it is not 0.
    """

    size: Term
    is_rounded: bool = False
    where: tuple[Bracket, ...] = ()


Listener = Callable[[Divisor], None]


class Divisions:
    """Tells a listener of each divisor that is met, with the open conditions around it."""

    def __init__(self) -> None:
        self.listener: Listener = _ignore
        self._where: tuple[Bracket, ...] = ()

    def met(self, divisor: Divisor) -> None:
        """Tell the listener of a divisor, with the conditions around it."""
        self.listener(replace(divisor, where=(*self._where, *divisor.where)) if self._where else divisor)

    @contextmanager
    def where(self, condition: Bracket) -> Iterator[None]:
        """Evaluate what is used only where a condition holds, as a branch of ``if`` is."""
        before, self._where = self._where, (*self._where, condition)
        try:
            yield
        finally:
            self._where = before

    @contextmanager
    def kept(self) -> Iterator[dict[Divisor, None]]:
        """Collect the divisors of a definition, and tell of none: it is evaluated once for all its uses."""
        found: dict[Divisor, None] = {}
        before = self.listener, self._where
        self.listener, self._where = found.setdefault, ()
        try:
            yield found
        finally:
            self.listener, self._where = before


def within_limit(divisors: Iterable[Divisor]) -> tuple[Divisor, ...]:
    """Return the divisors of a definition; of more than `MOST_OF_A_NAME`, each without its conditions."""
    found = tuple(divisors)
    if len(found) <= MOST_OF_A_NAME:
        return found
    return tuple(dict.fromkeys(replace(each, where=()) for each in found))


def _ignore(divisor: Divisor) -> None:
    pass

"""What the page asks about: a text, values for its symbols, and those of the symbols that are given for good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from symcount.arithmetic import Symbol
from symcount.counts import Count, counted, forget
from symcount.errors import ArchitectureError
from symcount.records import record

_NOTHING: Mapping[str, str] = MappingProxyType({})


@record
class Asked:
    """A network as the page has it: ``fixed`` are the symbols that a formula does not keep open.

    ``main`` is the quantity whose total and derivation are shown, ``quantities`` are further columns of the table,
    ``depth`` is how many levels of blocks are shown, None for as many as fit.
    """

    text: str
    values: Mapping[str, str] = _NOTHING
    fixed: frozenset[str] = frozenset()
    main: str = "params"
    quantities: tuple[str, ...] = ()
    convention: str = "textbook"
    depth: int | None = None

    @staticmethod
    def of(request: Mapping[str, Any]) -> Asked:
        """Return what a message of the page asks."""
        values = {str(name): str(value) for name, value in request.get("values", {}).items()}
        main, further = request.get("main", "params"), tuple(map(str, request.get("of", ())))
        convention, depth = request.get("convention", "textbook"), request.get("depth")
        return Asked(request["text"], values, frozenset(request.get("fixed", ())), main, further, convention, depth)

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities of which formulas are shown: the main one first."""
        return tuple(dict.fromkeys((self.main, *self.quantities)))

    @property
    def open(self) -> Count:
        """The network with the symbols that are fixed at their values, the others open."""
        count = _read(self.text, self.convention)
        opened = {name: name for name in count.own if name not in self.fixed}
        fixed = {name: value for name, value in self.values.items() if name in self.fixed}
        return count.with_known({**opened, **fixed})

    @property
    def given(self) -> Count:
        """The network with a value for each symbol: those of the page, and guesses for the others."""
        return _filled(_read(self.text, self.convention).with_known(self.values))

    def beside(self, text: str) -> Count:
        """Return another network at the same values, but for those that a shipped one has of its own."""
        count = counted(text, {}, convention=self.convention)
        shared = {name: value for name, value in self.values.items() if name not in count.own}
        return _filled(count.with_known(shared))


@lru_cache(maxsize=2)
def _read(text: str, convention: str) -> Count:
    forget()  # of the texts before: a page lives long, and a text changes with each key
    return counted(text.strip(), {}, convention=convention)


_GUESSES = {
    "c": 3, "n": 32, "h": 64, "w": 32, "k": 3, "p": 2, "f": 16, "o": 10, "u": 64, "d": 64, "N": 2, "L": 32, "T": 32,
    "V": 1000, "a": 4, "s": 1, "g": 1, "r": 4, "m": 64,
}  # fmt: skip
"""A small value for a symbol, by its name or the letter that this begins with."""

_ANY = 4
_SIDE = 32
"""The first guess for an axis of the input, which grows where it is too small."""
_LARGEST_SIDE = 2048


def _filled(count: Count) -> Count:
    """The network with guesses for the symbols that are open."""
    guesses = {name: _guess(name, count) for name in count.trace.symbols}
    return _grown(count, guesses) if guesses else count


def _guess(name: str, count: Count) -> int:
    if name in _axes(count):
        return _SIDE
    return _GUESSES.get(name, _GUESSES.get(name.partition("_")[0], _ANY))


def _axes(count: Count) -> Iterator[str]:
    return (size.name for size in count.trace.input.axes if isinstance(size, Symbol))


def _grown(count: Count, guesses: dict[str, int]) -> Count:
    """The network at the guesses, the axes of its input as large as its layers need."""
    axes = [name for name in _axes(count) if name in guesses]
    while True:
        found = count.with_values(guesses)
        try:
            _ = found.trace
        except ArchitectureError as error:
            if error.code != "too-small" or not axes or guesses[axes[0]] >= _LARGEST_SIDE:
                return found
            guesses |= {name: 2 * guesses[name] for name in axes}
        else:
            return found

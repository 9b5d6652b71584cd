"""A network that was read from elsewhere: a text in letters, their values, and what a reader should know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symcount.interop.reading.substitution import names_in, substituted
from symcount.program import canonical_text, program
from symcount.records import record, replace
from symcount.syntax import parse, text, tree

OPEN_LETTERS = "nmkvwxyzu"
"""Letters of the sizes that a file leaves open, by their place."""


@record
class Network:
    """A network as it was read: its text in letters, the sizes of these, what it is, and notes."""

    letters: str
    sizes: Mapping[str, int] = MappingProxyType({})
    about: str = ""
    notes: tuple[str, ...] = ()

    @property
    def numbers(self) -> str:
        """Its canonical text with a number for each letter that has one."""
        return _canonical(substituted(parse(self.letters), self.sizes))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said under a count of it: what it was read as, and its notes."""
        return (f"read as {self.numbers} ({self.about})", *self.notes)

    def noted(self, note: str) -> Network:
        """Return the same network with one more note."""
        return replace(self, notes=(*self.notes, note))

    def lines(self, symbols: bool = False) -> str:
        """Return what `symcount from` prints: comments, and the network in numbers or in letters."""
        said = [self.about, *(f"note: {note}" for note in self.notes)]
        if symbols and self.sizes:
            said.append(" ".join(f"{letter}={size}" for letter, size in self.sizes.items()))
        comments = "".join(f"# {each}\n" for each in said if each)
        return comments + (self.letters if symbols else self.numbers)


def network(letters: str, size: Callable[[str], int | None], about: str, notes: tuple[str, ...] = ()) -> Network:
    """Return a network by its text in letters, and a function from each letter to its size, None where it is open."""
    read = parse(letters)
    found = {letter: size(letter) for letter in names_in(read)}
    sizes = {letter: each for letter, each in found.items() if each is not None}
    flags = {letter: each for letter, each in sizes.items() if letter in names_in(read, "bias")}
    rest = {letter: each for letter, each in sizes.items() if letter not in flags}
    return Network(_canonical(substituted(read, flags)), MappingProxyType(rest), about, notes)


def _canonical(read: tree.Program) -> str:
    return canonical_text(program(text(read)))

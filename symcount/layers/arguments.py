"""The arguments that a layer kind declares, and how the value that a text gives is read.

A value that does not fit is a `LayerError` that names the argument; the caller knows its place in
the text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symcount.arithmetic import Size, Symbol, Term, by_name
from symcount.errors import near
from symcount.layers.conventions import CONVENTIONS, TEXTBOOK, Convention
from symcount.layers.source import Source
from symcount.records import record


class Word(str):
    """One of the language's reserved words, given as a value: ``same``, ``on``."""

    __slots__ = ()


SAME = Word("same")
CAUSAL = Word("causal")

Value = Size | Fraction | Word | Source | tuple["Value", ...]
"""What a text can give for an argument."""

Padding = Size | Word
"""Padding on each side of one axis: a size, or the rule that sets it (``same``, ``causal``)."""


class LayerError(ValueError):
    """A layer that cannot be as it was written: why, and what would do.

    ``argument`` names the argument at fault, where there is one.
    """

    def __init__(self, code: str, message: str, *, hint: str | None = None, argument: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.argument = argument


@record
class From:
    """A default that is the value of another argument: a pooling's stride is its kernel."""

    argument: str


@record
class ByConvention:
    """A default that courses and frameworks settle each in their own way: the choice of this name.

    >>> ByConvention("recurrent biases").under(CONVENTIONS["torch"])
    2
    """

    choice: str

    def under(self, convention: Convention) -> int:
        """Return the default under a convention."""
        return convention.choice(self.choice)

    @property
    def textbook(self) -> int:
        """The default where no convention is named."""
        return TEXTBOOK.choice(self.choice)

    @property
    def others(self) -> str:
        """What each convention sets, in words."""
        return ", ".join(f"{each.name} {self.under(each)}" for each in CONVENTIONS.values())


_SHORT_NAMES = frozenset(("f", "k", "s", "p", "d", "g", "op", "m", "w", "V", "from"))
"""The letters that are also the usual names of their arguments in a text."""


_NOTHING = frozenset(("valid", "off"))
"""The words that say 0."""


REQUIRED: Any = object()
"""The default of an argument that becomes a symbol where it is left out."""


@record
class Argument:
    """One argument of a layer kind.

    ``name`` is its long name and the layer's attribute; ``letter`` its short name, and its letter
    in a rule; ``open_letter`` the base of the symbol that stands for it where it is left out.
    ``parts`` names what one value serves, where a tuple may give each its own; ``label`` says that
    it takes a label, ``is_name`` that it takes a bare name, which stands for itself. The sizes of a ``numbered`` one
    have numbers in a rule, not the letters of axes. ``meaning`` says in words what it is, where its long name does not.
    """

    letter: str
    default: Any
    least: int = 1
    per_axis: bool = False
    words: tuple[Word, ...] = ()
    flag: bool = False
    counted: bool = True
    added: bool = False
    named_only: bool = False
    most: int | None = None
    parts: tuple[str, ...] = ()
    label: bool = False
    only_words: bool = False
    is_name: bool = False
    numbered: bool = False
    open_letter: str = ""
    meaning: str = ""
    name: str = ""

    @property
    def short(self) -> str:
        """The name that a text usually gives it: its letter where that is the language's, else its long name."""
        return self.letter if self.label or self.letter in _SHORT_NAMES else self.name

    @property
    def required(self) -> bool:
        """Whether a left-out value becomes a symbol."""
        return self.default is REQUIRED

    def read(self, value: Value, rank: int) -> Any:
        """Return the value as the layer holds it: for a per-axis argument, one size for each axis."""
        if self.parts and isinstance(value, tuple):
            return self._each_part(value)
        if not self.per_axis:
            return self._one(value)
        if not isinstance(value, tuple):
            return (self._one(value),) * rank
        if len(value) != rank:
            axes = "1 axis" if rank == 1 else f"{rank} axes"
            raise LayerError(
                "wrong-rank",
                f"{self.name} has {len(value)} sizes, but the input has {axes}",
                argument=self.name,
            )
        return tuple(self._one(each) for each in value)

    def _each_part(self, values: tuple[Value, ...]) -> tuple[Any, ...]:
        if len(values) != len(self.parts):
            one_each = f"one value for all, or one each for {', '.join(self.parts)}"
            raise self._refused(values, f"is {one_each}")
        return tuple(map(self._one, values))

    def _one(self, value: Value) -> Any:
        if self.label != isinstance(value, Source):
            name = self.letter if self.label else self.name
            raise self._refused(value, f"is a label: write {name}=@label" if self.label else "takes no label")
        if self.label:
            return value
        if self.is_name:
            if isinstance(value, Word):
                return value
            raise self._refused(value, "is a name, such as sinks")
        if self.flag and not isinstance(value, Word):
            return self._switch(value)
        if isinstance(value, Word):
            return self._word(value)
        if not self.counted:
            return value
        if isinstance(value, Symbol):
            self._not_misspelt(value.name)
        if self.only_words:
            raise self._refused(value, f"is one of the words {', '.join(self.words)}")
        if isinstance(value, Term):
            return value
        if not isinstance(value, int):
            raise self._refused(value, "is a whole number")
        if value < self.least:
            raise self._refused(value, f"is at least {self.least}")
        if self.most is not None and value > self.most:
            raise self._refused(value, f"is at most {self.most}")
        return value

    def _switch(self, value: Value) -> int:
        if value == 0 or value == 1:
            return 1 if value == 1 else 0
        raise self._refused(value, f"is on or off: write {self.name}=on or {self.name}=off")

    def _word(self, word: Word) -> Any:
        if self.flag and word in ("on", "off"):
            return 1 if word == "on" else 0
        if word == "on" and self.added and isinstance(self.default, int):
            return self.default
        if word in self.words:
            return 0 if word in _NOTHING else word
        wanted = f"one of the words {', '.join(self.words)}" if self.words else "a size"
        if self.words and self.counted and not self.flag:
            wanted = "a size, or " + wanted
        raise self._refused(word, f"is {wanted}")

    def _not_misspelt(self, name: str) -> None:
        word = near(name, self.words) if len(name) > 2 else None
        if word is not None:
            raise LayerError(
                "unknown-word",
                f"{self.name}: no word is spelled {name!r}",
                hint=f"did you mean {word}?",
                argument=self.name,
            )

    def _refused(self, value: object, wanted: str) -> LayerError:
        return LayerError("bad-argument", f"{self.name} {wanted}, found {shown(value)}", argument=self.name)


def shown(value: object) -> str:
    """Return a value of an argument as a message shows it."""
    if isinstance(value, tuple):
        return "(" + ", ".join(map(shown, value)) + ")"
    return by_name(value) if isinstance(value, Term) else str(value)

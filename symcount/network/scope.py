"""What a name in an argument stands for: a word, a `let`, a binding, the channels that arrive, or an open symbol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from string import ascii_lowercase

from symcount.arithmetic import Named, Size, Symbol, Term
from symcount.errors import ArchitectureError, near
from symcount.layers import Value, Word
from symcount.network.values import evaluated
from symcount.syntax import RESERVED, tree

MOST_NESTED = 100
"""A definition nests no deeper, the definitions that it rests on put in."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name was given as: a `let` of the text, or a binding beside it, which is a text of its own."""

    expression: tree.Expression
    source: str | None = None

    def evaluated(self, scope: Scope) -> Value:
        """Return the value; an error in a binding shows the binding."""
        try:
            return evaluated(self.expression, scope)
        except ArchitectureError as error:
            raise error if self.source is None else error.within(self.source) from None


@dataclass(slots=True)
class Scope:
    """The names of one network.

    ``meanings`` are its `let`s and the bindings given beside it, evaluated when first asked for;
    ``written`` is every name that the text uses as a symbol, ``symbols`` those found to be open.
    """

    meanings: Mapping[str, Meant]
    written: frozenset[str]
    symbols: dict[str, Symbol] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _known: dict[str, Value] = field(default_factory=dict)
    _asking: dict[str, int] = field(default_factory=dict)
    _channels: Size | None = None

    def at(self, channels: Size) -> Scope:
        """Set what ``cin`` is from here on."""
        self._channels = channels
        return self

    def value(self, name: str, node: tree.Node) -> Value:
        """Return what the name stands for."""
        if name in RESERVED:
            return Word(name)
        if name == "cin":
            return self._arriving(node)
        if name in self._known:
            return self._known[name]
        if name in self.meanings:
            self.used.add(name)
            return self._meant(name, node)
        return self.symbols.setdefault(name, Symbol(name))

    def automatic(self, base: str, index: int | None) -> Value:
        """Return the symbol for a size that was left out; a name that the text uses itself is left to it."""
        return self.value(self.unwritten(base if index is None else f"{base}_{index}"), _NOWHERE)

    def unwritten(self, name: str) -> str:
        """Return the name, with a further letter where the text uses it for a symbol of its own."""
        stem = name if "_" in name else f"{name}_"
        spellings = chain(
            (name,), (f"{stem}{letter}" for letter in ascii_lowercase[1:]), (f"{stem}b{i}" for i in count())
        )
        return next(spelling for spelling in spellings if spelling not in self.written)

    def unused(self, names: Mapping[str, object]) -> ArchitectureError | None:
        """Return the error for the first of these bindings that no layer asked for."""
        for name in names:
            if name not in self.used:
                close = near(name, self.symbols)
                known = ", ".join(self.symbols)
                others = f"its open symbols are: {known}" if known else "it has no open symbols"
                hint = f"did you mean {close}?" if close else others
                return ArchitectureError("unknown-symbol", f"the network has no symbol {name!r}", hint=hint)
        return None

    def _arriving(self, node: tree.Node) -> Value:
        if self._channels is None:
            message = "cin is the number of channels that arrive at a layer, and nothing arrives here"
            raise ArchitectureError("no-channels", message, span=node.span)
        return self._channels

    def _meant(self, name: str, node: tree.Node) -> Value:
        if name in self._asking:
            names = [*self._asking]
            circle = " → ".join([*names[names.index(name) :], name])
            raise ArchitectureError("circular", f"{name} is defined by itself: {circle}", span=node.span)
        meant = self.meanings[name]
        asking = {**self._asking, name: tree.height(meant.expression)}
        if sum(asking.values()) > MOST_NESTED:
            message = f"written out, the definition of {name} would nest more than {MOST_NESTED} deep"
            raise ArchitectureError("too-deep", message, span=node.span)
        before, self._asking = self._asking, asking
        value = meant.evaluated(self)
        self._asking = before
        self._known[name] = value = _under(name, value)
        return value


def _under(name: str, value: Value) -> Value:
    """A calculation with symbols under its name: written out, definitions may double in length at each step."""
    return Named(name, value) if isinstance(value, Term) and not isinstance(value, Symbol | Named) else value


_NOWHERE = tree.Name(tree.NO_SPAN, "")

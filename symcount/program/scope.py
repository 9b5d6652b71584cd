"""Finds what a name in an argument stands for: a word, a parameter, a `let`, a binding, ``cin``, or a symbol.

Scope is lexical: inside a macro its parameters are seen, then what the program says, nothing of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, count
from string import ascii_lowercase
from types import MappingProxyType

from symcount.arithmetic import Named, Size, Symbol, Term
from symcount.errors import ArchitectureError, near
from symcount.layers import Convention, Source, Value, Word
from symcount.program.divisions import Divisions, Divisor, within_limit
from symcount.program.values import evaluated
from symcount.records import record
from symcount.syntax import RESERVED, tree

MOST_SYMBOLS = 1_000
"""The most open sizes of one network."""

MOST_NESTED = 100
"""The deepest nesting of a `let`, with those that it uses written out."""


@record
class Meant:
    """The expression that defines a name, in a `let` of the text or in a binding, and the text it stands in.

    An error shows this text from ``begin`` on. A binding such as ``n=n`` leaves the name open.
    """

    expression: tree.Expression
    source: str | None = None
    begin: int = 0
    leaves_open: bool = False

    def shown(self, error: ArchitectureError) -> ArchitectureError:
        """Return an error, in the text of this expression unless it has met one further in."""
        if self.source is None or error.source is not None:
            return error
        return error.within(self.source).cut(self.begin, len(self.source))


@record
class LeftOut:
    """A size that the text leaves out: how it is called, and the kind of layers whose size it is."""

    name: str
    owner: str = ""


def owners(left_out: Iterable[LeftOut], written: frozenset[str]) -> dict[str, str]:
    """Return the names of sizes that a text leaves out, and the kind of layers that each belongs to.

    A name that the text uses itself is left to it, and one that another kind has is left to that: the filters of C1
    are not those of T1.
    """
    found: dict[str, str] = {}
    for each in left_out:
        for name in _spellings(each.name):
            if name not in written and found.setdefault(name, each.owner) == each.owner:
                break
    return found


class ProgramScope:
    """The names of one program.

    ``meanings`` are its `let`s and the bindings given beside it, evaluated when first asked for;
    ``written`` is every name that the text uses, ``symbols`` those found to be open sizes.
    ``convention`` settles what the text leaves open, and ``options`` are the values that its choices are among.
    ``owners`` are the names of the sizes that it leaves out, whether a walk meets them or not.
    """

    options: Mapping[str, tuple[int, ...]] = MappingProxyType({})

    def __init__(
        self,
        meanings: Mapping[str, Meant],
        written: frozenset[str],
        convention: Convention,
        left_out: Callable[[], Iterable[LeftOut]] = tuple,
    ) -> None:
        self.meanings = meanings
        self.written = written
        self._left_out = left_out
        self.convention = convention
        self.symbols: dict[str, Symbol] = {}
        self.used: set[str] = set()
        self._taken: dict[str, None] = {}
        self.divisions = Divisions()
        self._known: dict[str, Value] = {}
        self._divisors: dict[str, tuple[Divisor, ...]] = {}
        self._asking: dict[str, int] = {}

    def find(self, name: str, node: tree.Node) -> Value:
        """Return what a name of the program stands for."""
        if name in self.meanings:
            self.used.add(name)
            if not self.meanings[name].leaves_open:
                return self._meant(name, node)
        if name not in self.symbols and len(self.symbols) >= MOST_SYMBOLS:
            message = f"a network has at most {MOST_SYMBOLS:,} open symbols, and {name} is one more"
            raise ArchitectureError(
                "limit", message, span=node.span, hint="write sizes that are the same as one symbol"
            )
        return self.symbols.setdefault(name, Symbol(name))

    @cached_property
    def _owners(self) -> dict[str, str]:
        return owners(self._left_out(), self.written)

    def automatic(self, size: LeftOut) -> Value:
        """Return the symbol for a size that was left out."""
        owned = self._owners
        free = (name for name in _spellings(size.name) if name not in self.written)
        return self.find(next(name for name in free if owned.get(name, size.owner) == size.owner), _NOWHERE)

    def fresh(self, name: str) -> str:
        """Return the name, with a letter behind it where another size has the name already."""
        found = next(each for each in _spellings(name) if each not in self.written and each not in self._taken)
        self._taken[found] = None
        return found

    def index(self, name: str) -> str:
        """Return the name for the index of a sum: the one that the text gives it, unless a size has it."""
        if name in self.symbols or name in self._taken:
            return self.fresh(name)
        self._taken[name] = None
        return name

    @contextmanager
    def names_forgotten(self) -> Iterator[None]:
        """Give the names that are taken meanwhile free again."""
        before = len(self._taken)
        try:
            yield
        finally:
            while len(self._taken) > before:
                self._taken.popitem()

    def unused(self, names: Mapping[str, object]) -> ArchitectureError | None:
        """Return the error for the first of these bindings that the network knows nothing of."""
        for name in names:
            if name not in self.used and name not in self.written and name not in self._owners:
                close = near(name, self.symbols)
                known = ", ".join(self.symbols)
                others = f"its open symbols are: {known}" if known else "it has no open symbols"
                hint = f"did you mean {close}?" if close else others
                return ArchitectureError("unknown-symbol", f"the network has no symbol {name!r}", hint=hint)
        return None

    def _meant(self, name: str, node: tree.Node) -> Value:
        """The value of a definition, evaluated at its first use; every use tells of the divisors in it."""
        if name not in self._known:
            with self.divisions.kept() as found:
                value = self._defined(name, node)
            self._known[name] = _under(name, value)
            self._divisors[name] = within_limit(found)
        for each in self._divisors[name]:
            self.divisions.met(each)
        return self._known[name]

    def _defined(self, name: str, node: tree.Node) -> Value:
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
        try:
            return evaluated(meant.expression, Place(self))
        except ArchitectureError as error:
            raise meant.shown(error) from None
        finally:
            self._asking = before


@record
class InnerScope:
    """The names inside a macro call or one iteration of a repeat, and the scope around it."""

    around: ProgramScope | InnerScope
    values: Mapping[str, Value]

    @property
    def program(self) -> ProgramScope:
        """The scope of the whole program."""
        scope: ProgramScope | InnerScope = self
        while isinstance(scope, InnerScope):
            scope = scope.around
        return scope

    def find(self, name: str, node: tree.Node) -> Value:
        """Return what a name stands for, the innermost meaning first."""
        scope: ProgramScope | InnerScope = self
        while isinstance(scope, InnerScope):
            if name in scope.values:
                return scope.values[name]
            scope = scope.around
        return scope.find(name, node)


Scope = ProgramScope | InnerScope


@record
class Place:
    """The names in sight at one place in the network, where ``cin`` is the number of channels that arrive.

    ``labels`` finds what a label stands for; none is known outside of a network.
    """

    scope: Scope
    channels: Size | None = None
    labels: Callable[[tree.Label, tree.Node], Source] | None = None

    @property
    def divisions(self) -> Divisions:
        """Who is told of what is divided by here."""
        return program_of(self.scope).divisions

    def value(self, name: str, node: tree.Node) -> Value:
        """Return what a name stands for here."""
        if name in RESERVED:
            return Word(name)
        if name != "cin":
            return self.scope.find(name, node)
        if self.channels is None:
            message = "cin is the number of channels that arrive at a layer, and nothing arrives here"
            raise ArchitectureError("no-channels", message, span=node.span)
        return self.channels

    def labelled(self, label: tree.Label, node: tree.Node) -> Value:
        """Return what a label stands for here."""
        if self.labels is None:
            message = f"the label @{label.name} has no meaning here: a label is given to an argument of a layer"
            raise ArchitectureError("bad-argument", message, span=node.span)
        return self.labels(label, node)


def program_of(scope: Scope) -> ProgramScope:
    """Return the scope of the whole program."""
    return scope.program if isinstance(scope, InnerScope) else scope


def _spellings(name: str) -> chain[str]:
    """A name, and then its variants with b, c, … behind it: an endless supply."""
    stem = name if "_" in name else f"{name}_"
    return chain((name,), (f"{stem}{letter}" for letter in ascii_lowercase[1:]), (f"{stem}b{i}" for i in count()))


def _under(name: str, value: Value) -> Value:
    """A calculation as a named size: written out in full, each `let` could be twice as long as the one before."""
    return Named(name, value) if isinstance(value, Term) and not isinstance(value, Symbol | Named) else value


_NOWHERE = tree.Name(tree.NO_SPAN, "")

"""One layer of a text: its kind, and its arguments as they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from symcount.errors import ArchitectureError, Span
from symcount.layers import ByConvention, Input, Layer, LayerError, Value, Word
from symcount.network.scope import Place, program_of
from symcount.network.values import evaluated
from symcount.records import record
from symcount.syntax import tree


@record
class Link:
    """One layer: its kind, its arguments, and its place.

    ``number`` counts the links of the text, the input being 0, with a further part for each group
    or macro around it; ``ordinal`` is its place among its kind in the text, which is ``source``.
    """

    kind: type[Layer]
    number: tuple[int, ...]
    ordinal: int
    call: tree.Call
    glued: tuple[Value, ...]
    source: str

    @property
    def name(self) -> str:
        """The name of the layer: its kind and its ordinal, ``C1``."""
        return f"{self.kind.token}{self.ordinal}"

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.call.span

    def bound(self, place: Place, rank: int) -> Layer:
        """Return the layer with the values of its arguments, symbols for those left out."""
        positional, named = evaluated_arguments(self.call.arguments, place, self._word)
        given = self.kind.arranged((*self.glued, *positional), named)
        for name, declared in self.kind.arguments.items():
            if declared.required and name not in given:
                given[name] = self._open(declared.open_letter, declared.per_axis, place)
            elif isinstance(declared.default, ByConvention) and given.get(name, _ON) == _ON:
                given[name] = declared.default.under(program_of(place.scope).convention)
        return self.kind.bound(given, rank)

    def _word(self, argument: tree.Argument, place: int) -> Word | None:
        """One of the words that this argument takes; such a name is no symbol, reserved or not."""
        if not isinstance(argument.value, tree.Name):
            return None
        names = [*self.kind.arguments]
        place += len(self.glued)
        name = self._full(argument.name) if argument.name is not None else "".join(names[place : place + 1])
        declared = self.kind.arguments.get(name)
        return Word(argument.value.name) if declared and argument.value.name in declared.words else None

    def settled(self, place: Place) -> Iterator[str]:
        """Yield what the convention settled because the text leaves it open."""
        for name, declared in self.kind.arguments.items():
            if isinstance(declared.default, ByConvention) and self._written(name) is None:
                convention = program_of(place.scope).convention
                value = declared.default.under(convention)
                yield f"{self.kind.token}: {name}={value} by the convention {convention} ({declared.default.others})"

    def argument_span(self, name: str) -> Span:
        """Return the place of the argument with this long name, or of the whole layer."""
        argument = self._written(name)
        return self.span if argument is None else argument.span

    def _written(self, name: str) -> tree.Argument | None:
        """The argument with this long name, where the text gives it by name or by place."""
        for argument in self.call.arguments:
            if argument.name is not None and name in (argument.name, self._full(argument.name)):
                return argument
        places = [*self.kind.arguments]
        place = places.index(name) - len(self.glued) if name in places else -1
        by_place = [argument for argument in self.call.arguments if argument.name is None]
        return by_place[place] if 0 <= place < len(by_place) else None

    def _full(self, name: str) -> str:
        try:
            return self.kind.full_name(name)
        except LayerError:
            return name

    def _open(self, base: str, per_axis: bool, place: Place) -> Value:
        program = program_of(place.scope)
        if self.kind is Input:
            size = program.automatic(base, None)
            return (size, size) if per_axis else size
        first_output = base == "o" and self.ordinal == 1
        return program.automatic(base, None if first_output else self.ordinal, self.kind.token)


_ON = Word("on")


def _no_word(argument: tree.Argument, place: int) -> Word | None:
    return None


def evaluated_arguments(
    arguments: Sequence[tree.Argument],
    place: Place,
    word: Callable[[tree.Argument, int], Word | None] = _no_word,
) -> tuple[tuple[Value, ...], dict[str, Value]]:
    """Return the values of arguments: those given by place, and those given by name.

    ``word`` says whether an argument, at its place, is a word rather than a symbol.
    """
    positional: list[Value] = []
    named: dict[str, Value] = {}
    for argument in arguments:
        value = word(argument, len(positional)) or evaluated(argument.value, place)
        if argument.name is not None:
            named[argument.name] = value
        elif named:
            message = "an argument without a name stands behind one with a name"
            raise ArchitectureError("argument-order", message, span=argument.span, hint="put it first, or name it")
        else:
            positional.append(value)
    return tuple(positional), named

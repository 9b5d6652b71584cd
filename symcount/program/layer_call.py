"""`LayerCall`: one layer of a text, with its kind and its arguments as they were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symcount.errors import ArchitectureError, Span
from symcount.layers import Argument, ByConvention, Input, Layer, LayerError, Source, Value, Word
from symcount.program.scope import LeftOut, Place, program_of
from symcount.program.values import evaluated
from symcount.records import record
from symcount.syntax import text, tree


@record
class LayerCall:
    """One layer: its kind, its arguments by their long names, and its place among its kind in the text.

    ``written`` is what the text says, and ``source`` the text; ``given`` are the arguments in the order
    of the text, digits that are glued to the name first.
    """

    written: tree.Call
    source: str
    kind: type[Layer]
    ordinal: int
    arguments: Mapping[str, tree.Value]
    given: tuple[tree.Argument, ...]

    @property
    def name(self) -> str:
        """The name of the layer: its kind and its ordinal, ``C1``, or the one that an argument gives it."""
        given = self.arguments.get(self.kind.naming)
        return given.name if isinstance(given, tree.Name) else f"{self.kind.token}{self.ordinal}"

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.written.span

    @property
    def labels(self) -> Mapping[str, tree.Reference]:
        """The labels that it is given, by the names of the arguments."""
        return {name: value for name, value in self.arguments.items() if isinstance(value, tree.Reference)}

    def layer(self, place: Place, rank: int) -> Layer:
        """Return the layer with the values of its arguments, symbols for those left out."""
        given = {name: self._word(name) or _value(value, place) for name, value in self.arguments.items()}
        program = program_of(place.scope)
        for name, left_out in self.left_out:
            size = program.automatic(left_out)
            given[name] = (size, size) if self.kind is Input and self.kind.arguments[name].per_axis else size
        for name, declared in self.kind.arguments.items():
            if isinstance(declared.default, ByConvention) and _is_left(declared, given.get(name)):
                given[name] = declared.default.under(program.convention)
        return self.kind.bound(given, rank)

    def _word(self, name: str) -> Word | None:
        """The name as one of the words that this argument takes, such as ``sin``: it is then no symbol."""
        value = self.arguments[name]
        declared = self.kind.arguments.get(name)
        if declared is None or not isinstance(value, tree.Name):
            return None
        return Word(value.name) if declared.is_name or value.name in declared.words else None

    def settled(self, place: Place) -> Iterator[str]:
        """Yield what the convention settled because the text leaves it open."""
        for name, declared in self.kind.arguments.items():
            # of what only some sizes tell apart the layer itself says where it does
            if isinstance(declared.default, ByConvention) and not declared.flag and name not in self.arguments:
                convention = program_of(place.scope).convention
                value = declared.default.under(convention)
                by = f"by the convention {convention.name} ({declared.default.others})"
                yield f"{self.kind.token}: {name}={value} {by}"

    @property
    def left_out(self) -> Iterator[tuple[str, LeftOut]]:
        """Yield the sizes that the text leaves out, by the names of the arguments."""
        for name, declared in self.kind.arguments.items():
            if declared.required and name not in self.arguments:
                yield name, self._open(declared.open_letter)

    def _open(self, letter: str) -> LeftOut:
        if self.kind is Input:
            return LeftOut(letter)
        first_output = letter == "o" and self.ordinal == 1
        return LeftOut(letter if first_output else f"{letter}_{self.ordinal}", self.kind.token)

    def placed(self, error: LayerError) -> ArchitectureError:
        """Return the error of a layer with its place in the text."""
        span = _spans(self.kind, self.given).get(error.argument, self.span) if error.argument else self.span
        named = error.message.startswith(self.kind.token)
        message = error.message if named else f"{self.name}: {error.message}"
        return ArchitectureError(error.code, message, span=span, hint=error.hint)


_ON = Word("on")


def _is_left(declared: Argument, value: Value | None) -> bool:
    """Whether a text leaves to the convention what it sets: it says nothing, or not how many biases there are."""
    return value is None or (not declared.flag and value == _ON)


def layer_call(
    call: tree.Call, kind: type[Layer], arguments: tuple[tree.Argument, ...], ordinal: int, source: str
) -> LayerCall:
    """Return a call of a layer kind with its arguments by their long names; what the kind does not take is an error."""
    try:
        return LayerCall(call, source, kind, ordinal, arranged(kind, arguments, call.span), arguments)
    except LayerError as error:
        raise LayerCall(call, source, kind, ordinal, {}, arguments).placed(error) from None


def arranged(kind: type[Layer], arguments: tuple[tree.Argument, ...], span: Span) -> dict[str, tree.Value]:
    """Return written arguments by the long names that the kind has for them."""
    if not arguments:
        return {name: _as_node(value, span) for name, value in kind.arranged((), {}).items()}
    by_place: list[Any] = []
    named: dict[str, Any] = {}
    for argument in arguments:
        name, value = argument.name, _shaped(argument.value)
        if name is None and named:
            message = "an argument without a name stands behind one with a name"
            raise ArchitectureError("argument-order", message, span=argument.span, hint="put it first, or name it")
        if name is None:
            by_place.append(value)
        elif name in named:
            full = kind.full_name(name)
            raise LayerError("twice", f"{kind.token}: {full} is given twice", argument=full)
        else:
            named[name] = value
    return {name: _as_node(value, span) for name, value in kind.arranged(tuple(by_place), named).items()}


@record
class _Open:
    """A written value that is not evaluated yet; messages show it as it is written."""

    value: tree.Value

    def __str__(self) -> str:
        return text(self.value)


def _shaped(value: tree.Value) -> Any:
    """A written value as a kind arranges it: plain numbers as ints, several sizes as a tuple."""
    if type(value) is tree.Number and type(value.value) is int:
        return value.value
    match value:
        case tree.Dimensions(sizes=parts) | tree.Tuple(items=parts):
            return tuple(map(_shaped, parts))
        case _:
            return _Open(value)


def _as_node(value: Any, span: Span) -> tree.Value:
    """The syntax node of a value that a kind has arranged: what `_shaped` made of it, undone."""
    if type(value) is int:
        return tree.Number(span, value)
    if type(value) is tuple:
        return tree.Tuple(span, tuple(_as_node(part, span) for part in value))
    node: tree.Value = value.value
    return node


def _spans(kind: type[Layer], arguments: tuple[tree.Argument, ...]) -> dict[str, Span]:
    """The place of each argument, under its long name and under the name that was written."""
    by_place = (argument.span for argument in arguments if argument.name is None)
    spans = dict(zip(kind.arguments, by_place, strict=False))
    for argument in reversed(arguments):
        if argument.name is not None:
            spans[argument.name] = spans[_full(kind, argument.name)] = argument.span
    return spans


def _full(kind: type[Layer], name: str) -> str:
    try:
        return kind.full_name(name)
    except LayerError:
        return name


def _value(value: tree.Value, place: Place) -> Value:
    """The value of an argument; a label must have its sign, ``@a``."""
    found = evaluated(value, place)
    if isinstance(found, Source) and not isinstance(value, tree.Reference):
        message = f"{text(value)} is a label here"
        raise ArchitectureError("bad-argument", message, span=value.span, hint=f"write @{text(value)}")
    return found

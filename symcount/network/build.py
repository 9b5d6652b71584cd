"""A syntax tree to the links of a network: the one place where a name meets the registry of layer kinds.

What the text says is kept as written; its sizes are put in when the network is walked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symcount.arithmetic import Size, Term
from symcount.errors import ArchitectureError, Span
from symcount.layers import Input, Layer, LayerError, Value, Word
from symcount.network.kinds import meaning
from symcount.network.scope import Meant, Scope
from symcount.network.values import evaluated
from symcount.syntax import tree


@dataclass(frozen=True, slots=True)
class Link:
    """One layer of the network: its kind, and its arguments as they were written.

    ``index`` is its place in the text, the input being 0; ``ordinal`` its place among its kind.
    """

    kind: type[Layer]
    index: int
    ordinal: int
    call: tree.Call
    glued: tuple[Value, ...]
    label: str | None

    @property
    def name(self) -> str:
        """The name of the layer: its kind and its ordinal, ``C1``."""
        return f"{self.kind.token}{self.ordinal}"

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.call.span

    def bound(self, scope: Scope, rank: int) -> Layer:
        """Return the layer with the values of its arguments, symbols for those left out."""
        positional = [*self.glued]
        named: dict[str, Value] = {}
        for argument in self.call.arguments:
            value = self._word(argument, len(positional)) or evaluated(argument.value, scope)
            if argument.name is None:
                if named:
                    message = "an argument without a name stands before those with one"
                    raise ArchitectureError("argument-order", message, span=argument.span)
                positional.append(value)
            else:
                named[argument.name] = value
        given = self.kind.arranged(tuple(positional), named)
        for name, declared in self.kind.arguments.items():
            if declared.required and name not in given:
                given[name] = self._open(declared.open_letter, declared.per_axis, scope)
        return self.kind.bound(given, rank)

    def _word(self, argument: tree.Argument, place: int) -> Word | None:
        """One of the words that this argument takes; such a name is no symbol, reserved or not."""
        if not isinstance(argument.value, tree.Name):
            return None
        names = [*self.kind.arguments]
        name = self._full(argument.name) if argument.name is not None else "".join(names[place : place + 1])
        declared = self.kind.arguments.get(name)
        return Word(argument.value.name) if declared and argument.value.name in declared.words else None

    def argument_span(self, name: str) -> Span:
        """Return the place of the argument with this long name, or of the whole layer."""
        for argument in self.call.arguments:
            if argument.name is not None and name in (argument.name, self._full(argument.name)):
                return argument.span
        places = [*self.kind.arguments]
        place = places.index(name) - len(self.glued) if name in places else -1
        by_place = [argument for argument in self.call.arguments if argument.name is None]
        return by_place[place].span if 0 <= place < len(by_place) else self.span

    def _full(self, name: str) -> str:
        try:
            return self.kind.full_name(name)
        except LayerError:
            return name

    def _open(self, base: str, per_axis: bool, scope: Scope) -> Value:
        if self.kind is Input:
            size = scope.automatic(base, None)
            return (size, size) if per_axis else size
        first_output = base == "o" and self.ordinal == 1
        return scope.automatic(base, None if first_output else self.ordinal)


@dataclass(frozen=True, slots=True)
class Network:
    """The links of a network in order, the input first, and the `let`s beside them."""

    source: str
    program: tree.Program
    links: tuple[Link, ...]
    lets: Mapping[str, tree.Let]

    def scope(self, bindings: Mapping[str, Meant]) -> Scope:
        """Return the names of this network under these bindings."""
        for name in bindings:
            if name in self.lets:
                message = f"{name} is no open symbol: the text fixes it with a let"
                raise ArchitectureError("fixed", message, span=self.lets[name].span, source=self.source)
        lets = {name: Meant(let.value) for name, let in self.lets.items()}
        return Scope({**lets, **bindings}, frozenset(_names_written(self.program)))

    def values(self, bindings: Mapping[str, Meant]) -> dict[str, Size]:
        """Return the sizes that bindings stand for."""
        scope = self.scope(bindings)
        values = {name: meant.evaluated(scope) for name, meant in bindings.items()}
        return {name: value for name, value in values.items() if isinstance(value, int | Term)}


def network(program: tree.Program, source: str) -> Network:
    """Return the links that a program describes; an error carries its place in the source."""
    try:
        return _network(program, source)
    except ArchitectureError as error:
        raise error.within(source) from None


def _network(program: tree.Program, source: str) -> Network:
    lets: dict[str, tree.Let] = {}
    towers: list[tree.Chain] = []
    for statement in program.statements:
        match statement:
            case tree.Let(name=name):
                if name in lets:
                    raise ArchitectureError("twice", f"{name} is defined twice", span=statement.span)
                lets[name] = statement
            case tree.Definition():
                raise _not_counted("a macro (def)", statement)
            case tree.Chain():
                towers.append(statement)
    if not towers:
        raise ArchitectureError("no-network", "no network is described", hint="write a chain such as I784-H100-O10")
    if len(towers) > 1:
        raise _not_counted("a second tower", towers[1])
    return Network(source, program, tuple(_links(towers[0])), lets)


def _links(chain: tree.Chain) -> Iterator[Link]:
    _refuse_schema(chain)
    ordinals: Counter[str] = Counter()
    labels: set[str] = set()
    for index, item in enumerate(chain.items):
        call, label = _single(item)
        if label is not None and label in labels:
            raise ArchitectureError("twice", f"the label @{label} is defined twice", span=item.span)
        labels.add(label or "")
        meant = meaning(call)
        if (meant.kind is Input) != (index == 0):
            raise _misplaced_input(call)
        ordinals[meant.kind.token] += 1
        yield Link(meant.kind, index, ordinals[meant.kind.token], call, meant.glued, label)


def _single(item: tree.Item) -> tuple[tree.Call, str | None]:
    match item:
        case tree.Call(block=None):
            return item, None
        case tree.Labelled(item=tree.Call(block=None) as call, label=label):
            return call, label
        case _:
            raise _not_counted(_construct(item), item)


def _construct(item: tree.Item) -> str:
    """What an item that is not counted yet is called."""
    match item:
        case tree.Call(name=name):
            return f"{name} with a block"
        case tree.Repeat():
            return "a repeat"
        case tree.Series():
            return "a group [ ]"
        case tree.Branches():
            return "a pair of branches { }"
        case tree.Tap(label=label):
            return f"the tap @{label}"
        case tree.Again(label=label):
            return f"the shared layers &{label}"
        case tree.Labelled():
            return "a label on more than one layer"
        case tree.Maybe():
            return "an optional layer (?)"


def _not_counted(construct: str, node: tree.Node) -> ArchitectureError:
    return ArchitectureError(
        "not-countable-yet",
        f"{construct} is read, but not counted yet",
        span=node.span,
        hint="write the layers out one after another, without it",
    )


def _refuse_schema(chain: tree.Chain) -> None:
    """Refuse a text whose optional layers make it stand for many networks at once."""
    pending: list[tree.Chain | tree.Item] = [chain]
    while pending:
        match pending.pop():
            case tree.Maybe() as optional:
                message = "this is a schema of many networks: an optional layer (?) may be there or not"
                hint = "for a count, write one network: the layer without its ?, or nothing"
                raise ArchitectureError("schema", message, span=optional.span, hint=hint)
            case tree.Chain(items=items):
                pending.extend(items)
            case tree.Repeat(item=item) | tree.Labelled(item=item):
                pending.append(item)
            case tree.Series(chain=inner) | tree.Call(block=tree.Series(chain=inner)):
                pending.append(inner)
            case tree.Branches(chains=chains) | tree.Call(block=tree.Branches(chains=chains)):
                pending.extend(chains)
            case _:
                pass


def _misplaced_input(call: tree.Call) -> ArchitectureError:
    if meaning(call).kind is Input:
        return ArchitectureError("input", "the input stands first, and only there", span=call.span)
    hint = "begin with I: a vector is I784, an image I(1,28x28), a general image I"
    return ArchitectureError("input", "a network begins with its input", span=call.name_span, hint=hint)


def _names_written(program: tree.Program) -> Iterator[str]:
    """Every name that the text uses in a size."""
    for statement in program.statements:
        match statement:
            case tree.Let(name=name, value=value):
                yield name
                yield from tree.names_in(value)
            case tree.Chain(items=items):
                for item in items:
                    for argument in _single(item)[0].arguments:
                        yield from tree.names_in(argument.value)

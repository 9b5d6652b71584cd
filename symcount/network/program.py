"""A program taken apart: its definitions, its `let`s, its towers, and the ordinal of every layer in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from symcount.errors import ArchitectureError
from symcount.network.kinds import kind_named
from symcount.network.scope import Meant, ProgramScope
from symcount.records import record
from symcount.syntax import parse, tree

PRELUDE = """
def cb(f, k, s=1, p=0, g=1) = C(f, k, s=s, p=p, g=g, bias=off)-BN;
def cbr(f, k, s=1, p=0, g=1) = C(f, k, s=s, p=p, g=g, bias=off)-BN-R;
def dbr(k, s=1, p=0) = DW(k, s=s, p=p, bias=off)-BN-R
"""
"""Definitions that every program may use, or replace by its own."""


@record
class Macro:
    """A definition, and the text that it stands in."""

    definition: tree.Definition
    source: str


class Network:
    """What a text describes: towers of layers, and the names beside them."""

    def __init__(
        self,
        source: str,
        program: tree.Program,
        towers: tuple[tree.Chain, ...],
        lets: Mapping[str, tree.Let],
        definitions: Mapping[str, Macro],
    ) -> None:
        self.source = source
        self.program = program
        self.towers = towers
        self.lets = lets
        self.definitions = definitions
        self._ordinals: dict[tuple[str, int, str], int] = {}
        self._counts: Counter[str] = Counter()

    def scope(self, bindings: Mapping[str, Meant], convention: str = "textbook") -> ProgramScope:
        """Return the names of this network under these bindings and this convention."""
        for name in bindings:
            if name in self.lets:
                message = f"{name} is no open symbol: the text fixes it with a let"
                raise ArchitectureError("fixed", message, span=self.lets[name].span, source=self.source)
        lets = {name: Meant(let.value, self.source) for name, let in self.lets.items()}
        return ProgramScope({**lets, **bindings}, self.names, convention)

    @property
    def names(self) -> frozenset[str]:
        """Every name that the text uses in a size."""
        return frozenset(_names_written(self.program))

    def macro(self, name: str) -> Macro | None:
        """Return the definition of this name: the program's own, else the prelude's."""
        return self.definitions.get(name) or prelude().get(name)

    def ordinal(self, token: str, source: str, start: int) -> int:
        """Return the place of a layer among its kind, in the order of the text."""
        key = (source, start, token)
        if key not in self._ordinals:
            self._counts[token] += 1
            self._ordinals[key] = self._counts[token]
        return self._ordinals[key]


@cache
def prelude() -> Mapping[str, Macro]:
    """Return the definitions that ship with the language."""
    statements = parse(PRELUDE).statements
    return {each.name: Macro(each, PRELUDE) for each in statements if isinstance(each, tree.Definition)}


def network(program: tree.Program, source: str) -> Network:
    """Return what a program describes; an error carries its place in the source."""
    try:
        return _network(program, source)
    except ArchitectureError as error:
        raise error.within(source) from None


def _network(program: tree.Program, source: str) -> Network:
    lets: dict[str, tree.Let] = {}
    definitions: dict[str, Macro] = {}
    towers: list[tree.Chain] = []
    for statement in program.statements:
        match statement:
            case tree.Chain():
                towers.append(statement)
            case tree.Let(name=name) | tree.Definition(name=name) if name in lets or name in definitions:
                raise ArchitectureError("twice", f"{name} is defined twice", span=statement.span)
            case tree.Let():
                lets[statement.name] = statement
            case tree.Definition():
                _check_definition(statement)
                definitions[statement.name] = Macro(statement, source)
    if not towers:
        raise ArchitectureError("no-network", "no network is described", hint="write a chain such as I784-H100-O10")
    built = Network(source, program, tuple(towers), lets, definitions)
    for item in tree.items_in(program):
        if isinstance(item, tree.Call) and item.name not in definitions:
            kind = kind_named(item.name)
            if kind is not None:
                built.ordinal(kind.token, source, item.span.start)
    return built


def _check_definition(definition: tree.Definition) -> None:
    seen: set[str] = set()
    for parameter in definition.parameters:
        if parameter.name in seen:
            message = f"the parameter {parameter.name} of {definition.name} stands twice"
            raise ArchitectureError("twice", message, span=parameter.span)
        seen.add(parameter.name)


def _names_written(program: tree.Program) -> Iterator[str]:
    """Every name that the text uses in a size."""
    for statement in program.statements:
        match statement:
            case tree.Let(name=name, value=value):
                yield name
                yield from tree.names_in(value)
            case tree.Definition(parameters=parameters):
                for parameter in parameters:
                    yield parameter.name
                    if parameter.default is not None:
                        yield from tree.names_in(parameter.default)
            case _:
                pass
    for item in tree.items_in(program):
        match item:
            case tree.Call(arguments=arguments):
                for argument in arguments:
                    yield from tree.names_in(argument.value)
            case tree.Repeat(count=tree.Index(names=names, values=values)):
                yield from names
                yield from tree.names_in(values)
            case tree.Repeat(count=count) if not isinstance(count, tree.Index):
                yield from tree.names_in(count)
            case _:
                pass

"""`Program`: a whole text, with each name in it looked up once: its chains of layers, definitions and `let`s."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from symcount.errors import ArchitectureError
from symcount.layers import TEXTBOOK, Convention
from symcount.program.backbone import ZOO
from symcount.program.choices import check_chosen, options_of
from symcount.program.inside import left_out, macros_met
from symcount.program.items import Chain, Macro
from symcount.program.kinds import kind_named
from symcount.program.prelude import PRELUDE, definitions_shipped
from symcount.program.resolve import Resolver
from symcount.program.scope import LeftOut, Meant, ProgramScope, owners
from symcount.records import record
from symcount.syntax import parse, tree


@record
class Program:
    """A whole text of the language, with every name in it looked up once.

    ``chains`` are its chains of layers, each from an input or a label; ``macros`` its definitions, and those of the
    prelude that it calls; ``lets`` its fixed sizes, ``choices`` those that are one of several; ``names`` every name
    that it uses in a size. ``written`` is the tree of ``source``.
    """

    source: str
    written: tree.Program
    chains: tuple[Chain, ...]
    lets: Mapping[str, tree.Let]
    choices: Mapping[str, tree.Choice]
    macros: Mapping[str, Macro]
    names: frozenset[str]

    def scope(self, bindings: Mapping[str, Meant], convention: Convention = TEXTBOOK) -> ProgramScope:
        """Return the names of this program under these bindings and this convention."""
        for name in bindings:
            if name in self.lets:
                message = f"{name} is no open symbol: the text fixes it with a let"
                raise ArchitectureError("fixed", message, span=self.lets[name].span, source=self.source)
        lets = {name: Meant(let.value, self.source) for name, let in self.lets.items()}
        scope = ProgramScope({**lets, **bindings}, self.names, convention, self._left_out)
        if self.choices:
            scope.options = options = self.options
            for name in bindings.keys() & self.choices.keys():
                if not bindings[name].leaves_open:
                    value = scope.find(name, self.choices[name])
                    check_chosen(name, value, options[name], self.choices[name], self.source)
        return scope

    def _left_out(self) -> Iterator[LeftOut]:
        return left_out((*self.chains, *(macro.body for macro in self.macros.values())))

    @property
    def automatic(self) -> Collection[str]:
        """The names of the sizes that it leaves out."""
        return owners(self._left_out(), self.names)

    @property
    def options(self) -> dict[str, tuple[int, ...]]:
        """The values that each choice is among, in the order of the text."""
        lets = {name: Meant(let.value, self.source) for name, let in self.lets.items()}
        scope = ProgramScope(lets, self.names, TEXTBOOK)
        found: dict[str, tuple[int, ...]] = {}
        try:
            for name, choice in self.choices.items():
                found[name] = found[choice.name] if choice.name in found else options_of(choice, scope)
        except ArchitectureError as error:
            raise error.within(self.source) from None
        return found


def program(source: str) -> Program:
    """Read a text and resolve its names; an error carries its place in the text."""
    read = parse(source)
    try:
        return _resolved(read, source)
    except ArchitectureError as error:
        raise error.within(source) from None


def _resolved(read: tree.Program, source: str) -> Program:
    lets: dict[str, tree.Let] = {}
    choices: dict[str, tree.Choice] = {}
    definitions: dict[str, tree.Definition] = {}
    for statement in read.statements:
        match statement:
            case tree.Let(name=name) | tree.Definition(name=name) if name in {*lets, *definitions, *choices}:
                raise ArchitectureError("twice", f"{name} is defined twice", span=statement.span)
            case tree.Choice():
                for name in statement.names:
                    if name in {*lets, *definitions, *choices}:
                        raise ArchitectureError("twice", f"{name} is defined twice", span=statement.span)
                    choices[name] = statement
            case tree.Let():
                lets[statement.name] = statement
            case tree.Definition():
                definitions[statement.name] = statement
            case _:
                pass
    chains, macros = _items(read, source, definitions)
    if not chains:
        raise ArchitectureError("no-network", "no network is described", hint="write a chain such as I784-H100-O10")
    return Program(source, read, chains, lets, choices, macros, frozenset(_names_written(read)))


def _items(
    read: tree.Program, source: str, own: Mapping[str, tree.Definition]
) -> tuple[tuple[Chain, ...], Mapping[str, Macro]]:
    """The chains and the macros of a text, their layers numbered in its order.

    Layers of the prelude are numbered after them, in the order in which a walk meets them.
    """
    shipped = {name: each for name, each in definitions_shipped().items() if name not in own}
    resolver = Resolver({**shipped, **own}, frozenset(shipped))
    chains: list[Chain] = []
    macros: dict[str, Macro] = {}
    for statement in read.statements:
        if isinstance(statement, tree.Definition):
            macros[statement.name] = resolver.macro(statement, source)
        elif isinstance(statement, tree.Chain):
            chains.append(resolver.chain(statement, source))
    macros |= resolver.imports
    if resolver.used:
        for name in macros_met(tuple(chains), macros):
            if name not in macros:
                macros[name] = resolver.macro(shipped[name], PRELUDE)
    return tuple(chains), macros


def _names_written(program: tree.Program) -> Iterator[str]:
    """Every name that the text uses in a size."""
    for statement in program.statements:
        match statement:
            case tree.Let(name=name, value=value):
                yield name
                yield from tree.names_in(value)
            case tree.Choice(names=names, values=values):
                yield from names
                yield from tree.names_in(values)
            case tree.Definition(parameters=parameters):
                for parameter in parameters:
                    yield parameter.name
                    if parameter.default is not None:
                        yield from tree.names_in(parameter.default)
            case _:
                pass
    for item in tree.items_in(program):
        match item:
            case tree.Call():
                for argument in _with_sizes(item):
                    yield from tree.names_in(argument.value)
            case tree.Tap(label=label) | tree.Again(label=label) | tree.Labelled(label=label):
                if label.index is not None:
                    yield from tree.names_in(label.index)
            case tree.Repeat(count=tree.Index(names=names, values=values)):
                yield from names
                yield from tree.names_in(values)
            case tree.Repeat(count=count) if not isinstance(count, tree.Index):
                yield from tree.names_in(count)
            case _:
                pass


def _with_sizes(call: tree.Call) -> tuple[tree.Argument, ...]:
    """The arguments of a call without the name that it gives a layer: that is no size."""
    if call.name == ZOO:
        return tuple(each for each in call.arguments if each.name is not None)
    kind = kind_named(call.name)
    if kind is None or not kind.naming:
        return call.arguments
    by_place = bool(call.arguments) and call.arguments[0].name is None
    return tuple(each for each in call.arguments[by_place:] if each.name != kind.naming)

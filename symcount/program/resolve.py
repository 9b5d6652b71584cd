"""Makes items of a syntax tree, and looks each name up once: among macros, wrappers and layer kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from symcount.errors import ArchitectureError
from symcount.program.backbone import ZOO, Backbone
from symcount.program.call_arguments import axis_of, macro_arguments, one_argument
from symcount.program.items import (
    Again,
    Bidirectional,
    Block,
    BodyCall,
    Branches,
    Chain,
    Copies,
    Frozen,
    Group,
    Item,
    Joined,
    Labelled,
    Macro,
    MacroCall,
    Maybe,
    Mixture,
    Picked,
    Repeat,
    Tap,
)
from symcount.program.kinds import glued_arguments, resolved_kind, split_digits
from symcount.program.layer_call import LayerCall, layer_call
from symcount.program.prelude import PRELUDE, definitions_shipped
from symcount.program.wrappers import WRAPPERS, Wrapper
from symcount.records import replace
from symcount.syntax import tree

_OPTIONAL = "?"
"""The key under which optional layers are numbered, as layers are under the token of their kind."""


class Resolver:
    """Resolves the parts of one program, and counts the layers of each kind as it meets them.

    ``definitions`` are those of the program and those that ship with the language. A name of the
    latter that is met is kept in ``used``: only such a definition is resolved, when the text is done.
    """

    def __init__(self, definitions: Mapping[str, tree.Definition], shipped: frozenset[str]) -> None:
        self.definitions = definitions
        self.shipped = shipped
        self.used: dict[str, None] = {}
        self.has_definitions = len(definitions) > len(shipped)
        self.backbones: dict[str, str] = {}
        self.imports: dict[str, Macro] = {}
        self._counts: Counter[str] = Counter()

    def macro(self, definition: tree.Definition, source: str) -> Macro:
        """Resolve the names in the definition of a macro."""
        parameters = {each.name: each.default for each in definition.parameters}
        if len(parameters) < len(definition.parameters):
            raise _repeated(definition)
        body = _Text(self, source, in_macro=True).chain(definition.body)
        return Macro(definition.name, parameters, body, source)

    def chain(self, chain: tree.Chain, source: str) -> Chain:
        """Resolve the names in one chain of layers."""
        return _Text(self, source, in_macro=False).chain(chain)

    def imported(self, call: tree.Call, source: str) -> str:
        """Return the name under which a network of the zoo is one of the macros, with what its text defines."""
        written = source[call.span.start : call.span.end]
        if written not in self.backbones:
            backbone = Backbone(call)
            alike = sum(name.partition("(")[0] == backbone.name for name in self.backbones.values())
            self.backbones[written] = name = f"{backbone.name}({alike + 1})" if alike else backbone.name
            family = _Family(backbone, self)
            try:
                self.imports[name] = backbone.macro(name, family.chain(backbone.chain, backbone.source))
            except ArchitectureError as error:
                raise error.within(backbone.source) from None
        return self.backbones[written]

    def ordinal(self, token: str) -> int:
        """Return the place of the next layer among its kind."""
        self._counts[token] += 1
        return self._counts[token]

    def called(self, name: str) -> tree.Definition | None:
        """Return the definition of this name, where there is one."""
        if name in self.shipped:
            self.used[name] = None
        return self.definitions.get(name)


class _Family(Resolver):
    """Resolves the text of a network of the zoo, whose definitions become macros of the program under longer names."""

    def __init__(self, backbone: Backbone, program: Resolver) -> None:
        own = {**definitions_shipped(), **backbone.definitions}
        named = {name: replace(each, name=f"{backbone.name}_{name}") for name, each in own.items()}
        Resolver.__init__(self, named, frozenset())
        self.backbone = backbone
        self.imports = program.imports
        self._counts = program._counts
        self._values = backbone.values()
        self._begun: set[str] = set()

    def called(self, name: str) -> tree.Definition | None:
        found = self.definitions.get(name)
        if found is not None and found.name not in self._begun:
            self._begun.add(found.name)
            source = self.backbone.source if name in self.backbone.definitions else PRELUDE
            self.imports[found.name] = replace(self.macro(found, source), around=self._values)
        return found


class _Text:
    """Resolves items of one text; ``body`` has a meaning in a definition alone."""

    def __init__(self, resolver: Resolver, source: str, *, in_macro: bool) -> None:
        self.resolver = resolver
        self.source = source
        self.in_macro = in_macro

    def chain(self, chain: tree.Chain) -> Chain:
        for item in chain.items[1:]:
            if self.resolver.has_definitions and self.drops(item):
                message = "what stands here begins with a label, and would drop the layers before it"
                hint = "such a macro stands first in a branch or tower, as in {cell(@a)|_}"
                raise ArchitectureError("tap-inside", message, span=item.span, hint=hint)
        return Chain(chain, self.source, tuple(map(self.item, chain.items)))

    def drops(self, item: tree.Item, met: frozenset[str] = frozenset()) -> bool:
        """Whether an item begins with a tap, perhaps in a macro: what arrives at it is dropped."""
        match item:
            case tree.Tap():
                return True
            case tree.Call(name=name) if name not in met and name in self.resolver.definitions:
                return self.drops(self.resolver.definitions[name].body.items[0], met | {name})
            case tree.Repeat(item=inner) | tree.Maybe(item=inner) | tree.Labelled(item=inner):
                return self.drops(inner, met)
            case tree.Series(chain=tree.Chain(items=(inner, *_))):
                return self.drops(inner, met)
            case _:
                return False

    def item(self, item: tree.Item) -> Item:
        source = self.source
        match item:
            case tree.Call():
                return self.call(item)
            case tree.Series() | tree.Branches():
                return self.block(item)
            case tree.Tap(label=label):
                return Tap(item, source, label)
            case tree.Again(label=label):
                return Again(item, source, label)
            case tree.Repeat(item=inner, count=count):
                return Repeat(item, source, self.item(inner), count)
            case tree.Maybe(item=inner):
                found = self.item(inner)
                return Maybe(item, source, found, self.resolver.ordinal(_OPTIONAL))
            case tree.Labelled(item=inner, label=label):
                return Labelled(item, source, self.item(inner), label)

    def block(self, block: tree.Series | tree.Branches) -> Block:
        if isinstance(block, tree.Series):
            return Group(block, self.source, self.chain(block.chain))
        return Branches(block, self.source, block.joint, tuple(map(self.chain, block.chains)))

    def call(self, call: tree.Call) -> Item:
        if call.name == "body" and self.in_macro:
            return BodyCall(call, self.source)
        definition = self.resolver.called(call.name)
        if definition is not None:
            return self.macro_call(call, definition, call.arguments)
        if call.name == ZOO:
            return MacroCall(call, self.source, self.resolver.imported(call, self.source), {}, None)
        word, digits = split_digits(call.name)
        definition = self.resolver.called(word) if digits else None
        if definition is not None:
            return self.macro_call(call, definition, (*glued_arguments(call), *call.arguments))
        wrapper = WRAPPERS.get(call.name) or WRAPPERS.get(word)
        if wrapper is not None:
            return self.wrapped(call, call.name if call.name in WRAPPERS else word, wrapper)
        return self.layer(call)

    def layer(self, call: tree.Call) -> LayerCall:
        kind, arguments = resolved_kind(call, self.resolver.definitions)
        if call.block is not None:
            message = f"{kind.token} takes no block"
            raise ArchitectureError("no-block", message, span=call.span, hint="link the layers with '-'")
        return layer_call(call, kind, arguments, self.resolver.ordinal(kind.token), self.source)

    def macro_call(
        self, call: tree.Call, definition: tree.Definition, arguments: tuple[tree.Argument, ...]
    ) -> MacroCall:
        values = macro_arguments(call, definition, arguments)
        block = None if call.block is None else self.block(call.block)
        return MacroCall(call, self.source, definition.name, values, block)

    def wrapped(self, call: tree.Call, name: str, wrapper: Wrapper) -> Item:
        plain = call.name == name and not call.arguments
        if call.block is None or not (plain or wrapper.takes_arguments):
            message = f"{call.name} takes a block of layers"
            raise ArchitectureError("wants-block", message, span=call.span, hint=f"write {wrapper.example}")
        match name:
            case "mul":
                return Branches(call, self.source, "×", self.chains(call.block))
            case "cat":
                return Joined(call, self.source, "cat", self.chains(call.block), axis_of(call))
            case "pick":
                return Picked(call, self.source, "pick", self.chains(call.block), one_argument(call, wrapper))
            case "res":
                past = tree.Chain(call.span, (tree.Call(call.span, "_", (), None),))
                return Branches(call, self.source, "+", (self.inside(call.block), self.chain(past)))
            case Frozen.name:
                return Frozen(call, self.source, self.inside(call.block))
            case Copies.name:
                return Copies(call, self.source, self.inside(call.block), one_argument(call, wrapper))
            case Bidirectional.name:
                return Bidirectional(call, self.source, self.inside(call.block))
            case _:
                router = self.layer(replace(call, block=None))
                return Mixture(call, self.source, self.inside(call.block), router)

    def chains(self, block: tree.Series | tree.Branches) -> tuple[Chain, ...]:
        """The branches that a wrapper is given, of which a block in ``[ ]`` is one."""
        return tuple(map(self.chain, block.chains if isinstance(block, tree.Branches) else (block.chain,)))

    def inside(self, block: tree.Series | tree.Branches) -> Chain:
        """The block of a wrapper as one chain."""
        return self.chain(block.chain if isinstance(block, tree.Series) else tree.Chain(block.span, (block,)))


def _repeated(definition: tree.Definition) -> ArchitectureError:
    seen: set[str] = set()
    for parameter in definition.parameters:
        if parameter.name in seen:
            message = f"the parameter {parameter.name} of {definition.name} stands twice"
            return ArchitectureError("twice", message, span=parameter.span)
        seen.add(parameter.name)
    raise AssertionError("no parameter stands twice")

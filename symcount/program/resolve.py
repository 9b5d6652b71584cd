"""Makes items of a syntax tree, and looks each name up once: among macros, wrappers and layer kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from symcount.errors import ArchitectureError, near
from symcount.program.items import (
    Again,
    Bidirectional,
    Block,
    BodyCall,
    Branches,
    Chain,
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

    def ordinal(self, token: str) -> int:
        """Return the place of the next layer among its kind."""
        self._counts[token] += 1
        return self._counts[token]

    def called(self, name: str) -> tree.Definition | None:
        """Return the definition of this name, where there is one."""
        if name in self.shipped:
            self.used[name] = None
        return self.definitions.get(name)


class _Text:
    """Resolves items of one text; ``body`` has a meaning in a definition alone."""

    def __init__(self, resolver: Resolver, source: str, *, in_macro: bool) -> None:
        self.resolver = resolver
        self.source = source
        self.in_macro = in_macro

    def chain(self, chain: tree.Chain) -> Chain:
        return Chain(chain, self.source, tuple(map(self.item, chain.items)))

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
        values = _arguments(call, definition, arguments)
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
                return Joined(call, self.source, "cat", self.chains(call.block), _axis(call))
            case "pick":
                return Picked(call, self.source, "pick", self.chains(call.block), _one_argument(call, wrapper))
            case "res":
                past = tree.Chain(call.span, (tree.Call(call.span, "_", (), None),))
                return Branches(call, self.source, "+", (self.inside(call.block), self.chain(past)))
            case Frozen.name:
                return Frozen(call, self.source, self.inside(call.block))
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


def _one_argument(call: tree.Call, wrapper: Wrapper) -> tree.Expression:
    """The one argument of a wrapper, which is a size."""
    match (*glued_arguments(call), *call.arguments):
        case (tree.Argument(name=None, value=value),) if isinstance(value, tree.Expression):
            return value
        case _:
            message = f"{split_digits(call.name)[0]} takes one number"
            raise ArchitectureError("bad-argument", message, span=call.span, hint=f"write {wrapper.example}")


def _axis(call: tree.Call) -> int:
    """The axis along which ``cat`` sets its branches, the first where it is not said."""
    match (*glued_arguments(call), *call.arguments):
        case ():
            return 1
        case (tree.Argument(name=None, value=tree.Number(value=int() as axis)),) if axis > 0:
            return axis
        case _:
            message = "cat takes the number of an axis, the first behind the channels being 1"
            hint = "branches are side by side over the channels in {A|B}"
            raise ArchitectureError("bad-argument", message, span=call.span, hint=hint)


def _arguments(
    call: tree.Call, definition: tree.Definition, arguments: tuple[tree.Argument, ...]
) -> dict[str, tree.Value]:
    """The written arguments of a call by the names of the parameters."""
    names = [parameter.name for parameter in definition.parameters]
    values: dict[str, tree.Value] = {}
    by_place = [argument.value for argument in arguments if argument.name is None]
    if len(by_place) > len(names):
        takes = f"at most {len(names)} ({', '.join(names)})" if names else "none"
        message = f"{definition.name} takes {takes}, found {len(by_place)}"
        raise ArchitectureError("too-many-arguments", message, span=call.span)
    for place, argument in enumerate(arguments):
        name = argument.name
        if name is None:
            if any(before.name is not None for before in arguments[:place]):
                raise _out_of_order(argument)
            name = names[place]
        elif name not in names:
            close = near(name, names)
            hint = f"did you mean {close}?" if close else f"it takes {', '.join(names) or 'none'}"
            message = f"{definition.name} has no parameter {name!r}"
            raise ArchitectureError("unknown-argument", message, span=call.span, hint=hint)
        if name in values:
            raise ArchitectureError("twice", f"{definition.name}: {name} is given twice", span=call.span)
        values[name] = argument.value
    for parameter in definition.parameters:
        if parameter.default is None and parameter.name not in values:
            message = f"{definition.name} needs a value for {parameter.name}"
            hint = f"def {definition.name}({', '.join(names)}) has no default for it"
            raise ArchitectureError("missing-argument", message, span=call.span, hint=hint)
    return values


def _out_of_order(argument: tree.Argument) -> ArchitectureError:
    message = "an argument without a name stands behind one with a name"
    return ArchitectureError("argument-order", message, span=argument.span, hint="put it first, or name it")


def _repeated(definition: tree.Definition) -> ArchitectureError:
    seen: set[str] = set()
    for parameter in definition.parameters:
        if parameter.name in seen:
            message = f"the parameter {parameter.name} of {definition.name} stands twice"
            return ArchitectureError("twice", message, span=parameter.span)
        seen.add(parameter.name)
    raise AssertionError("no parameter stands twice")


def macros_met(chains: tuple[Chain, ...], macros: Mapping[str, Macro]) -> Iterator[str]:
    """Yield the names of the definitions that a walk meets, in its order; ``macros`` may grow meanwhile."""
    met: set[str] = set()
    pending: list[Chain | Item] = list(reversed(chains))
    while pending:
        found = pending.pop()
        if isinstance(found, MacroCall):
            block = [] if found.block is None else [found.block]
            pending.extend(block)
            if found.name not in met:
                met.add(found.name)
                yield found.name
                pending.append(macros[found.name].body)
        else:
            pending.extend(reversed(inside(found)))


def inside(item: Chain | Item) -> tuple[Chain | Item, ...]:
    """Return what a chain or an item is directly made of."""
    match item:
        case Chain(items=items):
            return items
        case Group(chain=chain) | Frozen(chain=chain) | Bidirectional(chain=chain):
            return (chain,)
        case Mixture(chain=chain, router=router):
            return router, chain
        case Branches(chains=chains):
            return chains
        case Repeat(item=inner) | Maybe(item=inner) | Labelled(item=inner):
            return (inner,)
        case MacroCall(block=Group() | Branches() as block):
            return (block,)
        case _:
            return ()

"""`zoo(resnet50,to=@c5)`: a network of the zoo as layers of another, without its input, up to a label or a link.

Its text keeps its own names: what it defines, and the values that it is published with, are seen nowhere else. Its
labels are the exception: those are what a text goes on from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from symcount.catalogue import Model, model, spelled_like, unknown
from symcount.errors import ArchitectureError
from symcount.layers import TEXTBOOK, Value
from symcount.program.bindings import bound_values
from symcount.program.items import Chain, Macro
from symcount.program.kinds import is_input
from symcount.program.scope import Meant, ProgramScope
from symcount.records import replace
from symcount.syntax import parse, text, tree

ZOO = "zoo"
"""The name of the call."""

_EXAMPLE = "write zoo(resnet50), or zoo(resnet50,to=@c5)"


class Backbone:
    """A network of the zoo that a text calls, and where it is cut."""

    def __init__(self, call: tree.Call) -> None:
        self.call = call
        self.model = _model(call)
        self.source = self.model.text
        self.to = next((each.value for each in call.arguments if each.name == "to"), None)
        self.name = re.sub(r"\W", "_", self.model.name)
        read = parse(self.source)
        self.definitions = {each.name: each for each in read.statements if isinstance(each, tree.Definition)}
        self.lets = {each.name: each for each in read.statements if isinstance(each, tree.Let)}
        chains = [each for each in read.statements if isinstance(each, tree.Chain)]
        if len(chains) != 1 or not is_input(chains[0].items[0]):
            message = f"{self.model.name} is no single chain behind one input"
            raise ArchitectureError("unknown-model", message, span=call.span, hint="count it by itself: zoo:NAME")
        self.chain = replace(chains[0], items=self._cut(chains[0].items))

    def values(self) -> Mapping[str, Value]:
        """Return what the names of the text stand for, by the network's own values and those of the call."""
        given = dict(self.model.bindings)
        for argument in self.call.arguments:
            if argument.name is not None and argument.name != "to":
                given[argument.name] = self._number(argument)
        lets = {name: Meant(let.value, self.source) for name, let in self.lets.items()}
        scope = ProgramScope({**lets, **bound_values(given)}, frozenset(), TEXTBOOK)
        return {name: scope.find(name, self.call) for name in (*given, *lets)}

    def _number(self, argument: tree.Argument) -> int:
        if argument.name not in self.model.bindings:
            message = f"{self.model.name} has no symbol {argument.name!r}"
            hint = f"it has {', '.join(self.model.bindings)}"
            raise ArchitectureError("unknown-argument", message, span=argument.span, hint=hint)
        if isinstance(argument.value, tree.Number) and isinstance(argument.value.value, int):
            return argument.value.value
        raise ArchitectureError("bad-argument", f"{argument.name} of zoo is a whole number", span=argument.span)

    def _cut(self, items: tuple[tree.Item, ...]) -> tuple[tree.Item, ...]:
        """The links behind the input, up to the one that the call names."""
        links = items[1:]
        match self.to:
            case None:
                return links
            case tree.Number(value=int() as number) if 1 <= number <= len(links):
                return links[:number]
            case tree.Reference(label=tree.Label(name=name, index=None)):
                places = [place for place, item in enumerate(links, 1) if name in _labels(item)]
                if places:
                    return links[: places[0]]
        known = ", ".join(f"@{name}" for item in links for name in _labels(item)) or "no labels"
        message = f"{self.model.name} is cut at a label or behind a link, and has no {text(self.to)}"
        hint = f"it has {known}, and {len(links)} links: symcount count zoo:{self.model.name} --depth 0"
        raise ArchitectureError("unknown-label", message, span=self.to.span, hint=hint)

    def macro(self, name: str, chain: Chain) -> Macro:
        """Return the network as a macro of this name."""
        return Macro(name, {}, chain, self.source, self.values(), leaves_labels=True)


def _labels(item: tree.Item) -> tuple[str, ...]:
    return (item.label.name, *_labels(item.item)) if isinstance(item, tree.Labelled) else ()


def _model(call: tree.Call) -> Model:
    if call.block is not None:
        raise ArchitectureError("no-block", "zoo takes no block", span=call.span, hint=_EXAMPLE)
    match call.arguments:
        case (tree.Argument(name=None, value=value), *others) if all(each.name is not None for each in others):
            name = text(value)
        case _:
            message = "zoo takes the name of a network, where it is cut, and values of its symbols"
            raise ArchitectureError("bad-argument", message, span=call.span, hint=_EXAMPLE)
    found = model(name) or model(spelled_like(name) or "")
    if found is None:
        error = unknown(name)
        raise ArchitectureError(error.code, error.message, span=value.span, hint=error.hint)
    return found

"""A network in a framework: the classes that it needs, the statements that make it, and the total that is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from symcount.counts import Count
from symcount.interop.writing.bodies import Body
from symcount.interop.writing.calls import Calls
from symcount.interop.writing.classes import Classes
from symcount.interop.writing.comments import Comments
from symcount.interop.writing.draft import Draft
from symcount.interop.writing.drafting import drafted
from symcount.interop.writing.factoring import factored
from symcount.interop.writing.framework import Framework
from symcount.interop.writing.lines import WIDTH, Brackets, Item, lines, sum_lines
from symcount.interop.writing.naming import free
from symcount.interop.writing.nodes import Module, Node, arguments, every, first_parts, is_straight
from symcount.interop.writing.paths import Paths
from symcount.interop.writing.sizes import Sizes, with_long_sizes_named
from symcount.quantities import quantity_named
from symcount.records import record, replace

_NAME = "Network"


@record
class Written:
    """Code, and for each layer the modules that it became: their paths in the model, and where its channels stand."""

    code: str
    draft: Draft
    modules: dict[int, tuple[str, ...]]


def written(count: Count, sizes: Sizes, framework: Framework) -> Written:
    """Return a network as the code of a framework, whose last line holds its total, with what became of each layer."""
    return _Writer(count, sizes, framework).written()


class _Writer:
    def __init__(self, count: Count, sizes: Sizes, framework: Framework) -> None:
        self.count = count
        self.sizes = sizes
        self.framework = framework
        self.style = framework.style
        self.draft = drafted(count, framework)
        drafted_chains = [tower.chain for tower in self.draft.towers]
        chains, self.classes = factored(drafted_chains, sizes, count.program, {_NAME, *framework.helping.names})
        chains, self.sized = with_long_sizes_named(chains, tuple(map(free, count.trace.symbols)))
        pairs = zip(self.draft.towers, chains, strict=True)
        self.towers = tuple(replace(tower, chain=chain) for tower, chain in pairs)
        said = (
            framework.arriving(tower.input, of_entries=any(part.kind == "E" for part in first_parts(tower.chain)))
            for tower in self.towers if tower.input is not None
        )  # fmt: skip
        self.inputs = tuple(each for each in said if each)
        self.symbols = tuple(name for name in map(free, count.trace.symbols) if self._uses(name))
        self.calls = Calls(self.style, Comments(count, sizes))
        self.texts = Classes(count, sizes, self.style)

    def written(self) -> Written:
        """Return the code, and what became of each layer."""
        network, model = self._network()
        modules = [each for node in self._every() for each in every(node) if isinstance(each, Module)]
        classes = [*self.framework.helping.texts(modules), *map(self.texts.text, self.classes), *network]
        body = "\n\n\n".join([*classes, *model])
        imports = "\n".join(self.framework.imports(body))
        between = "\n\n\n" if body.startswith(("class ", "def ")) else "\n\n"
        return Written(f"{self._heading()}\n{imports}{between}{body}\n", self.draft, self._paths())

    def _heading(self) -> str:
        total = "" if self.symbols else f" of {int(self.total):,} parameters"
        said = [f'"""A network{total}, in {self.style.name}.', "", *self.count.text.split("; ")]
        if self.count.bindings:
            given = ", ".join(f"{name} = {value}" for name, value in self.count.bindings.items())
            said += ["", f"where {given}"]
        return "\n".join([*said, '"""', ""])

    @cached_property
    def total(self) -> str:
        """The number of its parameters, as an expression."""
        parts = (self.count.sizes(quantity_named(name)) for name in self.style.quantities)
        return self.sizes.text(*(size for each in parts for size in each))

    def _every(self) -> Iterator[Node]:
        """The chains of the network and of every block in it, with the sizes that they have there."""
        for tower in self.towers:
            yield tower.chain
        for each in self.classes:
            for block in each.blocks:
                yield block.chain

    def _uses(self, symbol: str) -> bool:
        texts = (each.text for tower in self.towers for each in arguments(tower.chain))
        return any(re.search(rf"\b{symbol}\b", text) for text in (*texts, *self.inputs, *self.sized, self.total))

    def _network(self) -> tuple[list[str], list[str]]:
        """The class of the network where it has one, and the statements that make it and hold its total."""
        [first, *others] = self.towers
        if others or not is_straight(first.chain) or self.draft.ties:
            return self._of_statements()
        items = [*map(Item, self.inputs), *self.calls.items(first.chain)]
        if self.inputs and len(items) == len(self.inputs):
            items.append(Item(self.style.identity))
        if not self.symbols:
            code = self.calls.row(self.style.row, items, tall=True)
            return [], ["\n".join([*self.framework.made(code, int(self.total)), *self._held("model")])]
        text = self.texts.row(_NAME, self.symbols, items, self.calls, self.sized)
        return ["\n".join([*text, *(" " * 8 + line for line in self._held("self"))])], []

    def _of_statements(self) -> tuple[list[str], list[str]]:
        body = Body((), self.style)
        given = body.network(self.towers, self.draft.out)
        inside = [*self._built("self"), *self._held("self")] if self.symbols else []
        after = [*self._ties(), *inside]
        text = self.texts.block(
            _NAME, self.symbols, body, self.calls, given, self.style.network, first=self.sized, after=after
        )
        if self.symbols:
            return ["\n".join(text)], []
        made = self.framework.made(Brackets(_NAME, tuple(self.calls.handed_on())), int(self.total))
        return ["\n".join(text)], ["\n".join([*made, *self._built("model"), *self._held("model")])]

    def _built(self, model: str) -> Iterator[str]:
        """A call with what arrives, which gives the layers their parameters, where they do not have them before."""
        indent = 8 * bool(self.symbols)
        if self.inputs:
            yield from (each[indent:] for each in lines(Brackets(model, tuple(map(Item, self.inputs))), indent))

    def _held(self, model: str) -> Iterator[str]:
        total = f"{int(self.total):_}" if self.total.isdigit() else self.total
        counted = self.style.counted.format(model)
        whole = f"assert {counted} == {total}"
        indent = 8 * bool(self.symbols)
        if indent + len(whole) <= WIDTH:
            yield whole
            return
        yield f"total = {counted}"
        whole = f"assert total == {total}"
        yield from [whole] if indent + len(whole) <= WIDTH else sum_lines("assert total == ", total, indent)

    def _ties(self) -> Iterator[str]:
        paths = self._paths()
        for borrower, lender in self.draft.ties:
            yield self.framework.tied(*(f"self{_attribute_of(paths[id(step)][-1])}" for step in (borrower, lender)))

    def _paths(self) -> dict[int, tuple[str, ...]]:
        return Paths(self.towers, self.draft, self.classes, self.style).found


def _attribute_of(path: str) -> str:
    return "".join(f"[{each}]" if each.isdigit() else f".{each}" for each in path.split("."))

"""What stands in a class: its attributes, each a module or several in a row, and the statements that call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.interop.writing.draft import Tower, variable
from symcount.interop.writing.framework import Style, lacking
from symcount.interop.writing.naming import attribute, unused
from symcount.interop.writing.nodes import (
    Again,
    Block,
    Chain,
    Hole,
    Loop,
    Mark,
    Merge,
    Module,
    Node,
    Tensor,
    Use,
    every,
    flattened,
    is_straight,
)
from symcount.interop.writing.words import word_of
from symcount.records import record
from symcount.trace import Part

_LONGEST = 60
"""The most characters of calls inside one another; behind more of them a line ends."""


@record
class Attribute:
    """An attribute of a class: modules in a row, or a list of modules that are called one by one."""

    name: str
    nodes: tuple[Node, ...]
    is_list: bool = False


class Body:
    """The attributes and statements of a class, which takes the tensors of these marks besides what arrives."""

    def __init__(self, needs: Sequence[int], style: Style) -> None:
        self.attributes: list[Attribute] = []
        self.statements: list[str] = []
        self.style = style
        self.variables: dict[int, str] = {}
        self.called: dict[int, str] = {}
        self.names = {*style.reserved}
        self.taken = {"x", "self"}
        self.used: set[int] = set()
        self.needs = [self._named(key, "memory") for key in needs]

    def _named(self, key: int, name: str) -> str:
        name = unused(name, self.taken)
        self.taken.add(name)
        self.variables[key] = name
        return name

    def only(self, chain: Chain) -> Body:
        """Fill the body with the one chain of a class."""
        self.used = {*_taken_up(chain)}
        self._end([self.run(chain, "x", "x")])
        return self

    def network(self, towers: Sequence[Tower], out: int | None) -> tuple[str, ...]:
        """Fill the body with the chains of a network, and return the names of what it is given.

        What leaves are the ends that nothing takes up, that of the output before the others.
        """
        self.used = {key for tower in towers for key in _taken_up(tower.chain)} | {*([] if out is None else [out])}
        inputs = [tower for tower in towers if tower.input is not None]
        names = [*self._inputs(inputs)]
        given = iter(names)
        ends: list[str] = []
        for tower in towers:
            is_last = tower is towers[-1]
            end = self.run(tower.chain, next(given) if tower.input is not None else "x", "x")
            if not tower.is_taken_up or (is_last and out is None):
                ends.append(end if is_last or end in self.variables.values() else self._kept_apart(end, "side"))
        first = self.variables[out] if out is not None else ends[-1]
        self._end([first, *(end for end in ends if end != first)])
        return tuple(names)

    def _inputs(self, inputs: Sequence[Tower]) -> Iterator[str]:
        """The names of the inputs: the labels of those that are taken up again, else x, numbered among several."""
        for number, tower in enumerate(inputs, 1):
            step = tower.input
            if step is not None and id(step) in self.used and step.label:
                yield self._named(id(step), variable(step.label))
            else:
                name = "x" if len(inputs) == 1 else f"x{number}"
                self.taken.add(name)
                yield name

    def _end(self, ends: Sequence[str]) -> None:
        last = self.statements[-1] if self.statements else ""
        if len(ends) == 1 and last.startswith(f"{ends[0]} = "):
            self.statements[-1] = f"return {last.removeprefix(f'{ends[0]} = ')}"
        else:
            self.statements.append(f"return {', '.join(ends)}")

    def run(self, chain: Node, current: str, target: str, hint: str = "") -> str:
        """Write what a chain does to a tensor, and return the expression for what leaves it."""
        pending: list[Node] = []
        nodes = [*flattened(chain)]
        whole = all(map(is_straight, nodes))
        for node in nodes:
            if is_straight(node):
                pending.append(node)
                continue
            current = self._flushed(pending, current, target)
            pending = []
            current = self._special(node, current, target)
        return self._flushed(pending, current, target, hint if whole else "")

    def _flushed(self, nodes: list[Node], current: str, target: str, hint: str = "") -> str:
        if not nodes:
            return current
        name = self._attribute(hint or word_of(nodes, self.style.row_name), tuple(nodes))
        return self._shortened(f"self.{name}({current})", target)

    def _shortened(self, expression: str, target: str) -> str:
        return self._assigned(expression, target) if len(expression) > _LONGEST else expression

    def _assigned(self, expression: str, name: str) -> str:
        if expression != name:
            self.statements.append(f"{name} = {expression}")
        return name

    def _attribute(self, name: str, nodes: tuple[Node, ...], *, is_list: bool = False) -> str:
        name = attribute(name, self.names)
        self.names.add(name)
        self.attributes.append(Attribute(name, nodes, is_list))
        return name

    def _special(self, node: Node, current: str, target: str) -> str:
        match node:
            case Merge():
                return self._merged(node, current, target)
            case Mark():
                return self._marked(node, current, target)
            case Tensor(key, part):
                return self._variable(key, part)
            case Again(key):
                return f"self.{self.called[key]}({current})" if key in self.called else current
            case Hole():
                return f"self.{self._attribute('body', (node,))}({current})"
            case Loop():
                return self._looped(node, current, target)
            case Module(needs=needs, part=part) | Use(block=Block(needs=needs, part=part)):
                taken = [self._variable(key, part) for key in needs]
                arity = 1
                if isinstance(node, Module):
                    taken = [self.style.moved.format(each) for each in taken] if node.turns else taken
                    arity = node.arity
                    current = self._assigned(current, target) if arity > 1 and not current.isidentifier() else current
                name = self._attribute(word_of([node], self.style.row_name), (node,))
                return self._shortened(f"self.{name}({', '.join([current] * arity + taken)})", target)
        raise TypeError(f"{node!r} is no part of a chain")

    def _variable(self, key: int, part: Part) -> str:
        if key not in self.variables:
            raise lacking(part, "the label stands inside a repeat", "give the count of that repeat a number")
        return self.variables[key]

    def _looped(self, node: Loop, current: str, target: str) -> str:
        current = self._assigned(current, target)
        inside = [*flattened(node.body)]
        again = [each.key for each in inside if isinstance(each, Again)]
        if len(again) == len(inside):
            calls = [f"    {target} = self.{self.called[key]}({target})" for key in again if key in self.called]
            self.statements += [f"for _ in range({node.count.text}):", *calls] if calls else []
            return target
        [use] = inside
        assert isinstance(use, Use)
        name = self._attribute(node.word, (node,), is_list=True)
        more = ", ".join([target, *(self._variable(key, node.part) for key in use.block.needs)])
        each_name = unused("block", self.taken)
        self.statements.append(f"for {each_name} in self.{name}:")
        self.statements.append(f"    {target} = {each_name}({more})")
        return target

    def _marked(self, node: Mark, current: str, target: str) -> str:
        if node.key in self.variables:
            return self.variables[node.key]
        before = len(self.attributes)
        nodes = [*flattened(node.node)]
        straight = bool(nodes) and all(map(is_straight, nodes))
        expression = self.run(node.node, current, target, node.name if straight else "")
        if len(self.attributes) == before + 1:
            self.called[node.key] = self.attributes[-1].name
        if node.key not in self.used:
            return expression
        return self._assigned(expression, self._named(node.key, node.name))

    def _merged(self, node: Merge, current: str, target: str) -> str:
        starts = any(not (chain.nodes and isinstance(chain.nodes[0], Tensor)) for chain in node.branches)
        if starts and not current.isidentifier():
            current = self._assigned(current, target)
        several = len(node.branches) > 2
        values = []
        before = {*self.taken}
        for number, chain in enumerate(node.branches, 1):
            values.append(self._branch(chain, current, f"branch{number}" if several else ""))
        whole = self._joined(node, values)
        if len(whole) > _LONGEST + len(current):
            values = [value if value.isidentifier() else self._kept_apart(value) for value in values]
            whole = self._joined(node, values)
        self.taken = before | {*self.variables.values()}
        return self._assigned(whole, target)

    def _branch(self, chain: Chain, current: str, hint: str) -> str:
        """What leaves a branch, on whose way a name of its own is used, kept where something was assigned to it."""
        own = self._own()
        self.taken.add(own)
        before = len(self.statements)
        value = self.run(chain, current, own, hint)
        if not any(each.startswith(f"{own} = ") for each in self.statements[before:]):
            self.taken.discard(own)
        return value

    def _own(self) -> str:
        return next(name for name in ("y", "z", *(f"y{n}" for n in range(2, 1000))) if name not in self.taken)

    def _kept_apart(self, value: str, name: str = "") -> str:
        own = unused(name, self.taken) if name else self._own()
        self.taken.add(own)
        return self._assigned(value, own)

    def _joined(self, node: Merge, values: Sequence[str]) -> str:
        if node.joint != "|":
            values = sorted(values, key=lambda value: not value.isidentifier())
        if node.joint == "|":
            return self.style.concatenated.format(", ".join(values), node.axis)
        return (" + " if node.joint == "+" else " * ").join(values)


def _taken_up(node: Node) -> Iterator[int]:
    """The tensors that are taken up again, by the keys of their marks."""
    for each in every(node):
        match each:
            case Tensor(key, _):
                yield key
            case Module(needs=needs) | Use(block=Block(needs=needs)):
                yield from needs
            case Loop(body=Chain(nodes=(Use(block=Block(needs=needs)),))):
                yield from needs

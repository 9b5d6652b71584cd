"""Writes a graph of layers as a line: branches where paths part and meet again, labels where that does not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcount.errors import ArchitectureError
from symcount.records import record

MOST_NODES = 20_000
"""The most layers that a graph may have."""

DEEPEST = 60
"""How many merges may stand inside one another."""


@record
class Node:
    """A layer of a graph: its name, its text, the names of the layers that it takes from, and how they are joined.

    ``joint`` is ``+`` or ``|`` or ``mul``; a text of its own stands behind the merge. ``beside`` are layers that the
    text names, as in ``from=@x``.
    """

    name: str
    text: str
    inputs: tuple[str, ...] = ()
    joint: str = ""
    beside: tuple[str, ...] = ()


def written(nodes: Sequence[Node], outputs: Sequence[str]) -> str:
    """Return the text of a graph by its outputs.

    >>> nodes = [Node("a", "I(8,T)"), Node("b", "Lin8", ("a",)), Node("c", "", ("a", "b"), "+"), Node("d", "R", ("c",))]
    >>> written(nodes, ["d"])
    'I(8,T)-{_+Lin8}-R'
    """
    if len(nodes) > MOST_NODES:
        raise ArchitectureError("limit", f"the graph has {len(nodes):,} layers; at most {MOST_NODES:,} are read")
    return _Writer(_in_order(nodes)).text(outputs)


def label_of(name: str) -> str:
    """Return the label of a layer: its name, in letters and digits."""
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in name)
    return plain if plain[:1].isalpha() else f"l_{plain}"


def _in_order(nodes: Sequence[Node]) -> dict[str, Node]:
    """The layers, each behind those that it takes from."""
    known = {node.name: node for node in nodes}
    ordered: dict[str, Node] = {}
    entered: set[str] = set()
    for first in known:
        pending = [first]
        while pending:
            name = pending[-1]
            node = _found(known, name)
            missing = [each for each in (*node.inputs, *node.beside) if each not in ordered]
            if name in ordered or not missing:
                ordered.setdefault(name, node)
                pending.pop()
                continue
            if name in entered:
                raise ArchitectureError("bad-file", f"the layer {name!r} takes from itself")
            entered.add(name)
            pending += missing
    return ordered


def _found(known: Mapping[str, Node], name: str) -> Node:
    node = known.get(name)
    if node is None:
        raise ArchitectureError("bad-file", f"there is no layer {name!r} to take from")
    return node


_ROOT = ""
"""What stands before every input."""


class _Writer:
    """The layers in order, what of them is written already, and which of them need a label."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes
        self.before = _dominators(nodes)
        self.done: set[str] = set()
        self.labelled: set[str] = {each for node in nodes.values() for each in node.beside}
        self.towers: list[list[_Item]] = []

    def text(self, outputs: Sequence[str]) -> str:
        for output in outputs:
            _found(self.nodes, output)
            if output not in self.done:
                self.towers.append(self._chain(output, _ROOT, 0))
        return "; ".join(map(self._chained, self.towers))

    def _chain(self, last: str, stop: str, depth: int) -> list[_Item]:
        """The layers behind one, up to another, in order."""
        if depth > DEEPEST:
            raise ArchitectureError("too-deep", f"merges nested too deeply; at most {DEEPEST} are read")
        items: list[_Item] = []
        name = last
        while name != stop:
            if name in self.done:
                self.labelled.add(name)
                items.append(_Item("", f"@{label_of(name)}"))
                break
            self.done.add(name)
            node = self.nodes[name]
            for each in node.beside:
                if each not in self.done:
                    self.towers.append(self._chain(each, _ROOT, depth + 1))
            if len(node.inputs) > 1:
                if node.text:
                    items.append(_Item(name, node.text))
                items.append(_Item("" if node.text else name, node.joint, self._branches(node, depth)))
                name = self.before[name]
            else:
                items.append(_Item(name, node.text or "_"))
                name = node.inputs[0] if node.inputs else stop
        items.reverse()
        return items

    def _branches(self, node: Node, depth: int) -> tuple[tuple[_Item, ...], ...]:
        """The branches of a merge; where their sources are several inputs, each is a tower of its own."""
        stop = self.before[node.name]
        if stop != _ROOT:
            return tuple(tuple(self._chain(each, stop, depth + 1)) for each in node.inputs)
        for each in node.inputs:
            if each not in self.done:
                self.towers.append(self._chain(each, _ROOT, depth + 1))
            self.labelled.add(each)
        return tuple((_Item("", f"@{label_of(each)}"),) for each in node.inputs)

    def _chained(self, items: Sequence[_Item]) -> str:
        return "-".join(self._item(item) for item in items) or "_"

    def _item(self, item: _Item) -> str:
        """An item, with the label of its layer where one is needed."""
        text = item.text
        if item.branches:
            inside = ("|" if text == "mul" else text).join(map(self._chained, item.branches))
            text = f"{'mul' if text == 'mul' else ''}{{{inside}}}"
        if item.name not in self.labelled:
            return text
        return f"{f'[{text}]' if '-' in text and not item.branches else text}@{label_of(item.name)}"


@record
class _Item:
    """What is written for a layer, whose name is empty where a label on it would not be the layer's; or a merge."""

    name: str
    text: str
    branches: tuple[tuple[_Item, ...], ...] = ()


def _dominators(nodes: Mapping[str, Node]) -> dict[str, str]:
    """For each layer the last one that every way to it passes; before inputs that is the root."""
    found: dict[str, str] = {}
    depth = {_ROOT: 0}
    for name, node in nodes.items():
        common = node.inputs[0] if node.inputs else _ROOT
        for other in node.inputs[1:]:
            common = _meeting(common, other, found, depth)
        found[name] = common
        depth[name] = depth[common] + 1
    return found


def _meeting(one: str, other: str, found: Mapping[str, str], depth: Mapping[str, int]) -> str:
    while one != other:
        if depth[one] >= depth[other]:
            one = found[one]
        else:
            other = found[other]
    return one

"""The calls that make modules: a node as an expression, with the counts beside the layers of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.interop.writing.comments import Comments
from symcount.interop.writing.framework import Style
from symcount.interop.writing.lines import Brackets, Code, Comprehension, Item
from symcount.interop.writing.nodes import Argument, Chain, Loop, Module, Node, Series, Use, flattened
from symcount.interop.writing.series import stride


class Calls:
    """The expressions of one class, or of the network."""

    def __init__(self, style: Style, comments: Comments) -> None:
        self.style = style
        self.comments = comments

    def code(self, node: Node) -> Code:
        """Return the expression that makes a node."""
        match node:
            case Module():
                return self._made(node)
            case Use(name, arguments):
                return Brackets(name, (*self._arguments(arguments), *self.handed_on()))
            case Loop(body, _, count, index, first):
                reach = count.text if first.text == "0" else f"{first.text}, {first.text} + {count.text}"
                return Comprehension(self._in_a_row(body), f"for {index} in range({reach})")
            case Series(each, name, values):
                return Comprehension(self.code(each), _clause(name, values))
            case Chain():
                return self._in_a_row(node)
        raise TypeError(f"{node!r} is no module")

    def handed_on(self) -> Iterator[Item]:
        """Yield what every class hands on to those that it makes."""
        return (Item(name, f"{name}=") for name in self.style.handed_on)

    def _made(self, node: Module) -> Code:
        made: Code = node.name
        if node.called:
            made = Brackets(node.name, tuple(self._arguments(node.arguments)), tail=node.tail)
        return Brackets(node.around, (Item(made),)) if node.around else made

    def several(self, node: Loop | Series, *, one_by_one: bool) -> Code:
        """Return what a loop makes as one attribute: a list that is called one by one, or layers in a row."""
        made = self.code(node)
        if one_by_one:
            return Brackets(self.style.list, (Item(made),)) if self.style.list else made
        return self.row(self.style.row, [Item(made, "*")])

    def row(self, head: str, items: Sequence[Item], *, tall: bool = False) -> Code:
        """Return a call that is given layers in a row, as a list where the framework takes one."""
        if not self.style.row_in_list:
            return Brackets(head, tuple(items), tall=tall)
        if len(items) == 1 and items[0].prefix == "*" and not items[0].comment:
            return Brackets(head, (Item(items[0].code),))
        listed = Brackets("", tuple(items), "[]", tall=tall)
        return Brackets(head, (Item(listed),), tall=tall)

    def items(self, chain: Chain) -> Iterator[Item]:
        """Yield the layers of a chain, each with its count."""
        for node in flattened(chain):
            yield Item(self.code(node), _star(node), self.comments.beside(node))

    def _in_a_row(self, chain: Chain) -> Code:
        nodes = [*flattened(chain)]
        if not nodes:
            return self.style.identity
        if len(nodes) == 1 and not isinstance(nodes[0], Loop | Series):
            return self.code(nodes[0])
        return self.row(self.style.row, [Item(self.code(each), _star(each)) for each in nodes])

    def _arguments(self, arguments: Sequence[Argument]) -> Iterator[Item]:
        """The arguments of a call, without those that are their defaults."""
        for each in arguments:
            if each.module is None and each.text == each.default:
                continue
            prefix = f"{each.keyword}=" if each.keyword else ""
            yield Item(each.text if each.module is None else self.code(each.module), prefix)


def _star(node: Node) -> str:
    return "*" if isinstance(node, Loop | Series) else ""


def _clause(name: str, values: Sequence[str]) -> str:
    """The clause of a comprehension over values: a range where they are one."""
    step = stride(values)
    if step is None:
        return f"for {name} in ({', '.join(values)})"
    return f"for {name} in range({values[0]}, {int(values[-1]) + step}, {step})"

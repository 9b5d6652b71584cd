"""Where in a model the modules of each layer stand: the path of names and numbers that leads to them."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.interop.writing.bodies import Body
from symcount.interop.writing.draft import Draft, Tower
from symcount.interop.writing.factoring import Class
from symcount.interop.writing.framework import Style
from symcount.interop.writing.nodes import Chain, Hole, Loop, Module, Node, Series, Use, flattened, is_straight
from symcount.interop.writing.parameters import bodies_of


class Paths:
    """The paths of the modules of each part, those of the first pass where it is repeated."""

    def __init__(self, towers: Sequence[Tower], draft: Draft, classes: Sequence[Class], style: Style) -> None:
        self.found: dict[int, tuple[str, ...]] = {}
        self.bodies: dict[int, Node | None] = {}
        self.classes = {each.name: each for each in classes}
        self.style = style
        [first, *others] = towers
        if not others and is_straight(first.chain) and not draft.ties:
            self._in_a_row(first.chain, "")
            return
        body = Body((), style)
        body.network(towers, draft.out)
        self._attributes(body, "")

    def _attributes(self, body: Body, prefix: str) -> None:
        for each in body.attributes:
            path = f"{prefix}{each.name}"
            if len(each.nodes) == 1 and not isinstance(each.nodes[0], Loop | Series):
                self._node(each.nodes[0], path)
            else:
                self._in_a_row(Chain(each.nodes), f"{path}.")

    def _in_a_row(self, chain: Node, prefix: str) -> None:
        place = 0
        for node in flattened(chain):
            match node:
                case Loop(body=body, count=count):
                    self._made(body, f"{prefix}{place}")
                    place += int(count.text) if count.text.isdigit() else 0
                case Series(instances=instances):
                    for each in instances:
                        self._node(each, f"{prefix}{place}")
                        place += 1
                case _:
                    self._node(node, f"{prefix}{place}")
                    place += 1

    def _made(self, body: Node, path: str) -> None:
        """The path of what a comprehension makes once: one module, or several in a row."""
        nodes = [*flattened(body)]
        if len(nodes) == 1 and not isinstance(nodes[0], Loop | Series):
            self._node(nodes[0], path)
        else:
            self._in_a_row(body, f"{path}.")

    def _node(self, node: Node, path: str) -> None:
        match node:
            case Module(name=name, part=part, arguments=arguments):
                own = f"{path}.router" if name == "MixtureOfExperts" else path
                self.found[id(part)] = (*self.found.get(id(part), ()), own)
                for each in arguments:
                    if isinstance(each.module, Loop):
                        self._made(each.module.body, f"{path}.experts.0")
            case Use(block=block):
                self.bodies |= bodies_of(node)
                self._class(block.chain, block.needs, f"{path}.")
            case Hole():
                body = self.bodies[id(node)]
                if body is not None:
                    self._made(body, path)

    def _class(self, chain: Chain, needs: Sequence[int], prefix: str) -> None:
        if is_straight(chain):
            self._in_a_row(chain, prefix)
        else:
            self._attributes(Body(needs, self.style).only(chain), prefix)

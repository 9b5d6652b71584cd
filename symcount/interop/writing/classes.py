"""The text of a class: what it is given, its attributes, and the method that a call runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.counts import Count
from symcount.interop.writing.bodies import Attribute, Body
from symcount.interop.writing.calls import Calls
from symcount.interop.writing.comments import Comments
from symcount.interop.writing.factoring import Class
from symcount.interop.writing.framework import Style
from symcount.interop.writing.lines import WIDTH, Brackets, Item, lines
from symcount.interop.writing.nodes import Chain, Hole, Loop, Series, is_straight
from symcount.interop.writing.sizes import Sizes

_INDENT = 8


class Classes:
    """Writes the classes of one network in the style of a framework."""

    def __init__(self, count: Count, sizes: Sizes, style: Style) -> None:
        self.count = count
        self.sizes = sizes
        self.style = style

    def text(self, each: Class) -> str:
        """Return the text of a class that blocks share."""
        calls = Calls(self.style, Comments(self.count, self.sizes, each))
        names = [each.name if each.default is None else f"{each.name}={each.default}" for each in each.parameters]
        if is_straight(each.chain):
            return "\n".join(self.row(each.name, names, [*calls.items(each.chain)], calls))
        body = Body(each.blocks[0].needs, self.style).only(each.chain)
        return "\n".join(self.block(each.name, names, body, calls, ["x", *body.needs]))

    def row(
        self, name: str, parameters: Sequence[str], items: Sequence[Item], calls: Calls, first: Sequence[str] = ()
    ) -> Iterator[str]:
        """Yield the lines of a class of layers in a row."""
        yield f"class {name}({self.style.row}):"
        yield from self._signature(parameters)
        yield from _indented(first)
        yield from lines(calls.row("super().__init__", items, tall=True), _INDENT)

    def block(
        self,
        name: str,
        parameters: Sequence[str],
        body: Body,
        calls: Calls,
        given: Sequence[str],
        base: str | None = None,
        first: Sequence[str] = (),
        after: Sequence[str] = (),
    ) -> Iterator[str]:
        """Yield the lines of a class that runs statements; some stand ``first``, some ``after`` its attributes."""
        yield f"class {name}({base or self.style.block}):"
        yield from self._signature(parameters)
        begun = [self.style.begins, *first] if self.style.begins else [*first]
        yield from _indented(begun if begun or body.attributes or after else ["pass"])
        for attribute in body.attributes:
            yield from self._attribute(attribute, calls)
        yield from _indented(after)
        yield ""
        yield f"    def {self.style.called}(self, {', '.join(given)}):"
        yield from _indented(body.statements)

    def _signature(self, parameters: Sequence[str]) -> Iterator[str]:
        by_name = ("*", *self.style.handed_on) if self.style.handed_on else ()
        items = tuple(map(Item, ("self", *parameters, *by_name)))
        yield from lines(Brackets("def __init__", items), 4, after=":")

    def _attribute(self, attribute: Attribute, calls: Calls) -> Iterator[str]:
        first, *others = attribute.nodes
        before = f"self.{attribute.name} = "
        if isinstance(first, Hole):
            yield from _indented([f"{before}{self.style.identity} if {attribute.name} is None else {attribute.name}"])
        elif others:
            row = calls.row(self.style.row, [*calls.items(Chain(attribute.nodes))], tall=True)
            yield from lines(row, _INDENT, before)
        else:
            code = (
                calls.several(first, one_by_one=attribute.is_list)
                if isinstance(first, Loop | Series)
                else calls.code(first)
            )
            yield from _with_comment([*lines(code, _INDENT, before)], calls.comments.beside(first))


def _indented(statements: Sequence[str]) -> Iterator[str]:
    return (" " * _INDENT + each for each in statements)


def _with_comment(text: list[str], comment: str) -> Iterator[str]:
    if comment and len(text[-1]) + len(comment) + 4 <= WIDTH:
        text = [*text[:-1], f"{text[-1]}  # {comment}"]
    elif comment:
        yield " " * _INDENT + f"# {comment}"
    yield from text

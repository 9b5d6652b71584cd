"""The count beside each layer: a number where it is one, else its rule in the parameters of the class."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from symcount.arithmetic import Named, Size, Symbol, by_name, names, substitute
from symcount.arithmetic.notation import PYTHON
from symcount.counts import Count, Row
from symcount.counts.rows import LayerRow, row
from symcount.interop.writing.factoring import Class
from symcount.interop.writing.lines import tidy
from symcount.interop.writing.nodes import Loop, Module, Node, Series, Use, every
from symcount.interop.writing.sizes import Sizes
from symcount.quantities import quantity_named
from symcount.trace import Part, Step

_PARAMS = quantity_named("params")
_LONGEST = 76
"""The most characters of a rule that stands on a line of its own."""


class Comments:
    """What stands beside the modules of one class, or of the network where ``of`` is none."""

    def __init__(self, count: Count, sizes: Sizes, of: Class | None = None) -> None:
        self.count = count
        self.sizes = sizes
        self.letters: Mapping[tuple[str, ...], str] = {}
        self.parts: dict[int, tuple[Part, ...]] = {}
        if of is not None:
            self.letters = {each.column: each.name for each in of.parameters if each.default != "None"}
            walks = (list(map(_part, every(block.chain))) for block in of.blocks)
            for parts in zip(*walks, strict=True):
                found = tuple(part for part in parts if part is not None)
                if len(found) == len(parts):
                    self.parts.setdefault(id(found[0]), found)

    def beside(self, node: Node) -> str:
        """Return the comment beside a node, nothing where it has no parameters."""
        match node:
            case Module(counts=True, part=part):
                return self._amount(self.parts.get(id(part), (part,)))
            case Use(block=block):
                return self._amount(self.parts.get(id(block.part), (block.part,)))
            case Loop(part=part):
                return self._amount(self.parts.get(id(part), (part,)))
            case Series(instances=instances):
                parts = [each.block.part for each in instances if isinstance(each, Use)]
                numbers = [int(size) for size in map(self._params, parts) if isinstance(size, int)]
                return f"{sum(numbers):,}" if len(numbers) == len(parts) and not self.parts else ""
            case _:
                return ""

    def _amount(self, parts: Sequence[Part]) -> str:
        amounts = [self._params(part) for part in parts]
        texts = {self.sizes.text(amount) for amount in amounts}
        if texts == {"0"}:
            return ""
        if all(isinstance(amount, int) for amount in amounts):
            if len(texts) == 1:
                return f"{amounts[0]:,}"
            return self._rule(parts)
        return self._rule(parts) if self.letters else texts.pop()

    def _params(self, part: Part) -> Size:
        return self._row(part).size(_PARAMS)

    def _row(self, part: Part) -> Row:
        return row(part, self.count.numbers, self.count.setting)

    def _rule(self, parts: Sequence[Part]) -> str:
        """The rule of a layer in the parameters of its class, nothing where they do not say it."""
        rules = []
        for part in parts:
            found = self._row(part)
            if not (isinstance(found, LayerRow) and isinstance(part, Step)):
                return ""
            rules.append(found.lettered_rule)
        leaves = [names(rule) for rule in rules]
        if len({len(each) for each in leaves}) != 1 or len({by_name(rule) for rule in rules}) != 1:
            return ""
        columns = [tuple(map(self._value, column)) for column in zip(*leaves, strict=True)]
        letters: dict[Named, Size] = {}
        for named, column in zip(leaves[0], columns, strict=True):
            if column in self.letters:
                letters[named] = Symbol(self.letters[column])
            elif len({*column}) == 1 and column[0].isdigit():
                letters[named] = int(column[0])
            else:
                return ""
        written = substitute(rules[0], lambda each: letters[each] if isinstance(each, Named) else each)
        rule = tidy(ast.unparse(_Folded().visit(ast.parse(by_name(written, PYTHON), mode="eval"))))
        return rule if len(rule) <= _LONGEST else ""

    def _value(self, named: Named) -> str:
        return self.sizes.text(named.value)


class _Folded(ast.NodeTransformer):
    """Arithmetic without factors of 1, with products of numbers worked out, and equal addends as one."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Fold one operation, those inside it first."""
        self.generic_visit(node)
        match node:
            case ast.BinOp(ast.Constant(int() as left), ast.Mult(), ast.Constant(int() as right)):
                return ast.Constant(left * right)
            case ast.BinOp(ast.Constant(1), ast.Mult(), other) | ast.BinOp(other, ast.Mult(), ast.Constant(1)):
                return other
            case ast.BinOp(left, ast.Add(), right) if ast.dump(left) == ast.dump(right):
                return self.visit_BinOp(_twice(left))
        return node


def _twice(node: ast.expr) -> ast.BinOp:
    match node:
        case ast.BinOp(ast.Constant(int() as number), ast.Mult(), other):
            return ast.BinOp(ast.Constant(2 * number), ast.Mult(), other)
        case _:
            return ast.BinOp(ast.Constant(2), ast.Mult(), node)


def _part(node: Node) -> Part | None:
    match node:
        case Module(counts=True, part=part) | Loop(part=part):
            return part
        case Use(block=block):
            return block.part
        case _:
            return None

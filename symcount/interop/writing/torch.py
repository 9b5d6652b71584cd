"""PyTorch: a network as the modules that a person would have written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from symcount.counts import Count
from symcount.interop.writing.bodies import Attribute, Body, Style
from symcount.interop.writing.comments import Comments
from symcount.interop.writing.drafting import Draft, drafted
from symcount.interop.writing.factoring import Class, factored, flattened, is_straight, stride
from symcount.interop.writing.framework import FIRST
from symcount.interop.writing.lines import WIDTH, Brackets, Code, Comprehension, Item, lines, sum_lines
from symcount.interop.writing.naming import free
from symcount.interop.writing.nodes import (
    Argument,
    Chain,
    Hole,
    Loop,
    Module,
    Node,
    Series,
    Use,
    arguments,
    every,
)
from symcount.interop.writing.paths import Paths
from symcount.interop.writing.sizes import Sizes, flag, with_long_sizes_named
from symcount.interop.writing.torch_classes import BASES, CLASS_NAMES, class_text
from symcount.interop.writing.torch_layers import TorchLayers
from symcount.quantities import quantity_named
from symcount.records import record, replace
from symcount.trace import Bidirectional, Part, Step

STYLE = Style(
    "torch.cat([{}], dim={})",
    frozenset(
        "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches "
        "eval extra_repr float forward half ipu load_state_dict modules mtia parameters requires_grad_ share_memory "
        "state_dict to to_empty train training type xpu zero_grad".split()
    ),
)
"""How PyTorch writes a class; the names are those of `nn.Module` that a text may well have."""

_MOST_ALLOCATED = 2**30
"""A model with more parameters is made without values: it would not fit everybody's memory."""


@record
class Written:
    """Code, and for each layer the modules that it became: their paths in the model, and where its channels stand."""

    code: str
    draft: Draft
    modules: dict[int, tuple[str, ...]]


def code(count: Count) -> str:
    """Return a network as PyTorch code, whose last line holds the number of its parameters."""
    return torch_written(count).code


def torch_written(count: Count) -> Written:
    """Return a network as PyTorch code, with what became of each layer."""
    return _Writer(count).written()


class _Torch(TorchLayers):
    """The layers, and what stands between them."""

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the module that gives a vector axes of length 1."""
        first = flag(at == FIRST, "first", True)
        return Module("Spread", (Argument(str(rank)), first), part, "spread")

    def both_ways(self, step: Step, part: Bidirectional) -> Module:
        """Return a recurrent layer in both directions."""
        return self.recurrent(step, part, both=True)

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts."""
        layer: Any = router.layer
        arguments = (
            self.sizes.size(router.input.channels, "channels"),
            Argument("", module=experts),
            self.sizes.size(layer.top, "top", "top"),
            self.sizes.size(layer.shared, "shared", "shared", 0),
            flag(layer.bias, "bias", False),
        )
        return Module("MixtureOfExperts", arguments, router, "experts", counts=True)


class _Writer:
    def __init__(self, count: Count) -> None:
        self.count = count
        self.sizes = Sizes(count.numbers)
        self.draft = drafted(count, _Torch(self.sizes))
        drafted_chains = [tower.chain for tower in self.draft.towers]
        chains, self.classes = factored(drafted_chains, self.sizes, count.program, {_NAME, *CLASS_NAMES})
        chains, self.sized = with_long_sizes_named(chains, tuple(map(free, count.trace.symbols)))
        pairs = zip(self.draft.towers, chains, strict=True)
        self.towers = tuple(replace(tower, chain=chain) for tower, chain in pairs)
        self.symbols = tuple(name for name in map(free, count.trace.symbols) if self._uses(name))

    def written(self) -> Written:
        """Return the code, and what became of each layer."""
        network, model = self._network()
        classes = [*self._helpers(), *map(self._class, self.classes), *network]
        body = "\n\n\n".join([*classes, *model])
        imports = "\n".join(line for line, word in _IMPORTS if word in body)
        between = "\n\n\n" if classes else "\n\n"
        return Written(f"{self._heading()}\n{imports}{between}{body}\n", self.draft, self._paths())

    def _heading(self) -> str:
        total = "" if self.symbols else f" of {int(self.total):,} parameters"
        said = [f'"""A network{total}, in PyTorch.', "", *self.count.text.split("; ")]
        if self.count.bindings:
            given = ", ".join(f"{name} = {value}" for name, value in self.count.bindings.items())
            said += ["", f"where {given}"]
        return "\n".join([*said, '"""', ""])

    @cached_property
    def total(self) -> str:
        """The number of its parameters, as an expression."""
        parts = (self.count.sizes(quantity_named(name)) for name in ("trainable", "frozen"))
        return self.sizes.text(*(size for each in parts for size in each))

    def _helpers(self) -> list[str]:
        """The classes that PyTorch lacks, each once, those that others are built on before them."""
        modules = [each for node in self._every() for each in every(node) if isinstance(each, Module)]
        names = [name for each in modules for name in (BASES.get(each.name), each.name) if name is not None]
        said = {
            argument.keyword
            for each in modules if each.name in ("Attention", "WindowAttention")
            for argument in each.arguments if argument.keyword and argument.text != argument.default
        }  # fmt: skip
        said |= {"memory" for each in modules if each.name == "Attention" and each.needs}
        texts = (class_text(name, frozenset(said)) for name in dict.fromkeys(names))
        return [text for text in texts if text is not None]

    def _every(self) -> Iterator[Node]:
        """The chains of the network and of every block in it, with the sizes that they have there."""
        for tower in self.towers:
            yield tower.chain
        for each in self.classes:
            for block in each.blocks:
                yield block.chain
                for node in every(block.chain):
                    if isinstance(node, Hole):
                        yield node.filled

    def _uses(self, symbol: str) -> bool:
        texts = (each.text for tower in self.towers for each in arguments(tower.chain))
        return any(re.search(rf"\b{symbol}\b", text) for text in (*texts, *self.sized, self.total))

    # classes

    def _class(self, each: Class) -> str:
        comments = Comments(self.count, self.sizes, each)
        names = [each.name if each.default is None else f"{each.name}={each.default}" for each in each.parameters]
        return "\n".join(self._class_lines(each.name, names, each.chain, comments, each.blocks[0].needs))

    def _class_lines(
        self,
        name: str,
        parameters: Sequence[str],
        chain: Chain,
        comments: Comments,
        needs: Sequence[int],
        first: Sequence[str] = (),
    ) -> Iterator[str]:
        if is_straight(chain):
            yield f"class {name}(nn.Sequential):"
            yield from _signature(parameters)
            yield from (" " * 8 + line for line in first)
            call = Brackets("super().__init__", tuple(self._items(chain, comments)), tall=True)
            yield from lines(call, 8)
            return
        body = Body(needs, STYLE).only(chain)
        yield f"class {name}(nn.Module):"
        yield from self._filled(body, parameters, comments, ["x", *body.needs])

    def _filled(
        self,
        body: Body,
        parameters: Sequence[str],
        comments: Comments,
        given: Sequence[str],
        first: Sequence[str] = (),
        after: Sequence[str] = (),
    ) -> Iterator[str]:
        yield from _signature(parameters)
        yield " " * 8 + "super().__init__()"
        yield from (" " * 8 + line for line in first)
        for attribute in body.attributes:
            yield from self._attribute(attribute, comments)
        yield from (" " * 8 + line for line in after)
        yield ""
        yield f"    def forward(self, {', '.join(given)}):"
        for statement in body.statements:
            yield from _statement(statement)

    def _attribute(self, attribute: Attribute, comments: Comments) -> Iterator[str]:
        nodes = attribute.nodes
        before = f"self.{attribute.name} = "
        if isinstance(nodes[0], Hole):
            yield f"        {before}nn.Identity() if {attribute.name} is None else {attribute.name}"
            return
        code: Code
        if len(nodes) == 1 and not isinstance(nodes[0], Loop | Series):
            code = self._code(nodes[0], comments)
            yield from _with_comment([*lines(code, 8, before)], comments.beside(nodes[0]))
            return
        if len(nodes) == 1:
            inside = self._code(nodes[0], comments)
            name = "nn.ModuleList" if attribute.is_list else "nn.Sequential"
            prefix = "" if attribute.is_list else "*"
            code = Brackets(name, (Item(inside, prefix),))
            yield from _with_comment([*lines(code, 8, before)], comments.beside(nodes[0]))
            return
        yield from lines(Brackets("nn.Sequential", tuple(self._items(Chain(nodes), comments)), tall=True), 8, before)

    def _items(self, chain: Chain, comments: Comments) -> Iterator[Item]:
        for node in flattened(chain):
            prefix = "*" if isinstance(node, Loop | Series) else ""
            yield Item(self._code(node, comments), prefix, comments.beside(node))

    def _code(self, node: Node, comments: Comments) -> Code:
        match node:
            case Module(name, arguments, frozen=frozen):
                tail = ".requires_grad_(False)" if frozen else ""
                return Brackets(name, tuple(self._arguments(arguments, comments)), tail=tail)
            case Use(name, arguments):
                return Brackets(name, tuple(self._arguments(arguments, comments)))
            case Loop(body, _, count, index, first):
                reach = count.text if first.text == "0" else f"{first.text}, {_end(first.text, count.text)}"
                return Comprehension(self._in_a_row(body, comments), f"for {index} in range({reach})")
            case Series(each, name, values):
                return Comprehension(self._code(each, comments), _clause(name, values))
            case Chain():
                return self._in_a_row(node, comments)
        raise TypeError(f"{node!r} is no module")

    def _in_a_row(self, chain: Chain, comments: Comments) -> Code:
        nodes = [*flattened(chain)]
        if len(nodes) == 1 and not isinstance(nodes[0], Loop | Series):
            return self._code(nodes[0], comments)
        items = (Item(self._code(each, comments), "*" if isinstance(each, Loop | Series) else "") for each in nodes)
        return Brackets("nn.Sequential", tuple(items))

    def _arguments(self, arguments: Sequence[Argument], comments: Comments) -> Iterator[Item]:
        """The arguments of a call, by place until one is left out."""
        by_place = True
        for each in arguments:
            if each.module is None and each.text == each.default:
                by_place = by_place and bool(each.keyword)
                continue
            prefix = f"{each.keyword}=" if each.keyword else ""
            code = each.text if each.module is None else self._code(each.module, comments)
            yield Item(code, prefix)

    # the network

    def _network(self) -> tuple[list[str], list[str]]:
        """The class of the network where it has one, and the statements that make it and hold its total."""
        comments = Comments(self.count, self.sizes)
        [first, *others] = self.towers
        straight = not others and is_straight(first.chain) and not self.draft.ties
        if straight and not self.symbols:
            code = Brackets("nn.Sequential", tuple(self._items(first.chain, comments)), tall=True)
            return [], ["\n".join([*self._made(code), *self._held("model")])]
        if straight:
            text = [*self._class_lines(_NAME, self.symbols, first.chain, comments, (), self.sized)]
            return ["\n".join([*text, *(" " * 8 + line for line in self._held("self"))])], []
        body = Body((), STYLE)
        given = body.network(self.towers, self.draft.out)
        after = [*self._ties(), *(self._held("self") if self.symbols else ())]
        text = [f"class {_NAME}(nn.Module):", *self._filled(body, self.symbols, comments, given, self.sized, after)]
        made = [] if self.symbols else ["\n".join([*self._made(Brackets(_NAME, ())), *self._held("model")])]
        return ["\n".join(text)], made

    def _made(self, code: Code) -> Iterator[str]:
        if int(self.total) <= _MOST_ALLOCATED:
            yield from lines(code, 0, "model = ")
        else:
            yield 'with torch.device("meta"):  # shapes without values, which would fill the memory'
            yield from lines(code, 4, "model = ")

    def _held(self, model: str) -> Iterator[str]:
        total = self.total if self.symbols else f"{int(self.total):_}"
        counted = f"sum(each.numel() for each in {model}.parameters())"
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
            one, other = (_attribute_of(paths[id(step)][-1]) for step in (borrower, lender))
            yield f"self{one}.weight = self{other}.weight"

    def _paths(self) -> dict[int, tuple[str, ...]]:
        return Paths(self.towers, self.draft, self.classes, STYLE).found


_NAME = "Network"

_IMPORTS = (
    ("import torch", "torch."),
    ("from torch import nn", "nn."),
    ("from torch.nn import functional", "functional."),
)


def _signature(parameters: Sequence[str]) -> Iterator[str]:
    items = tuple(map(Item, ("self", *parameters)))
    yield from lines(Brackets("def __init__", items), 4, after=":")


def _statement(statement: str) -> Iterator[str]:
    yield " " * 8 + statement


def _with_comment(text: list[str], comment: str) -> Iterator[str]:
    if comment and len(text[-1]) + len(comment) + 4 <= WIDTH:
        text = [*text[:-1], f"{text[-1]}  # {comment}"]
    elif comment:
        yield " " * 8 + f"# {comment}"
    yield from text


def _end(first: str, count: str) -> str:
    return f"{first} + {count}"


def _clause(name: str, values: Sequence[str]) -> str:
    """The clause of a comprehension over values: a range where they are one."""
    step = stride(values)
    if step is None:
        return f"for {name} in ({', '.join(values)})"
    return f"for {name} in range({values[0]}, {int(values[-1]) + step}, {step})"


def _attribute_of(path: str) -> str:
    return "".join(f"[{each}]" if each.isdigit() else f".{each}" for each in path.split("."))

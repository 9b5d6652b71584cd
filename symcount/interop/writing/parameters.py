"""The parameters of a class: what differs among the blocks that it is made for, under the names of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symcount.interop.writing.naming import free, unused
from symcount.interop.writing.nodes import Argument, Block, Chain, Hole, Node, Use, arguments, every, with_arguments
from symcount.interop.writing.sizes import Sizes
from symcount.program import Program
from symcount.records import record, replace
from symcount.syntax import text

Column = tuple[str, ...]
"""What stands in one place of each of several blocks."""

_FACTORS = range(2, 9)

_SIDES = ("({0},)", "({0}, {0})", "({0}, {0}, {0})")
"""A size for each of several axes."""

_LEAST_DISTINCT = 3


@record
class Parameter:
    """A parameter of a class: its name, what it is where nothing is given, and what it is in each block."""

    name: str
    column: Column
    default: str | None = None
    is_open: bool = False


def parameters(
    blocks: Sequence[Block], sizes: Sizes, program: Program
) -> tuple[tuple[Parameter, ...], Chain, list[tuple[Argument, ...]]]:
    """Return the parameters of a class for these blocks, its chain in them, and what each block calls it with."""
    found = _Parameters(blocks, sizes, program)
    chain = found.chain()
    ordered = sorted(found.taken.values(), key=lambda each: (each.default is not None, found.place(each)))
    calls = [tuple(_passed(each, number) for each in ordered) for number in range(len(blocks))]
    given = tuple(ordered)
    for name, bodies in _bodies(blocks):
        given = (*given, Parameter(name, tuple("" if each else "None" for each in bodies), "None"))
        calls = [
            (*call, Argument("None", name, "None", name, module=body)) for call, body in zip(calls, bodies, strict=True)
        ]
    return given, chain, calls


def _passed(parameter: Parameter, number: int) -> Argument:
    keyword = parameter.name if parameter.default is not None else ""
    return Argument(parameter.column[number], keyword, parameter.default, parameter.name, parameter.is_open)


def holes(node: Node) -> list[Hole]:
    """Return the holes of a block, in order."""
    return [each for each in every(node) if isinstance(each, Hole)]


def bodies_of(use: Use) -> dict[int, Node | None]:
    """Return what a call gives for each hole of its class, by the identity of the hole; None where it gives nothing."""
    places = holes(use.block.chain)
    given = use.arguments[len(use.arguments) - len(places) :]
    return {id(hole): each.module for hole, each in zip(places, given, strict=True)}


def is_filled(hole: Hole) -> bool:
    """Return whether anything is in a hole."""
    return any(not isinstance(each, Chain) for each in every(hole.filled))


def _bodies(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Chain | None]]]:
    """What fills each hole in each block, under the name that it has as a parameter."""
    for number, column in enumerate(zip(*(holes(block.chain) for block in blocks), strict=True), 1):
        yield "body" if number == 1 else f"body{number}", [hole.filled if is_filled(hole) else None for hole in column]


class _Parameters:
    def __init__(self, blocks: Sequence[Block], sizes: Sizes, program: Program) -> None:
        self.blocks = blocks
        self.sizes = sizes
        self.taken: dict[str, Parameter] = {}
        self.named: dict[Column, str] = {}
        macro = program.macros.get(blocks[0].name)
        self.defaults = {} if macro is None else {free(name): each for name, each in macro.parameters.items()}
        self.given = self._given()
        for name, column in (*self.given.items(), *self._channels()):
            self.named.setdefault(column, name)

    def _channels(self) -> Iterator[tuple[str, Column]]:
        """The channels that arrive at each block, and those that leave it."""
        arriving = tuple(self.sizes.text(block.part.input.channels) for block in self.blocks)
        leaving = tuple(self.sizes.text(block.part.output.channels) for block in self.blocks)
        self.arriving = unused("channels" if arriving == leaving else "in_channels", self.given)
        yield self.arriving, arriving
        yield unused("out_channels", self.given), leaving

    def _given(self) -> Mapping[str, Column]:
        """The macro's own parameters that are sizes in every block."""
        each = [dict(block.given) for block in self.blocks]
        known = [name for name in each[0] if all(name in given for given in each)]
        return {free(name): tuple(given[name] for given in each) for name in known}

    def place(self, parameter: Parameter) -> tuple[int, int]:
        """Return where a parameter stands among the others: what arrives first, then those of the macro, in order."""
        if parameter.name == self.arriving:
            return 0, 0
        given = [*self.given]
        return (1, given.index(parameter.name)) if parameter.name in given else (2, [*self.taken].index(parameter.name))

    def chain(self) -> Chain:
        """Return the chain of the class."""
        each = [arguments(block.chain) for block in self.blocks]
        columns = [*zip(*each, strict=True)]
        place = iter(columns)

        def replaced(argument: Argument) -> Argument:
            column = next(place)
            texts = tuple(each.text for each in column)
            is_open = any(each.is_open for each in column)
            if len(set(texts)) == 1 and not is_open:
                return argument
            return replace(argument, text=self._expression(texts, argument, is_open), is_open=True)

        chain = with_arguments(self.blocks[0].chain, replaced)
        assert isinstance(chain, Chain)
        return chain

    def _expression(self, column: Column, argument: Argument, is_open: bool) -> str:
        """The parameter that a column is, or arithmetic with one of the macro's own."""
        if column not in self.named:
            for name, given in self.given.items():
                found = _relation(column, given, name, is_count=argument.role == "count")
                if found is not None:
                    self._take(name, given, None, is_open)
                    return found
            role = "width" if argument.role in ("in_channels", "out_channels") else argument.role
            self.named[column] = unused(role, {*self.named.values(), *self.given})
        name = self.named[column]
        self._take(name, column, argument.default, is_open)
        return name

    def _take(self, name: str, column: Column, usual: str | None, is_open: bool) -> None:
        if name in self.taken:
            return
        default: str | None = usual if _is_plain(usual) else None
        if name in self.given:
            written = self.defaults.get(name)
            default = None if written is None else text(written)
            default = default if _is_plain(default) else None
        self.taken[name] = Parameter(name, column, default, is_open)


def _is_plain(usual: str | None) -> bool:
    return usual is not None and (usual.isdigit() or usual in ("True", "False", "None") or usual.startswith('"'))


def _relation(column: Column, given: Column, name: str, *, is_count: bool) -> str | None:
    """How one column follows from another: as a multiple, a part, or, for a count, one less.

    Few numbers are multiples of others by chance alone.
    """
    forms = [f"{{}} - {k}" for k in (1, 2)] if is_count else [*_SIDES, *(f"{k} * {{}}" for k in _FACTORS)]
    for form in forms:
        if all(one == form.format(other) for one, other in zip(column, given, strict=True)):
            return form.format(name)
    if not all(each.isdigit() for each in (*column, *given)):
        return None
    pairs = [(int(one), int(other)) for one, other in zip(column, given, strict=True)]
    if is_count:
        return next((f"{name} - {k}" for k in (1, 2) if all(one == other - k for one, other in pairs)), None)
    if len(set(given)) < _LEAST_DISTINCT:
        return None
    for k in _FACTORS:
        if all(one == k * other for one, other in pairs):
            return f"{k} * {name}"
        if all(one * k == other for one, other in pairs):
            return f"{name} // {k}"
    return None

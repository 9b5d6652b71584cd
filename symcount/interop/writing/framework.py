"""What a framework's package answers: the modules that a step becomes, and the idioms of the code around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from symcount.errors import ArchitectureError
from symcount.interop.writing.helping import Helping
from symcount.interop.writing.lines import Code
from symcount.interop.writing.nodes import Loop, Module
from symcount.layers import Shape
from symcount.records import record
from symcount.trace import Bidirectional, Part, Step

FIRST, LAST = "first", "last"
"""Where the channels of a tensor stand: before its axes, or behind them."""


def lacking(step: Part, why: str, instead: str | None = None) -> ArchitectureError:
    """Return the refusal of a layer, with its place in the text."""
    item = step.item
    name = step.name if isinstance(step, Step) else step.kind
    return ArchitectureError("not-in-framework", f"{name}: {why}", span=item.span, hint=instead, source=item.source)


@record
class Idiom:
    """What a framework is called, and where the channels of an input stand in it."""

    name: str
    at: str


@record
class Style(Idiom):
    """How a framework writes what every network has; a text with ``{}`` is filled with names.

    ``block`` and ``network`` are the bases of classes, ``called`` the method that a call runs, ``row`` a class of
    layers in a row, ``row_in_list`` whether it takes them as a list, ``row_name`` what it is called where nothing in
    it stands out, and ``list`` the class of a list of layers, where an ordinary one would not do. ``concatenated`` sets
    tensors side by side, ``moved`` moves their channels to the end.
    ``counted`` is the number of parameters of a model, which are ``quantities``. A class has the names ``reserved``;
    it ``begins`` with a statement, and is given what is ``handed_on`` by name.
    """

    block: str
    network: str
    called: str
    row: str
    row_in_list: bool
    row_name: str
    list: str
    identity: str
    concatenated: str
    moved: str
    counted: str
    quantities: tuple[str, ...]
    reserved: frozenset[str]
    begins: str = "super().__init__()"
    handed_on: tuple[str, ...] = ()


class Layers(Protocol):
    """What a framework makes of layers, and of what stands between them."""

    @property
    def style(self) -> Idiom:
        """Its idioms."""

    def step(self, step: Step, at: str) -> tuple[tuple[Module, ...], str]:
        """Return the modules of a layer, and where the channels stand behind it, given where they stand before."""

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> tuple[Module, ...]:
        """Return the modules that move the channels of a shape to where they are wanted."""

    def spread(self, part: Part, rank: int, at: str) -> Module:
        """Return the module that gives a vector axes of length 1, so that it meets what has axes."""

    def both_ways(self, step: Step, part: Bidirectional) -> Module:
        """Return a recurrent layer in both directions."""

    def mixture(self, router: Step, experts: Loop) -> Module:
        """Return a mixture of experts, of its router and the loop that makes the experts."""

    def frozen(self, module: Module) -> Module:
        """Return a module whose parameters are not learned."""


class Framework(Layers, Protocol):
    """One framework: how it makes a layer, and how its classes are written."""

    @property
    def style(self) -> Style:
        """Its idioms."""

    @property
    def helping(self) -> Helping:
        """The classes that it may write besides those of the network."""

    def imports(self, body: str) -> Iterator[str]:
        """Yield the lines that import what code names."""

    def arriving(self, step: Step, *, of_entries: bool) -> str:
        """Return the expression that says what arrives at a model, nothing where it does not have to be said.

        ``of_entries`` says that they are whole numbers, of entries of an embedding.
        """

    def made(self, code: Code, total: int) -> Iterator[str]:
        """Yield the lines that make a model of so many parameters."""

    def tied(self, borrower: str, lender: str) -> str:
        """Return the statement that gives one layer the weights of another."""

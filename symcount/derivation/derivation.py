"""`Derivation`: every layer of a network worked out, what they add up to, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symcount.architecture import Architecture, Row
from symcount.arithmetic import Named, Size, names
from symcount.derivation.case import Case, in_case
from symcount.derivation.letters import settled
from symcount.derivation.steps import closing, worked
from symcount.derivation.working import Equation, Worked
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity, quantity_named
from symcount.trace import parts_of

DETAILS = ("full", "short")
"""Full is the solution of an exercise, short one line for each layer."""


@dataclass(frozen=True, repr=False)
class Derivation:
    """A worked solution: the layers, the addends of the total, the closed form and this case.

    ``general`` is the network that the layers are of: without the values that were given, which
    ``case`` puts in at the end. ``where`` says what the named sizes of the total are.
    """

    net: Architecture
    general: Architecture
    quantity: Quantity | None
    detail: str
    letters: Mapping[str, str]
    layers: tuple[Worked, ...]
    total: Size | None
    where: tuple[Equation, ...]
    case: Case | None
    whole: bool

    @property
    def addends(self) -> tuple[Worked, ...]:
        """The layers that add something to the total."""
        found = (layer for layer in self.layers if layer.amount is not None)
        if self.quantity is not None and not self.quantity.adds_up:
            return self.layers[-1:]
        return tuple(layer for layer in found if layer.amount and not _is_zero(layer.amount.result))

    @property
    def meanings(self) -> dict[str, str]:
        """What each letter of the rules is, in the order of their first use."""
        words: dict[str, dict[str, None]] = {}
        for layer in self.every:
            for letter, word in layer.letters.items():
                words.setdefault(letter, {})[word] = None
        return {letter: " or ".join(meant) for letter, meant in words.items()}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of single layers, but for what a step shows already."""
        inside = {layer.index for layer in self.every}
        shown = {layer.index for layer in self.every if any(step.what == "flattening" for step in layer.sizes)}
        notes = (note for row in self.net.rows if row.index in inside - shown for note in row.notes)
        return tuple(dict.fromkeys(notes))

    @property
    def every(self) -> tuple[Worked, ...]:
        """The layers and blocks at every depth, outer before inner."""
        return tuple(each for layer in self.layers for each in layer.every)

    def to(self, medium: str, **options: Any) -> str:
        """Return it in a medium: text, markdown, latex, html, typst or json.

        ``digits`` groups digits by ``space`` or ``comma``; ``standalone`` makes a LaTeX document.
        """
        from symcount.render.derivation import rendered

        return rendered(self, medium, **options)

    def pdf(self, **options: Any) -> bytes:
        """Return it as a PDF; needs the extra ``symcount[pdf]``."""
        from symcount.render.pdf import pdf

        return pdf(self.to("typst", **options))

    def __str__(self) -> str:
        return self.to("text")

    def __repr__(self) -> str:
        return self.to("text")

    def _repr_markdown_(self) -> str:
        return self.to("markdown")

    def _repr_latex_(self) -> str:
        return self.to("notebook")


def derivation(
    net: Architecture,
    quantity: str = "params",
    *,
    detail: str = "full",
    letters: Mapping[str, str] | None = None,
    at: str | int | None = None,
) -> Derivation:
    """Work a network out, or the layer at a name, number or label.

    The quantity ``output`` asks for the sizes alone.
    """
    if detail not in DETAILS:
        raise ArchitectureError("bad-detail", f"no detail is called {detail!r}", hint="there are: full, short")
    asked = None if quantity == "output" else quantity_named(quantity)
    general = _general(net)
    chosen = general.layers if at is None else (general.layer(at),)
    close = closing(general)
    layers = tuple(worked(layer, asked, close) for layer in chosen)
    parts = _parts(general, asked, chosen, at is None)
    total = None if asked is None else close(parts, _names(chosen))
    where = () if total is None else tuple(_where(total, layers, general))
    case = None
    if net is not general and asked is not None and total is not None:
        here = net.layers if at is None else (net.layer(at),)
        result = closing(net)(_parts(net, asked, here, at is None), _names(here))
        case = in_case(net, asked.words, total, where, result)
    renamed = settled(letters or {}, (letter for layer in layers for each in layer.every for letter in each.letters))
    return Derivation(net, general, asked, detail, renamed, layers, total, where, case, at is None)


def _general(net: Architecture) -> Architecture:
    """The network without the values that were given, or as it is where it cannot be counted without them."""
    if not net.bindings:
        return net
    try:
        general = net.unbound
        _ = general.assumptions, general.of("params")
    except ArchitectureError:
        return net
    return general


def _parts(net: Architecture, quantity: Quantity | None, chosen: tuple[Row, ...], whole: bool) -> tuple[Size, ...]:
    if quantity is None:
        return ()
    return net.total(quantity) if whole else tuple(layer.size_of(quantity.name) for layer in chosen)


def _names(chosen: tuple[Row, ...]) -> tuple[Named, ...]:
    found = (part for row in chosen for part in parts_of(row.part))
    sizes = (size for part in found for shape in (part.input, part.output) for size in shape.sizes)
    return tuple(dict.fromkeys(size for size in sizes if isinstance(size, Named)))


def _where(total: Size, layers: tuple[Worked, ...], net: Architecture) -> list[Equation]:
    """What the names in a total stand for, in the open symbols."""
    close = closing(net)
    return [Equation(each.name, each, close((each,), ()), each) for each in dict.fromkeys(names(total))]


def _is_zero(size: Size) -> bool:
    return isinstance(size, int) and size == 0

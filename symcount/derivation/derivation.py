"""`Derivation`: the worked solution of a network, as one would write it in an exercise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from symcount.arithmetic import Named, Size, names
from symcount.counts import Count, Row, said_once
from symcount.derivation.case import Case, substitute_values
from symcount.derivation.steps import closer, worked
from symcount.derivation.working import Equation, Worked
from symcount.errors import ArchitectureError
from symcount.layers import renamed
from symcount.quantities import QUANTITIES, Quantity, Sum
from symcount.records import record
from symcount.trace import parts_of

if TYPE_CHECKING:
    from symcount.counts.domain import Domain

DETAILS = ("full", "short")
"""Full is the solution of an exercise, short one line for each layer."""


@record
class Derivation:
    """A worked solution: each layer, the sum of their amounts, its closed form, and that with values put in.

    ``general`` is the network that the layers are of: without the values that were given, which
    ``case`` puts in at the end. ``where`` says what the named sizes of the total are.
    """

    count: Count
    general: Count
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
        if self.quantity is not None and not isinstance(self.quantity.fold, Sum):
            return self.layers[-1:]
        return tuple(layer for layer in found if layer.amount and not _is_zero(layer.amount.result))

    @property
    def domain(self) -> Domain:
        """For which symbols the general network exists."""
        return self.general.domain(*([] if self.quantity is None else [self.quantity]))

    @property
    def meanings(self) -> dict[str, str]:
        """The meaning of each letter in the rules, in the order of first use."""
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
        notes = (note for row in self.count.every_row if row.index in inside - shown for note in row.notes)
        return said_once(notes)

    @property
    def every(self) -> tuple[Worked, ...]:
        """The layers and blocks at every depth, outer before inner."""
        return tuple(each for layer in self.layers for each in layer.every)


def derivation(
    count: Count,
    quantity: Quantity,
    *,
    detail: str = "full",
    letters: Mapping[str, str] | None = None,
    at: str | int | None = None,
) -> Derivation:
    """Work a network out, or the layer at a name, number or label; a quantity that is a shape asks for sizes alone."""
    if detail not in DETAILS:
        raise ArchitectureError("bad-detail", f"no detail is called {detail!r}", hint="there are: full, short")
    asked = None if quantity.is_shape else quantity
    general = _general(count)
    chosen = general.rows if at is None else (general.row(at),)
    close = closer(general)
    layers = tuple(worked(layer, asked, close) for layer in chosen)
    total = None if asked is None else close(general.sizes(asked, at), _names(chosen))
    where = () if total is None else tuple(_where(total, general))
    case = None
    if count is not general and asked is not None and total is not None:
        here = count.rows if at is None else (count.row(at),)
        result = closer(count)(count.sizes(asked, at), _names(here))
        case = substitute_values(count, asked.words, total, where, result)
    used = (letter for layer in layers for each in layer.every for letter in each.letters)
    return Derivation(
        count, general, asked, detail, renamed(letters or {}, used), layers, total, where, case, at is None
    )


def _general(count: Count) -> Count:
    """The network without the values that were given, or as it is where it cannot be counted without them."""
    if not count.bindings:
        return count
    try:
        general = count.bound({})
        _ = general.of("params")
        if general.is_open:
            _ = general.domain(QUANTITIES["params"]).assumptions
    except ArchitectureError:
        return count
    return general


def _names(chosen: tuple[Row, ...]) -> tuple[Named, ...]:
    found = (part for row in chosen for part in parts_of(row.part))
    sizes = (size for part in found for shape in (part.input, part.output) for size in shape.sizes)
    return tuple(dict.fromkeys(size for size in sizes if isinstance(size, Named)))


def _where(total: Size, count: Count) -> list[Equation]:
    """The sizes that the names in a total stand for, in the open symbols."""
    close = closer(count)
    return [Equation(each.name, each, close((each,), ()), each) for each in dict.fromkeys(names(total))]


def _is_zero(size: Size) -> bool:
    return isinstance(size, int) and size == 0

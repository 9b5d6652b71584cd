"""Counts chains of known sizes link by link, for many lines: what one link adds is worked out once.

What a quantity adds to a total must not depend on the layers around it, and nothing may be bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar, cast

from symcount.counts.numbers import Numbers
from symcount.counts.rows import Row, row
from symcount.layers import Shape
from symcount.program.links import Link, Occurrence, split
from symcount.program.marks import Template, template
from symcount.quantities import Last, Quantity, Setting, Sum
from symcount.records import record
from symcount.trace import Known, Part, Trace
from symcount.trace.chains import Chains, Passage

_Shown = TypeVar("_Shown")


@record
class Piece(Generic[_Shown]):
    """What one link adds: to each quantity that adds up, by name and in their order; its row as shown, its notes."""

    amounts: Mapping[str, int]
    added: tuple[int, ...]
    shown: _Shown
    notes: tuple[Template, ...]


Passages = list[Passage[Piece[_Shown]]]
"""The links of one line, in order."""


class LinkCounter(Generic[_Shown]):
    """Counts the links of many lines under one setting; ``show`` makes what is shown of the row of each link."""

    def __init__(
        self,
        quantities: Sequence[Quantity],
        show: Callable[[Row], _Shown],
        setting: Setting,
        *,
        exact: bool,
        parted: bool = True,
    ) -> None:
        self.quantities = quantities
        self.show = show
        self.setting = setting
        self._sums = [quantity for quantity in quantities if isinstance(quantity.fold, Sum)]
        self._chains: Chains[Piece[_Shown]] = Chains(self._piece, setting.convention, exact=exact, parted=parted)

    @property
    def is_apt(self) -> bool:
        """Whether these quantities can be counted link by link."""
        return not self.setting.per and all(
            type(each) is Quantity and each.required is None for each in self.quantities
        )

    def passages(self, line: str) -> Passages[_Shown] | None:
        """Return the links of a line, each with what it adds; None where the line must be counted as a whole."""
        # a piece with half of a bracket is no link, and so not known
        return self._chains.passages(line.split("-")) or self._chains.passages(split(line))

    def totals(self, passages: Passages[_Shown]) -> list[int | tuple[int, ...]]:
        """Return each quantity of a line."""
        sums = map(sum, zip(*[passage.made.added for passage in passages]))  # noqa: B905  # all have as many
        return [
            next(sums) if isinstance(each.fold, Sum) else _last(each, passages[-1].output) for each in self.quantities
        ]

    def _piece(self, link: Link, part: Part) -> Piece[_Shown] | None:
        numbers = Numbers(Trace((part,), part.output, {}, ()))
        found = row(part, numbers, self.setting)
        values = ((quantity.name, found.value(quantity)) for quantity in self._sums)
        added = {name: value for name, value in values if isinstance(value, int)}
        if len(added) < len(self._sums):
            return None
        notes = tuple(note for each in numbers.trace.every for note in _notes(each))
        return Piece(added, tuple(added.values()), self.show(found), notes)


def _notes(part: Part) -> tuple[Template, ...]:
    if isinstance(part, Known):
        return tuple(placed(part, each) for each in part.made.notes)
    return tuple(map(template, part.notes))


def placed(part: Known, written: Template) -> Template:
    """Return what was written of a link, where it stands in an outer one."""
    assert isinstance(part.item, Occurrence)
    return written.moved(part.number, part.item.before)


def _last(quantity: Quantity, output: Shape) -> int | tuple[int, ...]:
    assert isinstance(quantity.fold, Last)
    value = cast("int | Shape", quantity.fold.measure(output))
    return value if isinstance(value, int) else cast("tuple[int, ...]", value.sizes)

"""What of a network is shown: which quantities, of which rows, how deep, and in whose letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from symcount.arithmetic import Size
from symcount.counts import Count, LayerRow, Row
from symcount.layers import Shape, letters_in, renamed
from symcount.quantities import QUANTITIES, Quantity, quantity_named
from symcount.records import record
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.naming import medium_for
from symcount.render.page import characters

PARAMS, TRAINABLE = QUANTITIES["params"], QUANTITIES["trainable"]
_TOTALS = (PARAMS, *(QUANTITIES[name] for name in ("trainable", "frozen", "statistics", "non-trainable")))


@record
class View:
    """What of a network is shown: further quantities, letters renamed, channels last, one layer alone, how deep.

    ``width`` is how wide a table may be, as in ``3.3in``; ``digits`` how digits are parted, where not in the
    medium's own way.
    """

    quantities: Sequence[str] = ()
    letters: Mapping[str, str] = MappingProxyType({})
    channels_last: bool = False
    at: str | None = None
    depth: int | None = None
    width: str = ""
    digits: str | None = None

    def medium(self, count: Count, name: str) -> Medium:
        """Return the medium of this name for a network, its digits parted as they are asked for."""
        return medium_for(count, medium_named(name).parted(self.digits))

    @property
    def room(self) -> int | None:
        """How many characters wide the table may be, where that is said."""
        return characters(self.width) if self.width else None

    def lettered(self, count: Count) -> Mapping[str, str]:
        """The letters of the rules that are shown, renamed so that each still stands for one thing."""
        if not self.letters:
            return self.letters
        rules = (row.lettered_rule for row, _ in self.rows(count) if isinstance(row, LayerRow))
        return renamed(self.letters, letters_in(rules))

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """The quantities that are a column of numbers: params first."""
        asked = map(quantity_named, self.quantities)
        return tuple(dict.fromkeys((PARAMS, *(quantity for quantity in asked if not quantity.is_shape))))

    @property
    def totals(self) -> tuple[Quantity, ...]:
        """The quantities of the whole network that data holds."""
        return tuple(dict.fromkeys((*_TOTALS, *self.numbers)))

    def chosen(self, count: Count) -> tuple[Row, ...]:
        """Return the rows that are shown, without those inside them."""
        return count.rows if self.at is None else (count.row(self.at),)

    def rows(self, count: Count) -> Iterator[tuple[Row, int]]:
        """Yield the rows that are shown, each with its depth."""
        pending = [(row, 0) for row in reversed(self.chosen(count))]
        while pending:
            row, depth = pending.pop()
            yield row, depth
            if self.depth is None or depth < self.depth:
                pending.extend((inner, depth + 1) for inner in reversed(row.layers))

    def sizes(self, shape: Shape) -> tuple[Size, ...]:
        """The sizes of a shape in the order that is asked for."""
        return (*shape.axes, shape.channels) if self.channels_last else shape.sizes

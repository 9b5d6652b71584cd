"""`Count`: one network counted, with its rows, totals, shapes and formulas; it prints nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from symcount.arithmetic import Size, Symbol
from symcount.counts.given import Given
from symcount.counts.names import short_names
from symcount.counts.notes import said_once
from symcount.counts.numbers import Number, Numbers, Sizes
from symcount.counts.plainness import Everywhere, is_plain
from symcount.counts.rows import Row, row
from symcount.errors import ArchitectureError, near
from symcount.layers import Shape
from symcount.program import canonical_text
from symcount.quantities import PerAxis, Quantity, Value, quantity_named
from symcount.trace import Repeat

if TYPE_CHECKING:
    from symcount.algebra import ClosedForm
    from symcount.counts.assumptions import Stated
    from symcount.counts.domain import Domain


class Count(Given):
    """A network with values for some of its symbols, counted under a convention.

    Each answer is worked out when it is asked for the first time.
    """

    @cached_property
    def _domains(self) -> dict[tuple[str | int | None, ...], Domain | Everywhere | Stated]:
        return {}

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of its walk: ints, or closed forms where symbols are open."""
        return Numbers(self.trace, self.assumed)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What a page calls the sizes on the way and the indices of repeats, by the names that the walk gave them."""
        if not self.is_open or self.numbers.needs_nothing:
            return {}
        repeats = (each for each in self.trace.every if isinstance(each, Repeat))
        indices = (each.over.index.name for each in repeats if each.over is not None)
        return short_names(self.numbers.closed.shown_names, indices, (*self.trace.symbols, *self.program.names))

    @property
    def is_open(self) -> bool:
        """Whether any symbol is open."""
        return bool(self.trace.symbols)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every layer and block after the input, in order; those inside blocks are inside their rows."""
        parts = (part for part in self.trace.parts if part.number != (0,))
        return tuple(row(part, self.numbers, self.setting) for part in parts)

    @cached_property
    def input_rows(self) -> tuple[Row, ...]:
        """The inputs, one for each chain that has its own."""
        return tuple(row(part, self.numbers, self.setting) for part in self.trace.inputs)

    @property
    def every_row(self) -> Iterator[Row]:
        """Every layer and block at any depth, outer before inner."""
        return (each for found in self.rows for each in found.every)

    def row(self, at: str | int) -> Row:
        """Return the layer or block with this name (C1), number (3, or 3.2 inside a block) or label."""
        wanted = str(at)
        names: list[str] = []
        for found in self.every_row:
            if wanted in (found.name, str(found.index), found.label):
                return found
            names += [name for name in (found.name, found.label) if name]
        close = near(wanted, names)
        hint = f"did you mean {close}?" if close else f"its layers are {', '.join(names[:12])}"
        raise ArchitectureError("unknown-place", f"the network has no layer {wanted!r}", hint=hint)

    @property
    def inputs(self) -> tuple[tuple[str, Shape], ...]:
        """The canonical text and the shape of each input."""
        return tuple((canonical_text(step.call), step.output) for step in self.trace.inputs)

    @property
    def input(self) -> Sizes:
        """The shape of the first input: channels, then axes."""
        return self.numbers.shape(self.trace.input)

    @property
    def output(self) -> Sizes:
        """The shape of the output: channels, then axes."""
        return self.numbers.shape(self.trace.output)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of single layers, each said once."""
        return said_once((*self.remarks, *(note for each in self.trace.every for note in each.notes)))

    def of(self, quantity: str, at: str | int | None = None) -> Number | Sizes:
        """Return a quantity of the whole network, or of the layer at a name, number or label."""
        return self.numbers.value(*self.parts(quantity_named(quantity), at))

    def parts(self, quantity: Quantity, at: str | int | None = None) -> tuple[Value, ...]:
        """Return the addends of a quantity of the network, or of one layer; the shape itself where it is one."""
        if at is not None:
            return (self.row(at).value(quantity),)
        return quantity.total(self.numbers.reaches, self.setting)

    def sizes(self, quantity: Quantity, at: str | int | None = None) -> tuple[Size, ...]:
        """Return the sizes that add up to a quantity that is a number."""
        parts = self.parts(quantity, at)
        apart = (size for part in parts if isinstance(part, PerAxis) for size in part.sizes)
        return (*(part for part in parts if isinstance(part, Size)), *apart)

    def term(self, quantity: Quantity) -> Size:
        """Return a total that is a number as written arithmetic, in the names of the sizes on the way."""
        return self.numbers.term(*self._added(quantity))

    def terms(self, quantity: Quantity) -> tuple[Size, ...]:
        """Return a total as written arithmetic: a size, or one for each axis."""
        if any(isinstance(part, PerAxis) for part in self.parts(quantity)):
            return tuple(map(self.numbers.term, self.sizes(quantity)))
        return (self.term(quantity),)

    def _added(self, quantity: Quantity, at: str | int | None = None) -> tuple[Size, ...]:
        """The sizes that add up to a quantity, or a refusal where each is one of its own."""
        if any(isinstance(part, PerAxis) for part in self.parts(quantity, at)):
            message = f"{quantity.name} is no one number here: it differs from axis to axis"
            raise ArchitectureError("bad-form", message, hint=f"count --of {quantity.name} shows one for each axis")
        return self.sizes(quantity, at)

    def domain(self, *quantities: Quantity, at: str | int | None = None) -> Domain | Everywhere | Stated:
        """Return the domain: for which symbols the network exists, and these quantities can be counted.

        What follows from what is assumed is no part of it.
        """
        key = (*(quantity.name for quantity in quantities), at)
        if key not in self._domains:
            sizes = tuple(size for each in quantities for size in self.sizes(each, at))
            self._domains[key] = self._domain(sizes)
        return self._domains[key]

    def _domain(self, sizes: tuple[Size, ...]) -> Domain | Everywhere | Stated:
        if self.numbers.needs_nothing and all(map(is_plain, sizes)):
            return Everywhere()
        from symcount.counts.domain import Domain

        domain = Domain(self.numbers.closed, sizes)
        if not self.assumed:
            return domain
        from symcount.counts.assumed import left_to_state

        inputs = [size.name for size in self.trace.input.sizes if isinstance(size, Symbol)]
        return left_to_state(domain, self.assumed, inputs)

    def form(self, quantity: Quantity, at: str | int | None = None) -> ClosedForm:
        """Return the closed form of a quantity; for which symbols it holds is its `domain`."""
        return self.numbers.closed.form(self._added(quantity, at))

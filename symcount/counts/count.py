"""`Count`: one network counted, with its rows, totals, shapes and formulas; it prints nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from symcount.arithmetic import Size, Symbol, Term
from symcount.counts.names import short_names
from symcount.counts.notes import said_once
from symcount.counts.numbers import Number, Numbers, Sizes
from symcount.counts.plainness import Everywhere, is_plain
from symcount.counts.rows import Row, row
from symcount.errors import ArchitectureError, near
from symcount.layers import Shape
from symcount.program import Program, bound_values, canonical_text, merged, program
from symcount.quantities import PerAxis, Quantity, Setting, Value, quantity_named, setting
from symcount.syntax import tree
from symcount.trace import Alter, Repeat, Trace, traced

if TYPE_CHECKING:
    from symcount.algebra import ClosedForm
    from symcount.counts.assumed import Assumed
    from symcount.counts.assumptions import Stated
    from symcount.counts.domain import Domain

Bindings = Mapping[str, int | str]
"""What symbols are bound to: ints, or expressions as text."""

_MOST_SHOWN = 4
"""The most bindings that an error names."""


class Count:
    """A network with values for some of its symbols, counted under a convention.

    ``exact`` refuses windows that do not fit without a rest. ``own`` are the values that a shipped network comes with,
    those among the bindings that nobody gave; ``remarks`` are notes on how the text came about, and ``assumed`` is what
    is known of open symbols. Each answer is worked out when it is asked for the first time. Two are equal where text,
    values, setting, ``exact`` and what is assumed are.
    """

    def __init__(
        self,
        program: Program,
        bindings: Bindings,
        setting: Setting,
        *,
        exact: bool = False,
        own: Bindings = MappingProxyType({}),
        remarks: tuple[str, ...] = (),
        assumed: tuple[Assumed, ...] = (),
    ) -> None:
        self.program = program
        self.bindings: Bindings = MappingProxyType(dict(bindings))
        self.setting = setting
        self.exact = exact
        self.own: Bindings = MappingProxyType(dict(own))
        self.remarks = remarks
        self.assumed = assumed
        self._bound = bound_values(self.bindings)
        self._domains: dict[tuple[str | int | None, ...], Domain | Everywhere | Stated] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Count) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return _count, (self.program.source, self._given)

    @property
    def _identity(self) -> tuple[Any, ...]:
        values = tuple(sorted((name, str(value)) for name, value in self.bindings.items()))
        return self.text, values, self.setting, self.exact, self.assumed

    def bound(self, bindings: Bindings) -> Count:
        """Return the same network with these values for its symbols, and no others."""
        count = self._with(bindings=bindings)
        if not self.assumed:
            return count
        from symcount.counts.assumed import assumed_of_values

        return count._with(assumed=assumed_of_values(self.assumed, count.values))

    def remarked(self, remarks: tuple[str, ...]) -> Count:
        """Return the same network with notes on how its text came about."""
        return self._with(remarks=remarks)

    def assuming(self, given: Iterable[str | Assumed], beside: Iterable[str] = ()) -> Count:
        """Return the same network where something is known of its open symbols, as in ``n % 32 == 0``.

        ``beside`` are symbols of networks that it is compared with, of which something may be assumed too.
        """
        given = tuple(given)
        if not given:
            return self
        from symcount.counts.assumed import read_assumptions

        symbols = dict.fromkeys((*self.trace.symbols, *beside))
        return self._with(assumed=read_assumptions((*self.assumed, *given), symbols))

    def _with(self, **changed: Any) -> Count:
        return Count(self.program, **{**self._given, **changed})

    @property
    def _given(self) -> dict[str, Any]:
        """All that it was made with besides the program."""
        apart = {name: getattr(self, name) for name in ("setting", "exact", "remarks", "assumed")}
        return {"bindings": dict(self.bindings), "own": dict(self.own), **apart}

    def under(self, **costs: Any) -> Count:
        """Return the same network under other settings of its costs, as `setting` names them."""
        found = setting(self.setting.convention, **costs)
        for size in found.memory.sizes:
            if isinstance(size, Symbol) and (size.name in self.bindings or size.name in self.trace.symbols):
                message = f"{size.name} is a symbol of the network, and cannot be a size of the memory too"
                raise ArchitectureError("bad-setting", message, hint="write another letter")
        return self._with(setting=found)

    def with_values(self, values: Bindings) -> Count:
        """Return the same network with values for more of its symbols; ``n="n"`` opens one that was bound."""
        return self.bound(merged(self.bindings, values))

    def with_known(self, values: Bindings) -> Count:
        """Return the same network with those of the values whose symbols it has, the others left out."""
        values = {name: value for name, value in values.items() if value != name or name in self.bindings}
        written = {name: value for name, value in values.items() if name in self.program.names}
        count = self.with_values(written)
        automatic = {name: value for name, value in values.items() if name not in written}
        if not automatic:
            return count
        return count.with_values({name: value for name, value in automatic.items() if name in count.trace.symbols})

    def altered(self, alter: Alter) -> Count:
        """Return the same network walked with other layers in place of its own, as one who makes a mistake walks it."""
        count = self.bound(self.bindings)
        convention = self.setting.convention
        count.__dict__["trace"] = traced(
            self.program, self._bound, exact=self.exact, convention=convention, alter=alter
        )
        return count

    @property
    def values(self) -> dict[str, Size]:
        """The values of its bound symbols: an int, or a written term in other symbols."""
        scope = self.program.scope(self._bound, self.setting.convention)
        found = {name: scope.find(name, tree.Name(tree.NO_SPAN, name)) for name in self._bound}
        return {name: value for name, value in found.items() if isinstance(value, int | Term)}

    @cached_property
    def text(self) -> str:
        """The canonical text."""
        return canonical_text(self.program)

    @cached_property
    def trace(self) -> Trace:
        """The walk over its layers."""
        try:
            return traced(self.program, self._bound, exact=self.exact, convention=self.setting.convention)
        except ArchitectureError as error:
            raise self._where(error) from None

    def _where(self, error: ArchitectureError) -> ArchitectureError:
        """An error in the text with the bindings that it stands under: those of the names that it points at, or all."""
        if error.span is None or error.source != self.program.source or error.code == "fixed":
            return error
        given = {name: value for name, value in self.bindings.items() if self.own.get(name) != value}
        pointed = given.keys() & set(re.findall(r"\w+", error.source[error.span.start : error.span.end]))
        shown = [f"{name}={value}" for name, value in given.items() if not pointed or name in pointed]
        return error.where(", ".join(shown)) if 0 < len(shown) <= _MOST_SHOWN else error

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


def _count(source: str, given: Mapping[str, Any]) -> Count:
    return Count(program(source), **given)

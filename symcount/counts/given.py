"""`Given`: a network as it is given: a program, values for some of its symbols, what is assumed of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from symcount.arithmetic import Size, Symbol, Term
from symcount.errors import ArchitectureError
from symcount.program import Program, bound_values, canonical_text, merged, program
from symcount.quantities import Setting, setting
from symcount.syntax import tree
from symcount.trace import Alter, Trace, traced

if TYPE_CHECKING:
    from symcount.counts.assumed import Assumed

Bindings = Mapping[str, int | str]
"""What symbols are bound to: ints, or expressions as text."""

_MOST_SHOWN = 4
"""The most bindings that an error names."""


class Given:
    """A network with values for some of its symbols, under a convention, and its walk.

    ``exact`` refuses windows that do not fit without a rest. ``own`` are the values that a shipped network comes with,
    those among the bindings that nobody gave; ``remarks`` are notes on how the text came about, and ``assumed`` is what
    is known of open symbols. Two are equal where text, values, setting, ``exact`` and what is assumed are.
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (type(self), self.program.source, self._given)

    @property
    def _identity(self) -> tuple[Any, ...]:
        values = tuple(sorted((name, str(value)) for name, value in self.bindings.items()))
        return self.text, values, self.setting, self.exact, self.assumed

    def bound(self, bindings: Bindings) -> Self:
        """Return the same network with these values for its symbols, and no others."""
        count = self._with(bindings=bindings)
        if not self.assumed:
            return count
        from symcount.counts.assumed import assumed_of_values

        return count._with(assumed=assumed_of_values(self.assumed, count.values))

    def remarked(self, remarks: tuple[str, ...]) -> Self:
        """Return the same network with notes on how its text came about."""
        return self._with(remarks=remarks)

    def assuming(self, given: Iterable[str | Assumed], beside: Iterable[str] = ()) -> Self:
        """Return the same network where something is known of its open symbols, as in ``n % 32 == 0``.

        ``beside`` are symbols of networks that it is compared with, of which something may be assumed too.
        """
        given = tuple(given)
        if not given:
            return self
        from symcount.counts.assumed import read_assumptions

        symbols = dict.fromkeys((*self.trace.symbols, *beside))
        return self._with(assumed=read_assumptions((*self.assumed, *given), symbols))

    def _with(self, **changed: Any) -> Self:
        return type(self)(self.program, **{**self._given, **changed})

    @property
    def _given(self) -> dict[str, Any]:
        """All that it was made with besides the program."""
        apart = {name: getattr(self, name) for name in ("setting", "exact", "remarks", "assumed")}
        return {"bindings": dict(self.bindings), "own": dict(self.own), **apart}

    def under(self, **costs: Any) -> Self:
        """Return the same network under other settings of its costs, as `setting` names them."""
        found = setting(self.setting.convention, **costs)
        for size in found.memory.sizes:
            if isinstance(size, Symbol) and (size.name in self.bindings or size.name in self.trace.symbols):
                message = f"{size.name} is a symbol of the network, and cannot be a size of the memory too"
                raise ArchitectureError("bad-setting", message, hint="write another letter")
        return self._with(setting=found)

    def with_values(self, values: Bindings) -> Self:
        """Return the same network with values for more of its symbols; ``n="n"`` opens one that was bound."""
        return self.bound(merged(self.bindings, values))

    def with_known(self, values: Bindings) -> Self:
        """Return the same network with those of the values whose symbols it has, the others left out."""
        values = {name: value for name, value in values.items() if value != name or name in self.bindings}
        bound = (value for name, value in self.bindings.items() if name not in values and isinstance(value, str))
        names = {*self.program.names, *self.program.automatic, *re.findall(r"\w+", " ".join(bound))}
        return self.with_values({name: value for name, value in values.items() if name in names})

    def altered(self, alter: Alter) -> Self:
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


def _made(kind: type[Given], source: str, given: Mapping[str, Any]) -> Given:
    return kind(program(source), **given)

"""`Architecture`: one network, and everything that can be asked of it.

Where every size is known the answers are ints and sympy is never imported; where symbols are open
they are sympy expressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symcount.architecture.rows import Row, row
from symcount.arithmetic import Size, Term, known_sum
from symcount.errors import ArchitectureError, near
from symcount.layers import Shape
from symcount.network import bound_values, canonical, canonical_call, merged, network
from symcount.quantities import CONVENTIONS, Convention, Quantity, quantity_named
from symcount.syntax import parse, text, tree
from symcount.trace import Trace, check_names, parts_of, traced

if TYPE_CHECKING:
    import sympy

    from symcount.derivation import Derivation
    from symcount.formulas import Formula, Formulas

Number = Any
"""An int, or a sympy expression where symbols are open."""

Sizes = tuple[Number, ...]
"""A shape: channels, then the axes."""


class Architecture:
    """A network described by one line of text, with values for some of its symbols.

    ``convention`` settles what the line leaves open; ``exact`` refuses windows that do not fit
    without a rest. Bad text raises `ArchitectureError`, here or when the first answer is asked for.

    >>> net = Architecture("I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10")
    >>> net.params
    800*c + 8192*((n//4) - 2)**2 + 12106
    >>> net(n=28, c=1).params
    217706
    """

    def __init__(
        self,
        source: str,
        bindings: Mapping[str, int | str] | None = None,
        *,
        convention: str = "textbook",
        exact: bool = False,
    ) -> None:
        self.source = source
        self.bindings = dict(bindings or {})
        self.exact = exact
        self.convention = _convention(convention)
        self._network = network(parse(source), source)
        check_names(self._network)
        self._bound = bound_values(self.bindings)

    def __call__(self, **values: int | str) -> Architecture:
        """Return the same network with values for more of its symbols: ints, or expressions as text.

        A symbol that was bound before takes the new value, and ``n="n"`` opens it again.
        """
        return self._with(merged(self.bindings, values))

    def given(self, values: Mapping[str, int | str]) -> Architecture:
        """Return the same network with those of the values whose symbols it has, the others left out."""
        values = {name: value for name, value in values.items() if value != name or name in self.bindings}
        written = {name: value for name, value in values.items() if name in self._network.names}
        net = self(**written)
        automatic = {name: value for name, value in values.items() if name not in written}
        if not automatic:
            return net
        return net(**{name: value for name, value in automatic.items() if name in net.trace.symbols})

    def _with(self, bindings: Mapping[str, int | str]) -> Architecture:
        return Architecture(self.source, bindings, convention=self.convention.name, exact=self.exact)

    @property
    def unbound(self) -> Architecture:
        """The same network without values for its symbols."""
        return self._with({})

    @property
    def values(self) -> dict[str, Size]:
        """What its bindings stand for: an int, or a written term in other symbols."""
        scope = self._network.scope(self._bound, self.convention.name)
        found = {name: scope.find(name, tree.Name(tree.NO_SPAN, name)) for name in self._bound}
        return {name: value for name, value in found.items() if isinstance(value, int | Term)}

    @property
    def text(self) -> str:
        """The canonical text."""
        return text(canonical(self._network.program))

    @property
    def macros(self) -> frozenset[str]:
        """The names that the text defines itself."""
        return frozenset(self._network.definitions)

    @cached_property
    def trace(self) -> Trace:
        """The walk over its layers, for whoever wants the rules themselves."""
        return traced(self._network, self._bound, exact=self.exact, convention=self.convention.name)

    @cached_property
    def formulas(self) -> Formulas:
        """The closed forms of its sizes."""
        from symcount.formulas import Formulas

        return Formulas(self.trace)

    @cached_property
    def layers(self) -> tuple[Row, ...]:
        """Every layer and block after the input, in order."""
        return tuple(row(self, part) for part in self.trace.parts if part.number != (0,))

    @property
    def symbols(self) -> dict[str, sympy.Symbol]:
        """The open symbols by name, in the order of the text."""
        return self.formulas.symbols if self.trace.symbols else {}

    @property
    def input(self) -> Sizes:
        """The shape of the input: channels, then axes."""
        return self.shape(self.trace.input)

    @property
    def inputs(self) -> tuple[tuple[str, Shape], ...]:
        """The canonical text and the shape of each input."""
        return tuple((text(canonical_call(step.link.call)), step.output) for step in self.trace.inputs)

    @property
    def output(self) -> Sizes:
        """The shape of the output: channels, then axes."""
        return self.shape(self.trace.output)

    @property
    def params(self) -> Number:
        """The number of parameters, as the convention counts them."""
        return self.of("params")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of single layers, each said once."""
        notes = (note for part in self.trace.parts for each in parts_of(part) for note in each.notes)
        return tuple(dict.fromkeys(notes))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold of the open symbols for the layers to exist."""
        return tuple(each.text() for each in self.formulas.assumptions) if self.trace.symbols else ()

    def of(self, quantity: str = "params", at: str | int | None = None) -> Number:
        """Return a quantity of the whole network, or of the layer at a name, number or label.

        >>> Architecture("I784-H100-O10").of("biases")
        110
        """
        if at is not None:
            return self.layer(at).of(quantity)
        if quantity == "output":
            return self.output
        return self.number(self.total(quantity_named(quantity)))

    def total(self, quantity: Quantity) -> tuple[Size, ...]:
        """Return the sizes that add up to the total of a quantity."""
        if not quantity.adds_up:
            return (self.trace.output.size,)
        return tuple(quantity.of(part, self.convention) for part in self.trace.parts)

    def formula(self, quantity: str = "params", at: str | int | None = None) -> Formula:
        """Return the closed form of a quantity, with its assumptions and the inputs for which it holds."""
        if at is not None:
            return self.formulas.formula((self.layer(at).size_of(quantity),))
        return self.formulas.formula(self.total(quantity_named(quantity)))

    def derive(
        self, quantity: str = "params", *, detail: str = "full", letters: Mapping[str, str] | None = None
    ) -> Derivation:
        """Return the worked solution: every layer's sizes and amount, and the total.

        >>> print(Architecture("I784-H(h)-O10")(h=100).derive(letters={"u": "k"}).to("text").splitlines()[-1])
            parameters = 795·h + 10 = 795·100 + 10 = 79510
        """
        from symcount.derivation import derivation

        return derivation(self, quantity, detail=detail, letters=letters)

    def layer(self, at: str | int) -> Row:
        """Return the layer or block with this name (C1), number (3, or 3.2 inside a block) or label."""
        wanted = str(at)
        names: list[str] = []
        for found in self.rows:
            if wanted in (found.name, str(found.index), found.label):
                return found
            names += [name for name in (found.name, found.label) if name]
        close = near(wanted, names)
        hint = f"did you mean {close}?" if close else f"its layers are {', '.join(names[:12])}"
        raise ArchitectureError("unknown-place", f"the network has no layer {wanted!r}", hint=hint)

    @property
    def rows(self) -> Iterator[Row]:
        """Every layer and block at any depth, outer before inner."""
        pending = list(reversed(self.layers))
        while pending:
            found = pending.pop()
            yield found
            pending.extend(reversed(found.layers))

    def number(self, sizes: tuple[Size, ...]) -> Number:
        """Return the sum of sizes: an int where all are, else its closed form."""
        known = known_sum(sizes)
        return self.formulas.expression(sizes) if known is None else known

    def written(self, sizes: tuple[Size, ...]) -> Size:
        """Return the sum of sizes as written arithmetic, in the names of the sizes on the way."""
        known = known_sum(sizes)
        return self.formulas.written(sizes) if known is None else known

    def shown(self, shape: Shape) -> Shape:
        """Return a shape as a table shows it, equal sizes under one name."""
        if all(isinstance(size, int) for size in shape.sizes):
            return shape
        channels, *axes = map(self.formulas.shown, shape.sizes)
        return Shape(channels, tuple(axes))

    def shape(self, shape: Shape) -> Sizes:
        """Return a shape as numbers."""
        return tuple(self.number((size,)) for size in shape.sizes)

    def __str__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        from symcount.render.count import count_text

        return count_text(self, "markdown")

    def __repr__(self) -> str:
        values = f", {self.bindings!r}" if self.bindings else ""
        return f"Architecture({self.text!r}{values})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Architecture) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.source, self.bindings, self.convention.name, self.exact)

    @property
    def _identity(self) -> tuple[Any, ...]:
        values = tuple(sorted((name, str(value)) for name, value in self.bindings.items()))
        return self.text, values, self.convention.name, self.exact


def _rebuilt(source: str, bindings: dict[str, int | str], convention: str, exact: bool) -> Architecture:
    return Architecture(source, bindings, convention=convention, exact=exact)


def _convention(name: str) -> Convention:
    if name in CONVENTIONS:
        return CONVENTIONS[name]
    message = f"no convention is called {name!r}"
    raise ArchitectureError("unknown-convention", message, hint=f"there are: {', '.join(CONVENTIONS)}")

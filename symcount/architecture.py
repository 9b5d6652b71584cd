"""`Architecture`: one network, and everything that can be asked of it.

Where every size is known the answers are ints and sympy is never imported; where symbols are open
they are sympy expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symcount.arithmetic import Size, by_name, by_value
from symcount.arithmetic.notation import TEXT, Notation
from symcount.errors import ArchitectureError, near
from symcount.layers import Shape, lettered
from symcount.network import bound_values, canonical, canonical_call, network
from symcount.quantities import CONVENTIONS, QUANTITIES, Convention, Quantity
from symcount.syntax import parse, text
from symcount.trace import Step, Trace, traced

if TYPE_CHECKING:
    import sympy

    from symcount.algebra import Formula, Formulas
    from symcount.derivation import Derivation

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
        self._bound = bound_values(self.bindings)

    def __call__(self, **values: int | str) -> Architecture:
        """Return the same network with values for more of its symbols: ints, or expressions as text."""
        return self._with({**self.bindings, **values})

    def _with(self, bindings: Mapping[str, int | str]) -> Architecture:
        return Architecture(self.source, bindings, convention=self.convention.name, exact=self.exact)

    @property
    def unbound(self) -> Architecture:
        """The same network without values for its symbols."""
        return self._with({})

    @property
    def values(self) -> dict[str, Size]:
        """What its bindings stand for: an int, or a written term in other symbols."""
        return self._network.values(self._bound)

    @property
    def text(self) -> str:
        """The canonical text."""
        return text(canonical(self._network.program))

    @cached_property
    def trace(self) -> Trace:
        """The walk over its layers, for whoever wants the rules themselves."""
        return traced(self._network, self._bound, exact=self.exact)

    @cached_property
    def formulas(self) -> Formulas:
        """The closed forms of its sizes."""
        from symcount.algebra import Formulas

        return Formulas(self.trace)

    @cached_property
    def layers(self) -> tuple[CountedLayer, ...]:
        """Every layer after the input, in order."""
        return tuple(CountedLayer(self, step) for step in self.trace.steps[1:])

    @property
    def symbols(self) -> dict[str, sympy.Symbol]:
        """The open symbols by name, in the order of the text."""
        return self.formulas.symbols if self.trace.symbols else {}

    @property
    def input(self) -> Sizes:
        """The shape of the input: channels, then axes."""
        return self.shape(self.trace.input)

    @property
    def input_text(self) -> str:
        """The canonical text of the input."""
        return text(canonical_call(self.trace.steps[0].link.call))

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
        """What a reader would want to know of single layers."""
        return tuple(note for step in self.trace.steps for note in step.notes)

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
        return self.number(self.total(_quantity(quantity)))

    def total(self, quantity: Quantity) -> tuple[Size, ...]:
        """Return the sizes that add up to the total of a quantity."""
        steps = self.trace.steps if quantity.adds_up else self.trace.steps[-1:]
        return tuple(quantity.rule(step.layer, step.input, self.convention) for step in steps)

    def formula(self, quantity: str = "params", at: str | int | None = None) -> Formula:
        """Return the closed form of a quantity, with its assumptions and the inputs for which it holds."""
        if at is not None:
            return self.formulas.formula((self.layer(at).size_of(_quantity(quantity)),))
        return self.formulas.formula(self.total(_quantity(quantity)))

    def derive(
        self, quantity: str = "params", *, detail: str = "full", letters: Mapping[str, str] | None = None
    ) -> Derivation:
        """Return the worked solution: every layer's sizes and amount, and the total.

        >>> print(Architecture("I784-H(h)-O10")(h=100).derive(letters={"u": "k"}).to("text").splitlines()[-1])
            parameters = 795·h + 10 = 795·100 + 10 = 79510
        """
        from symcount.derivation import derivation

        return derivation(self, quantity, detail=detail, letters=letters)

    def layer(self, at: str | int) -> CountedLayer:
        """Return the layer with this name (C1), number or label."""
        wanted = str(at)
        for layer in self.layers:
            if wanted in (layer.name, str(layer.index), layer.label):
                return layer
        names = [name for layer in self.layers for name in (layer.name, layer.label) if name]
        close = near(wanted, names)
        hint = f"did you mean {close}?" if close else f"its layers are {', '.join(names[:12])}"
        raise ArchitectureError("unknown-place", f"the network has no layer {wanted!r}", hint=hint)

    def number(self, sizes: tuple[Size, ...]) -> Number:
        """Return the sum of sizes: an int where all are, else its closed form."""
        known = [size for size in sizes if isinstance(size, int)]
        return sum(known) if len(known) == len(sizes) else self.formulas.expression(sizes)

    def shape(self, shape: Shape) -> Sizes:
        """Return a shape as numbers."""
        return tuple(self.number((size,)) for size in shape.sizes)

    def __str__(self) -> str:
        return self.text

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


class CountedLayer:
    """One layer of an architecture: its name, shapes, rule and numbers.

    >>> layer = Architecture("I(1,28x28)-C(32,5)-P2").layers[0]
    >>> layer.name, layer.output, layer.rule, layer.params
    ('C1', (32, 24, 24), '(k^2*c + 1)*f', 832)
    """

    def __init__(self, architecture: Architecture, step: Step) -> None:
        self.architecture = architecture
        self.step = step

    @property
    def index(self) -> int:
        """Its place in the text; the input is 0."""
        return self.step.link.index

    @property
    def name(self) -> str:
        """Its kind and its ordinal among that kind."""
        return self.step.link.name

    @property
    def kind(self) -> str:
        """The token of its kind."""
        return self.step.link.kind.token

    @property
    def label(self) -> str | None:
        """The label that is written on it."""
        return self.step.link.label

    @property
    def text(self) -> str:
        """Its canonical text."""
        return text(canonical_call(self.step.link.call))

    @property
    def input(self) -> Sizes:
        """The shape that arrives: channels, then axes."""
        return self.architecture.shape(self.step.input)

    @property
    def output(self) -> Sizes:
        """The shape that leaves: channels, then axes."""
        return self.architecture.shape(self.step.output)

    @property
    def params(self) -> Number:
        """The number of its parameters."""
        return self.of("params")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of it."""
        return self.step.notes

    @property
    def rule(self) -> str:
        """The rule of its parameters in letters."""
        return self.written_rule()

    def written_rule(self, letters: Mapping[str, str] | None = None, notation: Notation = TEXT) -> str:
        """Return the rule of its parameters in letters, some of them renamed."""
        return by_name(self.rule_of("params"), notation, dict(letters or {}))

    def written_values(self, notation: Notation = TEXT) -> str:
        """Return the rule of its parameters with this layer's values in place of letters."""
        return by_value(self.rule_of("params"), notation)

    def derive(
        self, quantity: str = "params", *, detail: str = "full", letters: Mapping[str, str] | None = None
    ) -> Derivation:
        """Return the worked solution of this layer alone."""
        from symcount.derivation import derivation

        return derivation(self.architecture, quantity, detail=detail, letters=letters, at=self.index)

    def of(self, quantity: str) -> Number:
        """Return a quantity of this layer alone."""
        if quantity == "output":
            return self.output
        return self.architecture.number((self.size_of(_quantity(quantity)),))

    def size_of(self, quantity: Quantity) -> Size:
        """Return a quantity of this layer by its rule."""
        return quantity.rule(self.step.layer, self.step.input, self.architecture.convention)

    def rule_of(self, quantity: str) -> Size:
        """Return the rule of a quantity as written arithmetic, with every size under its letter."""
        layer, x = lettered(self.step.layer, self.step.input)
        return _quantity(quantity).rule(layer, x, self.architecture.convention)

    def __repr__(self) -> str:
        return f"<layer {self.name}: {self.text}>"


def _rebuilt(source: str, bindings: dict[str, int | str], convention: str, exact: bool) -> Architecture:
    return Architecture(source, bindings, convention=convention, exact=exact)


def _quantity(name: str) -> Quantity:
    if name in QUANTITIES:
        return QUANTITIES[name]
    close = near(name, QUANTITIES)
    hint = f"did you mean {close}?" if close else f"there are: {', '.join(QUANTITIES)}, output"
    raise ArchitectureError("unknown-quantity", f"no quantity is called {name!r}", hint=hint)


def _convention(name: str) -> Convention:
    if name in CONVENTIONS:
        return CONVENTIONS[name]
    message = f"no convention is called {name!r}"
    raise ArchitectureError("unknown-convention", message, hint=f"there are: {', '.join(CONVENTIONS)}")

"""`Architecture`: one network, and everything that can be asked of it.

Where every size is known the answers are ints and sympy is never imported; where symbols are open
they are sympy expressions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symcount.answers.question import FORMS, Question
from symcount.counts import Bindings, Count, Number, Row, Sizes, begin, counted
from symcount.counts.graph import Graph, graph
from symcount.derivation import DETAILS
from symcount.drawing.view import Scale, View, over_range, pixels
from symcount.errors import ArchitectureError
from symcount.given import several, values_of
from symcount.listing import Layers
from symcount.picture import Picture
from symcount.quantities import Convention, quantity_named
from symcount.records import Unchanging
from symcount.render.count import count_text
from symcount.solution import Solution

if TYPE_CHECKING:
    from symcount.algebra import Expr
    from symcount.answers.space import Space
    from symcount.compiled import Compiled
    from symcount.formula import Formula
    from symcount.solutions import Solutions


class Architecture(Unchanging):
    """A network described by one line of text, with values for some of its symbols.

    ``source`` is the line, or ``zoo:`` and the name of a shipped network. ``convention`` settles what
    the line leaves open; ``exact`` refuses windows that do not fit without a rest. Bad text raises
    `ArchitectureError`, here or when the first answer is asked for.

    >>> net = Architecture("I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10")
    >>> net.params
    800*c + 8192*((n//4) - 2)**2 + 12106
    >>> net(n=28, c=1).params
    217706
    """

    def __init__(
        self,
        source: str,
        bindings: Bindings | None = None,
        *,
        convention: str | Convention = "textbook",
        exact: bool = False,
    ) -> None:
        if not isinstance(source, str):
            raise TypeError(f"an architecture is a line of text, found {source!r}")
        values = values_of(bindings or {})
        self.__dict__["_count"] = counted(source, values, convention=convention, exact=exact)

    @classmethod
    def of_count(cls, count: Count) -> Architecture:
        """Return the face of a network that is counted already."""
        net = cls.__new__(cls)
        net.__dict__["_count"] = count
        return net

    def __call__(self, /, **values: int | str) -> Architecture:
        """Return the same network with values for more of its symbols: ints, or expressions as text.

        A symbol that was bound before takes the new value, and ``n="n"`` opens it again.
        """
        return self.of_count(self.counted.with_values(values_of(values)))

    def under(self, **costs: Any) -> Architecture:
        """Return the same network under other settings of its costs.

        ``training=True`` counts both passes, ``per="token"`` for one token; ``memory_of``, ``dtype``, ``adam_dtype``,
        ``batch`` and ``scheme`` say what memory is; ``held="all"`` holds every output.

        >>> Architecture("I784-H10").under(memory_of="params,gradients,adam", dtype="float16").of("memory")
        94200
        """
        return self.of_count(self.counted.under(**costs))

    def subs(self, values: Bindings | None = None, /, **more: int | str) -> Architecture:
        """Return the same network with values for its symbols, as sympy's ``subs`` does for an expression.

        >>> Architecture("I(d)-H(4*d)").subs({"d": 8}).params
        288
        """
        return self.of_count(self.counted.with_values(values_of({**(values or {}), **more})))

    def assuming(self, *given: str) -> Architecture:
        """Return the same network where something is known of its open symbols, for every answer that it gives.

        >>> net = Architecture("I(1,n×n)-P4-O2").assuming("n % 4 == 0")
        >>> net.params, net.of("size", at="P1")
        (n**2/8 + 2, n**2/16)
        """
        return self.of_count(self.counted.assuming(given))

    @property
    def counted(self) -> Count:
        """The network counted, which every question is put to; each may take work of its own."""
        begin()
        count: Count = self.__dict__["_count"]
        return count

    @property
    def source(self) -> str:
        """The text that it was made of."""
        return self.counted.program.source

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.counted.text

    @property
    def bindings(self) -> Bindings:
        """The values of its symbols, as they were given."""
        return self.counted.bindings

    @property
    def convention(self) -> Convention:
        """What settles that which the text leaves open."""
        return self.counted.setting.convention

    @property
    def exact(self) -> bool:
        """Whether windows that do not fit without a rest are refused."""
        return self.counted.exact

    @cached_property
    def layers(self) -> Layers:
        """Every layer and block after the input, in order."""
        return Layers(self.counted)

    @property
    def rows(self) -> Iterator[Row]:
        """Every layer and block at any depth, outer before inner."""
        return self.counted.every_row

    def layer(self, at: str | int) -> Row:
        """Return the layer or block with this name (C1), number (3, or 3.2 inside a block) or label."""
        return self.counted.row(at)

    @property
    def symbols(self) -> Mapping[str, Expr]:
        """The open symbols by name, in the order of the text."""
        return self.counted.numbers.symbols

    @property
    def input(self) -> Sizes:
        """The shape of the input: channels, then axes."""
        return self.counted.input

    @property
    def output(self) -> Sizes:
        """The shape of the output: channels, then axes."""
        return self.counted.output

    @property
    def params(self) -> Number:
        """The number of parameters, as the convention counts them."""
        found: Number = self.of("params")
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of single layers, each said once."""
        return self.counted.notes

    @property
    def conditions(self) -> tuple[str, ...]:
        """The inputs for which every size on the way is at least 1."""
        return tuple(map(str, self.formula().conditions)) if self.counted.is_open else ()

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold of the open symbols for the layers to exist, and the parameters to be whole."""
        return tuple(map(str, self.formula().assumptions)) if self.counted.is_open else ()

    @cached_property
    def space(self) -> Space:
        """The search space that the choices of its text make: how many networks, and how far a quantity goes.

        >>> space = Architecture("let f in [16,32]; I(3,8x8)-C(f,3)-GAP-O10").space
        >>> space.networks, space.range("params")
        (2, Range(least=618, most=1226))
        """
        from symcount.answers.space import Space

        return Space(self.counted)

    @cached_property
    def graph(self) -> Graph:
        """The layers as nodes, and as edges what each takes from another."""
        return graph(self.counted.numbers)

    def of(self, quantity: str = "params", at: str | int | None = None) -> Any:
        """Return a quantity of the whole network, or of the layer at a name, number or label.

        It is an int, a sympy expression where symbols are open, and a tuple of these for a shape.

        >>> Architecture("I784-H100-O10").of("biases")
        110
        """
        return self.counted.of(quantity, at)

    def formula(
        self,
        of: str = "params",
        *,
        form: str = FORMS[0],
        at: str | int | None = None,
        collect: str | None = None,
        grows: str = "",
    ) -> Formula:
        """Return the closed form of a quantity, with its assumptions and the inputs for which it holds.

        ``form`` is brief, closed, expanded, factored, grouped, leading, relative or layers; ``grows`` names the symbols
        of which the leading terms have the highest degree.

        >>> Architecture("I(d)-[H(d)]*N").formula(form="factored")
        params = N*d*(d + 1)
        """
        from symcount.formula import Formula

        return Formula(self.counted, Question(quantity_named(of), at, form, collect, grows))

    def find(
        self,
        *where: str,
        for_: str | Iterable[str] = (),
        largest: str | None = None,
        smallest: str | None = None,
        assume: str | Iterable[str] = (),
    ) -> Solutions:
        """Return the sizes for which conditions hold, as bindings; or those where something is ``largest``.

        ``for_`` names the symbols that are searched for, with ranges as in ``"f,n=32..224:32"``.

        >>> list(Architecture("I(1,28x28)-C(f,5)-P2-C(32,3)-P2-H256-O10").find("params == 217706"))
        [{'f': 32}]
        >>> Architecture("I(n)-H(n)").find("params <= 1M", largest="n").first
        {'n': 999}
        """
        from symcount.answers.find import found
        from symcount.answers.finding import Finding
        from symcount.answers.goal import Goal
        from symcount.solutions import Solutions

        goals = [Goal(text, most) for text, most in ((largest, True), (smallest, False)) if text is not None]
        if len(goals) > 1 or not (where or goals):
            raise ArchitectureError(
                "usage", "find takes conditions, and at most one goal", hint='write find("params <= 1M", largest="f")'
            )
        finding = Finding((self.text, self.counted), where, several(for_), goals[0] if goals else None, several(assume))
        return Solutions(found(finding))

    def compiled(self, of: str = "params", *, at: str | int | None = None) -> Compiled:
        """Return a quantity as a function of the open symbols: of ints, or of numpy's columns.

        >>> of_ints = Architecture("I(n)-H(2*n)-O10").compiled("macs")
        >>> [of_ints(n) for n in (3, 30)]
        [78, 2400]
        """
        return self.formula(of, at=at).compiled()

    def derive(
        self,
        of: str = "params",
        *,
        at: str | int | None = None,
        detail: str = DETAILS[0],
        letters: Mapping[str, str] | None = None,
        depth: int | None = None,
    ) -> Solution:
        """Return the worked solution: every layer's sizes and amount, and the total; blocks so ``depth`` deep.

        >>> print(Architecture("I784-H(h)-O10")(h=100).derive(letters={"u": "k"}).to("text").splitlines()[-1])
            parameters = 795·h + 10 = 795·100 + 10 = 79510
        """
        return Solution(self.counted, quantity_named(of), at=at, detail=detail, letters=letters, depth=depth)

    def draw(
        self,
        picture: str = "strip",
        *,
        of: str | Iterable[str] = (),
        at: str | int | None = None,
        over: str | None = None,
        beside: Iterable[Architecture | str] = (),
        scale: Scale = "auto",
        width: str | int = 720,
    ) -> Picture:
        """Return a picture, which a notebook shows.

        It is a strip of the layers; ``shares`` or an ``icicle`` ``of`` quantities; the ``receptive-field``; one
        ``convolution`` ``at`` a layer; or the ``growth`` ``over`` a symbol, as in ``n=28..224``, with networks
        ``beside`` this one, on a linear or log ``scale``. ``width`` is in pixels, or as in ``3.3in``.

        >>> print(Architecture("I(1,28x28)-C(32,5)-P2-O10").draw())
        From left to right: an input of 1×28², 3 different layers, and an output of 10; 46,922 parameters.
        >>> print(Architecture("I784-H100-O10").draw("shares", of="params"))
        parameters: 79,510, of which H1 has 98.7 %.
        """
        quantities = (of,) if isinstance(of, str) else tuple(of)
        others = tuple((net.text, net.counted) for net in map(network_of, beside))
        symbol = None if over is None else over_range(over)
        return Picture(self.counted, picture, View(pixels(str(width)), quantities, at, symbol, others, scale))

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"{count_text(self.counted, 'html')}\n<div>\n{self.draw().to('svg')}</div>"

    def _repr_markdown_(self) -> str:
        return count_text(self.counted, "dollars")

    def __repr__(self) -> str:
        values = f", {dict(self.bindings)!r}" if self.bindings else ""
        return f"Architecture({self.text!r}{values})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Architecture) and self.counted == other.counted

    def __hash__(self) -> int:
        return hash(self.counted)

    def __reduce__(self) -> tuple[Any, ...]:
        return Architecture.of_count, (self.counted,)


def network_of(given: Architecture | str) -> Architecture:
    """Return a network that is given as one, or as its text."""
    return given if isinstance(given, Architecture) else Architecture(given)

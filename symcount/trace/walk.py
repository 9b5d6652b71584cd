"""`Walk`: carries a shape through a network, layer by layer, and keeps what must hold of the symbols.

Sizes are plain ints where all is known and written terms where not. A layer that cannot take what
arrives is an error at its place in the text; what must be assumed of symbols is kept as required.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager

from symcount.arithmetic import Named, Size, Symbol
from symcount.errors import ArchitectureError
from symcount.layers import AtLeastOne, Equal, Layer, Shape, axis_letters, axis_names
from symcount.program import Chain, Item, LayerCall, MacroCall, ProgramScope
from symcount.records import replace
from symcount.syntax import MOST_DIGITS, TOO_LARGE
from symcount.trace.context import Here
from symcount.trace.required import Required
from symcount.trace.shape_equality import Closings, agree
from symcount.trace.steps import Part, Step
from symcount.trace.transfer import Transfer

MOST_LAYERS = 5_000
"""The most layers that one walk meets; equal iterations of a repeat are met once."""

Alter = Callable[[LayerCall, Layer, Shape], tuple[Layer, Shape]]
"""A function that puts another layer, or another shape that arrives, in place of those at a call."""

Visit = Callable[["Walk", Item | Chain, Here], Part]
"""A function that walks one item or one branch at a place, and returns what it recorded."""


class TooSmallError(ArchitectureError):
    """A size below 1, whose remedy is a larger input."""


class Walk:
    """A walk in progress: what it has met so far, and its settings; ``start`` replaces the shape of the input.

    ``alter`` gives the layer that is walked in place of another, as one who makes a mistake walks.
    ``unknowns`` are the letters of sizes that trials do not know.
    ``met`` is how many layers it has met, ``before`` the last of them that changed the shape or has parameters.
    ``transfers`` are the repeats that trials have met, ``counts`` how often those happen that a trial is in, and
    ``closings`` what its sizes come to.
    """

    def __init__(
        self, scope: ProgramScope, visit: Visit, *, exact: bool, start: Shape | None = None, alter: Alter | None = None
    ) -> None:
        self.scope = scope
        self.exact = exact
        self.start = start
        self.alter = alter
        self.required: list[Required] = []
        self.before: Step | None = None
        self.transfers: dict[Hashable, Transfer | None] = {}
        self.counts: list[Size] = []
        self.closings = Closings()
        self.is_trial = False
        self._visit = visit
        self.unknowns: dict[str, str] = {}
        self.met = 0
        scope.divisions.listener = lambda divisor: self.required.append(Required(divisor))

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Walk for the shape that leaves alone: what is required and named meanwhile is forgotten."""
        was_trial, before, required = self.is_trial, self.before, len(self.required)
        self.is_trial = True
        with self.scope.names_forgotten():
            try:
                yield
            finally:
                del self.required[required:]
                self.is_trial, self.before = was_trial, before

    @contextmanager
    def where(self, times: Size) -> Iterator[None]:
        """Walk layers that happen so often: what they require must hold only where that is at least 1."""
        before = len(self.required)
        yield
        if isinstance(times, int):
            return
        self.required[before:] = [replace(each, around=(*each.around, times)) for each in self.required[before:]]

    def unknown(self, letter: str) -> Symbol:
        """Return a symbol for a size of a trial, of a name that nobody can write; errors show this letter for it."""
        name = f"x'{len(self.unknowns) + 1}"
        self.unknowns[name] = letter
        return Symbol(name)

    def item(self, item: Item | Chain, here: Here) -> Part:
        """Walk one item, or a chain that is a branch."""
        return self._visit(self, item, here)

    def inside(self, chain: Chain, here: Here) -> tuple[tuple[Part, ...], Shape]:
        """Walk the items of a chain, numbered from 1 under the number of this place; return what leaves the last."""
        parts: list[Part] = []
        shape = here.shape
        for number, item in enumerate(chain.items, 1):
            parts.append(self.item(item, Here(shape, here.frame, (*here.number, number))))
            shape = parts[-1].output
        return tuple(parts), shape if shape is not None else here.arrived(chain.items[-1])

    def meet(self, call: LayerCall | MacroCall) -> None:
        """Count one more layer, or one more call of a macro by itself, up to the limit."""
        self.met += 1
        if self.met > MOST_LAYERS:
            message = f"more than {MOST_LAYERS:,} layers: at most so many are walked"
            hint = "write equal layers as a repeat, [...]*count"
            raise ArchitectureError("limit", message, span=call.span, hint=hint, source=call.source)

    def require_equal(self, left: Size, right: Size, words: tuple[str, str]) -> bool:
        """Return whether two sizes can be the same; what nothing decides is required of the symbols."""
        decided = agree(left, right, self.closings)
        if decided is None:
            self.required.append(Required(Equal(left, right, *words)))
        return decided is not False

    def require_at_least_one(self, size: Size) -> None:
        """Require of the symbols that a size be at least 1."""
        self.required.append(Required(AtLeastOne(size)))

    def named(self, output: Shape, arriving: Shape, number: tuple[int, ...]) -> Shape:
        """Return the shape with every calculated size under a name of its own, one name where axes agree."""
        if all(isinstance(size, int) for size in output.sizes):
            return output
        names: dict[Size, Named] = {}
        letters = axis_letters(output.rank) if len(set(output.axes)) > 1 else ("n",) * output.rank
        kept = set(arriving.sizes)
        place = "_".join(map(str, number))
        sizes: list[Size] = []
        for letter, size in zip(("c", *letters), output.sizes, strict=True):
            if size not in kept and not isinstance(size, int | Symbol | Named):
                if size not in names:
                    names[size] = Named(self.scope.fresh(f"{letter}_{place}"), size)
                size = names[size]
            sizes.append(size)
        return Shape(sizes[0], tuple(sizes[1:]))

    def check(self, output: Shape, item: Item, name: str = "the passes", arriving: Shape | None = None) -> None:
        """Refuse an output with a plain size that no tensor can have, one below 1 or too large."""
        for place, size in enumerate(output.sizes):
            if not isinstance(size, int) or 0 < size < TOO_LARGE:
                continue
            if size > 0:
                message = f"{name}: a size of more than {MOST_DIGITS} digits"
                raise ArchitectureError("limit", message, span=item.span)
            if place == 0:
                raise ArchitectureError("too-small", f"{name}: {size} channels are left", span=item.span)
            axis = axis_names(output.rank)[place - 1]
            same = arriving is not None and arriving.rank == output.rank
            was = f" from {arriving.axes[place - 1]}" if arriving is not None and same else ""
            raise TooSmallError("too-small", f"{name}: the {axis} falls{was} to {size}", span=item.span)


def same_weights(walk: Walk, first: Iterable[Size], again: Iterable[Size]) -> bool:
    """Return whether layers can have the weights that they had before."""
    words = ("weights", "the weights of the same layer before")
    pairs = zip(first, again, strict=True)
    return all(walk.require_equal(one, two, words) for one, two in pairs)

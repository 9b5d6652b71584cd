"""Walks the layers of a network over the shape of its input: one step for each layer.

Sizes are plain ints where all is known and written terms where not. A layer that cannot take what
arrives is an error at its place in the text; what must be assumed of symbols is kept beside the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from symcount.arithmetic import Named, Size, Symbol
from symcount.errors import ArchitectureError
from symcount.layers import Demand, Divides, Equals, Input, Layer, LayerError, Shape, axis_letters, axis_names
from symcount.network import MOST_DIGITS, Link, Meant, Network, Scope

_LARGEST = 10**MOST_DIGITS


@dataclass(frozen=True, slots=True)
class Step:
    """One layer met on the way: what arrived, what left, and what a reader would want to know."""

    link: Link
    layer: Layer
    input: Shape
    output: Shape
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the layer."""
        return self.link.name


@dataclass(frozen=True, slots=True)
class Trace:
    """The walk through a network: the input's step first.

    ``symbols`` are the open sizes by name, in the order of the text; ``demands`` what must hold of
    them for a layer to exist, and could not be decided on plain ints.
    """

    source: str

    steps: tuple[Step, ...]
    symbols: Mapping[str, Symbol]
    demands: tuple[tuple[Step, Demand], ...]

    @property
    def input(self) -> Shape:
        """The shape of the input."""
        return self.steps[0].output

    @property
    def output(self) -> Shape:
        """The shape that leaves the last layer."""
        return self.steps[-1].output


def traced(network: Network, bindings: Mapping[str, Meant], *, exact: bool = False) -> Trace:
    """Walk a network; ``exact`` refuses windows that do not fit without a rest."""
    scope = network.scope(bindings)
    walk = _Walk(scope, exact)
    try:
        steps = tuple(walk.steps(network.links))
    except _TooSmallError as error:
        raise error.explained(_smallest_input(network, bindings)).within(network.source) from None
    except ArchitectureError as error:
        raise error.within(network.source) from None
    stray = scope.unused(bindings)
    if stray is not None:
        raise stray
    demands = tuple((steps[place], demand) for place, demand in walk.demands)
    return Trace(network.source, steps, scope.symbols, demands)


class _TooSmallError(ArchitectureError):
    """A size below 1, whose remedy is a larger input."""

    def explained(self, smallest: str | None) -> ArchitectureError:
        hint = smallest and f"the smallest input that would do is {smallest}"
        return ArchitectureError(self.code, self.message, span=self.span, hint=hint)


class _Walk:
    def __init__(self, scope: Scope, exact: bool, start: Shape | None = None) -> None:
        self.scope = scope
        self.exact = exact
        self.start = start
        self.demands: list[tuple[int, Demand]] = []

    def steps(self, links: tuple[Link, ...]) -> Iterator[Step]:
        shape = Shape(0)
        for link in links:
            try:
                yield (step := self._step(link, shape))
            except LayerError as error:
                raise placed(error, link) from None
            shape = step.output

    def _step(self, link: Link, arriving: Shape) -> Step:
        if link.kind is Input:
            layer = link.bound(self.scope, 0)
            output = self.start or layer.output(arriving)
            arriving = output
        else:
            layer = link.bound(self.scope.at(arriving.channels), arriving.rank)
            for demand in self._demands(layer, arriving):
                self._check(demand, link)
            output = _checked(layer.output(arriving), arriving, link)
        notes = tuple(note.format(link.name) for note in layer.notes(arriving))
        return Step(link, layer, arriving, self._named(output, arriving, link.index), notes)

    def _named(self, output: Shape, arriving: Shape, index: int) -> Shape:
        """The output with every calculated size under a name of its own, one name where axes agree."""
        if all(isinstance(size, int) for size in output.sizes):
            return output
        names: dict[Size, Named] = {}
        letters = axis_letters(output.rank) if len(set(output.axes)) > 1 else ("n",) * output.rank
        kept = set(arriving.sizes)
        sizes = [
            size
            if size in kept or isinstance(size, int | Symbol | Named)
            else names.setdefault(size, Named(self.scope.unwritten(f"{letter}_{index}"), size))
            for letter, size in zip(("c", *letters), output.sizes, strict=True)
        ]
        return Shape(sizes[0], tuple(sizes[1:]))

    def _demands(self, layer: Layer, x: Shape) -> Iterator[Demand]:
        yield from layer.demands(x)
        if self.exact:
            yield from layer.exact_demands(x)

    def _check(self, demand: Demand, link: Link) -> None:
        match demand:
            case Divides(int() as divisor, int() as dividend, name, of):
                if dividend % divisor:
                    message = f"{name} (={divisor}) does not divide {of} (={dividend})"
                    raise LayerError("not-divisible", message, argument=name)
            case Equals(int() as left, int() as right, name, of):
                if left != right:
                    raise LayerError("not-equal", f"{name} are {left}, {of} {right}")
            case Divides(divisor=1):
                pass
            case _:
                self.demands.append((link.index, demand))


def placed(error: LayerError, link: Link) -> ArchitectureError:
    """Return the error of a layer with its place in the text."""
    span = link.argument_span(error.argument) if error.argument else link.span
    message = error.message if error.message.startswith(link.kind.token) else f"{link.name}: {error.message}"
    return ArchitectureError(error.code, message, span=span, hint=error.hint)


def _checked(output: Shape, arriving: Shape, link: Link) -> Shape:
    """The output, where every plain size of it is one that a tensor can have."""
    for place, size in enumerate(output.sizes):
        if isinstance(size, int) and not 0 < size < _LARGEST:
            if size > 0:
                message = f"{link.name}: a size of more than {MOST_DIGITS} digits"
                raise ArchitectureError("limit", message, span=link.span)
            name = axis_names(output.rank)[place - 1]
            was = f" from {arriving.axes[place - 1]}" if arriving.rank == output.rank else ""
            raise _TooSmallError("too-small", f"{link.name}: the {name} falls{was} to {size}", span=link.span)
    return output


def _smallest_input(network: Network, bindings: Mapping[str, Meant]) -> str | None:
    """The smallest axes with which every size on the way is at least 1, or None where a search finds none.

    No size on the way grows when an axis of the input shrinks, so each axis is found by halving.
    """

    def fits(axes: tuple[int, ...]) -> bool:
        walk = _Walk(network.scope(bindings), exact=False, start=Shape(given.channels, axes))
        try:
            return all(walk.steps(network.links))
        except _TooSmallError:
            return False

    given = network.links[0].bound(network.scope(bindings), 0).output(Shape(0))
    sides = [axis for axis in given.axes if isinstance(axis, int)]
    if not sides or len(sides) < given.rank:
        return None
    try:
        enough = next(filter(fits, ((max(sides) << doubled,) * len(sides) for doubled in range(1, 32))), None)
        if enough is None:
            return None
        smallest = (_halved(_along(axis, enough, fits), side) for axis, side in enumerate(enough))
        return "×".join(map(str, smallest))
    except ArchitectureError:
        return None


def _along(axis: int, sizes: tuple[int, ...], fits: Callable[[tuple[int, ...]], bool]) -> Callable[[int], bool]:
    """Whether a size of one axis fits, the other axes being large enough."""
    return lambda size: fits((*sizes[:axis], size, *sizes[axis + 1 :]))


def _halved(fits: Callable[[int], bool], enough: int) -> int:
    """The smallest size that fits, given one that does."""
    too_small = 0
    while enough - too_small > 1:
        middle = (too_small + enough) // 2
        too_small, enough = (too_small, middle) if fits(middle) else (middle, enough)
    return enough

"""Walks a network over the shape of its input: a step for each layer, a block for each group.

Sizes are plain ints where all is known and written terms where not. A layer that cannot take what
arrives is an error at its place in the text; what must be assumed of symbols is kept as a demand.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named, Size, Symbol, by_name
from symcount.errors import ArchitectureError
from symcount.layers import (
    Constraint,
    Divisible,
    Equal,
    Input,
    Layer,
    LayerError,
    Shape,
    TiedWeights,
    axis_letters,
    axis_names,
)
from symcount.network import MOST_DIGITS, Link, Network, ProgramScope, kind_named, meaning
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.agreement import agree, all_agree
from symcount.trace.frame import Frame, Labelled, Labels
from symcount.trace.joints import branched
from symcount.trace.macros import called
from symcount.trace.repeats import optional, repeated
from symcount.trace.steps import Block, Demanded, Part, Step

MOST_LAYERS = 20_000
"""Layers that one walk meets; equal passes of a repeat are met once."""

_LARGEST = 10**MOST_DIGITS


class TooSmallError(ArchitectureError):
    """A size below 1, whose remedy is a larger input."""


class Walk:
    """One walk through a network; ``start`` replaces the shape of the input."""

    def __init__(self, network: Network, scope: ProgramScope, *, exact: bool, start: Shape | None = None) -> None:
        self.network = network
        self.program = scope
        self.exact = exact
        self.start = start
        self.demands: list[Demanded] = []
        self._met = 0
        self._before: Step | None = None

    def towers(self) -> tuple[tuple[Part, ...], Shape]:
        """Walk every tower; the output is that of the one labelled ``@out``, else of the last."""
        frame = Frame(self.program, self.network.source, Labels())
        parts: list[Part] = []
        shape = Shape(0)
        for tower in self.network.towers:
            shape = self.chain(tower, None, frame, parts)
        out = frame.labels.own.get("out")
        return tuple(parts), out.shape if out else shape

    def input_shape(self) -> Shape | None:
        """Return the shape that the first tower begins with, where it begins with an input."""
        first = self.network.towers[0].items[0]
        if not _is_input(first):
            return None
        return self.item(first, None, Frame(self.program, self.network.source, Labels()), (0,)).output

    def chain(self, chain: tree.Chain, shape: Shape | None, frame: Frame, parts: list[Part]) -> Shape:
        """Walk the items of a chain, add their parts to those before, and return the shape that leaves."""
        for item in chain.items:
            before = next((part.number[-1] for part in reversed(parts) if part.number[-1]), 0)
            number = (*frame.number, 0 if _is_input(item) else before + 1)
            part = self.item(item, shape, frame, number)
            parts.append(part)
            shape = part.output
        assert shape is not None
        return shape

    def inner(self, chain: tree.Chain, shape: Shape | None, frame: Frame) -> tuple[tuple[Part, ...], Shape]:
        """Walk a chain that has its own numbers."""
        parts: list[Part] = []
        shape = self.chain(chain, shape, frame, parts)
        return tuple(parts), shape

    def item(self, item: tree.Item, shape: Shape | None, frame: Frame, number: tuple[int, ...]) -> Part:
        """Walk one item."""
        match item:
            case tree.Call():
                return called(self, item, shape, frame, number) or self.layer(item, shape, frame, number)
            case tree.Series(chain=chain):
                parts, output = self.inner(chain, shape, frame.inside(number, item))
                return Block("group", number, item, parts, shape or output, output)
            case tree.Branches():
                return branched(self, item, item.chains, item.joint, shape, frame, number)
            case tree.Tap(label=label):
                output = frame.labels.find(label, item).shape
                return Block("tap", number, item, (), output, output)
            case tree.Again():
                return self._again(item, self.arrived(item, shape), frame, number)
            case tree.Repeat():
                return repeated(self, item, self.arrived(item, shape), frame, number)
            case tree.Maybe():
                return optional(self, item, self.arrived(item, shape), frame, number)
            case tree.Labelled(item=labelled, label=label):
                part = self.item(labelled, shape, frame, number)
                frame.labels.add(label, Labelled(part.output, labelled, frame, part), item)
                return replace(part, label=label)

    def arrived(self, node: tree.Node, shape: Shape | None) -> Shape:
        """Return the shape that arrives at an item; a tower must begin with something that has one."""
        if shape is None:
            hint = "begin with I: a vector is I784, an image I(1,28x28), a general image I"
            raise ArchitectureError("input", "a network begins with its input", span=node.span, hint=hint)
        return shape

    def layer(self, call: tree.Call, shape: Shape | None, frame: Frame, number: tuple[int, ...]) -> Step:
        """Walk one layer."""
        self._met += 1
        if self._met > MOST_LAYERS:
            message = f"more than {MOST_LAYERS:,} layers: at most so many are walked"
            hint = "write equal layers as a repeat, [...]*count"
            raise ArchitectureError("limit", message, span=call.span, hint=hint, source=frame.source)
        meant = meaning(call, self.network.definitions)
        if call.block is not None:
            message = f"{meant.kind.token} takes no block"
            raise ArchitectureError("no-block", message, span=call.span, hint="link the layers with '-'")
        ordinal = self.network.ordinal(meant.kind.token, frame.source, call.span.start)
        link = Link(meant.kind, number, ordinal, call, meant.glued, frame.source)
        try:
            if meant.kind is Input:
                return self._input(link, shape, frame)
            return self._step(link, self.arrived(call, shape), frame)
        except LayerError as error:
            raise placed(error, link) from None

    def _input(self, link: Link, shape: Shape | None, frame: Frame) -> Step:
        if shape is not None or frame.depth:
            hint = "two inputs are two towers that meet: I(…)-…@a; I(…)-…@b; {@a|@b}-…" if frame.depth else None
            raise ArchitectureError("input", "the input stands first, and only there", span=link.span, hint=hint)
        layer = link.bound(frame.place(None), 0)
        output = self.start or layer.output(Shape(0))
        return Step(link, layer, output, output, _notes(link, layer, output))

    def _step(self, link: Link, arriving: Shape, frame: Frame) -> Step:
        layer = link.bound(frame.place(arriving), arriving.rank)
        if frame.frozen:
            layer = layer.with_values(frozen=1)
        for demand in self._demands(layer, arriving):
            self._check(demand, link)
        output = layer.output(arriving)
        self.check(output, link.call, link.name, arriving)
        named = self.named(output, arriving, link.number)
        notes = (*_notes(link, layer, arriving), *self._notes_here(link, layer, arriving, frame))
        step = Step(link, layer, arriving, named, notes, frame.shared)
        if named != arriving or layer.learns:
            self._before = step
        return step

    def _notes_here(self, link: Link, layer: Layer, arriving: Shape, frame: Frame) -> Iterator[str]:
        """What a reader would want to know of a layer because of its place, or of the convention."""
        yield from link.settled(frame.place(arriving))
        if self._before is not None and self._before.output == arriving:
            for note in layer.notes_behind(self._before.layer, arriving):
                yield note.format(link.name)

    def _again(self, item: tree.Again, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Part:
        """The labelled layers again: walked anew, with weights that must be the same."""
        first = frame.labels.find(item.label, item)
        part = self.item(first.item, shape, replace(first.frame, shared=True, depth=frame.depth + 1), number)
        if not self._same_weights(_weights(first.part), _weights(part)):
            message = f"&{item.label} would need other weights: {first.part.input} arrived there, {shape} here"
            raise ArchitectureError("other-weights", message, span=item.span)
        return Block("again", number, item, (part,), shape, part.output)

    def _same_weights(self, first: list[Size], again: list[Size]) -> bool:
        """Whether layers have the weights that they had before; what nothing decides is kept as a demand."""
        if len(first) != len(again):
            return False
        for one, two in zip(first, again, strict=True):
            decided = agree(one, two)
            if decided is False:
                return False
            if decided is None:
                same = Equal(one, two, "weights", "the weights of the same layer before")
                self.demands.append(Demanded(same))
        return True

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
                    names[size] = Named(self.program.fresh(f"{letter}_{place}"), size)
                size = names[size]
            sizes.append(size)
        return Shape(sizes[0], tuple(sizes[1:]))

    def check(self, output: Shape, item: tree.Item, name: str = "the passes", arriving: Shape | None = None) -> None:
        """See that every plain size of an output is one that a tensor can have."""
        for place, size in enumerate(output.sizes):
            if not isinstance(size, int) or 0 < size < _LARGEST:
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

    def _demands(self, layer: Layer, x: Shape) -> Iterator[Constraint]:
        yield from layer.constraints(x)
        if self.exact:
            yield from layer.exact_constraints(x)

    def _check(self, demand: Constraint, link: Link) -> None:
        match demand:
            case Divisible(int() as divisor, int() as dividend, name, of, hint):
                if dividend % divisor:
                    message = f"{name} (={divisor}) does not divide {of} (={dividend})"
                    raise LayerError("not-divisible", message, hint=hint, argument=name)
            case Equal(int() as left, int() as right, name, of):
                if left != right:
                    raise LayerError("not-equal", f"{name} are {left}, {of} {right}")
            case Divisible(divisor=1):
                pass
            case TiedWeights():
                self._check_shared(demand, link)
            case _:
                self.demands.append(Demanded(demand, link))

    def _check_shared(self, demand: TiedWeights, link: Link) -> None:
        """See that tied weights have one shape, as they are or transposed; keep what nothing decides."""
        lent, needed = demand.lent, demand.needed
        same, turned = (all_agree(lent, each) for each in (needed, needed[::-1]))
        if same is False and turned is False:
            sizes = (by_name(size) for size in (*lent, *needed))
            message = "tied weights differ: @{} lends {}×{}, this layer needs {}×{}".format(demand.label, *sizes)
            raise LayerError("tied-weights", message, argument="tied")
        if not (same or turned):
            of = f"those that @{demand.label} lends"
            chosen = needed if same is None else needed[::-1]
            same_sizes = (Equal(one, two, "tied weights", of) for one, two in zip(chosen, lent, strict=True))
            self.demands.extend(Demanded(each, link) for each in same_sizes)


def _is_input(item: tree.Item) -> bool:
    while isinstance(item, tree.Labelled):
        item = item.item
    return isinstance(item, tree.Call) and kind_named(item.name) is Input


def _notes(link: Link, layer: Layer, x: Shape) -> tuple[str, ...]:
    place = "" if len(link.number) == 1 else f" ({'.'.join(map(str, link.number))})"
    return tuple(note.format(f"{link.name}{place}") for note in layer.notes(x))


def _weights(part: Part) -> list[Size]:
    return [step.layer.parameters(step.input) for step in part.steps]


def placed(error: LayerError, link: Link) -> ArchitectureError:
    """Return the error of a layer with its place in the text."""
    span = link.argument_span(error.argument) if error.argument else link.span
    message = error.message if error.message.startswith(link.kind.token) else f"{link.name}: {error.message}"
    return ArchitectureError(error.code, message, span=span, hint=error.hint)

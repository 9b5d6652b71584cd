"""Where a walk stands: the shape that arrives, the scope, the labels in sight, the macro calls around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from symcount.arithmetic import Size, Term, by_name, is_number
from symcount.errors import ArchitectureError, near
from symcount.layers import Matrix, Shape, Source, Value
from symcount.program import Block, InnerScope, Item, LayerCall, Place, Scope, evaluated
from symcount.records import record, replace
from symcount.syntax import tree
from symcount.trace.required import Iterations
from symcount.trace.shape_equality import depends, plain
from symcount.trace.steps import Part, Step

DEEPEST = 100
"""The most groups and macro calls inside one another."""

TWO_INPUTS = "two inputs are two towers that meet: I(…)-…@a; I(…)-…@b; {@a|@b}-…"
"""How a network with several inputs is written."""

_NOTHING_ARRIVES = "a network begins with its input, or each of its first branches with a label"


_NOWHERE = tree.Name(tree.NO_SPAN, "")


@record
class Labelled:
    """What a label names: the part that an item left behind, and the item with the frame that it was met in.

    Where its index is open, the part stands for one of each pass ``over`` which it runs, and the index is the
    pass's own plus ``shift``.
    """

    part: Part
    item: Item
    frame: Frame
    over: Iterations | None = None
    shift: Size = 0


class Labels:
    """The labels that are in sight; those of a macro call or an iteration end with it.

    One whose index holds a name of an iteration, ``@skip[i]``, outlives the iterations that it tells apart;
    ``over`` are these where they are walked as one. No label outlives a trial.
    """

    def __init__(
        self,
        around: Labels | None = None,
        names: Iterable[str] = (),
        over: Iterations | None = None,
        *,
        own: Mapping[str, Labelled] = MappingProxyType({}),
        is_trial: bool = False,
    ) -> None:
        self.around = around
        self.names = frozenset(names)
        self.over = over
        self.is_trial = is_trial
        self.own: dict[str, Labelled] = dict(own)
        self.open: dict[str, Labelled] = {}

    @property
    def every(self) -> Iterator[Labels]:
        """These, and those around them."""
        labels: Labels | None = self
        while labels is not None:
            yield labels
            labels = labels.around

    def find(self, label: str, node: tree.Node) -> Labelled:
        """Return what a label names, the innermost meaning first."""
        for labels in self.every:
            if label in labels.own:
                return labels.own[label]
        close = near(label, [known for labels in self.every for known in labels.own])
        hint = f"did you mean @{close}?" if close else "a label is in sight behind the item that it stands on"
        raise ArchitectureError("unknown-label", f"no label @{label} is known here", span=node.span, hint=hint)

    def add(self, label: str, labelled: Labelled, node: tree.Node) -> None:
        """Record a label; the same label twice is an error."""
        if label in self.own:
            raise ArchitectureError("twice", f"the label @{label} is defined twice", span=node.span)
        self.own[label] = labelled

    def told_apart(self, names: frozenset[str]) -> tuple[Labels, Labels]:
        """Return the labels of the outermost iteration that has one of these names, and those that outlive it."""
        found = self, self
        for labels in self.every:
            if labels.is_trial:
                break
            if labels.around is not None and labels.names & names:
                found = labels, labels.around
        return found


@record
class Call:
    """A call of a macro: its name, and the whole numbers among what it is given."""

    macro: str
    given: tuple[tuple[str, int], ...] = ()


@record
class Frame:
    """What surrounds a place in the network: scope, labels, macro calls and shared weights.

    ``calls`` are the macros being called, outermost first; ``body`` is the block given to the
    innermost, with the frame of its caller. ``frozen`` and ``shared`` hold for all layers met here.
    """

    scope: Scope
    labels: Labels
    calls: tuple[Call, ...] = ()
    body: tuple[Block, Frame] | None = None
    depth: int = 0
    frozen: bool = False
    shared: bool = False

    def deeper(self, item: Item) -> Frame:
        """Return the frame one level deeper, inside an item."""
        if self.depth >= DEEPEST:
            message = f"groups and macro calls inside one another: at most {DEEPEST} are followed"
            raise ArchitectureError("too-deep", message, span=item.span, source=item.source)
        return replace(self, depth=self.depth + 1)

    def iteration(self, values: Mapping[str, Value], over: Iterations | None = None) -> Frame:
        """Return the frame of one iteration of a repeat, or of all that are walked as one.

        A value that is a label is that label under the name, too.
        """
        scope = InnerScope(self.scope, values) if values else self.scope
        given = ((name, value) for name, value in values.items() if isinstance(value, Source))
        own = {name: self.labels.find(value.label, _NOWHERE) for name, value in given}
        return replace(self, scope=scope, labels=Labels(self.labels, values, over, own=own))

    def trial(self) -> Frame:
        """Return the frame for a walk that leaves no label behind."""
        return replace(self, labels=Labels(self.labels, is_trial=True))


@record
class Here:
    """One place of a walk: the number of an item, the shape that arrives at it, and what surrounds it.

    No shape arrives at the begin of a chain, where an input or a label must give one. What leaves the ``is_end`` of
    a chain that is no output goes nowhere.
    """

    shape: Shape | None
    frame: Frame
    number: tuple[int, ...] = ()
    is_end: bool = False

    @property
    def place(self) -> Place:
        """The scope at this place, where ``cin`` is known."""
        channels = None if self.shape is None else self.shape.channels
        return Place(self.frame.scope, channels, self._source)

    def index(self, label: tree.Label) -> Size | None:
        """Return the value of a label's index here; None where it has none."""
        if label.index is None:
            return None
        index = evaluated(label.index, self.place)
        if isinstance(index, int | Term):
            return index
        raise ArchitectureError(
            "bad-label", f"the index of a label is a whole number, found {index}", span=label.index.span
        )

    def name(self, label: tree.Label) -> str:
        """Return the name of a label here, the value of its index in it: ``skip[3]``."""
        index = self.index(label)
        return label.name if index is None else f"{label.name}[{by_name(index)}]"

    def labelled(self, label: tree.Label, node: tree.Node) -> Labelled:
        """Return what a label names here."""
        return self.frame.labels.find(self.name(label), node)

    def add(self, label: tree.Label, labelled: Labelled, node: tree.Node) -> None:
        """Record a label."""
        index, labels = self.index(label), self.frame.labels
        if label.index is None or index is None:
            return labels.add(label.name, labelled, node)
        iteration, outliving = labels.told_apart(frozenset(tree.names_in(label.index)))
        if isinstance(index, int) or any(each.is_trial for each in labels.every):
            return outliving.add(self.name(label), labelled, node)
        over = iteration.over
        shift = None if over is None else plain(index - over.index)
        if over is None or shift is None or depends(shift, over.index):
            message = f"the index of a label is a number or, in a repeat, that of the pass; found {by_name(index)}"
            raise ArchitectureError("bad-label", message, span=label.index.span)
        if label.name in outliving.open:
            raise ArchitectureError("twice", f"the label @{self.name(label)} is defined twice", span=node.span)
        outliving.open[label.name] = replace(labelled, over=over, shift=shift)
        return None

    def _source(self, label: tree.Label, node: tree.Node) -> Source:
        """The tensor and the weights that a label gives to an argument such as ``w=@tok``."""
        part = self.labelled(label, node).part
        matrices = [matrix for matrix in map(_matrix, part.steps) if matrix is not None]
        return Source(self.name(label), part.output, matrices[0] if len(matrices) == 1 else None)

    def taken(self, call: LayerCall) -> dict[str, Part]:
        """Return the parts whose tensors or weights a call takes besides what arrives, by the arguments' names."""
        return {name: self.labelled(value.label, value).part for name, value in call.labels.items()}

    def arrived(self, item: Item) -> Shape:
        """Return the shape that arrives at an item; a chain must begin with something that has one."""
        if self.shape is None:
            if self.frame.depth:
                raise ArchitectureError("input", _NOTHING_ARRIVES, span=item.span, hint=TWO_INPUTS)
            hint = "begin with I: a vector is I784, an image I(1,28x28), a general image I"
            raise ArchitectureError("input", "a network begins with its input", span=item.span, hint=hint)
        if is_number(self.shape.channels, 0):
            message = "no channels arrive here: no copy of what stands before it is there"
            raise ArchitectureError(
                "too-small", message, span=item.span, hint="par(n)[…] has at least one copy, or stands in a branch"
            )
        return self.shape

    def deeper(self, item: Item) -> Here:
        """Return the place inside an item, whose parts are numbered under its own number."""
        return replace(self, frame=self.frame.deeper(item), is_end=False)


def _matrix(step: Step) -> Matrix | None:
    return step.layer.matrix(step.input)
